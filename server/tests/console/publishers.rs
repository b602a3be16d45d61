//! Rules for publishers, whose packages are, and tokens: set by forms, and held to wherever something is written.

use app::ports::{Drafts as _, Publishers as _, Random as _};
use domain::errors::{ApiError, Rule};
use domain::packages::drafts::{DraftKind, NewDraft};
use domain::permission::Role;
use domain::publishers::PublisherRule;
use serde_json::json;
use server::store::publishers::StoredPublishers;

use crate::packages::PACKAGE;
use crate::test_app::{TestApp, location};

/// What an admin lets the publisher do.
const RULE: [(&str, &str); 4] =
    [("person", "publisher"), ("places", "packages/web\r\n"), ("names", "Web-"), ("quota_mib", "1")];

fn publishers(app: &TestApp) -> StoredPublishers {
    StoredPublishers::new(app.store.clone(), app.world.clone())
}

#[tokio::test]
async fn admins_set_rules_and_nobody_else() {
    for role in Role::ALL {
        let app = TestApp::start().await;
        let browser = app.signed_in(role).await;
        let set = browser.form("/settings/publishers/edit?person=publisher", &RULE).send().await.unwrap();
        let rule = publishers(&app).rule_of("publisher").await.unwrap();
        if role == Role::Admin {
            assert_eq!(location(&set), "/settings/publishers?done=publisher-rule-set");
            assert_eq!((rule.place_names(), rule.quota_mib), (vec!["packages/web".to_owned()], Some(1)));
            let list = browser.get("/settings/publishers").send().await.unwrap().text().await.unwrap();
            assert!(list.contains("packages/web") && list.contains("Web-"), "{list}");
            let form = browser.get("/settings/publishers/edit?person=publisher").send().await.unwrap();
            let form = form.text().await.unwrap();
            let form = form.split("action=\"/settings/publishers/edit").nth(1).unwrap();
            assert!(form.contains("name=\"remove\""), "{form}");
            // The return key presses the first.
            let first = form.split("<button").nth(1).and_then(|button| button.split('>').next()).unwrap();
            assert!(!first.contains("name="), "{first}");
            let removed = [("person", "publisher"), ("remove", "yes")];
            browser.form("/settings/publishers/edit?person=publisher", &removed).send().await.unwrap();
            assert_eq!(publishers(&app).rule_of("publisher").await.unwrap(), PublisherRule::default());
        } else {
            assert_eq!((set.status().as_u16(), rule), (403, PublisherRule::default()), "{role:?}");
        }
    }
}

#[tokio::test]
async fn a_wrong_rule_comes_back_with_what_was_typed() {
    let app = TestApp::start().await;
    let admin = app.signed_in(Role::Admin).await;
    let fields = [("person", ""), ("places", "No Bucket"), ("names", "aws-"), ("quota_mib", "0")];
    let answer = admin.form("/settings/publishers/edit", &fields).send().await.unwrap();
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    assert!(page.contains("No Bucket") && page.matches("aria-invalid=\"true\"").count() == 3, "{page}");
    let nobody = admin.form("/settings/publishers/edit", &[("person", "zoe")]).send().await.unwrap();
    assert_eq!(nobody.status(), 404);
}

#[tokio::test]
async fn a_rule_is_held_to_at_every_write() {
    let app = TestApp::start().await;
    let browser = app.signed_in(Role::Publisher).await;
    let draft = app.drafts.create("publisher", NewDraft::new(DraftKind::Simple)).await.unwrap().id;
    app.signed_in(Role::Admin).await.form("/settings/publishers/edit", &RULE).send().await.unwrap();

    // The forms, and the server functions behind them.
    let step = |step: &str| format!("/packages/drafts/{draft}/{step}");
    let name = [("revision", "1"), ("name", "Db-Tool"), ("version_name", "1.0")];
    let refused = browser.form(&step("details"), &name).send().await.unwrap();
    assert_eq!(refused.status(), 422);
    let page = refused.text().await.unwrap();
    assert!(page.contains("Db-Tool") && page.contains("Web-"), "{page}");
    for (bucket, prefix, field) in [("packages", "db", "prefix"), ("other", "web", "bucket")] {
        let change = json!({"change": "location", "bucket": bucket, "prefix": prefix});
        let arguments = json!({"id": draft, "revision": 1, "changes": [change]});
        let refused = browser.call("/api/packages/drafts/change", &arguments).send().await.unwrap();
        assert_eq!(refused.status(), 422);
        let rule = Rule::AllowedPlace { places: vec!["packages/web".to_owned()] };
        let error: ApiError = serde_json::from_str(&refused.text().await.unwrap()).unwrap();
        assert_eq!(error, ApiError::field(field, rule), "{bucket}/{prefix}");
    }
    let check = async |bucket: &str, prefix: &str| {
        let place = json!({"bucket": bucket, "prefix": prefix});
        browser.call("/api/packages/buckets/check", &place).send().await.unwrap().status().as_u16()
    };
    assert_eq!(check("packages", "web/Tool/1.0").await, 200);
    for (bucket, prefix) in [("other", ""), ("packages", ""), ("packages", "db"), ("packages", "web/../db")] {
        assert_eq!(check(bucket, prefix).await, 422, "{bucket}/{prefix}");
    }

    // What was given before the rule was set is not published.
    let details = json!({"change": "details", "name": "Db-Tool", "version_name": "", "publisher": ""});
    let admin = app.signed_in(Role::Admin).await;
    let arguments = json!({"id": draft, "revision": 1, "changes": [details]});
    assert_eq!(admin.call("/api/packages/drafts/change", &arguments).send().await.unwrap().status(), 200);
    let begin = json!({"submission": app.world.uuid(), "draft": draft, "fingerprint": "as shown"});
    let refused = browser.call("/api/packages/publications/begin", &begin).send().await.unwrap();
    assert_eq!(refused.status(), 422);
    assert_eq!(admin.call("/api/packages/publications/begin", &begin).send().await.unwrap().status(), 200);

    // A package of theirs whose name is none of theirs any longer can only be read.
    let tags = [("tags[0][key]", "team"), ("tags[0][value]", "web")];
    let refused = browser.form(&format!("/packages/{PACKAGE}?edit=tags"), &tags).send().await.unwrap();
    assert_eq!(refused.status(), 403);
}

#[tokio::test]
async fn a_quota_is_the_persons_own() {
    let app = TestApp::start().await;
    assert_eq!(app.drafts.room("publisher").await.unwrap().quota, 64 * 1024, "the server's is less");
    let sql = "INSERT INTO publisher_rules (username, rule) VALUES ('', '{\"places\":[],\"names\":[],\"quota_mib\":0}')";
    sqlx::query(sql).execute(&app.store.pool()).await.unwrap();
    assert_eq!(app.drafts.room("publisher").await.unwrap().quota, 0);
    assert_eq!(app.drafts.room("admin").await.unwrap().quota, 64 * 1024, "no rule holds for admins");
    let draft = app.drafts.create("publisher", NewDraft::new(DraftKind::Simple)).await.unwrap().id;
    let file = domain::packages::drafts::NewFile { file_name: "tool.deb".to_owned(), size: 1 };
    let added = app.drafts.add_file(&draft, file).await.unwrap();
    assert!(format!("{:?}", added.state).contains("Quota { left: 0 }"), "{:?}", added.state);
}

#[tokio::test]
async fn packages_of_others_are_read_only_until_they_are_handed_over() {
    let app = TestApp::start().await;
    let (admin, publisher) = (app.signed_in(Role::Admin).await, app.signed_in(Role::Publisher).await);
    let owner = format!("/packages/{PACKAGE}/owner");
    let tag = async || {
        let tags = [("tags[0][key]", "team"), ("tags[0][value]", "web")];
        let form = publisher.form(&format!("/packages/{PACKAGE}?edit=tags"), &tags);
        form.send().await.unwrap().status().as_u16()
    };
    assert_eq!(tag().await, 303);
    assert_eq!(publisher.form(&owner, &[("owner", "publisher")]).send().await.unwrap().status(), 403);
    let handed = admin.form(&owner, &[("owner", "admin")]).send().await.unwrap();
    assert_eq!(location(&handed), format!("/packages/{PACKAGE}?done=package-owner-set"));
    assert_eq!(tag().await, 403);
    let page = publisher.get(&format!("/packages/{PACKAGE}")).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("another publisher"), "{page}");
    let version = json!({"kind": "simple", "base": {"name": PACKAGE, "document_version": ""}});
    assert_eq!(publisher.call("/api/packages/drafts/create", &version).send().await.unwrap().status(), 403);
    assert_eq!(admin.form(&owner, &[("owner", "viewer")]).send().await.unwrap().status(), 422);
    admin.form(&owner, &[("owner", "publisher")]).send().await.unwrap();
    assert_eq!(tag().await, 303);
}

#[tokio::test]
async fn forms_of_a_session_that_has_ended_come_back_with_what_was_typed() {
    let app = TestApp::start().await;
    for (form, fields) in [
        ("/settings/publishers/edit?person=publisher", &RULE[..]),
        ("/tokens", &[("submission", "x"), ("name", "packages/web"), ("names", ""), ("days", "1")][..]),
    ] {
        let answer = app.browser().form(form, fields).send().await.unwrap();
        assert_eq!(answer.status(), 401, "{form}");
        assert!(answer.text().await.unwrap().contains("packages/web"), "{form}");
    }
}
