//! The form of a rule. The browser itself posts it, with or without script.

use domain::errors::ApiError;
use domain::permission::Permission;
use domain::publishers::{MAX_ENTRIES, MAX_QUOTA_MIB, PublisherRules, RuleForm};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::components::alert::Alert;
use crate::components::button::SubmitButton;
use crate::components::container::{Container, PageHeader};
use crate::components::form::{ErrorSummary, FormErrors, TextArea, TextInput};
use crate::components::loaded::Loaded;
use crate::components::status::StatusKind;
use crate::error_text::error_text;
use crate::page::{may, use_language};
use crate::publishers::{RuleRefused, list_publishers};
use crate::text::{common, publishers as text};

/// Characters that the text areas show room for; there is no other limit than that of entries.
const MAX_TEXT: u32 = 10_000;

/// The form for `?person=…`, or for all.
#[component]
pub fn EditPublisherRule() -> impl IntoView {
    let language = use_language();
    let refused = StoredValue::new(SharedValue::new(use_context::<RuleRefused>).into_inner());
    let query = use_query_map();
    let person = query.with_untracked(|query| query.get("person")).filter(|person| !person.is_empty());
    let title = match &person {
        Some(person) => text::title_of(language, person),
        None => text::default_rule(language).to_owned(),
    };
    let signed_out = refused.get_value().filter(|refused| refused.error == ApiError::Unauthenticated);
    let body = if let Some(refused) = signed_out {
        // Whoever signs in again in another tab sends it once more.
        let (person, form) = (person.unwrap_or_default(), refused.form.clone());
        view! { <Form person form removable=false refused=Some(refused) /> }.into_any()
    } else if may(Permission::ManagePeople) {
        let rules = Resource::new(|| (), |()| list_publishers());
        let show = move |rules: Signal<PublisherRules>| {
            let rules = rules.get_untracked();
            let person = person.clone();
            let own = person.as_ref().map(|person| {
                let found = rules.people.iter().find(|publisher| publisher.username == *person);
                found.map(|publisher| publisher.rule.clone())
            });
            match own {
                // Nobody of that name publishes.
                Some(None) => {
                    view! { <Alert kind=StatusKind::Info>{text::no_such_publisher(language)}</Alert> }
                        .into_any()
                }
                Some(Some(own)) => {
                    let removable = own.is_some();
                    let form = RuleForm::of(&own.unwrap_or(rules.default));
                    view! { <Form person=person.unwrap_or_default() form removable refused=refused.get_value() /> }
                        .into_any()
                }
                None => {
                    let form = RuleForm::of(&rules.default);
                    view! { <Form person=String::new() form removable=false refused=refused.get_value() /> }
                        .into_any()
                }
            }
        };
        view! { <Loaded resource=rules children=show /> }.into_any()
    } else {
        view! { <Alert kind=StatusKind::Info>{text::denied(language)}</Alert> }.into_any()
    };
    view! {
        <PageHeader title />
        {body}
    }
    .into_any()
}

#[component]
fn Form(person: String, form: RuleForm, removable: bool, refused: Option<RuleRefused>) -> impl IntoView {
    let language = use_language();
    let errors = FormErrors::default();
    let (form, failure) = match refused {
        Some(RuleRefused { form, error }) => (form, (!errors.take(&error)).then_some(error)),
        None => (form, None),
    };
    let failure = failure.map(|error| {
        view! { <Alert kind=StatusKind::Error title=text::not_set(language)>{error_text(language, &error)}</Alert> }
    });
    let (places, names) = (RwSignal::new(form.places), RwSignal::new(form.names));
    let quota = RwSignal::new(form.quota_mib);
    let query = domain::url_query::format([("person", person.as_str())]);
    let remove = removable.then(|| {
        view! {
            <button class="button button-normal" name="remove" value="yes">{text::remove(language)}</button>
        }
    });
    view! {
        {failure}
        <form class="form-page" method="post" action=format!("/settings/publishers/edit{query}") novalidate=true>
            // Enter presses a form's first button: not the one that removes the rule.
            <button class="visually-hidden" tabindex="-1" aria-hidden="true">{text::save(language)}</button>
            <ErrorSummary errors label=field_label />
            <input type="hidden" name="person" value=person />
            <Container title=text::rule(language) description=text::rule_description(language)>
                <div class="form">
                    <TextArea
                        name="places"
                        label=text::places(language)
                        value=places
                        max=MAX_TEXT
                        rows=4
                        optional=true
                        description=text::places_description(language).to_owned()
                        constraint=text::entries(language, MAX_ENTRIES)
                        error=errors.at("places")
                    />
                    <TextArea
                        name="names"
                        label=text::names(language)
                        value=names
                        max=MAX_TEXT
                        rows=4
                        optional=true
                        description=text::names_description(language).to_owned()
                        constraint=text::entries(language, MAX_ENTRIES)
                        error=errors.at("names")
                    />
                    <TextInput
                        name="quota_mib"
                        label=text::quota_field(language)
                        value=quota
                        optional=true
                        inputmode="numeric"
                        description=text::quota_description(language).to_owned()
                        constraint=text::quota_constraint(language, MAX_QUOTA_MIB)
                        error=errors.at("quota_mib")
                    />
                </div>
            </Container>
            <div class="form-actions">
                <a class="button button-link" href="/settings/publishers">{common::cancel(language)}</a>
                {remove}
                <SubmitButton text=text::save(language) />
            </div>
        </form>
    }
    .into_any()
}

fn field_label(field: &str) -> String {
    let language = use_language();
    match field {
        "places" => text::places(language),
        "names" => text::names(language),
        "quota_mib" => text::quota_field(language),
        other => return other.to_owned(),
    }
    .to_owned()
}
