//! Files of drafts over HTTP, and the forms of drafts without script.

use app::ports::{Drafts as _, Random as _};
use domain::packages::drafts::{FileRefused, FileState};
use domain::permission::Role;
use reqwest::Response;
use reqwest::header::LOCATION;

use crate::test_app::{Browser, DRAFT_FILE, TestApp};
use crate::world::PUBLICATION;

/// A Debian package, and after it as many bytes as make it this long.
pub fn deb(length: usize) -> Vec<u8> {
    let control = "Package: tool\nVersion: 1.0\nArchitecture: amd64\nMaintainer: ACME <acme@example.com>\nDescription: x\n";
    let mut archive = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_ustar();
    header.set_size(control.len() as u64);
    archive.append_data(&mut header, "./control", control.as_bytes()).unwrap();
    let control = archive.into_inner().unwrap();
    let mut deb = b"!<arch>\n".to_vec();
    let data = vec![7; length.saturating_sub(8 + 60 + 4 + 60 + control.len() + 60)];
    for (name, bytes) in [("debian-binary", &b"2.0\n"[..]), ("control.tar", &control), ("data.tar", &data)] {
        let header = format!("{name:<16}{:<12}{:<6}{:<6}{:<8}{:<10}`\n", 0, 0, 0, 100_644, bytes.len());
        deb.extend_from_slice(header.as_bytes());
        deb.extend_from_slice(bytes);
    }
    deb
}

async fn announced(app: &TestApp, draft: &str, size: usize) -> String {
    let file = domain::packages::drafts::NewFile { file_name: "tool.deb".to_owned(), size: size as u64 };
    app.drafts.add_file(draft, file).await.unwrap().id
}

async fn put(browser: &Browser, draft: &str, file: &str, offset: usize, bytes: Vec<u8>) -> Response {
    let request = browser.put(&format!("/packages/drafts/{draft}/files/{file}"));
    request.header("upload-offset", offset).body(bytes).send().await.unwrap()
}

fn offset(answer: &Response) -> &str {
    answer.headers()["upload-offset"].to_str().unwrap()
}

#[tokio::test]
async fn a_file_is_sent_in_pieces_larger_than_any_form() {
    let app = TestApp::start().await;
    let browser = app.signed_in(Role::Publisher).await;
    let draft = app.drafts.create("publisher", new_draft()).await.unwrap().id;
    let bytes = deb(60_000);
    let file = announced(&app, &draft, bytes.len()).await;
    let path = format!("/packages/drafts/{draft}/files/{file}");
    let first = put(&browser, &draft, &file, 0, bytes[..30_000].to_vec()).await;
    assert_eq!((first.status().as_u16(), offset(&first)), (202, "30000"));
    let head = browser.head(&path).send().await.unwrap();
    assert_eq!((head.status().as_u16(), offset(&head)), (204, "30000"));
    assert_eq!(head.headers()["upload-length"], bytes.len().to_string().as_str());
    let gap = put(&browser, &draft, &file, 40_000, bytes[40_000..].to_vec()).await;
    assert_eq!((gap.status().as_u16(), offset(&gap)), (409, "30000"));
    let rest = put(&browser, &draft, &file, 30_000, bytes[30_000..].to_vec()).await;
    assert_eq!(rest.status(), 200);
    assert!(rest.text().await.unwrap().contains(r#""state":"ready""#));
    let again = put(&browser, &draft, &file, bytes.len(), Vec::new()).await;
    assert_eq!(again.status(), 200, "whoever did not hear the answer asks again");
}

#[tokio::test]
async fn a_refused_file_says_why() {
    let app = TestApp::start().await;
    let browser = app.signed_in(Role::Publisher).await;
    let draft = app.drafts.create("publisher", new_draft()).await.unwrap().id;
    let file = announced(&app, &draft, 9).await;
    let refused = put(&browser, &draft, &file, 0, b"no packag".to_vec()).await;
    assert_eq!(refused.status(), 422);
    assert!(refused.text().await.unwrap().contains(r#""reason":"software""#));
}

#[tokio::test]
async fn nobody_sends_to_another_persons_draft() {
    let app = TestApp::start().await;
    let draft = app.draft_of("publisher").await;
    let path = format!("/packages/drafts/{draft}/files/{DRAFT_FILE}");
    for (role, expected) in
        [(Role::Viewer, 403), (Role::Operator, 403), (Role::Publisher, 204), (Role::Admin, 204)]
    {
        let browser = app.signed_in(role).await;
        assert_eq!(browser.head(&path).send().await.unwrap().status(), expected, "{role:?}");
        let sent = put(&browser, &draft, DRAFT_FILE, 0, b"xx".to_vec()).await.status();
        assert_eq!(sent, if expected == 204 { 202 } else { 403 }, "{role:?}");
    }
    let others = app.drafts.create("somebody", new_draft()).await.unwrap().id;
    let browser = app.signed_in(Role::Publisher).await;
    assert_eq!(put(&browser, &others, DRAFT_FILE, 0, b"x".to_vec()).await.status(), 404);
    assert_eq!(browser.status(&format!("/packages/drafts/{others}/files/{DRAFT_FILE}")).await, 405);
    let nobody = app.browser();
    let refused = put(&nobody, &draft, DRAFT_FILE, 0, b"x".to_vec()).await.status();
    assert!(refused == 401 || refused == 303, "{refused}");
    let foreign = browser.put(&path).header("sec-fetch-site", "cross-site").body("x").send().await.unwrap();
    assert_eq!(foreign.status(), 403, "another site's page");
}

fn new_draft() -> domain::packages::drafts::NewDraft {
    domain::packages::drafts::NewDraft::new(domain::packages::drafts::DraftKind::Simple)
}

/// A form with files, as browsers send it.
fn multipart(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, bytes) in files {
        let head = format!(
            "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--xyz--\r\n");
    body
}

#[tokio::test]
async fn a_form_without_script_brings_several_files() {
    let app = TestApp::start().await;
    let browser = app.signed_in(Role::Publisher).await;
    let draft = app.drafts.create("publisher", new_draft()).await.unwrap().id;
    let form = multipart(&[
        ("tool.deb", &deb(4000)),
        ("", b""),
        ("notes.txt", b"no package"),
        ("tool.deb", &deb(300)),
    ]);
    let sent = browser.post_body(
        &format!("/packages/drafts/{draft}/files"),
        "multipart/form-data; boundary=xyz",
        form,
    );
    let sent = sent.send().await.unwrap();
    assert_eq!(sent.status(), 303);
    assert_eq!(sent.headers()[LOCATION], format!("/packages/drafts/{draft}/software").as_str());
    let files = app.drafts.get(&draft).await.unwrap().files;
    assert_eq!(files.len(), 3);
    assert!(files[0].is_ready());
    let refused = |place: usize| match &files[place].state {
        FileState::Refused { reason } => reason.clone(),
        other => panic!("{other:?}"),
    };
    assert!(matches!(refused(1), FileRefused::Software { .. }));
    assert_eq!(refused(2), FileRefused::NameTaken);
    let none = browser.post_body(&format!("/packages/drafts/{draft}/files"), "text/plain", b"x".to_vec());
    assert_eq!(none.send().await.unwrap().status(), 400);
}

#[tokio::test]
async fn drafts_forms_lead_on_and_are_ones_own() {
    let app = TestApp::start().await;
    let browser = app.signed_in(Role::Publisher).await;
    let location = |answer: &Response| answer.headers()[LOCATION].to_str().unwrap().to_owned();
    let begun = browser.form("/packages/drafts", &[("kind", "simple")]).send().await.unwrap();
    assert_eq!(begun.status(), 303);
    let first_step = location(&begun);
    let draft =
        first_step.strip_prefix("/packages/drafts/").unwrap().strip_suffix("/details").unwrap().to_owned();
    let fields = [("revision", "1"), ("name", "Tool"), ("version_name", "1.0"), ("publisher", "ACME")];
    let saved = browser.form(&first_step, &fields).send().await.unwrap();
    assert_eq!(
        (saved.status().as_u16(), location(&saved)),
        (303, format!("/packages/drafts/{draft}/location"))
    );
    let stale = browser.form(&first_step, &fields).send().await.unwrap();
    assert_eq!(stale.status(), 409, "the revision is 2 now");
    let wrong = browser.form(&first_step, &[("revision", "2"), ("name", "aws-tool")]).send().await.unwrap();
    assert_eq!(wrong.status(), 422);
    let back = browser.form(&first_step, &[("revision", "2"), ("name", "Tool"), ("then", "review")]);
    assert_eq!(location(&back.send().await.unwrap()), format!("/packages/drafts/{draft}/review"));
    assert_eq!(app.drafts.get(&draft).await.unwrap().contents.name, "Tool");

    let token = app.world.uuid();
    let publish = format!("/packages/drafts/{draft}/publish");
    let fields = [("submission", token.as_str()), ("fingerprint", "as shown")];
    for role in [Role::Viewer, Role::Operator] {
        let other = app.signed_in(role).await;
        assert_eq!(other.form(&publish, &fields).send().await.unwrap().status(), 403, "{role:?}");
        assert_eq!(other.form("/packages/drafts", &[]).send().await.unwrap().status(), 403, "{role:?}");
        let cancel = format!("/packages/publications/{PUBLICATION}/cancel");
        assert_eq!(other.form(&cancel, &[]).send().await.unwrap().status(), 403, "{role:?}");
    }
    assert_eq!(app.world.publications(), [PUBLICATION]);
    let published = browser.form(&publish, &fields).send().await.unwrap();
    assert_eq!(location(&published), format!("/packages/publications/{token}"));
    browser.form(&publish, &fields).send().await.unwrap();
    assert_eq!(app.world.publications(), [PUBLICATION, &token], "sent twice, it is one");
    let cancelled =
        browser.form(&format!("/packages/publications/{PUBLICATION}/cancel"), &[]).send().await.unwrap();
    assert_eq!(cancelled.status(), 303);
    assert_eq!(app.world.publications(), [token.as_str()]);

    let others = app.drafts.create("somebody", new_draft()).await.unwrap().id;
    for path in ["remove", "details", "publish"] {
        let path = format!("/packages/drafts/{others}/{path}");
        assert_eq!(browser.form(&path, &fields).send().await.unwrap().status(), 404, "{path}");
    }
    let removed = browser.form(&format!("/packages/drafts/{draft}/remove"), &[]).send().await.unwrap();
    assert_eq!(location(&removed), "/packages/drafts?done=draft-removed");
    let admin = app.signed_in(Role::Admin).await;
    assert_eq!(
        admin.form(&format!("/packages/drafts/{others}/remove"), &[]).send().await.unwrap().status(),
        303
    );
    assert!(app.drafts.list(None).await.unwrap().is_empty());
}
