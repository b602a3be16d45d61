//! Giving nodes another role.

use domain::errors::ApiError;
use domain::iam_roles::IamRole;
use domain::language::Language;
use domain::nodes::actions::ActionKind;
use leptos::prelude::*;

use super::page::{ActionPage, Filled};
use crate::components::container::Container;
use crate::components::form::{Select, SelectOption, TextInput};
use crate::error_text::error_text;
use crate::page::use_language;
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
                options=options(language, roles, &filled.form.iam_role)
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

/// The list; what was chosen stays even where the list does not have it.
fn options(language: Language, roles: Vec<IamRole>, chosen: &str) -> Vec<SelectOption> {
    let option =
        |value: &str, label: String| SelectOption { value: value.to_owned(), label, disabled: false };
    let first =
        if roles.is_empty() { activations::roles_none(language) } else { activations::role_choose(language) };
    let mut options = vec![option("", first.to_owned())];
    if !chosen.is_empty() && roles.iter().all(|role| role.name != chosen) {
        options.push(option(chosen, activations::role_unlisted(language, chosen)));
    }
    options.extend(roles.into_iter().map(|role| {
        let label = if role.missing_policies.is_empty() {
            role.name.clone()
        } else {
            activations::role_missing(language, &role.name, role.missing_policies.join(", "))
        };
        option(&role.name, label)
    }));
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_names_what_it_lacks_and_a_chosen_one_stays() {
        let role = |name: &str, missing: &[&str]| IamRole {
            name: name.to_owned(),
            missing_policies: missing.iter().map(|policy| (*policy).to_owned()).collect(),
        };
        let roles = vec![role("BB", &[]), role("Bare", &["AmazonSSMManagedInstanceCore"])];
        let labels: Vec<_> =
            options(Language::En, roles, "Old").into_iter().map(|option| option.label).collect();
        assert_eq!((labels.len(), labels[2].as_str()), (4, "BB"));
        assert!(labels[1].starts_with("Old ("), "{labels:?}");
        assert_eq!(labels[3], "Bare (missing policy: AmazonSSMManagedInstanceCore)");
    }
}
