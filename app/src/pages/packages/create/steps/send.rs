//! Sends a step's form by script: what it changes is saved, and the next step is shown.

use domain::packages::drafts::{Step, changes_from_fields};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::form::FORM;
use super::work::Work;
use crate::packages::drafts::{change_draft, take_file_apart};

/// The form's fields as they would be sent.
fn read(form: &web_sys::HtmlFormElement) -> Vec<(String, String)> {
    let Ok(data) = web_sys::FormData::new_with_form(form) else { return Vec::new() };
    let entries = js_sys::try_iter(&data).ok().flatten();
    let pair = |entry: Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>| {
        let pair: js_sys::Array = entry.ok()?.dyn_into().ok()?;
        Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
    };
    entries.map(|entries| entries.filter_map(pair).collect()).unwrap_or_default()
}

/// Takes a submission over from the browser. While one is under way, another does nothing.
pub fn submit(event: &SubmitEvent, work: Work) {
    let Some(form) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlFormElement>().ok())
    else {
        return;
    };
    let submitter = event.submitter();
    let named = |name: &str| submitter.as_ref().and_then(|button| button.get_attribute(name));
    // Removing a file is another form's matter.
    if named("formaction").is_some() {
        return;
    }
    event.prevent_default();
    if work.pending.get_untracked() {
        return;
    }
    let step = work.step.get_untracked();
    let then = named("value").filter(|_| named("name").as_deref() == Some("then"));
    let then = then.and_then(|name| Step::from_name(&name)).unwrap_or_else(|| step.next(work.kind()));
    let unpack = named("value").filter(|_| named("name").as_deref() == Some("unpack"));
    let changes = changes_from_fields(step, &read(&form));
    let (id, revision) = work.draft.with_untracked(|draft| (draft.id.clone(), draft.revision));
    work.pending.set(true);
    work.failure.set(None);
    leptos::task::spawn_local(async move {
        let mut saved = change_draft(id.clone(), revision, changes).await;
        if let (Ok(draft), Some(file)) = (&saved, &unpack) {
            // Whatever becomes of the zip, the form is saved: what is sent next is about this revision.
            work.take(draft.clone());
            saved = take_file_apart(id, file.clone()).await;
        }
        // Whoever has left the page meanwhile has what they saved.
        if work.pending.is_disposed() {
            return;
        }
        match saved {
            Ok(draft) => {
                work.pending.set(false);
                work.errors.clear();
                work.take(draft);
                if unpack.is_none() {
                    work.go.run(then);
                }
            }
            Err(error) => work.fail(error),
        }
    });
}

/// Checks one field that was just left, and says nothing of those still to come.
pub fn check_field(work: Work, field: &str) {
    let form = document().get_element_by_id(FORM).and_then(|form| form.dyn_into().ok());
    let Some(form) = form else { return };
    let changes = changes_from_fields(work.step.get_untracked(), &read(&form));
    work.errors.left(field, work.broken(changes));
}
