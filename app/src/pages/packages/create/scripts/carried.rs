//! The scripts of a file that is carried over: in its zip, until somebody wants to edit them.

use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::page::use_language;
use crate::pages::packages::create::steps::Work;
use crate::pages::packages::size::size_text;
use crate::text::publish_scripts as text;

/// Where the scripts are, and the button that takes them out of there.
#[component]
pub fn CarriedScripts(work: Work, file: String) -> impl IntoView {
    let language = use_language();
    let found = work.draft.with_untracked(|draft| {
        let version = draft.contents.base.as_ref().map(|base| base.document_version.clone());
        draft.file(&file).map(|file| (file.file_name.clone(), file.size, version.unwrap_or_default()))
    });
    let Some((name, size, version)) = found else { return ().into_any() };
    let error = work.errors.at(format!("unpack.{file}"));
    let (heading, error_id) = (format!("scripts-{file}"), format!("unpack-{file}-error"));
    let (labelled, described) = (heading.clone(), error_id.clone());
    let label = text::take_out_of(language, &name);
    view! {
        <section class="container" aria-labelledby=labelled>
            <div class="container-header"><h3 id=heading>{name}</h3></div>
            <div class="container-body">
                <p>{text::in_zip(language, version)}</p>
                <p class="secondary">{text::take_out_hint(language, size_text(size))}</p>
                <button
                    class="button button-normal"
                    name="unpack"
                    value=file
                    aria-label=label
                    aria-describedby=described
                    disabled=move || work.pending.get()
                >
                    {text::take_out(language)}
                </button>
                <div class="field-error" id=error_id>
                    {move || error.get().map(|text| view! { <Icon icon=Icon::Error /> <span>{text}</span> })}
                </div>
            </div>
        </section>
    }
    .into_any()
}
