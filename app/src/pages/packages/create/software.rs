//! The third step: the software files, what each says of itself, and which nodes it is for.

mod chooser;
mod facts;
mod file;
mod refused;
#[cfg(feature = "hydrate")]
mod sending;
mod targets;
mod uploads;

use leptos::prelude::*;

use super::steps::{StepForm, Work};
use crate::components::container::EmptyState;
use crate::page::use_language;
use crate::text::publish_software as text;
use chooser::Chooser;
use file::File;

pub use refused::refused_text;
pub(super) use targets::target_label;
pub(super) use uploads::Uploads;

/// The files.
#[component]
pub fn Software(
    /// The draft.
    work: Work,
    /// What is on its way.
    uploads: Uploads,
) -> impl IntoView {
    let language = use_language();
    let ids = Memo::new(move |_| {
        work.draft.with(|draft| draft.files.iter().map(|file| file.id.clone()).collect::<Vec<_>>())
    });
    let none = move || {
        ids.with(Vec::is_empty).then(|| {
            view! { <EmptyState title=text::none(language) description=text::none_hint(language) /> }
        })
    };
    view! {
        <Chooser work uploads />
        <StepForm work>
            {none}
            <For each=move || ids.get() key=|id| id.clone() let:id>
                <File work uploads id />
            </For>
        </StepForm>
    }
    .into_any()
}
