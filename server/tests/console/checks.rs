//! Drafts of zips that lie in S3 already, over HTTP and without script.

use app::ports::{Checks as _, Drafts as _};
use domain::packages::drafts::{DraftChange, DraftKind, NewDraft};
use domain::permission::Role;
use reqwest::Response;

use crate::test_app::{Browser, TestApp, location};
use crate::world::ZIP_SUM;

const WRONG_SUM: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

fn manifest(sha256: &str) -> String {
    format!(
        r#"{{"schemaVersion": "2.0", "version": "1.0", "packages": {{"ubuntu": {{"_any": {{"_any": {{"file": "tool.zip"}}}}}}}},
        "files": {{"tool.zip": {{"checksums": {{"sha256": "{sha256}"}}}}}}}}"#
    )
}

/// A draft that points to the one zip there is; its address.
async fn draft(app: &TestApp, username: &str) -> String {
    let draft = app.drafts.create(username, NewDraft::new(DraftKind::Advanced)).await.unwrap();
    let changes = vec![
        DraftChange::Location { bucket: "packages".to_owned(), prefix: "tool".to_owned() },
        DraftChange::Manifest { text: Some(manifest(WRONG_SUM)) },
    ];
    app.drafts.change(&draft.id, 1, changes).await.unwrap();
    draft.id
}

async fn post(browser: &Browser, path: &str, revision: &str) -> Response {
    browser.form(path, &[("revision", revision)]).send().await.unwrap()
}

async fn text_of(app: &TestApp, draft: &str) -> String {
    app.drafts.get(draft).await.unwrap().contents.manifest.unwrap()
}

#[tokio::test]
async fn a_wrong_checksum_is_told_and_put_right_by_a_button() {
    let app = TestApp::start().await;
    let browser = app.signed_in(Role::Publisher).await;
    let id = draft(&app, "publisher").await;
    let path = |rest: &str| format!("/packages/drafts/{id}/{rest}");
    let begun = post(&browser, &path("check/begin"), "").await;
    assert_eq!((begun.status().as_u16(), location(&begun)), (303, path("check").as_str()));
    let page = browser.get(&path("check")).send().await.unwrap().text().await.unwrap();
    assert!(page.contains(WRONG_SUM) && page.contains(ZIP_SUM), "{page}");
    assert!(page.contains(&path("manifest/checksums")), "the fix is offered");
    let stale = post(&browser, &path("manifest/checksums"), "1").await;
    assert_eq!(stale.status(), 409, "the revision is 2 now");
    let fixed = post(&browser, &path("manifest/checksums"), "2").await;
    assert_eq!(location(&fixed), path("check"));
    assert_eq!(text_of(&app, &id).await, manifest(ZIP_SUM));
    let page = browser.get(&path("check")).send().await.unwrap().text().await.unwrap();
    assert!(!page.contains(WRONG_SUM) && !page.contains(&path("manifest/checksums")), "{page}");
    let cancelled = post(&browser, &path("check/cancel"), "").await;
    assert_eq!(cancelled.status(), 303);
    assert_eq!(app.world.get(&id).await, Ok(None));
}

#[tokio::test]
async fn the_manifest_is_extracted_or_begun_from_the_zips() {
    let app = TestApp::start().await;
    let browser = app.signed_in(Role::Publisher).await;
    let id = draft(&app, "publisher").await;
    let extracted = post(&browser, &format!("/packages/drafts/{id}/manifest/extract"), "2").await;
    assert_eq!(location(&extracted), format!("/packages/drafts/{id}/manifest"));
    assert_eq!(text_of(&app, &id).await, r#"{"found": true}"#);
    post(&browser, &format!("/packages/drafts/{id}/manifest/start"), "3").await;
    assert!(text_of(&app, &id).await.contains("tool.zip"));
    for path in ["manifest/nothing", "check/nothing"] {
        let answer = post(&browser, &format!("/packages/drafts/{id}/{path}"), "4").await;
        assert_eq!(answer.status(), 404, "{path}");
    }
}

#[tokio::test]
async fn drafts_are_ones_own_and_publishers() {
    let app = TestApp::start().await;
    let (own, others) = (draft(&app, "viewer").await, draft(&app, "somebody").await);
    for path in ["check/begin", "check/cancel", "manifest/extract", "manifest/start", "manifest/checksums"] {
        for role in [Role::Viewer, Role::Operator] {
            let browser = app.signed_in(role).await;
            let answer = post(&browser, &format!("/packages/drafts/{own}/{path}"), "2").await;
            assert_eq!(answer.status(), 403, "{path} as {role:?}");
        }
        let browser = app.signed_in(Role::Publisher).await;
        let answer = post(&browser, &format!("/packages/drafts/{others}/{path}"), "2").await;
        assert_eq!(answer.status(), 404, "{path}");
    }
    for draft in [own, others] {
        assert_eq!(app.world.get(&draft).await, Ok(None));
        assert_eq!(text_of(&app, &draft).await, manifest(WRONG_SUM));
    }
}
