//! Sends the form by script: checked first by the very rules that the server goes by.

use domain::activations::NewActivation;
use domain::errors::ApiError;
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::Attempt;
use crate::activations::{Creation, create_activation};
use crate::pages::activations::create::expiry::{is_own_zone, to_utc};

/// The form as it stands: exactly what would be posted without script.
fn read(form: NodeRef<html::Form>) -> Option<NewActivation> {
    let element = form.get_untracked()?;
    let data = web_sys::FormData::new_with_form(&element).ok()?;
    let fields = js_sys::try_iter(&data).ok()??.filter_map(|entry| {
        let pair: js_sys::Array = entry.ok()?.dyn_into().ok()?;
        Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
    });
    Some(NewActivation::from_fields(fields))
}

fn check(form: &NewActivation, attempt: Attempt) -> Result<(), ApiError> {
    match form.validate(attempt.now.get_untracked(), to_utc) {
        // A browser can read times of its own zone only: of others, the server checks them.
        Err(ApiError::Invalid { mut fields }) if !is_own_zone(&form.time_zone) => {
            fields.retain(|error| error.field != "expires");
            if fields.is_empty() { Ok(()) } else { Err(ApiError::Invalid { fields }) }
        }
        checked => checked.map(|_| ()),
    }
}

/// Takes a submission over from the browser. While one is under way, another does nothing.
pub fn submit(
    event: &SubmitEvent,
    form: NodeRef<html::Form>,
    attempt: Attempt,
    taken: RwSignal<Option<Creation>>,
) {
    let Some(form) = read(form) else { return };
    event.prevent_default();
    if attempt.pending.get_untracked() {
        return;
    }
    if let Err(error) = check(&form, attempt) {
        return attempt.fail(error);
    }
    attempt.errors.clear();
    attempt.failure.set(None);
    attempt.pending.set(true);
    leptos::task::spawn_local(async move {
        let created = create_activation(form).await;
        // Whoever has left the page meanwhile was asked first.
        if attempt.pending.is_disposed() {
            return;
        }
        match created {
            Ok(creation) => {
                attempt.pending.set(false);
                taken.set(Some(creation));
            }
            Err(error) => attempt.fail(error),
        }
    });
}

/// Checks one field that was just left, and says nothing of those still to come.
pub fn check_field(form: NodeRef<html::Form>, attempt: Attempt, field: &str) {
    let Some(form) = read(form) else { return };
    let broken = match check(&form, attempt) {
        Err(ApiError::Invalid { fields }) => fields,
        _ => Vec::new(),
    };
    attempt.errors.left(field, broken);
}

/// Checks the role when its choice or its name has changed.
pub fn role_changed(event: &web_sys::Event, form: NodeRef<html::Form>, attempt: Attempt) {
    let changed = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let name = changed.and_then(|element| element.get_attribute("name")).unwrap_or_default();
    if name == "role" {
        check_field(form, attempt, "role");
    }
    if name == "iam_role" || name == "role" && !attempt.errors.all().with_untracked(Vec::is_empty) {
        check_field(form, attempt, "iam_role");
    }
}
