//! The list of IAM roles that a form lets choose from.

use domain::iam_roles::{IamRole, role_rule};
use domain::language::Language;

use crate::components::form::SelectOption;
use crate::error_text::{listed, rule_text};
use crate::text::activations as text;

/// The list, each role with what it lacks, or why it cannot be chosen; the chosen one stays even where the list does not
/// have it.
pub fn role_options(language: Language, roles: Vec<IamRole>, chosen: &str) -> Vec<SelectOption> {
    let option =
        |value: &str, label: String| SelectOption { value: value.to_owned(), label, disabled: false };
    let first = if roles.is_empty() { text::roles_none(language) } else { text::role_choose(language) };
    let mut options = vec![option("", first.to_owned())];
    if !chosen.is_empty() && roles.iter().all(|role| role.name != chosen) {
        options.push(option(chosen, text::role_unlisted(language, chosen)));
    }
    options.extend(roles.into_iter().map(|role| {
        // IAM allows longer names and paths than SSM takes.
        if let Some(rule) = role_rule(&role.name) {
            let label = text::role_unusable(language, &role.name, rule_text(language, &rule));
            return SelectOption { disabled: true, ..option(&role.name, label) };
        }
        let label = if role.missing_policies.is_empty() {
            role.name.clone()
        } else {
            text::role_missing(language, &role.name, listed(language, &role.missing_policies))
        };
        option(&role.name, label)
    }));
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(name: &str, missing: &[&str]) -> IamRole {
        IamRole { name: name.to_owned(), missing_policies: missing.iter().map(|p| (*p).to_owned()).collect() }
    }

    fn labels(roles: Vec<IamRole>, chosen: &str) -> Vec<String> {
        role_options(Language::En, roles, chosen).into_iter().map(|option| option.label).collect()
    }

    #[test]
    fn a_role_names_what_it_lacks() {
        let roles = vec![role("BB", &[]), role("Bare", &["AmazonSSMManagedInstanceCore"])];
        assert_eq!(
            labels(roles, ""),
            ["Choose a role", "BB", "Bare (missing policy: AmazonSSMManagedInstanceCore)"]
        );
    }

    #[test]
    fn a_chosen_role_is_never_dropped() {
        let labels = labels(vec![role("BB", &[])], "Old");
        assert!(labels[1].starts_with("Old ("), "{labels:?}");
    }

    #[test]
    fn a_role_that_ssm_would_not_take_is_only_seen() {
        let (longest, longer) = (format!("path/{}", "r".repeat(59)), format!("path/{}", "r".repeat(60)));
        let options = role_options(Language::En, vec![role(&longest, &[]), role(&longer, &[])], "");
        assert_eq!(options[1], SelectOption { value: longest.clone(), label: longest, disabled: false });
        let label = format!("{longer} (cannot be chosen: At most 64 characters.)");
        assert_eq!(options[2], SelectOption { value: longer, label, disabled: true });
    }
}
