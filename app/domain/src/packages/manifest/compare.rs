//! A manifest against the zips that are really there, and against the version's name.

use std::collections::BTreeMap;

use super::{Finding, Problem, Reading};

/// A zip that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresentFile {
    /// 64 hexadecimal digits; `None` while nobody has calculated it.
    pub sha256: Option<String>,
    /// Bytes.
    pub size: u64,
}

impl Reading {
    /// Where the manifest contradicts the zips that are there, by name. What is wrong in itself is among the reading's
    /// findings already.
    #[must_use]
    pub fn compare(&self, present: &BTreeMap<String, PresentFile>) -> Vec<Finding> {
        let Some(manifest) = &self.manifest else { return Vec::new() };
        let mut findings = Vec::new();
        let mut report = |range, problem| findings.push(self.places.lines.finding(range, problem));
        for (name, file) in &manifest.files {
            let Some(places) = self.places.file.get(name) else { continue };
            let Some(there) = present.get(name) else {
                report(&places.name, Problem::FileAbsent { file: name.clone() });
                continue;
            };
            let actual = there.sha256.as_ref().filter(|actual| !actual.eq_ignore_ascii_case(&file.sha256));
            if let (Some(actual), false) = (actual, file.sha256.is_empty()) {
                let place = places.sha256.as_ref().unwrap_or(&places.name);
                report(place, Problem::HashDiffers { file: name.clone(), actual: actual.clone() });
            }
            if file.size.is_some_and(|size| size != there.size) {
                let place = places.size.as_ref().unwrap_or(&places.name);
                report(place, Problem::SizeDiffers { file: name.clone(), actual: there.size });
            }
        }
        for name in present.keys().filter(|name| !manifest.files.contains_key(*name)) {
            report(&self.places.files, Problem::FileUnnamed { file: name.clone() });
        }
        findings.sort_by_key(|finding| finding.from);
        findings
    }

    /// Where the manifest's version is not the version name that was given.
    #[must_use]
    pub fn compare_version(&self, version_name: &str) -> Option<Finding> {
        let manifest = self.manifest.as_ref().filter(|manifest| manifest.version != version_name)?;
        let place = self.places.version.as_ref().filter(|_| !manifest.version.is_empty())?;
        let problem = Problem::VersionNameDiffers { version_name: version_name.to_owned() };
        Some(self.places.lines.finding(place, problem))
    }

    /// The text with the checksums of the zips that are there in place of others; nothing else is changed.
    #[must_use]
    pub fn with_checksums(&self, present: &BTreeMap<String, PresentFile>) -> String {
        let mut text = self.places.lines.text().to_owned();
        let mut places: Vec<_> = self
            .places
            .file
            .iter()
            .filter_map(|(name, places)| {
                Some((places.sha256.clone()?, present.get(name)?.sha256.as_ref()?.to_ascii_lowercase()))
            })
            .collect();
        places.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
        for (range, sha256) in places {
            let current = text.get(range.clone()).map(|literal| literal.trim_matches('"'));
            if current.is_some_and(|current| !current.eq_ignore_ascii_case(&sha256)) {
                text.replace_range(range, &format!("\"{sha256}\""));
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;
    use crate::packages::manifest::testing::{OTHER_SUM, SUM, TEXT};

    fn present(files: &[(&str, &str, u64)]) -> BTreeMap<String, PresentFile> {
        let file = |sha256: &str, size| PresentFile { sha256: Some(sha256.to_owned()), size };
        files.iter().map(|(name, sha256, size)| ((*name).to_owned(), file(sha256, *size))).collect()
    }

    fn lines(findings: &[Finding]) -> Vec<(u32, &Problem)> {
        findings.iter().map(|finding| (finding.from.line, &finding.problem)).collect()
    }

    #[test]
    fn what_agrees_with_the_files_is_left_in_peace() {
        let upper = SUM.to_uppercase();
        let present = present(&[("agent.deb.zip", SUM, 10), ("agent.rpm.zip", &upper, 20)]);
        let reading = read(TEXT);
        assert!(reading.compare(&present).is_empty());
        assert_eq!(reading.with_checksums(&present), TEXT);
        assert_eq!(reading.compare_version("1.0.1"), None);
    }

    #[test]
    fn contradictions_are_told_at_their_lines() {
        let reading = read(TEXT);
        let files = present(&[("agent.deb.zip", OTHER_SUM, 10), ("agent.msi.zip", SUM, 20)]);
        let findings = reading.compare(&files);
        assert_eq!(
            lines(&findings),
            [
                (21, &Problem::FileUnnamed { file: "agent.msi.zip".to_owned() }),
                (
                    24,
                    &Problem::HashDiffers { file: "agent.deb.zip".to_owned(), actual: OTHER_SUM.to_owned() }
                ),
                (27, &Problem::FileAbsent { file: "agent.rpm.zip".to_owned() }),
            ]
        );
        let version = reading.compare_version("1.0.2").unwrap();
        assert_eq!(version.problem, Problem::VersionNameDiffers { version_name: "1.0.2".to_owned() });
        assert_eq!((version.from.line, version.from.column), (3, 14));
    }

    #[test]
    fn wrong_checksums_can_be_put_right() {
        let files = present(&[("agent.deb.zip", OTHER_SUM, 10), ("agent.rpm.zip", SUM, 20)]);
        let text = read(TEXT).with_checksums(&files);
        assert!(read(&text).compare(&files).is_empty());
        assert_eq!(text, TEXT.replacen(SUM, OTHER_SUM, 1));
    }

    #[test]
    fn a_size_that_is_given_must_be_right() {
        let text = TEXT.replacen("\"checksums\"", "\"size\": 11, \"checksums\"", 1);
        let files = present(&[("agent.deb.zip", SUM, 10), ("agent.rpm.zip", SUM, 20)]);
        let findings = read(&text).compare(&files);
        let problem = Problem::SizeDiffers { file: "agent.deb.zip".to_owned(), actual: 10 };
        assert_eq!(lines(&findings), [(23, &problem)]);
    }
}
