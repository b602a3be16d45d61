//! The create form. One markup serves the browser and those without script.

mod role;
#[cfg(feature = "hydrate")]
mod send;

use domain::activations::{MAX_DESCRIPTION_LENGTH, MAX_INSTANCE_NAME_LENGTH, REGISTRATION_LIMIT};
use domain::errors::ApiError;
use leptos::html;
use leptos::prelude::*;
use time::OffsetDateTime;

use super::expiry::ExpiryField;
use crate::activations::{Creation, FormStart};
use crate::components::alert::Alert;
use crate::components::button::SubmitButton;
use crate::components::clock::use_now;
use crate::components::container::Container;
use crate::components::form::{
    ErrorSummary, FormErrors, FormField, TagEditor, TagRows, TextArea, TextInput, field_id,
};
use crate::components::leave_guard::guard_leaving;
use crate::components::status::StatusKind;
use crate::error_text::error_text;
use crate::page::use_language;
use crate::text::activations as text;
use role::RoleFields;

/// What the form knows while it is filled in and sent.
#[derive(Clone, Copy)]
struct Attempt {
    errors: FormErrors,
    /// A failure that belongs to no field.
    failure: RwSignal<Option<ApiError>>,
    /// Counts failed attempts.
    count: RwSignal<u32>,
    pending: RwSignal<bool>,
    /// Expiry is checked against it.
    #[cfg_attr(
        not(feature = "hydrate"),
        expect(dead_code, reason = "only the browser checks a form before it is sent")
    )]
    now: ReadSignal<OffsetDateTime>,
}

impl Attempt {
    fn new(error: Option<ApiError>) -> Self {
        let fields = match &error {
            Some(ApiError::Invalid { fields }) => fields.clone(),
            _ => Vec::new(),
        };
        let failure = RwSignal::new(error.filter(|_| fields.is_empty()));
        Self {
            errors: FormErrors::new(fields),
            failure,
            count: RwSignal::new(0),
            pending: RwSignal::new(false),
            now: use_now(),
        }
    }

    /// Shows a failure where it belongs.
    #[cfg(feature = "hydrate")]
    fn fail(self, error: ApiError) {
        self.pending.set(false);
        self.failure.set((!self.errors.take(&error)).then_some(error));
        self.count.update(|count| *count += 1);
    }
}

/// The form.
#[component]
pub fn ActivationForm(
    /// What it starts with.
    start: FormStart,
    /// What an attempt without script has met.
    #[prop(optional)]
    error: Option<ApiError>,
    /// The activation that the form is a copy of.
    #[prop(optional_no_strip)]
    copy_of: Option<String>,
    /// Where the outcome goes.
    taken: RwSignal<Option<Creation>>,
) -> impl IntoView {
    let language = use_language();
    let FormStart { form, roles, copy_failure } = start;
    let attempt = Attempt::new(error);
    let errors = attempt.errors;
    guard_leaving(attempt.pending.into(), text::leave_pending(language));
    let element = NodeRef::<html::Form>::new();
    let check = move |field: &'static str| Callback::new(move |()| check_field(element, attempt, field));
    let check_tag = Callback::new(move |row: usize| {
        for part in ["key", "value"] {
            check_field(element, attempt, &format!("tags.{row}.{part}"));
        }
    });
    let copied = copy_of.filter(|_| copy_failure.is_none());
    let rows = TagRows::new(form.tags);
    view! {
        <form
            class="form-page"
            method="post"
            action="/activations/new"
            node_ref=element
            novalidate=true
            on:submit=move |event| submit(&event, element, attempt, taken)
            on:change=move |event| role_changed(&event, element, attempt)
        >
            <Failure attempt />
            <ErrorSummary errors attempt=attempt.count label=field_label target=field_target />
            {copied.map(|id| view! { <Alert kind=StatusKind::Info>{text::copy_of(language, id)}</Alert> })}
            {copy_failure
                .map(|error| {
                    let error = error_text(language, &error);
                    view! { <Alert kind=StatusKind::Warning>{text::copy_failed(language, error)}</Alert> }
                })}
            <input type="hidden" name="submission" value=form.submission />
            <Container title=text::settings(language)>
                <div class="form">
                    <TextArea
                        name="description"
                        label=text::field_description(language)
                        value=RwSignal::new(form.description)
                        max=MAX_DESCRIPTION_LENGTH
                        constraint=text::field_description_constraint(language, MAX_DESCRIPTION_LENGTH)
                        optional=true
                        error=errors.at("description")
                        on_blur=check("description")
                    />
                    <TextInput
                        name="registration_limit"
                        label=text::field_limit(language)
                        value=RwSignal::new(initial_limit(form.registration_limit))
                        inputmode="numeric"
                        description=text::field_limit_description(language).to_owned()
                        constraint=text::field_limit_constraint(language, REGISTRATION_LIMIT.start(), REGISTRATION_LIMIT.end())
                        error=errors.at("registration_limit")
                        on_blur=check("registration_limit")
                    />
                    <RoleFields role=form.role iam_role=form.iam_role roles errors />
                    <ExpiryField value=form.expires typed_in=form.time_zone errors on_blur=check("expires") />
                    <TextInput
                        name="default_instance_name"
                        label=text::field_name(language)
                        value=RwSignal::new(form.default_instance_name)
                        description=text::field_name_description(language).to_owned()
                        constraint=text::field_name_constraint(language, MAX_INSTANCE_NAME_LENGTH)
                        optional=true
                        error=errors.at("default_instance_name")
                        on_blur=check("default_instance_name")
                    />
                    <FormField
                        id=format!("{}-group", field_id("tags"))
                        label=text::field_tags(language)
                        description=text::field_tags_description(language).to_owned()
                        optional=true
                        group=true
                    >
                        <TagEditor name="tags" rows errors on_blur=check_tag />
                    </FormField>
                </div>
            </Container>
            <div class="form-actions">
                <a class="button button-link" href="/activations">{text::cancel(language)}</a>
                <SubmitButton text=text::create(language) pending=attempt.pending />
            </div>
        </form>
    }
    .into_any()
}

/// What went wrong with the whole, and the way back in for somebody whose session has ended.
#[component]
fn Failure(attempt: Attempt) -> impl IntoView {
    let language = use_language();
    let sign_in = move || {
        view! {
            <p>{text::sign_in_again(language)}</p>
            <p><a href="/login" target="_blank" rel="external">{text::sign_in(language)}</a></p>
        }
    };
    move || {
        attempt.failure.get().map(|error| {
            view! {
                <Alert kind=StatusKind::Error title=text::not_created(language)>
                    <p>{error_text(language, &error)}</p>
                    {(error == ApiError::Unauthenticated).then(sign_in)}
                </Alert>
            }
        })
    }
}

fn initial_limit(limit: String) -> String {
    if limit.is_empty() { REGISTRATION_LIMIT.start().to_string() } else { limit }
}

/// A field's name on screen.
fn field_label(field: &str) -> String {
    let language = use_language();
    let row =
        |rest: &str| rest.split('.').next().and_then(|row| row.parse::<usize>().ok()).unwrap_or_default() + 1;
    match field {
        "description" => text::field_description(language).to_owned(),
        "registration_limit" => text::field_limit(language).to_owned(),
        "role" => text::field_role(language).to_owned(),
        "iam_role" => text::field_existing_role(language).to_owned(),
        "expires" => text::field_expires(language).to_owned(),
        "default_instance_name" => text::field_name(language).to_owned(),
        field => match field.strip_prefix("tags.") {
            Some(rest) if rest.ends_with(".key") => text::field_tag_key(language, row(rest)),
            Some(rest) => text::field_tag_value(language, row(rest)),
            None => text::field_tags(language).to_owned(),
        },
    }
}

fn field_target(field: &str) -> String {
    field_id(field)
}

#[cfg(feature = "hydrate")]
use send::{check_field, role_changed, submit};

/// On the server nothing is ever submitted: the browser posts the form.
#[cfg(not(feature = "hydrate"))]
fn submit(
    _event: &leptos::ev::SubmitEvent,
    _form: NodeRef<html::Form>,
    _attempt: Attempt,
    _taken: RwSignal<Option<Creation>>,
) {
}

/// On the server no field is ever left.
#[cfg(not(feature = "hydrate"))]
fn check_field(_form: NodeRef<html::Form>, _attempt: Attempt, _field: &str) {}

/// On the server no choice ever changes.
#[cfg(not(feature = "hydrate"))]
fn role_changed(_event: &leptos::web_sys::Event, _form: NodeRef<html::Form>, _attempt: Attempt) {}
