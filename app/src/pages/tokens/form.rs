//! The form that makes a token. The browser itself posts it, and its answer is the only page that shows the token.

use domain::errors::ApiError;
use domain::publishers::{MAX_ENTRIES, MAX_TOKEN_DAYS, MAX_TOKEN_NAME, TokenForm};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::components::alert::Alert;
use crate::components::button::SubmitButton;
use crate::components::container::Container;
use crate::components::form::{ErrorSummary, FormErrors, TextArea, TextInput};
use crate::components::status::StatusKind;
use crate::error_text::error_text;
use crate::page::use_language;
use crate::text::tokens as text;
use crate::tokens::TokenList;

/// Days that the form begins with.
const DAYS: u32 = 90;
/// Characters that the text area shows room for; there is no other limit than that of entries.
const MAX_TEXT: u32 = 10_000;

/// The form.
#[component]
pub(super) fn TokenFormView(list: TokenList, refused: Option<(TokenForm, ApiError)>) -> impl IntoView {
    let language = use_language();
    let errors = FormErrors::default();
    let (form, failure) = match refused {
        Some((form, error)) => (form, (!errors.take(&error)).then_some(error)),
        None => (TokenForm { days: DAYS.to_string(), ..TokenForm::default() }, None),
    };
    let failure = failure.map(|error| {
        view! { <Alert kind=StatusKind::Error title=text::not_made(language)>{error_text(language, &error)}</Alert> }
    });
    let yours = list.rights.rule.map(|rule| rule.names).unwrap_or_default();
    let names_description = if yours.is_empty() {
        text::names_description(language).to_owned()
    } else {
        text::names_within(language, yours.join(", "))
    };
    let pending = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        if pending.get_untracked() {
            event.prevent_default();
        }
        pending.set(true);
    };
    view! {
        <form class="form-page" method="post" action="/tokens" novalidate=true on:submit=submit>
            {failure}
            <ErrorSummary errors label=field_label />
            <input type="hidden" name="submission" value=list.submission />
            <Container title=text::make(language)>
                <div class="form">
                    <TextInput
                        name="name"
                        label=text::name(language)
                        value=RwSignal::new(form.name)
                        description=text::name_description(language).to_owned()
                        constraint=text::name_constraint(language, MAX_TOKEN_NAME)
                        error=errors.at("name")
                    />
                    <TextArea
                        name="names"
                        label=text::names(language)
                        value=RwSignal::new(form.names)
                        max=MAX_TEXT
                        rows=3
                        optional=true
                        description=names_description
                        constraint=text::entries(language, MAX_ENTRIES)
                        error=errors.at("names")
                    />
                    <TextInput
                        name="days"
                        label=text::days(language)
                        value=RwSignal::new(form.days)
                        inputmode="numeric"
                        constraint=text::days_constraint(language, MAX_TOKEN_DAYS)
                        error=errors.at("days")
                    />
                </div>
            </Container>
            <div class="form-actions">
                <SubmitButton text=text::make(language) pending />
            </div>
        </form>
    }
    .into_any()
}

fn field_label(field: &str) -> String {
    let language = use_language();
    match field {
        "name" => text::name(language),
        "names" => text::names(language),
        "days" => text::days(language),
        other => return other.to_owned(),
    }
    .to_owned()
}
