//! What the agent would do on a node, in words; errors in its own.

use domain::language::Language;
use domain::packages::coverage::{AgentError, Answer, Choice};
use domain::packages::coverage_page::Verdict;
use leptos::prelude::*;

use crate::components::status::StatusKind;
use crate::page::use_language;
use crate::pages::packages::file_name::FileName;
use crate::text::packages as text;

/// The verdict in words.
#[must_use]
pub fn verdict_text(language: Language, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Covered => text::covered(language),
        Verdict::NotCovered => text::not_covered(language),
        Verdict::Depends => text::depends(language),
        Verdict::Unknown => text::unknown(language),
    }
}

/// How good or bad it is.
#[must_use]
pub const fn verdict_kind(verdict: Verdict) -> StatusKind {
    match verdict {
        Verdict::Covered => StatusKind::Success,
        Verdict::NotCovered => StatusKind::Error,
        Verdict::Depends => StatusKind::Warning,
        Verdict::Unknown => StatusKind::Pending,
    }
}

/// The file and the keys that lead to it, or the agent's error.
#[component]
pub fn AnswerText(
    /// What comes of the version on the node.
    answer: Answer,
) -> impl IntoView {
    let language = use_language();
    match answer {
        Answer::Covered { choice } => view! { <Chosen choice /> }.into_any(),
        Answer::NotCovered { error } => view! { <code class="wrap">{error.text()}</code> }.into_any(),
        Answer::Unknown => view! { <span class="secondary">{text::unknown_hint(language)}</span> }.into_any(),
        Answer::Depends { architectures } => {
            let one = |(architecture, choice): (String, Result<Choice, AgentError>)| {
                let outcome = match choice {
                    Ok(choice) => view! { <Chosen choice /> }.into_any(),
                    Err(error) => view! { <code class="wrap">{error.text()}</code> }.into_any(),
                };
                view! { <li>{text::on_architecture(language, architecture)}" "{outcome}</li> }
            };
            view! { <ul class="plain-list">{architectures.into_iter().map(one).collect_view()}</ul> }
                .into_any()
        }
    }
}

/// A file, and the keys of the manifest that lead to it.
#[component]
fn Chosen(choice: Choice) -> impl IntoView {
    let keys = format!("{} / {} / {}", choice.keys.platform, choice.keys.version, choice.keys.architecture);
    view! { <span class="wrap"><FileName name=choice.file /></span>" "<span class="secondary">"("{keys}")"</span> }
}
