//! Changes applied to a draft, by the rules of what they hold.

use super::step::is_empty;
use super::{
    Contents, Draft, DraftChange, DraftFile, EditedScripts, MAX_MANIFEST, MAX_PUBLISHER, MAX_SCRIPT, NewDraft,
};
use crate::errors::{ApiError, FieldError, Rule};
use crate::packages::location::{bucket_rule, prefix_rule};
use crate::packages::name::{name_rule, version_rule};
use crate::packages::scripts::Action;

/// Most targets of a file: every platform with every version that has one of its own.
const MAX_TARGETS: u32 = 100;

impl Contents {
    /// What a draft begins with: little, but for a package that gets another version.
    #[must_use]
    pub fn new(draft: &NewDraft) -> Self {
        let name = draft.base.as_ref().map(|base| base.name.clone()).unwrap_or_default();
        Self {
            kind: draft.kind,
            base: draft.base.clone(),
            name,
            version_name: String::new(),
            publisher: draft.publisher.clone(),
            bucket: String::new(),
            prefix: String::new(),
            manifest: None,
        }
    }
}

impl Draft {
    /// Makes the changes, all of them or none. What is empty is not given yet, which is no error in a draft.
    ///
    /// # Errors
    /// `Invalid` with every broken rule at its field (see [`super::changes_from_fields`]); `NotFound` for a file that the
    /// draft does not have; `Conflict` for scripts of a file that is carried over as it is.
    pub fn apply(&mut self, changes: Vec<DraftChange>) -> Result<(), ApiError> {
        let fields: Vec<_> = changes.iter().flat_map(|change| self.errors(change)).collect();
        if !fields.is_empty() {
            return Err(ApiError::Invalid { fields });
        }
        let named = changes.iter().all(|change| match change {
            DraftChange::Targets { file, .. } | DraftChange::Scripts { file, .. } => {
                self.file(file).is_some()
            }
            _ => true,
        });
        if !named {
            return Err(ApiError::NotFound);
        }
        let in_zip = |file: &str| self.file(file).is_some_and(DraftFile::is_carried);
        if changes.iter().any(|change| matches!(change, DraftChange::Scripts { file, .. } if in_zip(file))) {
            let reason = "the scripts of a file that is carried over are in its zip".to_owned();
            return Err(ApiError::Conflict { reason });
        }
        changes.into_iter().for_each(|change| self.make(change));
        Ok(())
    }

    fn make(&mut self, change: DraftChange) {
        let contents = &mut self.contents;
        match change {
            DraftChange::Details { name, version_name, publisher } => {
                if contents.base.is_none() {
                    contents.name = name;
                }
                (contents.version_name, contents.publisher) = (version_name, publisher);
            }
            DraftChange::Location { bucket, prefix } => {
                contents.bucket = bucket;
                contents.prefix = prefix.trim_matches('/').to_owned();
            }
            DraftChange::Targets { file, mut targets } => {
                targets.retain(|target| !is_empty(target));
                targets.sort();
                targets.dedup();
                self.files
                    .iter_mut()
                    .filter(|found| found.id == file)
                    .for_each(|file| file.targets.clone_from(&targets));
            }
            DraftChange::Scripts { file, scripts } => {
                let scripts = scripts.without_empty();
                for file in self.files.iter_mut().filter(|found| found.id == file) {
                    file.scripts = scripts.clone().without(&file.generated_scripts());
                }
            }
            DraftChange::Manifest { text } => contents.manifest = text,
        }
    }

    fn errors(&self, change: &DraftChange) -> Vec<FieldError> {
        let given =
            |text: &str, rule: fn(&str) -> Option<Rule>| if text.is_empty() { None } else { rule(text) };
        match change {
            DraftChange::Details { name, version_name, publisher } => {
                let name = if self.contents.base.is_some() { None } else { given(name, name_rule) };
                let rules = [
                    ("name", name),
                    ("version_name", given(version_name, version_rule)),
                    ("publisher", longer(publisher, MAX_PUBLISHER)),
                ];
                at_fields(rules)
            }
            // No bucket's name, and so what was given as an address.
            DraftChange::Location { bucket, prefix } if bucket.contains('/') => {
                at_fields([("s3_url", Some(Rule::S3Url)), ("prefix", prefix_rule(prefix.trim_matches('/')))])
            }
            DraftChange::Location { bucket, prefix } => at_fields([
                ("bucket", given(bucket, bucket_rule)),
                ("prefix", prefix_rule(prefix.trim_matches('/'))),
            ]),
            DraftChange::Targets { file, targets } => {
                // Counted with the empty ones, as the form has them.
                let rows = targets.iter().enumerate().filter(|(_, target)| !is_empty(target));
                let many = rows.clone().count() > MAX_TARGETS as usize;
                let many = many.then(|| FieldError {
                    field: format!("target.{file}"),
                    rule: Rule::TooMany { max: MAX_TARGETS },
                });
                let each = rows.flat_map(|(row, target)| target.errors(&format!("target.{file}.{row}.")));
                many.into_iter().chain(each).collect()
            }
            DraftChange::Scripts { file, scripts } => {
                let long = |(action, text): (Action, &Option<String>)| {
                    let rule = longer(text.as_ref()?, MAX_SCRIPT)?;
                    Some(FieldError { field: format!("{}.{file}", action.name()), rule })
                };
                scripts.by_action().into_iter().filter_map(long).collect()
            }
            DraftChange::Manifest { text } => {
                at_fields([("manifest", text.as_ref().and_then(|text| longer(text, MAX_MANIFEST)))])
            }
        }
    }
}

impl EditedScripts {
    /// The scripts by their action.
    #[must_use]
    pub const fn by_action(&self) -> [(Action, &Option<String>); 4] {
        [
            (Action::Install, &self.install),
            (Action::Update, &self.update),
            (Action::Uninstall, &self.uninstall),
            (Action::Validate, &self.validate),
        ]
    }

    /// The script of an action.
    pub const fn script_mut(&mut self, action: Action) -> &mut Option<String> {
        match action {
            Action::Install => &mut self.install,
            Action::Update => &mut self.update,
            Action::Uninstall => &mut self.uninstall,
            Action::Validate => &mut self.validate,
        }
    }

    /// What was not edited is generated anew when more is known.
    #[must_use]
    pub fn without(self, generated: &Self) -> Self {
        let edited = |script: Option<String>, generated: &Option<String>| {
            script.filter(|text| generated.as_ref() != Some(text))
        };
        Self {
            install: edited(self.install, &generated.install),
            update: edited(self.update, &generated.update),
            uninstall: edited(self.uninstall, &generated.uninstall),
            validate: edited(self.validate, &generated.validate),
        }
    }

    /// A script of nothing is none, where there need not be one.
    fn without_empty(self) -> Self {
        let some = |script: Option<String>| script.filter(|text| !text.trim().is_empty());
        Self { update: some(self.update), validate: some(self.validate), ..self }
    }
}

fn at_fields<const N: usize>(rules: [(&str, Option<Rule>); N]) -> Vec<FieldError> {
    let at_field =
        |(field, rule): (&str, Option<Rule>)| Some(FieldError { field: field.to_owned(), rule: rule? });
    rules.into_iter().filter_map(at_field).collect()
}

/// Bytes, of which a letter has one at least.
fn longer(text: &str, max: u32) -> Option<Rule> {
    (text.len() > max as usize).then_some(Rule::MaxLength { max })
}

#[cfg(test)]
mod tests;
