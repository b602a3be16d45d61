//! Packages: who may change and download them, and that what they are fetched by stays here.

use std::sync::{Arc, Mutex};

use app::ports::{FileBody, Packages};
use async_trait::async_trait;
use axum::body::Body;
use domain::errors::ApiError;
use domain::packages::catalogue::{Catalogue, Ownership, PackageStatus};
use domain::packages::detail::{PackageContent, PackageDetail, PackageFile, PackageVersion, SharedAccount};
use domain::permission::{Permission, Role};
use domain::tags::Tag;

use crate::test_app::TestApp;

/// The account's own package that exists from the beginning.
pub const PACKAGE: &str = "Kinesis-Agent";
/// Another of Amazon's.
const AMAZONS: &str = "AmazonCloudWatchAgent";

/// Packages in memory, and what was changed of them.
#[derive(Default)]
pub struct WorldPackages {
    changes: Mutex<Vec<String>>,
}

impl WorldPackages {
    fn changes(&self) -> Vec<String> {
        self.changes.lock().unwrap().clone()
    }

    fn note(&self, change: &str) -> Result<(), ApiError> {
        self.changes.lock().unwrap().push(change.to_owned());
        Ok(())
    }
}

fn version(number: u64) -> PackageVersion {
    PackageVersion {
        number,
        name: Some(format!("{number}.0")),
        created: None,
        is_default: number == 2,
        status: Some(PackageStatus::Active),
        status_information: None,
    }
}

#[async_trait]
impl Packages for WorldPackages {
    async fn catalogue(&self) -> Result<Arc<Catalogue>, ApiError> {
        Ok(Arc::default())
    }

    async fn get(&self, name: &str) -> Result<PackageDetail, ApiError> {
        let ownership = match name {
            PACKAGE => Ownership::Own,
            AMAZONS => Ownership::Amazon,
            _ => return Err(ApiError::NotFound),
        };
        Ok(PackageDetail {
            name: name.to_owned(),
            arn: format!("arn:aws:ssm:ap-northeast-1:123456789012:document/{name}"),
            ownership,
            owner: None,
            platforms: Vec::new(),
            created: None,
            tags: Vec::new(),
            versions: self.versions(name).await?,
        })
    }

    async fn versions(&self, _: &str) -> Result<Vec<PackageVersion>, ApiError> {
        Ok(vec![version(2), version(1)])
    }

    async fn content(&self, _: &str, version: &PackageVersion) -> Result<PackageContent, ApiError> {
        let manifest = format!(
            r#"{{"schemaVersion": "2.0", "version": "{}.0",
                "packages": {{"ubuntu": {{"_any": {{"x86_64": {{"file": "tool.zip"}}}}}}}},
                "files": {{"tool.zip": {{"checksums": {{"sha256": "{}"}}}}}}}}"#,
            version.number,
            "0".repeat(64)
        );
        let file = PackageFile { name: "tool.zip".to_owned(), size: 3, sha256: "0".repeat(64) };
        Ok(PackageContent { version: version.number, manifest, files: vec![file] })
    }

    async fn open(&self, _: &str, _: u64, file: &str) -> Result<FileBody, ApiError> {
        if file != "tool.zip" {
            return Err(ApiError::NotFound);
        }
        Ok(FileBody { name: file.to_owned(), size: 3, body: Body::from("zip") })
    }

    async fn set_default_version(&self, _: &str, _: u64) -> Result<(), ApiError> {
        self.note("default")
    }

    async fn delete(&self, _: &str, version: Option<u64>) -> Result<(), ApiError> {
        self.note(if version.is_some() { "delete version" } else { "delete" })
    }

    async fn shared_with(&self, _: &str) -> Result<Vec<SharedAccount>, ApiError> {
        Ok(Vec::new())
    }

    async fn share(&self, _: &str, _: &[String], _: &[String]) -> Result<(), ApiError> {
        self.note("share")
    }

    async fn change_tags(&self, _: &str, _: &[Tag], _: &[String]) -> Result<(), ApiError> {
        self.note("tags")
    }
}

type Fields = &'static [(&'static str, &'static str)];

/// Each form with fields that it takes, and what it changes.
const FORMS: [(&str, Fields, &str); 5] = [
    ("?edit=tags", &[("tags[0][key]", "team"), ("tags[0][value]", "web")], "tags"),
    ("/permissions/edit", &[("sharing", "shared"), ("add", "210987654321")], "share"),
    ("/versions/1/default", &[], "default"),
    ("/versions/1/delete", &[], "delete version"),
    ("/delete", &[("confirmation", PACKAGE)], "delete"),
];

#[tokio::test]
async fn publishers_and_admins_change_the_accounts_own_packages() {
    for role in Role::ALL {
        for (form, fields, change) in FORMS {
            let app = TestApp::start().await;
            let browser = app.signed_in(role).await;
            let answer = browser.form(&format!("/packages/{PACKAGE}{form}"), fields).send().await.unwrap();
            let allowed = role.allows(Permission::PublishPackage);
            assert_eq!(answer.status(), if allowed { 303 } else { 403 }, "{form} as {role:?}");
            assert_eq!(app.packages.changes() == [change], allowed, "{form} as {role:?}");

            let answer = browser.form(&format!("/packages/{AMAZONS}{form}"), fields).send().await.unwrap();
            assert_eq!(answer.status(), 403, "{form} of Amazon's as {role:?}");
        }
    }
    let app = TestApp::start().await;
    for (form, fields, _) in FORMS {
        let answer = app.browser().form(&format!("/packages/{PACKAGE}{form}"), fields).send().await.unwrap();
        assert_eq!(answer.status(), 401, "{form}: the form comes back");
        let gone = app.signed_in(Role::Admin).await;
        let answer = gone.form(&format!("/packages/no-such-package{form}"), fields).send().await.unwrap();
        assert_eq!(answer.status(), 404, "{form}");
    }
    assert!(app.packages.changes().is_empty());
}

#[tokio::test]
async fn what_is_wrong_comes_back_with_what_was_typed() {
    let app = TestApp::start().await;
    let browser = app.signed_in(Role::Publisher).await;
    for (form, fields, kept) in [
        ("?edit=tags", ("tags[0][key]", "aws:mine"), "aws:mine"),
        ("/permissions/edit", ("add", "1234-not-an-id"), "1234-not-an-id"),
        ("/delete", ("confirmation", "kinesis-agent"), "kinesis-agent"),
    ] {
        let fields = [("sharing", "shared"), fields];
        let answer = browser.form(&format!("/packages/{PACKAGE}{form}"), &fields).send().await.unwrap();
        assert_eq!(answer.status(), 422, "{form}");
        let text = answer.text().await.unwrap();
        assert!(text.contains(kept) && text.contains("aria-invalid=\"true\""), "{form}: {text}");
    }
    assert!(app.packages.changes().is_empty());
}

#[tokio::test]
async fn a_file_is_downloaded_through_the_console() {
    let app = TestApp::start().await;
    let path = format!("/packages/{PACKAGE}/file?version=1&file=tool.zip");
    for role in Role::ALL {
        let answer = app.signed_in(role).await.get(&path).send().await.unwrap();
        if !role.allows(Permission::DownloadPackage) {
            assert_eq!(answer.status(), 403, "{role:?}");
            continue;
        }
        assert_eq!(answer.status(), 200, "{role:?}");
        assert_eq!(answer.headers()["content-type"], "application/zip");
        assert_eq!(answer.headers()["content-length"], "3");
        assert_eq!(answer.headers()["content-disposition"], "attachment; filename=\"tool.zip\"");
        assert_eq!(answer.headers()["cache-control"], "no-store");
        assert!(!answer.headers().contains_key("content-encoding"), "an archive is not compressed again");
        assert_eq!(answer.text().await.unwrap(), "zip");
    }
    assert_eq!(app.browser().get(&path).send().await.unwrap().status(), 303, "to the sign-in page");
    let admin = app.signed_in(Role::Admin).await;
    let missing = format!("/packages/{PACKAGE}/file?version=1&file=other.zip");
    assert_eq!(admin.get(&missing).send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn every_page_of_a_package_is_there_and_of_none_is_not() {
    let app = TestApp::start().await;
    let viewer = app.signed_in(Role::Viewer).await;
    for page in PAGES {
        let answer = viewer.get(&format!("/packages/{PACKAGE}{page}")).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{page}");
        let answer = viewer.get(&format!("/packages/no-such-package{page}")).send().await.unwrap();
        assert_eq!(answer.status(), 404, "{page}");
    }
}

/// The pages below a package's.
const PAGES: [&str; 9] = [
    "",
    "/versions",
    "/versions/compare?from=1&to=2",
    "/versions/1/default",
    "/versions/1/delete",
    "/permissions",
    "/coverage",
    "/delete",
    "/owner",
];
