//! The HTTP API for pipelines, and the tokens that it takes.

use std::time::Duration;

use app::ports::{Drafts as _, Publishers as _, Random as _};
use domain::packages::drafts::{DraftChange, DraftKind, EditedScripts, NewDraft, NewFile};
use domain::packages::platform::Target;
use domain::permission::Role;
use domain::publishers::PublisherRule;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use server::store::publishers::StoredPublishers;

use crate::packages::{PACKAGE, SLOW};
use crate::test_app::TestApp;
use crate::uploads::deb;

/// A pipeline with a token.
struct Pipeline {
    client: Client,
    url: String,
    token: String,
}

impl Pipeline {
    /// With a token of somebody of this role, which publishes packages whose names begin so.
    async fn new(app: &TestApp, role: Role, names: &str) -> Self {
        let token = made(app, role, names).await;
        Self { client: Client::new(), url: format!("{}/api/v1/publications", app.url), token }
    }

    fn request(&self, method: Method, place: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{place}", self.url)).bearer_auth(&self.token)
    }

    async fn create(&self, body: &Value, key: Option<&str>) -> (u16, Value) {
        let request = self.request(Method::POST, "").header("content-type", "application/json");
        let request = key.into_iter().fold(request, |request, key| request.header("idempotency-key", key));
        answer(request.body(body.to_string())).await
    }

    async fn get(&self, id: &str) -> (u16, Value) {
        answer(self.request(Method::GET, &format!("/{id}"))).await
    }

    async fn put(&self, id: &str, file: &str, offset: usize, bytes: &[u8]) -> (u16, Value) {
        let request = self.request(Method::PUT, &format!("/{id}/files/{file}"));
        answer(request.header("upload-offset", offset).body(bytes.to_vec())).await
    }

    async fn publish(&self, id: &str) -> (u16, Value) {
        answer(self.request(Method::POST, &format!("/{id}/publish"))).await
    }
}

async fn answer(request: RequestBuilder) -> (u16, Value) {
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    let text = answer.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

/// Makes a token by the form, and reads it from the page.
async fn made(app: &TestApp, role: Role, names: &str) -> String {
    let id = app.world.uuid();
    let fields = [("submission", id.as_str()), ("name", &id), ("names", names), ("days", "30")];
    let answer = app.signed_in(role).await.form("/tokens", &fields).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let page = answer.text().await.unwrap();
    let begin = page.find("sekisho_").unwrap();
    page[begin..].chars().take(72).collect()
}

fn request(name: &str, size: usize) -> Value {
    json!({
        "name": name, "version_name": "1.0", "bucket": "packages",
        "files": [{"file_name": "tool.deb", "size": size, "targets": [{"platform": "ubuntu", "architecture": "x86_64"}]}],
    })
}

#[tokio::test]
async fn a_token_is_shown_once_and_kept_as_a_hash() {
    let app = TestApp::start().await;
    let browser = app.signed_in(Role::Publisher).await;
    let id = app.world.uuid();
    let fields = [("submission", id.as_str()), ("name", "CI"), ("names", ""), ("days", "30")];
    let first = browser.form("/tokens", &fields).send().await.unwrap().text().await.unwrap();
    let token: String = first[first.find("sekisho_").unwrap()..].chars().take(72).collect();
    let again = browser.form("/tokens", &fields).send().await.unwrap().text().await.unwrap();
    let list = browser.get("/tokens").send().await.unwrap().text().await.unwrap();
    for page in [&again, &list] {
        assert!(!page.contains("sekisho_"), "{page}");
    }
    assert!(list.contains("CI"), "{list}");
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT id, hash FROM api_tokens").fetch_all(&app.store.pool()).await.unwrap();
    assert_eq!(rows.len(), 1, "sent twice, it is one");
    assert!(!rows[0].1.contains(&token[8..]));

    let wrong = [("submission", id.as_str()), ("name", ""), ("names", "a b"), ("days", "400")];
    let answer = browser.form("/tokens", &wrong).send().await.unwrap();
    assert_eq!(answer.status(), 422);
    assert_eq!(answer.text().await.unwrap().matches("aria-invalid=\"true\"").count(), 3);

    let pipeline = Pipeline { client: Client::new(), url: format!("{}/api/v1/publications", app.url), token };
    assert_eq!(pipeline.get(&id).await.0, 404, "it works");
    let other = app.signed_in(Role::Viewer).await;
    assert_eq!(other.form(&format!("/tokens/{id}/revoke"), &[]).send().await.unwrap().status(), 403);
    assert_eq!(pipeline.get(&id).await.0, 404, "it still works");
    assert_eq!(browser.form(&format!("/tokens/{id}/revoke"), &[]).send().await.unwrap().status(), 303);
    assert_eq!(pipeline.get(&id).await.0, 401);
}

#[tokio::test]
async fn only_a_token_of_somebody_who_publishes_lets_in() {
    let app = TestApp::start().await;
    let url = format!("{}/api/v1/publications", app.url);
    let pipeline = Pipeline::new(&app, Role::Publisher, "").await;
    for authorization in ["", "Bearer ", "Bearer sekisho_", "Basic cHVibGlzaGVyOnB1Ymxpc2hlcg=="] {
        let wrong = Client::new().get(format!("{url}/{}", app.world.uuid()));
        let (status, body) = answer(wrong.header("authorization", authorization)).await;
        assert_eq!((status, body["code"].as_str()), (401, Some("unauthenticated")), "{authorization:?}");
    }
    // A session means nothing here.
    let browser = app.signed_in(Role::Publisher).await;
    assert_eq!(browser.call("/api/v1/publications", &request("Tool", 9)).send().await.unwrap().status(), 401);
    // Somebody whose role is taken from them.
    app.people.set_role("publisher", Role::Viewer).await.unwrap();
    let (status, body) = pipeline.create(&request("Tool", 9), None).await;
    assert_eq!((status, body["code"].as_str()), (403, Some("forbidden")));
    let document = Client::new().get(format!("{}/api/openapi.json", app.url));
    let (status, document) = answer(document).await;
    assert_eq!((status, document["openapi"].as_str().map(|version| &version[..2])), (200, Some("3.")));
}

#[tokio::test]
async fn a_pipeline_sends_a_file_in_pieces_and_publishes_it_once() {
    let app = TestApp::start().await;
    let pipeline = Pipeline::new(&app, Role::Publisher, "").await;
    let bytes = deb(40_000);
    let (status, begun) = pipeline.create(&request("Tool", bytes.len()), Some("build 7")).await;
    assert_eq!((status, begun["state"].as_str()), (201, Some("uploading")), "{begun}");
    let (id, file) = (begun["id"].as_str().unwrap(), begun["files"][0]["id"].as_str().unwrap());
    assert_eq!(begun["prefix"], "Tool/1.0");
    assert_eq!(begun["problems"][0]["code"], "not_ready");
    let (status, refused) = pipeline.publish(id).await;
    assert_eq!((status, refused["code"].as_str()), (422, Some("not_publishable")), "{refused}");

    pipeline.put(id, file, 0, &bytes[..10_000]).await;
    let (status, body) = pipeline.put(id, file, 20_000, &bytes[20_000..]).await;
    assert_eq!((status, body["code"].as_str()), (409, Some("conflict")), "{body}");
    let head = pipeline.request(Method::HEAD, &format!("/{id}/files/{file}")).send().await.unwrap();
    assert_eq!(head.status(), 204);
    assert_eq!(head.headers()["upload-offset"], "10000");
    let (status, whole) = pipeline.put(id, file, 10_000, &bytes[10_000..]).await;
    assert_eq!((status, whole["files"][0]["state"].as_str()), (200, Some("ready")), "{whole}");
    assert_eq!(
        whole["files"][0]["targets"],
        json!([{"platform": "ubuntu", "version": "_any", "architecture": "x86_64"}])
    );
    assert_eq!(whole["problems"], json!([]));

    let (status, published) = pipeline.publish(id).await;
    assert_eq!((status, published["state"].as_str()), (202, Some("publishing")), "{published}");
    pipeline.publish(id).await;
    assert!(app.world.publications().iter().filter(|publication| *publication == id).count() == 1);
    let (status, again) = pipeline.create(&request("Tool", bytes.len()), Some("build 7")).await;
    assert_eq!((status, again["id"].as_str()), (200, Some(id)), "the same job, run again");
    let (status, other) = pipeline.create(&request("Tool", 9), Some("build 7")).await;
    assert_eq!((status, other["code"].as_str()), (409, Some("idempotency_key_reused")));
}

#[tokio::test]
async fn a_pipeline_that_hangs_up_does_not_leave_half_a_publication() {
    let app = TestApp::start().await;
    let pipeline = Pipeline::new(&app, Role::Publisher, "").await;
    let asked = request(SLOW, 9);
    tokio::select! {
        answer = pipeline.create(&asked, Some("build 7")) => panic!("{answer:?}"),
        () = app.packages.asked.notified() => {}
    }
    let (status, body) = pipeline.create(&asked, Some("build 7")).await;
    assert_eq!((status, body["code"].as_str()), (409, Some("conflict")), "it is still being made");
    app.packages.slow.notify_one();
    let made = async {
        loop {
            match pipeline.create(&asked, Some("build 7")).await {
                (409, _) => tokio::time::sleep(Duration::from_millis(5)).await,
                made => break made,
            }
        }
    };
    let (status, made) = tokio::time::timeout(Duration::from_secs(10), made).await.unwrap();
    assert_eq!(status, 200, "{made}");
    assert_eq!(made["files"][0]["targets"][0]["platform"], "ubuntu", "all of it");
    assert_eq!(app.drafts.list(Some("publisher")).await.unwrap().len(), 1, "once");
}

#[tokio::test]
async fn what_was_not_made_to_its_end_is_made_anew_and_what_was_refused_keeps_no_key() {
    let app = TestApp::start().await;
    let pipeline = Pipeline::new(&app, Role::Publisher, "").await;
    let (status, half) = pipeline.create(&request("Tool", 9), Some("build 7")).await;
    assert_eq!(status, 201, "{half}");
    // As if the server had ended in the middle.
    sqlx::query("UPDATE api_requests SET made = 0").execute(&app.store.pool()).await.unwrap();
    let (status, body) = pipeline.create(&request("Tool", 9), Some("build 7")).await;
    assert_eq!((status, body["code"].as_str()), (409, Some("conflict")), "{body}");
    app.world.pass(time::Duration::minutes(2));
    let (status, whole) = pipeline.create(&request("Tool", 9), Some("build 7")).await;
    assert_eq!(status, 201, "{whole}");
    assert_eq!(pipeline.get(half["id"].as_str().unwrap()).await.0, 404, "it was removed");
    let (status, again) = pipeline.create(&request("Tool", 9), Some("build 7")).await;
    assert_eq!((status, &again["id"]), (200, &whole["id"]));

    for _ in 0..2 {
        assert_eq!(pipeline.create(&request("aws-tool", 9), Some("build 8")).await.0, 422);
    }
    assert_eq!(pipeline.create(&request("Other", 9), Some("build 8")).await.0, 201);
}

#[tokio::test]
async fn wrong_requests_are_told_by_field_and_leave_nothing() {
    let app = TestApp::start().await;
    let pipeline = Pipeline::new(&app, Role::Publisher, "").await;
    let before = app.drafts.list(None).await.unwrap().len();
    let mut wrong_target = request("Tool", 9);
    wrong_target["files"][0]["targets"][0]["platform"] = json!("");
    let mut wrong_file = request("Tool", 9);
    wrong_file["files"][0]["file_name"] = json!("my tool.deb");
    let too_large = request("Tool", 70_000);
    let mut nothing = request("", 9);
    nothing["bucket"] = json!("");
    nothing["files"] = json!([]);
    for (body, fields) in [
        (wrong_target, vec!["files.0.targets.0.platform"]),
        (wrong_file, vec!["files.0"]),
        (too_large, vec!["files.0"]),
        (nothing, vec!["name", "bucket", "files"]),
        (request("aws-tool", 9), vec!["name"]),
    ] {
        let (status, answer) = pipeline.create(&body, None).await;
        assert_eq!(status, 422, "{answer}");
        let told: Vec<_> = answer["fields"]
            .as_array()
            .unwrap()
            .iter()
            .map(|field| field["field"].as_str().unwrap())
            .collect();
        assert_eq!(told, fields, "{answer}");
    }
    let unknown = json!({"name": "Tool", "bucket": "packages", "files": [], "colour": "red"});
    let (status, answer) = pipeline.create(&unknown, None).await;
    assert_eq!((status, answer["code"].as_str()), (422, Some("invalid")), "{answer}");
    assert_eq!(app.drafts.list(None).await.unwrap().len(), before, "nothing is left");
}

#[tokio::test]
async fn a_token_does_no_more_than_its_scope_and_its_owners_rule() {
    let app = TestApp::start().await;
    let publishers = StoredPublishers::new(app.store.clone(), app.world.clone());
    let scoped = Pipeline::new(&app, Role::Publisher, "Web-").await;
    let free = Pipeline::new(&app, Role::Publisher, "").await;
    let (status, answer) = scoped.create(&request("Db-Tool", 9), None).await;
    assert_eq!((status, answer["fields"][0]["code"].as_str()), (422, Some("begins_with")), "{answer}");
    let (_, db) = free.create(&request("Db-Tool", 9), None).await;
    let (_, web) = scoped.create(&request("Web-Tool", 9), None).await;
    assert_eq!(scoped.get(db["id"].as_str().unwrap()).await.0, 404);
    assert_eq!(free.get(web["id"].as_str().unwrap()).await.0, 200);

    let rule = PublisherRule { names: vec!["Web-".to_owned()], ..PublisherRule::default() };
    publishers.set_rule(None, Some(&rule)).await.unwrap();
    assert_eq!(free.create(&request("Db-Other", 9), None).await.0, 422);
    publishers.set_rule(None, None).await.unwrap();
    publishers.set_owner(PACKAGE, Some("admin")).await.unwrap();
    assert_eq!(free.create(&request(PACKAGE, 9), None).await.0, 403, "another publisher's");
    publishers.set_owner(PACKAGE, Some("publisher")).await.unwrap();
    let (status, version) = free.create(&request(PACKAGE, 9), None).await;
    assert_eq!((status, version["new_version"].as_bool()), (201, Some(true)), "{version}");

    let others = app.drafts.create("somebody", NewDraft::new(DraftKind::Simple)).await.unwrap().id;
    assert_eq!(free.get(&others).await.0, 404);
    let removed = free.request(Method::DELETE, &format!("/{}", db["id"].as_str().unwrap()));
    assert_eq!(removed.send().await.unwrap().status(), 204);
    assert_eq!(free.get(db["id"].as_str().unwrap()).await.0, 404);
}

#[tokio::test]
async fn of_what_has_failed_the_draft_goes_and_the_reason_stays() {
    let app = TestApp::start().await;
    let pipeline = Pipeline::new(&app, Role::Publisher, "").await;
    let bytes = deb(20_000);
    let (_, begun) = pipeline.create(&request("Tool", bytes.len()), None).await;
    let (id, file) = (begun["id"].as_str().unwrap(), begun["files"][0]["id"].as_str().unwrap());
    pipeline.put(id, file, 0, &bytes).await;
    assert_eq!(pipeline.publish(id).await.0, 202);
    app.world.fail_publication(id);
    for time in ["first", "second"] {
        let removed = pipeline.request(Method::DELETE, &format!("/{id}")).send().await.unwrap();
        assert_eq!(removed.status(), 204, "the {time} time");
    }
    assert!(app.drafts.get(id).await.is_err());
    let (status, failed) = pipeline.get(id).await;
    assert_eq!((status, failed["state"].as_str()), (200, Some("failed")), "{failed}");
}

#[tokio::test]
async fn the_same_inputs_give_the_same_bytes_by_api_and_by_wizard() {
    let app = TestApp::start().await;
    let pipeline = Pipeline::new(&app, Role::Publisher, "").await;
    let bytes = deb(20_000);
    let validate = "#!/bin/sh\nexit 0\n";
    let mut asked = request("Tool", bytes.len());
    asked["publisher"] = json!("ACME");
    asked["files"][0]["scripts"] = json!({"validate": validate});
    let (_, begun) = pipeline.create(&asked, None).await;
    let (by_api, file) = (begun["id"].as_str().unwrap(), begun["files"][0]["id"].as_str().unwrap());
    let (_, whole) = pipeline.put(by_api, file, 0, &bytes).await;

    let by_wizard = app.drafts.create("publisher", NewDraft::new(DraftKind::Simple)).await.unwrap().id;
    let new = NewFile { file_name: "tool.deb".to_owned(), size: bytes.len() as u64 };
    let file = app.drafts.add_file(&by_wizard, new).await.unwrap().id;
    let browser = app.signed_in(Role::Publisher).await;
    let path = format!("/packages/drafts/{by_wizard}/files/{file}");
    assert_eq!(browser.put(&path).body(bytes).send().await.unwrap().status(), 200);
    let scripts = EditedScripts { validate: Some(validate.to_owned()), ..EditedScripts::default() };
    let changes = vec![
        DraftChange::Details {
            name: "Tool".to_owned(),
            version_name: "1.0".to_owned(),
            publisher: "ACME".to_owned(),
        },
        DraftChange::Location { bucket: "packages".to_owned(), prefix: "Tool/1.0".to_owned() },
        DraftChange::Targets { file: file.clone(), targets: vec![Target::new("ubuntu", "_any", "x86_64")] },
        DraftChange::Scripts { file, scripts },
    ];
    app.drafts.change(&by_wizard, 1, changes).await.unwrap();
    let api = app.drafts.preview(by_api).await.unwrap();
    let wizard = app.drafts.preview(&by_wizard).await.unwrap();
    assert!(wizard.problems.is_empty() && !wizard.zips.is_empty(), "{:?}", wizard.problems);
    assert_eq!((&api.zips[0].sha256, &api.manifest), (&wizard.zips[0].sha256, &wizard.manifest));
    assert_eq!(whole["files"][0]["zip_sha256"], wizard.zips[0].sha256.as_str());
}
