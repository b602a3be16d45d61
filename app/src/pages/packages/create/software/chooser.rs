//! Choosing files: dropped or picked they are sent at once; without script, by a form of their own.

use domain::packages::limits::{MAX_FILE_BYTES, MAX_FILES};
use leptos::prelude::*;

use super::uploads::Uploads;
use crate::components::alert::Alert;
use crate::components::container::Container;
use crate::components::status::StatusKind;
use crate::error_text::error_text;
use crate::page::use_language;
use crate::pages::packages::create::steps::Work;
use crate::pages::packages::create::wizard::room_text;
use crate::pages::packages::size::limit_text;
use crate::text::publish_software as text;

/// The endings that the file dialog offers first. What a file is, its content tells.
const ACCEPT: &str = ".deb,.rpm,.msi";

/// A place to drop files at, and a button for those who do not drop.
#[component]
pub fn Chooser(work: Work, uploads: Uploads) -> impl IntoView {
    let language = use_language();
    let over = RwSignal::new(false);
    let action = format!("/packages/drafts/{}/files", work.id());
    let drag = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        over.set(true);
    };
    let drop = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        uploads.dropped(&event);
    };
    let failure = move || {
        uploads.failure.get().map(|error| {
            view! {
                <Alert kind=StatusKind::Error title=text::not_added(language)>{error_text(language, &error)}</Alert>
            }
        })
    };
    view! {
        <Container
            title=text::choose(language)
            description=text::choose_intro(language, MAX_FILES, limit_text(MAX_FILE_BYTES))
        >
            {failure}
            <form
                method="post"
                enctype="multipart/form-data"
                action=action
                class="drop-zone"
                class:drop-zone-over=move || over.get()
                on:dragover=drag
                on:dragleave=move |_| over.set(false)
                on:drop=drop
            >
                <p class="only-with-script">{text::drop(language)}</p>
                <label class="field-label" for="software-files">{text::choose_files(language)}</label>
                <input
                    id="software-files"
                    type="file"
                    name="file"
                    multiple=true
                    accept=ACCEPT
                    aria-describedby="software-room"
                    on:change=move |event| uploads.picked(&event)
                />
                <p class="field-constraint" id="software-room">{move || room_text(language, work.room.get())}</p>
                <button class="button button-normal only-without-script">{text::upload(language)}</button>
            </form>
        </Container>
    }
    .into_any()
}
