//! The role: the system's default one, or one from the list of those that SSM may assume.

use domain::activations::ActivationRole;
use domain::errors::ApiError;
use domain::iam_roles::{DEFAULT_ROLE, DEFAULT_ROLE_NAME, IamRole};
use domain::language::Language;
use leptos::prelude::*;

use crate::components::form::{FormErrors, RadioGroup, RadioOption, Select, TextInput};
use crate::error_text::{error_text, listed};
use crate::page::use_language;
use crate::pages::role_options::role_options;
use crate::text::activations as text;

/// The choice and, for an existing role, which.
#[component]
pub fn RoleFields(
    /// The choice.
    role: ActivationRole,
    /// The existing role's path and name.
    iam_role: String,
    /// The roles to choose from.
    roles: Result<Vec<IamRole>, ApiError>,
    /// The form's errors.
    errors: FormErrors,
) -> impl IntoView {
    let language = use_language();
    let value = RwSignal::new(iam_role);
    let default_description = default_description(language, roles.as_deref().unwrap_or_default());
    let choice = match role {
        ActivationRole::Default => "default",
        ActivationRole::Existing => "existing",
    };
    let options = vec![
        RadioOption {
            value: "default".to_owned(),
            label: text::role_default(language, DEFAULT_ROLE_NAME),
            description: Some(default_description),
        },
        RadioOption {
            value: "existing".to_owned(),
            label: text::role_existing(language).to_owned(),
            description: Some(text::role_existing_description(language).to_owned()),
        },
    ];
    let existing = match roles {
        Ok(mut roles) => {
            // The default role has its own choice above.
            roles.retain(|role| role.name != DEFAULT_ROLE);
            view! {
                <Select
                    name="iam_role"
                    label=text::field_existing_role(language)
                    value
                    options=role_options(language, roles, &value.get_untracked())
                    description=text::field_existing_role_description(language).to_owned()
                    error=errors.at("iam_role")
                />
            }
            .into_any()
        }
        Err(error) => view! {
            <TextInput
                name="iam_role"
                label=text::field_existing_role(language)
                value
                description=text::roles_failed(language, error_text(language, &error))
                error=errors.at("iam_role")
            />
        }
        .into_any(),
    };
    view! {
        <RadioGroup
            name="role"
            label=text::field_role(language)
            value=RwSignal::new(choice.to_owned())
            options
            description=text::field_role_description(language).to_owned()
            error=errors.at("role")
        />
        // Hidden by the stylesheet while the default role is chosen: that needs no script.
        <div class="existing-role">{existing}</div>
    }
    .into_any()
}

/// What the default role is, and what it lacks where it has lost something.
fn default_description(language: Language, roles: &[IamRole]) -> String {
    match roles.iter().find(|role| role.name == DEFAULT_ROLE) {
        Some(role) if !role.missing_policies.is_empty() => {
            text::role_missing(language, DEFAULT_ROLE_NAME, listed(language, &role.missing_policies))
        }
        _ => text::role_default_description(language).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(name: &str, missing: &[&str]) -> IamRole {
        IamRole { name: name.to_owned(), missing_policies: missing.iter().map(|p| (*p).to_owned()).collect() }
    }

    #[test]
    fn the_default_role_names_what_it_lacks() {
        let described = |missing: &[&str]| default_description(Language::En, &[role(DEFAULT_ROLE, missing)]);
        assert!(described(&["AmazonSSMManagedInstanceCore"]).contains("AmazonSSMManagedInstanceCore"));
        assert_eq!(described(&[]), default_description(Language::En, &[]));
    }
}
