//! Beginning a draft: of a new package, or of another version with what the last one has.

use std::collections::HashMap;

use domain::errors::ApiError;
use domain::packages::catalogue::PackageStatus;
use domain::packages::detail::{PackageContent, PackageDetail, PackageFile};
use domain::packages::drafts::{
    Base, BaseZip, Draft, DraftFile, DraftKind, EditedScripts, FileState, NewDraft,
};
use domain::packages::manifest::{Manifest, read};
use domain::packages::platform::Target;

use crate::packages::may_change_package;
use crate::server::Caller;

/// Begins a draft. Without a version of its own, `base` means the newest that is active.
///
/// # Errors
/// `NotFound`, `Forbidden`; as [`crate::ports::Packages::get`] and [`crate::ports::Drafts::create`].
pub async fn create(caller: &Caller, kind: DraftKind, base: Option<Base>) -> Result<Draft, ApiError> {
    let draft = match base {
        None => NewDraft::new(kind),
        Some(base) => another_version(caller, kind, base).await?,
    };
    caller.ports.drafts.create(&caller.person.username, draft).await
}

/// The package, if the caller may add a version to it.
///
/// # Errors
/// `Forbidden`; as [`crate::ports::Packages::get`].
pub async fn may_add_version(caller: &Caller, name: &str) -> Result<PackageDetail, ApiError> {
    let package = caller.ports.packages.get(name).await?;
    may_change_package(caller, &package).await?;
    Ok(package)
}

async fn another_version(caller: &Caller, kind: DraftKind, base: Base) -> Result<NewDraft, ApiError> {
    let package = may_add_version(caller, &base.name).await?;
    let wanted: Option<u64> = base.document_version.parse().ok();
    let mut versions = package.versions.iter();
    let version = versions.find(|version| match wanted {
        Some(number) => version.number == number,
        None => version.status == Some(PackageStatus::Active),
    });
    let version = version.ok_or(ApiError::NotFound)?;
    let content = caller.ports.packages.content(&base.name, version).await?;
    let manifest = read(&content.manifest).manifest.unwrap_or_default();
    // Zips that lie in S3 are all named anew.
    let files = match kind {
        DraftKind::Simple => carried(&manifest, content),
        DraftKind::Advanced => Vec::new(),
    };
    let files = files.into_iter();
    Ok(NewDraft {
        kind,
        base: Some(Base { name: base.name, document_version: version.number.to_string() }),
        publisher: manifest.publisher.clone().unwrap_or_default(),
        files: files.map(|file| DraftFile { id: caller.ports.random.uuid(), ..file }).collect(),
    })
}

/// The files of a version, as they are, for the nodes that they are for.
fn carried(manifest: &Manifest, content: PackageContent) -> Vec<DraftFile> {
    let mut targets: HashMap<String, Vec<Target>> = HashMap::new();
    for row in manifest.rows() {
        targets.entry(row.file).or_default().push(row.target);
    }
    let file = |PackageFile { name, size, sha256 }: PackageFile| DraftFile {
        id: String::new(),
        file_name: name.strip_suffix(".zip").unwrap_or(&name).to_owned(),
        size,
        received: size,
        software: None,
        targets: targets.remove(&name).unwrap_or_default(),
        scripts: EditedScripts::default(),
        state: FileState::Carried { zip: BaseZip { name, sha256: sha256.to_ascii_lowercase(), size } },
    };
    content.files.into_iter().map(file).collect()
}

#[cfg(test)]
mod tests {
    use domain::permission::Role;

    use super::*;
    use crate::activations::fakes::FakeWorld;
    use crate::packages::fakes::{AMAZONS, OWN};

    #[tokio::test]
    async fn versions_are_added_to_packages_of_ones_own() {
        let caller = FakeWorld::default().caller(Role::Publisher);
        let base = |name: &str, version: &str| {
            Some(Base { name: name.to_owned(), document_version: version.to_owned() })
        };
        let begun = another_version(&caller, DraftKind::Simple, base(OWN, "").unwrap()).await.unwrap();
        assert_eq!(begun.base, base(OWN, "2"), "the newest that is active");
        let begun = another_version(&caller, DraftKind::Simple, base(OWN, "1").unwrap()).await.unwrap();
        assert_eq!(begun.base, base(OWN, "1"));
        for (name, version, expected) in [
            (OWN, "9", ApiError::NotFound),
            ("Nothing", "", ApiError::NotFound),
            (AMAZONS, "", ApiError::Forbidden),
        ] {
            let refused = create(&caller, DraftKind::Simple, base(name, version)).await;
            assert_eq!(refused, Err(expected), "{name} {version}");
        }
    }

    #[test]
    fn files_are_carried_over_for_the_nodes_that_they_were_for() {
        let manifest = r#"{"schemaVersion":"2.0","version":"1.0","packages":{"ubuntu":{"_any":{"x86_64":{"file":"a.zip"}},
            "22.04":{"x86_64":{"file":"a.zip"}}}},"files":{"a.zip":{"checksums":{"sha256":"AB"}}}}"#;
        let file = PackageFile { name: "a.zip".to_owned(), size: 7, sha256: "AB".to_owned() };
        let content = PackageContent { version: 1, manifest: manifest.to_owned(), files: vec![file] };
        let carried = carried(&read(manifest).manifest.unwrap(), content).remove(0);
        let zip = BaseZip { name: "a.zip".to_owned(), sha256: "ab".to_owned(), size: 7 };
        assert_eq!(carried.state, FileState::Carried { zip });
        let expected = ["22.04", "_any"].map(|version| Target::new("ubuntu", version, "x86_64"));
        assert_eq!((carried.file_name.as_str(), carried.targets), ("a", expected.to_vec()));
    }
}
