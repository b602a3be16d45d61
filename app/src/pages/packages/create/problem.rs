//! What stands in the way of publishing, in words.

use domain::errors::Rule;
use domain::language::Language;
use domain::packages::manifest::build::Conflict;
use domain::packages::preview::Problem;

use super::scripts::action_text;
use crate::error_text::rule_text;
use crate::text::{publish, publish_check, publish_review as text};

/// The problem, and what to do about it.
#[must_use]
pub fn problem_text(language: Language, problem: &Problem) -> String {
    match problem {
        Problem::Field { field } => {
            let label = match field.field.as_str() {
                "name" => publish::field_name(language),
                "version_name" => publish::field_version(language),
                "bucket" => publish::field_bucket(language),
                "prefix" => publish::field_prefix(language),
                other => other,
            };
            let rule = match &field.rule {
                Rule::Required => text::not_given(language).to_owned(),
                rule => rule_text(language, rule),
            };
            format!("{label}: {rule}")
        }
        Problem::NoFiles => text::no_files(language).to_owned(),
        Problem::NotReady { file_name } => text::not_ready(language, file_name),
        Problem::Target { conflict: Conflict::NoTarget { file } } => text::no_target(language, file),
        Problem::Target { conflict: Conflict::SameFile { file } } => text::same_file(language, file),
        Problem::Target { conflict: Conflict::SameTarget { target, first, second } } => {
            let nodes = format!("{} / {} / {}", target.platform, target.version, target.architecture);
            text::same_target(language, first, second, nodes)
        }
        Problem::NoScript { file_name, action } => {
            text::no_script(language, file_name, action_text(language, *action))
        }
        Problem::ZipTooLarge { zip_name } => text::zip_too_large(language, zip_name),
        Problem::Manifest => text::manifest_wrong(language).to_owned(),
        Problem::NoManifest => publish_check::no_manifest(language).to_owned(),
        Problem::NotChecked => publish_check::not_checked_before(language).to_owned(),
        Problem::CheckErrors => publish_check::check_errors(language).to_owned(),
    }
}
