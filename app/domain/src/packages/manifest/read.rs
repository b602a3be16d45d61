//! Reading a manifest: every fault at its line, not only the first.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::finding::JsonType;
use super::json::{self, Member, Node, Value};
use super::lines::Lines;
use super::{Architectures, Finding, Manifest, ManifestFile, Problem, Severity, Versions};
use super::{SCHEMA_VERSION, is_sha256, lint};
use crate::packages::limits::{MAX_FILES, MAX_MANIFEST_BYTES};
use crate::packages::name::{NAME_LENGTH, identifier_rule, version_rule};
use crate::packages::platform::{
    ANY, ARCHITECTURES, check_version_key, is_known, is_supported, meant_architecture, meant_platform,
    supported, version_occurs,
};

/// A text that was read as a manifest.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// What could be understood of it; `None` when it is not a JSON object at all. With errors it may be less than
    /// what was meant. Of members that stand twice the last counts, as for the agent.
    pub manifest: Option<Manifest>,
    /// In the order of the text.
    pub findings: Vec<Finding>,
    pub(super) places: Places,
}

/// Where things stand in the text.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    pub(super) lines: Lines,
    pub(super) version: Option<Range<usize>>,
    pub(super) files: Range<usize>,
    pub(super) file: BTreeMap<String, FilePlaces>,
    uses: Vec<(String, Range<usize>)>,
    version_keys: BTreeMap<(String, String), Range<usize>>,
}

/// Where a file's entry stands.
#[derive(Clone, Debug, Default)]
pub(super) struct FilePlaces {
    pub(super) name: Range<usize>,
    /// With its quotation marks.
    pub(super) sha256: Option<Range<usize>>,
    pub(super) size: Option<Range<usize>>,
}

impl Reading {
    /// The text that was read.
    #[must_use]
    pub fn text(&self) -> &str {
        self.places.lines.text()
    }

    /// Whether a version can be made of it.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.manifest.is_some() && !has_errors(&self.findings)
    }
}

/// Whether any of the findings is an error.
#[must_use]
pub fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity() == Severity::Error)
}

/// Reads the text of a manifest.
#[must_use]
pub fn read(text: &str) -> Reading {
    let mut reader = Reader::default();
    if text.len() > MAX_MANIFEST_BYTES {
        reader.report(&(0..0), Problem::TooLarge { bytes: text.len() });
        return reader.reading;
    }
    reader.reading.places.lines = Lines::new(text);
    match json::parse(text) {
        Ok(root) => reader.root(&root),
        Err((fault, at)) => reader.report(&(at..at), Problem::Json { fault }),
    }
    reader.reading.findings.sort_by_key(|finding| finding.from);
    reader.reading
}

#[derive(Default)]
struct Reader {
    reading: Reading,
}

impl Reader {
    fn report(&mut self, range: &Range<usize>, problem: Problem) {
        let finding = self.reading.places.lines.finding(range, problem);
        self.reading.findings.push(finding);
    }

    /// The members of what must be an object.
    fn members<'n>(&mut self, node: &'n Node, name: &str) -> &'n [Member] {
        let Value::Object(members) = &node.value else {
            self.wrong_type(node, name, JsonType::Object);
            return &[];
        };
        let mut names = BTreeSet::new();
        for member in members {
            if !names.insert(&*member.name) {
                self.report(&member.range, Problem::Duplicate { member: member.name.clone() });
            }
        }
        members
    }

    fn wrong_type(&mut self, node: &Node, name: &str, expected: JsonType) {
        self.report(&node.range, Problem::WrongType { member: name.to_owned(), expected });
    }

    fn text(&mut self, member: &Member) -> Option<String> {
        if let Value::Text(text) = &member.node.value {
            return Some(text.clone());
        }
        self.wrong_type(&member.node, &member.name, JsonType::Text);
        None
    }

    fn unknown(&mut self, member: &Member) {
        self.report(&member.range, Problem::UnknownMember { member: member.name.clone() });
    }

    /// Reports those that the object does not have.
    fn require(&mut self, node: &Node, names: &[&str]) {
        let Value::Object(members) = &node.value else { return };
        for name in names.iter().filter(|name| !members.iter().any(|member| member.name == **name)) {
            let bracket = node.range.start..node.range.start + 1;
            self.report(&bracket, Problem::Missing { member: (*name).to_owned() });
        }
    }

    fn root(&mut self, root: &Node) {
        if !matches!(root.value, Value::Object(_)) {
            return self.wrong_type(root, "", JsonType::Object);
        }
        let mut manifest = Manifest::default();
        let mut has_packages = None;
        for member in self.members(root, "") {
            match &*member.name {
                "schemaVersion" => self.schema_version(member),
                "version" => manifest.version = self.version(member),
                "publisher" => manifest.publisher = self.text(member),
                "packageArn" => manifest.package_arn = self.text(member),
                "packages" => {
                    has_packages = Some(member.range.clone());
                    manifest.packages = self.packages(&member.node);
                }
                "files" => {
                    self.reading.places.files = member.range.clone();
                    manifest.files = self.files(&member.node);
                }
                _ => self.unknown(member),
            }
        }
        self.require(root, &["schemaVersion", "version", "packages", "files"]);
        if let Some(range) = has_packages.filter(|_| manifest.rows().is_empty()) {
            self.report(&range, Problem::NoTargets);
        }
        self.references(&manifest);
        self.shadowed(&manifest);
        self.reading.manifest = Some(manifest);
    }

    fn schema_version(&mut self, member: &Member) {
        if let Some(found) = self.text(member).filter(|found| found != SCHEMA_VERSION) {
            self.report(&member.node.range, Problem::SchemaVersion { found });
        }
    }

    fn version(&mut self, member: &Member) -> String {
        self.reading.places.version = Some(member.node.range.clone());
        let Some(version) = self.text(member) else { return String::new() };
        if let Some(rule) = version_rule(&version) {
            self.report(&member.node.range, Problem::Version { rule });
        }
        version
    }

    fn packages(&mut self, node: &Node) -> BTreeMap<String, Versions> {
        let mut packages = BTreeMap::new();
        for member in self.members(node, "packages") {
            let platform = &member.name;
            if !is_known(platform) {
                let meant = meant_platform(platform).map(str::to_owned);
                self.report(&member.range, Problem::UnknownPlatform { platform: platform.clone(), meant });
            } else if supported(platform).is_none() {
                self.report(&member.range, Problem::UndocumentedPlatform { platform: platform.clone() });
            }
            let versions = self.versions(platform, &member.node);
            packages.insert(platform.clone(), versions);
        }
        packages
    }

    fn versions(&mut self, platform: &str, node: &Node) -> Versions {
        let mut versions = Versions::new();
        for member in self.members(node, platform) {
            let version = &member.name;
            if let Err(fault) = check_version_key(version) {
                self.report(&member.range, Problem::VersionKey { key: version.clone(), fault });
            } else if !version_occurs(platform, version) {
                let (platform, version) = (platform.to_owned(), version.clone());
                self.report(&member.range, Problem::VersionNeverOccurs { platform, version });
            }
            let key = (platform.to_owned(), version.clone());
            self.reading.places.version_keys.insert(key, member.range.clone());
            let architectures = self.architectures(platform, member);
            versions.insert(version.clone(), architectures);
        }
        versions
    }

    fn architectures(&mut self, platform: &str, version: &Member) -> Architectures {
        let mut architectures = Architectures::new();
        for member in self.members(&version.node, &version.name) {
            self.architecture(platform, member);
            for inner in self.members(&member.node, &member.name) {
                if inner.name != "file" {
                    self.unknown(inner);
                } else if let Some(file) = self.text(inner) {
                    self.reading.places.uses.push((file.clone(), inner.node.range.clone()));
                    architectures.insert(member.name.clone(), file);
                }
            }
            self.require(&member.node, &["file"]);
        }
        architectures
    }

    fn architecture(&mut self, platform: &str, member: &Member) {
        let architecture = member.name.clone();
        if architecture != ANY && !ARCHITECTURES.contains(&&*architecture) {
            let meant = meant_architecture(&architecture).map(str::to_owned);
            self.report(&member.range, Problem::UnknownArchitecture { architecture, meant });
        } else if supported(platform).is_some() && !is_supported(platform, &architecture) {
            let platform = platform.to_owned();
            self.report(&member.range, Problem::UndocumentedArchitecture { platform, architecture });
        }
    }

    fn files(&mut self, node: &Node) -> BTreeMap<String, ManifestFile> {
        let mut files = BTreeMap::new();
        for member in self.members(node, "files") {
            let name = &member.name;
            if identifier_rule(name, NAME_LENGTH).is_some() {
                self.report(&member.range, Problem::FileName { file: name.clone() });
            } else if !name.to_lowercase().ends_with(".zip") {
                self.report(&member.range, Problem::NotZip { file: name.clone() });
            }
            let mut places = FilePlaces { name: member.range.clone(), ..FilePlaces::default() };
            let file = self.file(member, &mut places);
            self.reading.places.file.insert(name.clone(), places);
            files.insert(name.clone(), file);
        }
        if files.len() > MAX_FILES {
            let range = self.reading.places.files.clone();
            self.report(&range, Problem::TooManyFiles { count: files.len() });
        }
        files
    }

    fn file(&mut self, entry: &Member, places: &mut FilePlaces) -> ManifestFile {
        let mut file = ManifestFile::default();
        for member in self.members(&entry.node, &entry.name) {
            match &*member.name {
                "checksums" => file.sha256 = self.checksums(&entry.name, &member.node, places),
                "size" => {
                    places.size = Some(member.node.range.clone());
                    file.size = self.whole_number(member);
                }
                "downloadLocation" => file.download_location = self.text(member),
                _ => self.unknown(member),
            }
        }
        self.require(&entry.node, &["checksums"]);
        file
    }

    fn checksums(&mut self, file: &str, node: &Node, places: &mut FilePlaces) -> String {
        let mut sha256 = String::new();
        for member in self.members(node, "checksums") {
            if member.name != "sha256" {
                self.unknown(member);
                continue;
            }
            places.sha256 = Some(member.node.range.clone());
            let Some(text) = self.text(member) else { continue };
            if is_sha256(&text) {
                sha256 = text.to_ascii_lowercase();
            } else {
                self.report(&member.node.range, Problem::Checksum { file: file.to_owned() });
            }
        }
        self.require(node, &["sha256"]);
        sha256
    }

    fn whole_number(&mut self, member: &Member) -> Option<u64> {
        let number = match &member.node.value {
            Value::Number(literal) => literal.parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong_type(&member.node, &member.name, JsonType::WholeNumber);
        }
        number
    }

    /// What `packages` names against what `files` lists.
    fn references(&mut self, manifest: &Manifest) {
        let uses = self.reading.places.uses.clone();
        for (file, range) in uses.iter().filter(|(file, _)| !manifest.files.contains_key(file)) {
            self.report(range, Problem::FileNotListed { file: file.clone() });
        }
        let used: BTreeSet<_> = uses.into_iter().map(|(file, _)| file).collect();
        let files = self.reading.places.file.clone();
        for (file, places) in files.into_iter().filter(|(file, _)| !used.contains(file)) {
            self.report(&places.name, Problem::FileUnused { file });
        }
    }

    fn shadowed(&mut self, manifest: &Manifest) {
        for (platform, versions) in &manifest.packages {
            for shadow in lint::shadows(platform, versions) {
                let key = (platform.clone(), shadow.version.to_owned());
                let range = self.reading.places.version_keys.get(&key).cloned().unwrap_or_default();
                let (general, architecture) = (shadow.general.to_owned(), shadow.architecture.to_owned());
                self.report(&range, Problem::Shadowed { general, architecture });
            }
        }
    }
}
