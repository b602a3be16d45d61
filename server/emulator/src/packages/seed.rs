//! The packages that exist from the start: AWS's own, third parties', and one that another account shares.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::manifest::Manifest;
use super::zip;
use crate::blobs::{Wanted, Written};
use crate::random;
use crate::state::State;
use crate::store::{Blob, NewAttachment, NewDocument, NewVersion, Which};

/// The account that shares a package with this one.
const OTHER_ACCOUNT: &str = "210987654321";
const AMAZON: &str = "Amazon";

/// Platform, platform version and architecture of a file.
type Target = (&'static str, &'static str, &'static str);

const LINUX: &[Target] = &[
    ("amazon", "_any", "x86_64"),
    ("amazon", "_any", "arm64"),
    ("debian", "_any", "x86_64"),
    ("redhat", "7.*", "x86_64"),
    ("redhat", "8.*", "_any"),
    ("redhat", "9.*", "_any"),
    ("rocky", "_any", "_any"),
    ("suse", "_any", "x86_64"),
    ("ubuntu", "_any", "_any"),
];
const WINDOWS: &[Target] = &[("windows", "_any", "x86_64")];

struct Package {
    name: &'static str,
    owner: &'static str,
    linux: bool,
    windows: bool,
    versions: &'static [&'static str],
}

const fn linux(name: &'static str, owner: &'static str, versions: &'static [&'static str]) -> Package {
    Package { name, owner, linux: true, windows: false, versions }
}

const fn windows(name: &'static str, owner: &'static str, versions: &'static [&'static str]) -> Package {
    Package { name, owner, linux: false, windows: true, versions }
}

const fn both(name: &'static str, owner: &'static str, versions: &'static [&'static str]) -> Package {
    Package { name, owner, linux: true, windows: true, versions }
}

const PACKAGES: &[Package] = &[
    both("AmazonCloudWatchAgent", AMAZON, &["1.300032.3", "1.300049.1"]),
    linux("AmazonEFSUtils", AMAZON, &["2.1.0"]),
    windows("AWSKinesisTap", AMAZON, &["1.1.219.2", "1.1.216.2"]),
    both("AWSCodeDeployAgent", AMAZON, &["1.7.0"]),
    windows("AWSNVMe", AMAZON, &["1.5.1"]),
    windows("AWSPVDriver", AMAZON, &["8.4.3", "8.5.0"]),
    windows("AWSSupport-EC2Rescue", AMAZON, &["1.0.0.672"]),
    windows("AwsEnaNetworkDriver", AMAZON, &["2.7.0", "2.8.0"]),
    windows("AwsVssComponents", AMAZON, &["2.3.2", "2.4.0"]),
    both("AlertLogic-MDR", "AlertLogic", &["2.5.0"]),
    both("DynatraceOneAgent", "Dynatrace", &["1.2"]),
    linux("FalconSensor-Linux", "CrowdStrike, Inc.", &["7.04.15907"]),
    windows("FalconSensor-Windows", "CrowdStrike, Inc.", &["7.04.17605"]),
    both("New-Relic-infrastructure-monitoring-agent", "NewRelic", &["1.48.1"]),
    both("TrendMicro-CloudOne-WorkloadSecurity", "Trend Micro Cloud One", &["1.0.0"]),
    linux("Corporate-Proxy-Certificates", OTHER_ACCOUNT, &["2023.4", "2023.7"]),
];

/// Adds the packages that are missing; `created` is the time that they show.
///
/// # Errors
/// What SQLite says; what the disk says, as such an error.
pub(crate) async fn seed(state: &State, created: i64) -> Result<(), sqlx::Error> {
    for package in PACKAGES {
        let (access, account) = place(package.owner);
        if !is_whole(state, package, account).await? {
            add(state, package, (access, account), created).await?;
        }
    }
    Ok(())
}

/// Whether a package is there with all its versions; what an interrupted start left of it is deleted.
async fn is_whole(state: &State, package: &Package, account: &str) -> Result<bool, sqlx::Error> {
    let Some(document) = state.store().document(account, package.name).await? else { return Ok(false) };
    let versions = state.store().versions(document.id, i64::MAX, i64::MAX).await?;
    let active = versions.iter().filter(|version| version.status == "Active").count();
    if active == package.versions.len() {
        return Ok(true);
    }
    let deleted = state.store().delete_document(&document, None).await?;
    let files = deleted.map_err(|refused| sqlx::Error::Protocol(format!("{refused:?}")))?;
    state.blobs().remove(&files).await;
    Ok(false)
}

/// How the account comes to see a package of this owner, and the owner's account.
fn place(owner: &'static str) -> (&'static str, &'static str) {
    match owner {
        AMAZON => ("Amazon", ""),
        OTHER_ACCOUNT => ("Private", OTHER_ACCOUNT),
        _ => ("ThirdParty", ""),
    }
}

async fn add(
    state: &State,
    package: &Package,
    (access, account): (&str, &str),
    created: i64,
) -> Result<(), sqlx::Error> {
    let mut id = None;
    for version in package.versions {
        let files = files(package, version);
        let content = manifest(package, version, &files);
        let new = NewVersion {
            version_name: Some((*version).to_owned()),
            display_name: None,
            hash: hex(&Sha256::digest(&content)),
            platform_types: Manifest::read(&content).map(|read| read.platform_types()).unwrap_or_default(),
            content,
            status: "Creating",
            sources: Vec::new(),
            now: created,
        };
        let (document, number) = match id {
            None => {
                let document = NewDocument {
                    access,
                    account,
                    owner: package.owner,
                    name: package.name,
                    target_type: None,
                    tags: &[],
                    limit: i64::MAX,
                };
                let added = state.store().insert_document(&document, &new).await?;
                (added.map_err(|refused| sqlx::Error::Protocol(format!("{refused:?}")))?, 1)
            }
            Some(document) => {
                let added = state.store().add_version(document, &Which::Latest, &new, usize::MAX).await?;
                (document, added.map_err(|refused| sqlx::Error::Protocol(format!("{refused:?}")))?)
            }
        };
        id = Some(document);
        let mut attachments = Vec::new();
        for (name, _, bytes) in files {
            attachments.push(keep(state, name, bytes).await.map_err(sqlx::Error::Io)?);
        }
        state.store().finish_version(document, number, &attachments).await?;
        state.store().set_default_version(document, number).await?;
    }
    Ok(())
}

async fn keep(state: &State, name: String, bytes: Vec<u8>) -> std::io::Result<NewAttachment> {
    let body = futures::stream::iter([Ok::<_, std::io::Error>(bytes.into())]);
    let wanted = Wanted { checksum: None, sha256: true };
    let written: Written = state.blobs().write(random::uuid(state.random()), body, wanted).await?;
    let size = i64::try_from(written.size).unwrap_or_default();
    Ok(NewAttachment {
        name,
        sha256: hex(&written.sha256.unwrap_or_default()),
        blobs: vec![Blob { file: written.file, size }],
    })
}

/// The files of a version: name, targets, bytes.
fn files(package: &Package, version: &str) -> Vec<(String, &'static [Target], Vec<u8>)> {
    let name = package.name;
    let mut files = Vec::new();
    if package.linux {
        let install = format!("#!/bin/sh\necho \"installing {name} {version}\"\nexit 0\n");
        let uninstall = format!("#!/bin/sh\necho \"removing {name} {version}\"\nexit 0\n");
        let bytes = zip::archive(&[("install.sh", &install), ("uninstall.sh", &uninstall)]);
        files.push((format!("{name}-linux.zip"), LINUX, bytes));
    }
    if package.windows {
        let install = format!("Write-Output \"installing {name} {version}\"\r\nexit 0\r\n");
        let uninstall = format!("Write-Output \"removing {name} {version}\"\r\nexit 0\r\n");
        let bytes = zip::archive(&[("install.ps1", &install), ("uninstall.ps1", &uninstall)]);
        files.push((format!("{name}-windows.zip"), WINDOWS, bytes));
    }
    files
}

fn manifest(package: &Package, version: &str, files: &[(String, &'static [Target], Vec<u8>)]) -> String {
    let mut manifest = json!({
        "schemaVersion": "2.0",
        "version": version,
        "publisher": package.owner,
        "packages": {},
        "files": {},
    });
    for (name, targets, bytes) in files {
        for (platform, platform_version, architecture) in *targets {
            manifest["packages"][platform][platform_version][architecture] = json!({"file": name});
        }
        manifest["files"][name] =
            json!({"checksums": {"sha256": hex(&Sha256::digest(bytes))}, "size": bytes.len()});
    }
    pretty(&manifest)
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_else(|_| value.to_string())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_manifest_is_one_that_the_service_would_take() {
        for package in PACKAGES {
            for version in package.versions {
                let files = files(package, version);
                let manifest = Manifest::read(&manifest(package, version, &files)).unwrap();
                let sums = manifest.files(Some(version)).unwrap();
                for (name, _, bytes) in &files {
                    assert_eq!(sums[&**name], hex(&Sha256::digest(bytes)));
                }
            }
        }
    }
}
