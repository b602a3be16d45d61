//! Giving an estimate a name and keeping it.

use domain::permission::Permission;
use leptos::prelude::*;

use super::Work;
use crate::components::alert::Alert;
use crate::components::button::DisabledButton;
use crate::components::container::Container;
use crate::components::form::TextInput;
use crate::components::status::StatusKind;
use crate::error_text::error_text;
use crate::page::{may, use_language};
use crate::text::{common, costs as text};

/// The name, and the button that saves: it posts the same form.
#[component]
pub fn SaveFields(work: Work) -> impl IntoView {
    let language = use_language();
    let (name, replace) = work.fields.with_untracked(|fields| {
        (fields.get("name").unwrap_or_default().to_owned(), fields.get("replace").is_some())
    });
    let failed = move || {
        work.failure.get().map(|error| {
            view! {
                <Alert kind=StatusKind::Error title=text::not_saved(language)>{error_text(language, &error)}</Alert>
            }
        })
    };
    let path = work.parts().calculator.path();
    let button = if may(Permission::SaveEstimate) {
        view! {
            <label class="choice">
                <input type="checkbox" name="replace" checked=replace />
                {text::replace(language)}
            </label>
            <SaveButton path pending=work.pending />
        }
        .into_any()
    } else {
        view! { <DisabledButton text=text::save(language) reason=text::save_denied(language) /> }.into_any()
    };
    view! {
        <Container title=text::save_section(language)>
            <div class="form">
                {failed}
                <TextInput
                    name="name"
                    label=text::name(language)
                    value=RwSignal::new(name)
                    description=text::name_description(language).to_owned()
                    optional=true
                    error=work.errors.at("name")
                />
                {button}
            </div>
        </Container>
    }
    .into_any()
}

/// Sends the form by `POST`, whatever the form's own method is.
#[component]
fn SaveButton(path: &'static str, pending: RwSignal<bool>) -> impl IntoView {
    let language = use_language();
    view! {
        <span class="submit">
            <button
                type="submit"
                class="button button-primary"
                formmethod="post"
                formaction=path
                aria-disabled=move || pending.get().then_some("true")
            >
                {text::save(language)}
            </button>
            <span class="secondary" role="status">{move || pending.get().then(|| common::working(language))}</span>
        </span>
    }
}

/// Saves by script.
#[cfg(feature = "hydrate")]
pub fn save(fields: &domain::costs::Fields, work: Work) {
    use crate::costs::save_estimate;
    use domain::errors::ApiError;

    if work.pending.get_untracked() {
        return;
    }
    let (language, flashes) = (work.language, work.flashes);
    let calculator = work.parts().calculator;
    let (query, replace) = (fields.to_query(), fields.get("replace").is_some());
    work.pending.set(true);
    work.failure.set(None);
    leptos::task::spawn_local(async move {
        let saved = save_estimate(calculator, query, replace).await;
        if work.pending.is_disposed() {
            return;
        }
        work.pending.set(false);
        match saved {
            Ok(estimate) => flashes.success(text::saved(language, estimate.name)),
            Err(ApiError::Invalid { fields }) => work.told.set(fields),
            Err(error) => work.failure.set(Some(error)),
        }
    });
}
