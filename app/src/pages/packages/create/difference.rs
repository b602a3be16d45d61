//! How a text differs from what was generated.

use domain::packages::line_diff::{LineKind, hunks, line_diff};
use leptos::prelude::*;

use crate::page::use_language;
use crate::text::publish_scripts as text;

/// Lines around a difference.
const CONTEXT: usize = 3;

/// The lines that were added and removed, in a box that opens.
#[component]
pub fn Difference(
    /// What was generated.
    before: Signal<String>,
    /// What stands there now.
    after: Signal<String>,
) -> impl IntoView {
    let language = use_language();
    let lines = move || {
        before.with(|before| {
            after.with(|after| {
                let lines = line_diff(before, after);
                let shown = hunks(&lines, CONTEXT);
                shown
                    .into_iter()
                    .map(|range| {
                        let lines = lines.get(range).unwrap_or_default();
                        view! { <div class="diff-hunk">{lines.iter().map(line).collect_view()}</div> }
                    })
                    .collect_view()
            })
        })
    };
    view! {
        <details class="expandable">
            <summary>{text::difference(language)}</summary>
            <div class="diff code" tabindex="0" role="region" aria-label=text::difference(language)>{lines}</div>
        </details>
    }
    .into_any()
}

fn line(line: &domain::packages::line_diff::Line<'_>) -> AnyView {
    let content = line.text.trim_end_matches('\n').to_owned();
    match line.kind {
        LineKind::Same => view! { <div class="diff-line">"  "{content}</div> }.into_any(),
        LineKind::Removed => view! { <del class="diff-line">"- "{content}</del> }.into_any(),
        LineKind::Added => view! { <ins class="diff-line">"+ "{content}</ins> }.into_any(),
    }
}
