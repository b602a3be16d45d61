//! The form in the browser: read as it would be sent, at every key.

use std::time::Duration;

use domain::costs::Fields;
use domain::errors::{ApiError, FieldError};
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;

use super::Work;
use super::save::save;

/// How long typing must pause before the address follows.
const PAUSE: Duration = Duration::from_millis(400);

/// The form as it stands: exactly what would be sent without script.
fn read(form: NodeRef<html::Form>) -> Option<Fields> {
    let element = form.get_untracked()?;
    let data = web_sys::FormData::new_with_form(&element).ok()?;
    let pairs = js_sys::try_iter(&data).ok()??.filter_map(|entry| {
        let pair: js_sys::Array = entry.ok()?.dyn_into().ok()?;
        Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
    });
    Some(Fields::new(pairs))
}

/// Something was typed or chosen, or rows have come or gone.
pub fn typed(form: NodeRef<html::Form>, work: Work) {
    let Some(fields) = read(form) else { return };
    work.told.set(Vec::new());
    work.fields.set(fields);
}

/// Keeps messages and address in step with the form.
pub fn follow(form: NodeRef<html::Form>, work: Work) {
    // Typed before the script arrived.
    Effect::new(move || {
        if form.get().is_some()
            && let Some(fields) = read(form)
        {
            work.fields.set(fields);
        }
    });
    Effect::new(move || {
        let mut broken: Vec<FieldError> =
            work.outcome.with(|outcome| outcome.as_ref().err().cloned().unwrap_or_default());
        broken.extend(work.told.get());
        // None is none of a field's: nothing is left to be told elsewhere.
        let _ = work.errors.take(&ApiError::Invalid { fields: broken });
    });
    follow_by_address(work);
}

/// The address leads to the estimate as it stands: it can be copied, reloaded, and read in the other language.
fn follow_by_address(work: Work) {
    let navigate = use_navigate();
    let path = work.parts().calculator.path();
    let show = Callback::new(move |query: String| {
        let address = format!("{path}?{query}");
        work.written.set_value(Some(query));
        navigate(&address, NavigateOptions { replace: true, scroll: false, ..Default::default() });
    });
    let pause = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |before: Option<String>| {
        let query = work.outcome.with(|outcome| outcome.as_ref().ok().map(|(fields, _)| fields.to_query()));
        let Some(query) = query else { return before.unwrap_or_default() };
        if before.is_some_and(|before| before != query) {
            let query = query.clone();
            pause.update_value(|pause| {
                if let Some(waiting) = pause.take() {
                    waiting.clear();
                }
                // Whoever has left the page meanwhile stays where they are.
                let later = move || {
                    let _ = show.try_run(query);
                };
                *pause = set_timeout_with_handle(later, PAUSE).ok();
            });
        }
        query
    });
    on_cleanup(move || {
        if let Some(waiting) = pause.try_update_value(Option::take).flatten() {
            waiting.clear();
        }
    });
}

/// The form is sent by its Save button, or by Enter, which has nothing to do: the estimate is there already.
pub fn submitted(event: &SubmitEvent, form: NodeRef<html::Form>, work: Work) {
    event.prevent_default();
    let Some(fields) = read(form) else { return };
    if event.submitter().is_some_and(|button| button.get_attribute("formmethod").is_some()) {
        save(&fields, work);
    }
}
