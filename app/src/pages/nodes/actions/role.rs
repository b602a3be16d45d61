//! Giving nodes another role.

use domain::errors::ApiError;
use domain::nodes::actions::ActionKind;
use leptos::prelude::*;

use super::page::{ActionPage, Filled};
use crate::components::container::Container;
use crate::components::form::{Select, TextInput};
use crate::error_text::error_text;
use crate::page::use_language;
use crate::pages::role_options::role_options;
use crate::text::{activations, node_actions as text};

/// The form: the roles that SSM may assume, each with the policies that it lacks.
#[component]
pub fn ChangeNodeRole() -> impl IntoView {
    let language = use_language();
    view! { <ActionPage kind=ActionKind::Role description=text::role_description(language) fields /> }
}

fn fields(filled: &Filled) -> AnyView {
    let language = use_language();
    let value = RwSignal::new(filled.form.iam_role.clone());
    let error = filled.errors.at("iam_role");
    let field = match filled.start.roles.clone().unwrap_or(Err(ApiError::Internal)) {
        Ok(roles) => view! {
            <Select
                name="iam_role"
                label=text::new_role(language)
                value
                options=role_options(language, roles, &filled.form.iam_role)
                description=activations::field_existing_role_description(language).to_owned()
                error
            />
        }
        .into_any(),
        Err(failure) => view! {
            <TextInput
                name="iam_role"
                label=text::new_role(language)
                value
                description=activations::roles_failed(language, error_text(language, &failure))
                error
            />
        }
        .into_any(),
    };
    view! {
        <Container title=text::role_settings(language)>
            <div class="form">{field}</div>
            <ul class="consequences">
                <li>{text::role_takes_effect(language)}</li>
                <li>{text::role_without_policy(language)}</li>
            </ul>
        </Container>
    }
    .into_any()
}
