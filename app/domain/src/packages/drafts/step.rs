//! The wizard's steps, and what their forms hold.

use serde::{Deserialize, Serialize};

use super::{DraftChange, DraftKind, EditedScripts};
use crate::packages::location::S3Url;
use crate::packages::platform::Target;

/// A step of a wizard; its form is posted to `/packages/drafts/{id}/{step}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// Names of package, version and publisher.
    Details,
    /// Where the files go.
    Location,
    /// The files, and which nodes each is for.
    Software,
    /// The files' scripts.
    Scripts,
    /// The manifest.
    Manifest,
    /// What was found in the zips that lie in S3.
    Check,
    /// All of it, before it is published.
    Review,
}

impl Step {
    const ALL: [Self; 7] = [
        Self::Details,
        Self::Location,
        Self::Software,
        Self::Scripts,
        Self::Manifest,
        Self::Check,
        Self::Review,
    ];
    /// The first step.
    pub const FIRST: Self = Self::Details;

    /// Stable name, for addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Details => "details",
            Self::Location => "location",
            Self::Software => "software",
            Self::Scripts => "scripts",
            Self::Manifest => "manifest",
            Self::Check => "check",
            Self::Review => "review",
        }
    }

    /// The step with that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.name() == name)
    }

    /// The steps of a draft, in order.
    #[must_use]
    pub const fn of(kind: DraftKind) -> &'static [Self] {
        match kind {
            DraftKind::Simple => {
                &[Self::Details, Self::Location, Self::Software, Self::Scripts, Self::Manifest, Self::Review]
            }
            DraftKind::Advanced => {
                &[Self::Details, Self::Location, Self::Manifest, Self::Check, Self::Review]
            }
        }
    }

    /// The step after this one; the last stays.
    #[must_use]
    pub fn next(self, kind: DraftKind) -> Self {
        let steps = Self::of(kind).iter().copied();
        steps.skip_while(|step| *step != self).nth(1).unwrap_or(Self::Review)
    }

    /// The step before this one.
    #[must_use]
    pub fn previous(self, kind: DraftKind) -> Option<Self> {
        Self::of(kind).iter().copied().take_while(|step| *step != self).last()
    }
}

/// What a step's form changes. Fields with other names are passed over.
///
/// - details: `name`, `version_name`, `publisher`
/// - location: `bucket`, `prefix`; or, where `place` is `url`, `s3_url` instead of the bucket, to whose folder the prefix
///   is added
/// - software: `targets` once a file, with its id, and `target.<file>.<row>.platform`, `….version`, `….architecture`;
///   rows in which nothing stands keep their place, but for those at the end, so that errors stand at the right row
/// - scripts: `scripts` once a file, with its id, and `install.<file>`, `update.<file>`, `uninstall.<file>`,
///   `validate.<file>`; one that is left out, or for which `generated` has that name, is the generated one
/// - manifest: `manifest`; left out, or with `generated`, it is the generated one
/// - check and review have nothing of their own
#[must_use]
pub fn changes_from_fields(step: Step, fields: &[(String, String)]) -> Vec<DraftChange> {
    let value = |name: &str| fields.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str());
    let text = |name: &str| value(name).unwrap_or_default().trim().to_owned();
    let files =
        |name: &'static str| fields.iter().filter(move |(found, _)| found == name).map(|(_, file)| file);
    match step {
        Step::Details => vec![DraftChange::Details {
            name: text("name"),
            version_name: text("version_name"),
            publisher: text("publisher"),
        }],
        Step::Location if value("place") == Some("url") => vec![by_url(&text("s3_url"), &text("prefix"))],
        Step::Location => vec![DraftChange::Location { bucket: text("bucket"), prefix: text("prefix") }],
        Step::Software => files("targets")
            .map(|file| DraftChange::Targets { file: file.clone(), targets: targets(fields, file) })
            .collect(),
        Step::Scripts => files("scripts")
            .map(|file| DraftChange::Scripts { file: file.clone(), scripts: scripts(fields, file) })
            .collect(),
        Step::Manifest => {
            let edited = value("manifest").filter(|_| value("generated").is_none());
            vec![DraftChange::Manifest { text: edited.map(unix_lines) }]
        }
        Step::Check | Step::Review => Vec::new(),
    }
}

/// A place that was given as an address. What is no address of S3 stays what it is: a bucket's name, or what is told to
/// be neither.
fn by_url(url: &str, prefix: &str) -> DraftChange {
    let Ok(S3Url { location, .. }) = S3Url::parse(url) else {
        return DraftChange::Location { bucket: url.to_owned(), prefix: prefix.to_owned() };
    };
    let folders = [location.prefix.as_str(), prefix.trim_matches('/')];
    let folders: Vec<_> = folders.into_iter().filter(|folder| !folder.is_empty()).collect();
    DraftChange::Location { bucket: location.bucket, prefix: folders.join("/") }
}

fn targets(fields: &[(String, String)], file: &str) -> Vec<Target> {
    let prefix = format!("target.{file}.");
    let mut rows: Vec<(&str, Target)> = Vec::new();
    for (name, value) in fields {
        let Some((row, part)) = name.strip_prefix(&prefix).and_then(|rest| rest.split_once('.')) else {
            continue;
        };
        let place = rows.iter().position(|(found, _)| *found == row).unwrap_or_else(|| {
            rows.push((row, Target::new("", "", "")));
            rows.len() - 1
        });
        let Some((_, target)) = rows.get_mut(place) else { continue };
        let value = value.trim().to_owned();
        match part {
            "platform" => target.platform = value,
            "version" => target.version = value,
            "architecture" => target.architecture = value,
            _ => {}
        }
    }
    let mut targets: Vec<Target> = rows.into_iter().map(|(_, target)| target).collect();
    while targets.last().is_some_and(is_empty) {
        targets.pop();
    }
    targets
}

/// Whether nothing stands in a row.
pub(super) fn is_empty(target: &Target) -> bool {
    target.platform.is_empty() && target.version.is_empty() && target.architecture.is_empty()
}

fn scripts(fields: &[(String, String)], file: &str) -> EditedScripts {
    let script = |action: &str| {
        let name = format!("{action}.{file}");
        let generated = fields.iter().any(|(found, value)| found == "generated" && *value == name);
        let text = fields.iter().find(|(found, _)| *found == name).map(|(_, text)| unix_lines(text));
        text.filter(|_| !generated)
    };
    EditedScripts {
        install: script("install"),
        update: script("update"),
        uninstall: script("uninstall"),
        validate: script("validate"),
    }
}

/// Browsers send lines of forms with CR LF, of which `sh` takes the first for a letter.
fn unix_lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(step: Step, fields: &[(&str, &str)]) -> Vec<DraftChange> {
        let fields: Vec<_> =
            fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        changes_from_fields(step, &fields)
    }

    #[test]
    fn names_lead_back_to_their_step_and_on_to_the_last() {
        for step in Step::ALL {
            assert_eq!(Step::from_name(step.name()), Some(step));
        }
        for kind in [DraftKind::Simple, DraftKind::Advanced] {
            let steps = Step::of(kind);
            for (step, after) in steps.iter().zip(steps.iter().skip(1)) {
                assert_eq!((step.next(kind), after.previous(kind)), (*after, Some(*step)));
            }
            assert_eq!((steps[0], Step::FIRST.previous(kind)), (Step::FIRST, None));
            assert_eq!(Step::Review.next(kind), Step::Review);
        }
        assert_eq!(Step::from_name("publish"), None);
    }

    #[test]
    fn a_place_may_be_given_by_its_address() {
        let place = |url: &str, prefix: &str| match changes(
            Step::Location,
            &[("place", "url"), ("s3_url", url), ("bucket", "other"), ("prefix", prefix)],
        )
        .remove(0)
        {
            DraftChange::Location { bucket, prefix } => (bucket, prefix),
            other => panic!("{other:?}"),
        };
        let is = |bucket: &str, prefix: &str| (bucket.to_owned(), prefix.to_owned());
        assert_eq!(place("s3://packages/web/", "/Tool/1.0/"), is("packages", "web/Tool/1.0"));
        assert_eq!(place("https://packages.s3.ap-northeast-1.amazonaws.com", ""), is("packages", ""));
        assert_eq!(place("http://example.com/", "a"), is("http://example.com/", "a"));
        assert_eq!(place("packages", "a"), is("packages", "a"));
    }

    #[test]
    fn rows_belong_to_the_file_that_they_name() {
        let fields = [
            ("targets", "a"),
            ("target.a.0.platform", "ubuntu"),
            ("target.a.0.version", " 22.04 "),
            ("target.a.0.architecture", "x86_64"),
            ("target.a.1.platform", ""),
            ("target.a.1.version", ""),
            ("target.a.7.platform", "debian"),
            ("target.a.8.platform", " "),
            ("targets", "b"),
        ];
        let rows = [("ubuntu", "22.04", "x86_64"), ("", "", ""), ("debian", "", "")];
        let targets = rows.map(|(platform, version, arch)| Target::new(platform, version, arch)).to_vec();
        let expected = [
            DraftChange::Targets { file: "a".to_owned(), targets },
            DraftChange::Targets { file: "b".to_owned(), targets: Vec::new() },
        ];
        assert_eq!(changes(Step::Software, &fields), expected);
    }

    #[test]
    fn scripts_come_with_the_lines_of_unix_or_as_generated() {
        let fields = [
            ("scripts", "a"),
            ("install.a", "#!/bin/sh\r\nexit 0\r\n"),
            ("uninstall.a", "edited"),
            ("generated", "uninstall.a"),
            ("install.b", "another file's"),
        ];
        let scripts =
            EditedScripts { install: Some("#!/bin/sh\nexit 0\n".to_owned()), ..EditedScripts::default() };
        assert_eq!(changes(Step::Scripts, &fields), [DraftChange::Scripts { file: "a".to_owned(), scripts }]);
    }

    #[test]
    fn a_manifest_is_edited_or_generated() {
        let text = |fields: &[(&str, &str)]| match changes(Step::Manifest, fields).remove(0) {
            DraftChange::Manifest { text } => text,
            other => panic!("{other:?}"),
        };
        assert_eq!(text(&[("manifest", "{\r\n}")]).as_deref(), Some("{\n}"));
        assert_eq!(text(&[("manifest", "{}"), ("generated", "")]), None);
        assert_eq!(text(&[]), None);
    }
}
