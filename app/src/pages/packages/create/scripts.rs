//! The fourth step: the scripts that the agent runs, of each file.

mod carried;
mod file;
mod findings;
mod remarks;

use leptos::prelude::*;

use super::steps::{StepForm, Work};
use crate::components::alert::Alert;
use crate::components::container::EmptyState;
use crate::components::loaded::Skeleton;
use crate::components::status::StatusKind;
use crate::error_text::error_text;
use crate::page::use_language;
use crate::text::publish_scripts as text;
use carried::CarriedScripts;
use file::FileScripts;

pub(super) use file::action_text;
pub(super) use remarks::remark as script_remark;

/// The scripts.
#[component]
pub fn Scripts(
    /// The draft.
    work: Work,
) -> impl IntoView {
    let language = use_language();
    // Which files have scripts: what is being typed outlives a file that arrives meanwhile.
    let files = Memo::new(move |_| {
        work.preview.with(|preview| match preview {
            Some(Ok(preview)) => {
                Some(Ok(preview.scripts.iter().map(|scripts| scripts.file.clone()).collect::<Vec<_>>()))
            }
            Some(Err(error)) => Some(Err(error.clone())),
            None => None,
        })
    });
    let carried = Memo::new(move |_| {
        work.draft.with(|draft| {
            let carried = draft.files.iter().filter(|file| file.is_carried());
            carried.map(|file| file.id.clone()).collect::<Vec<_>>()
        })
    });
    let state = Memo::new(move |_| {
        files.with(|files| match files {
            None => None,
            Some(Ok(files)) => Some(Ok(files.is_empty() && carried.with(Vec::is_empty))),
            Some(Err(error)) => Some(Err(error.clone())),
        })
    });
    let body = move || match state.get() {
        None => view! { <Skeleton /> }.into_any(),
        Some(Err(error)) => {
            view! { <Alert kind=StatusKind::Error>{error_text(language, &error)}</Alert> }.into_any()
        }
        Some(Ok(true)) => {
            view! { <EmptyState title=text::none(language) description=text::none_hint(language) /> }
                .into_any()
        }
        Some(Ok(false)) => view! {
            <p class="secondary">{text::intro(language)}</p>
            <For
                each=move || files.with(|files| files.clone().and_then(Result::ok).unwrap_or_default())
                key=|file| file.clone()
                let:file
            >
                <FileScripts work file />
            </For>
            <For each=move || carried.get() key=|file| file.clone() let:file>
                <CarriedScripts work file />
            </For>
        }
        .into_any(),
    };
    view! { <StepForm work>{body}</StepForm> }.into_any()
}
