//! Packages: who may change and download them, and that what they are fetched by stays here.

use std::sync::{Arc, Mutex};

use app::ports::{Drafts as _, FileBody, NewPublication, Packages, Publications as _};
use async_trait::async_trait;
use axum::body::Body;
use domain::errors::ApiError;
use domain::packages::catalogue::{Catalogue, Ownership, PackageStatus};
use domain::packages::detail::{PackageContent, PackageDetail, PackageFile, PackageVersion, SharedAccount};
use domain::packages::drafts::{Base, DraftKind, NewDraft};
use domain::permission::{Permission, Role};
use domain::tags::Tag;
use tokio::sync::Notify;

use crate::test_app::TestApp;
use crate::world::PUBLICATION;

/// The account's own package that exists from the beginning.
pub const PACKAGE: &str = "Kinesis-Agent";
/// Another of Amazon's.
const AMAZONS: &str = "AmazonCloudWatchAgent";
/// Another of the account's own, whose ARN has a character more than SSM takes.
const LONG: &str = "eighty-characters-which-a-name-may-well-have-and-an-arn-around-it-may-not-have-x";
/// There is no such package, which is told only when [`WorldPackages::slow`] says so.
pub const SLOW: &str = "Slow-Agent";

/// Packages in memory, and what was changed of them.
#[derive(Default)]
pub struct WorldPackages {
    changes: Mutex<Vec<String>>,
    /// Somebody asks for the slow package.
    pub asked: Notify,
    /// They may be answered.
    pub slow: Notify,
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
            PACKAGE | LONG => Ownership::Own,
            AMAZONS => Ownership::Amazon,
            SLOW => {
                self.asked.notify_one();
                self.slow.notified().await;
                return Err(ApiError::NotFound);
            }
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

type Fields<'a> = &'a [(&'a str, &'a str)];

/// Each form with fields that it takes, and what it changes.
const FORMS: [(&str, Fields<'static>, &str); 5] = [
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
        assert_sent_again(&answer.text().await.unwrap(), fields, form);
        let gone = app.signed_in(Role::Admin).await;
        let answer = gone.form(&format!("/packages/no-such-package{form}"), fields).send().await.unwrap();
        assert_eq!(answer.status(), 404, "{form}");
    }
    assert!(app.packages.changes().is_empty());
}

/// Nothing that was typed is lost: it stands in the page's form, to be sent once more.
fn assert_sent_again(page: &str, fields: &[(&str, &str)], form: &str) {
    assert!(page.contains("Send again") && page.contains("href=\"/login\""), "{form}: {page}");
    let inputs: Vec<_> = page.split("<input").filter_map(|tag| tag.split('>').next()).collect();
    for (name, value) in fields {
        let (name, value) = (format!("name=\"{name}\""), format!("value=\"{value}\""));
        let stands = inputs.iter().any(|tag| tag.contains(&name) && tag.contains(&value));
        assert!(stands, "{form}: {name} {value}: {page}");
    }
}

#[tokio::test]
async fn forms_about_drafts_come_back_to_who_was_signed_out() {
    let app = TestApp::start().await;
    let draft = app.draft_of("publisher").await;
    let step = |step: &str| format!("/packages/drafts/{draft}/{step}");
    let (kind, names) = ([("kind", "simple")], [("revision", "1"), ("name", "Tool"), ("then", "review")]);
    let publish = [("submission", PUBLICATION), ("fingerprint", "as shown")];
    let forms: [(String, Fields<'_>); 6] = [
        ("/packages/drafts".to_owned(), &kind),
        (step("details"), &names),
        (step("publish"), &publish),
        (step("manifest/start"), &names[..1]),
        (step("remove"), &[]),
        (format!("/packages/{PACKAGE}/owner"), &[("owner", "admin")]),
    ];
    for (form, fields) in forms {
        let answer = app.browser().form(&form, fields).send().await.unwrap();
        assert_eq!(answer.status(), 401, "{form}");
        assert_sent_again(&answer.text().await.unwrap(), fields, &form);
    }
    assert_eq!(app.drafts.get(&draft).await.unwrap().contents.name, "", "nobody has changed it");
}

#[tokio::test]
async fn a_version_name_that_is_taken_is_told_before_anything_is_sent() {
    let app = TestApp::start().await;
    let browser = app.signed_in(Role::Publisher).await;
    let base = Some(Base { name: PACKAGE.to_owned(), document_version: "2".to_owned() });
    let new = NewDraft { base, ..NewDraft::new(DraftKind::Simple) };
    let draft = app.drafts.create("publisher", new).await.unwrap().id;
    let path = format!("/packages/drafts/{draft}/details");
    let refused = browser.form(&path, &[("revision", "1"), ("version_name", "1.0")]).send().await.unwrap();
    assert_eq!(refused.status(), 422);
    let page = refused.text().await.unwrap();
    assert!(page.contains("Something else has this name") && page.contains("value=\"1.0\""), "{page}");
    let saved = browser.form(&path, &[("revision", "1"), ("version_name", "3.0")]).send().await.unwrap();
    assert_eq!(saved.status(), 303);
}

#[tokio::test]
async fn an_arn_that_ssm_does_not_take_is_not_handed_out() {
    let app = TestApp::start().await;
    let viewer = app.signed_in(Role::Viewer).await;
    for (name, taken) in [(PACKAGE, true), (LONG, false)] {
        let page = viewer.get(&format!("/packages/{name}/permissions")).send().await.unwrap();
        let page = page.text().await.unwrap();
        assert_eq!(page.contains(&format!(":document/{name}<!></span>")), taken, "{name}: {page}");
        assert_eq!(page.contains("more than 128 characters"), !taken, "{name}: {page}");
    }
}

#[tokio::test]
async fn a_publication_is_cancelled_by_who_began_it_and_by_admins() {
    const OTHERS: &str = "0d1f7c52-6a3b-4a55-9d55-0c6f7b1c2a44";
    let app = TestApp::start().await;
    let new = NewPublication {
        id: OTHERS.to_owned(),
        username: "somebody".to_owned(),
        token: None,
        draft: OTHERS.to_owned(),
        fingerprint: "as shown".to_owned(),
    };
    app.world.begin(new).await.unwrap();
    for (role, id, reason) in [
        (Role::Publisher, PUBLICATION, None),
        (Role::Publisher, OTHERS, Some("Only whoever started it")),
        (Role::Admin, OTHERS, None),
        (Role::Operator, OTHERS, Some("Only publishers and administrators")),
    ] {
        let browser = app.signed_in(role).await;
        let page = browser.get(&format!("/packages/publications/{id}")).send().await.unwrap();
        let page = page.text().await.unwrap();
        let form = page.contains(&format!("action=\"/packages/publications/{id}/cancel\""));
        assert_eq!(form, reason.is_none(), "{role:?} {id}: {page}");
        assert!(reason.is_none_or(|reason| page.contains(reason)), "{role:?} {id}: {page}");
    }
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
