//! Every server function and every form, for every role: as the table in `domain::permission` has it.

use app::ports::Random as _;
use domain::nodes::actions::ActionKind;
use domain::permission::{Permission, Role};
use domain::tier::Tier;
use leptos::server_fn::axum::server_fn_paths;
use serde_json::{Value, json};

use crate::packages::PACKAGE;
use crate::test_app::{DRAFT_FILE, ESTIMATE, TestApp};
use crate::world::{ACTIVATION, CODE, FAILED_ACTION, NODE, PUBLICATION};

/// A manifest that can be understood.
const MANIFEST: &str = r#"{"schemaVersion": "2.0", "version": "1", "packages": {"debian": {"_any": {"_any": {"file": "a.zip"}}}},
    "files": {"a.zip": {"checksums": {"sha256": ""}}}}"#;

/// What each server function needs, and arguments that it takes; a draft is the caller's own, and has one file.
fn expected(path: &str, draft: &str) -> (Permission, Value) {
    let form = json!({"form": {"registration_limit": "1"}});
    let estimate = "name=Nagoya&nodes.1=1";
    match path {
        "/api/activations/list"
        | "/api/iam-roles/list"
        | "/api/nodes/changes"
        | "/api/nodes/refresh"
        | "/api/overview/get"
        | "/api/overview/activations" => (Permission::Read, json!({})),
        "/api/get-started/get" | "/api/tier/get" | "/api/tier/settings" => (Permission::Read, json!({})),
        "/api/tier/change" => (Permission::ChangeTier, json!({"to": "advanced", "consent": true})),
        "/api/nodes/list" => (Permission::Read, json!({"query": "?ping=Online"})),
        "/api/nodes/values" => (Permission::Read, json!({"property": "agent", "typed": ""})),
        "/api/activations/get" | "/api/activations/nodes" => (Permission::Read, json!({"id": ACTIVATION})),
        "/api/activations/form" => (Permission::CreateActivation, json!({"copy_of": null})),
        "/api/activations/create" => (Permission::CreateActivation, form),
        "/api/activations/delete" => (Permission::DeleteActivation, json!({"id": ACTIVATION})),
        "/api/nodes/get" | "/api/nodes/tags" => (Permission::Read, json!({"id": NODE})),
        "/api/nodes/actions/get" => (Permission::Read, json!({"id": FAILED_ACTION})),
        // Its kinds ask for permissions of their own, which are the same roles'.
        "/api/nodes/actions/form" => {
            (Permission::DeregisterNode, json!({"kind": "deregister", "ids": [NODE]}))
        }
        "/api/packages/list" => (Permission::Read, json!({"query": "?owner=amazon"})),
        "/api/packages/get" | "/api/packages/sharing" => (Permission::Read, json!({"segment": PACKAGE})),
        "/api/packages/compare" => (Permission::Read, json!({"segment": PACKAGE, "from": 1, "to": 2})),
        "/api/packages/coverage" => (Permission::Read, json!({"segment": PACKAGE, "query": "?version=1"})),
        "/api/packages/version" => (Permission::Read, json!({"segment": PACKAGE, "version": 1})),
        "/api/costs/start" | "/api/costs/estimates" => (Permission::Read, json!({})),
        "/api/costs/save" => (
            Permission::SaveEstimate,
            json!({"calculator": "hybrid-activations", "query": estimate, "replace": false}),
        ),
        "/api/packages/buckets/list" | "/api/packages/drafts/list" => (Permission::PublishPackage, json!({})),
        "/api/packages/buckets/check" => {
            (Permission::PublishPackage, json!({"bucket": "packages", "prefix": ""}))
        }
        "/api/packages/names/check" => (Permission::PublishPackage, json!({"name": "Tool"})),
        "/api/packages/drafts/coverage" => {
            (Permission::PublishPackage, json!({"manifest": MANIFEST, "query": ""}))
        }
        "/api/packages/drafts/create" => {
            (Permission::PublishPackage, json!({"kind": "simple", "base": null}))
        }
        "/api/packages/publications/get" => (Permission::Read, json!({"id": PUBLICATION})),
        "/api/packages/publications/list" => (Permission::Read, json!({"package": null})),
        "/api/packages/publications/cancel" => (Permission::PublishPackage, json!({"id": PUBLICATION})),
        "/api/packages/drafts/get" | "/api/packages/drafts/preview" | "/api/packages/drafts/remove" => {
            (Permission::PublishPackage, json!({"id": draft}))
        }
        "/api/packages/checks/get" | "/api/packages/checks/place" => {
            (Permission::PublishPackage, json!({"id": draft}))
        }
        "/api/packages/drafts/change" => {
            (Permission::PublishPackage, json!({"id": draft, "revision": 1, "changes": []}))
        }
        "/api/packages/drafts/add-file" => {
            (Permission::PublishPackage, json!({"id": draft, "file": {"file_name": "tool.deb", "size": 7}}))
        }
        "/api/packages/drafts/remove-file" | "/api/packages/drafts/take-apart" => {
            (Permission::PublishPackage, json!({"id": draft, "file": DRAFT_FILE}))
        }
        "/api/packages/drafts/check-script" => (
            Permission::PublishPackage,
            json!({"id": draft, "file": DRAFT_FILE, "action": "install", "text": "exit 0"}),
        ),
        "/api/packages/publications/begin" => (
            Permission::PublishPackage,
            json!({"submission": DRAFT_FILE, "draft": draft, "fingerprint": "as shown"}),
        ),
        "/api/publishers/list" => (Permission::ManagePeople, json!({})),
        "/api/tokens/list" => (Permission::PublishPackage, json!({})),
        "/api/packages/record" => (Permission::Read, json!({"segment": PACKAGE})),
        "/api/costs/delete" => (Permission::SaveEstimate, json!({"id": ESTIMATE})),
        other => panic!("{other} is a server function that this table does not know: add what it needs"),
    }
}

/// The addresses of all server functions.
fn server_functions() -> Vec<&'static str> {
    // The app's router has to be part of this program for its functions to be known.
    assert!(!server::web::routes().is_empty());
    let mut paths: Vec<_> = server_fn_paths().map(|(path, _)| path).collect();
    paths.sort_unstable();
    assert!(paths.len() >= 6, "{paths:?}");
    paths
}

/// Expects every server function to ask somebody with this role for its permission.
async fn expect_asked(role: Role) {
    for path in server_functions() {
        let app = TestApp::start().await;
        let (permission, arguments) = expected(path, &app.draft_of(role.name()).await);
        let browser = app.signed_in(role).await;
        let answer = browser.call(path, &arguments).send().await.unwrap();
        let (status, body) = (answer.status().as_u16(), answer.text().await.unwrap());
        if role.allows(permission) {
            assert_eq!(status, 200, "{path} as {role:?}: {body}");
        } else {
            assert_eq!((status, body.as_str()), (403, r#""forbidden""#), "{path} as {role:?}");
            assert_eq!(app.world.activations(), [ACTIVATION], "{path} as {role:?} changed something");
            assert_eq!(app.world.tier(), Tier::Standard, "{path} as {role:?} changed something");
        }
    }
}

// A test for each role, and not one for all: it would be what everything else waits for. One role more needs one more.
const _: () = assert!(Role::ALL.len() == 4);

#[tokio::test]
async fn every_server_function_asks_viewers_for_its_permission() {
    expect_asked(Role::Viewer).await;
}

#[tokio::test]
async fn every_server_function_asks_publishers_for_its_permission() {
    expect_asked(Role::Publisher).await;
}

#[tokio::test]
async fn every_server_function_asks_operators_for_its_permission() {
    expect_asked(Role::Operator).await;
}

#[tokio::test]
async fn every_server_function_asks_admins_for_its_permission() {
    expect_asked(Role::Admin).await;
}

#[tokio::test]
async fn every_server_function_asks_to_sign_in() {
    for path in server_functions() {
        let app = TestApp::start().await;
        let (_, arguments) = expected(path, &app.draft_of("publisher").await);
        assert_eq!(app.browser().call(path, &arguments).send().await.unwrap().status(), 401, "{path}");
        assert_eq!(app.world.activations(), [ACTIVATION], "{path} changed something");
    }
}

#[tokio::test]
async fn forms_ask_for_the_same_permissions() {
    for role in Role::ALL {
        let app = TestApp::start().await;
        let browser = app.signed_in(role).await;
        let created = browser.form("/activations/new", &[("registration_limit", "1")]).send().await.unwrap();
        let allowed = role.allows(Permission::CreateActivation);
        assert_eq!(created.status(), if allowed { 200 } else { 403 }, "{role:?}");
        assert_eq!(created.text().await.unwrap().contains(CODE), allowed, "{role:?}");

        let path = format!("/activations/{ACTIVATION}/delete");
        let deleted = browser.form(&path, &[]).send().await.unwrap();
        let allowed = role.allows(Permission::DeleteActivation);
        assert_eq!(deleted.status(), if allowed { 303 } else { 403 }, "{role:?}");
        assert_eq!(app.world.activations().contains(&ACTIVATION.to_owned()), !allowed, "{role:?}");

        let changed =
            browser.form("/nodes/settings/tier?to=advanced", &[("consent", "yes")]).send().await.unwrap();
        let allowed = role.allows(Permission::ChangeTier);
        assert_eq!(changed.status(), if allowed { 303 } else { 403 }, "{role:?}");
        assert_eq!(app.world.tier() == Tier::Advanced, allowed, "{role:?}");
    }
}

#[tokio::test]
async fn acting_on_nodes_asks_for_the_permission_of_its_kind() {
    for role in Role::ALL {
        for kind in ActionKind::ALL {
            let app = TestApp::start().await;
            let browser = app.signed_in(role).await;
            let allowed = role.allows(kind.permission());
            let arguments = json!({"kind": kind, "ids": [NODE]});
            let form = browser.call("/api/nodes/actions/form", &arguments).send().await.unwrap();
            assert_eq!(form.status(), if allowed { 200 } else { 403 }, "{kind:?} as {role:?}");

            let token = app.world.uuid();
            let fields = [
                ("id", NODE),
                ("iam_role", "BB_Hybrid_Activation"),
                ("remove", "site"),
                ("submission", &token),
            ];
            let sent = browser.form(&format!("/nodes/{}", kind.name()), &fields).send().await.unwrap();
            assert_eq!(sent.status(), if allowed { 303 } else { 403 }, "{kind:?} as {role:?}");
            assert_eq!(app.world.actions().contains(&token), allowed, "{kind:?} as {role:?}");
        }
        let app = TestApp::start().await;
        let allowed = role.allows(Permission::DeregisterNode);
        let token = app.world.uuid();
        let path = format!("/nodes/actions/{FAILED_ACTION}/retry");
        let again = app.signed_in(role).await.form(&path, &[("submission", &token)]).send().await.unwrap();
        assert_eq!(again.status(), if allowed { 303 } else { 403 }, "retry as {role:?}");
        assert_eq!(app.world.actions().contains(&token), allowed, "retry as {role:?}");
    }
}

#[tokio::test]
async fn nobody_acts_on_nodes_without_signing_in() {
    let app = TestApp::start().await;
    let token = app.world.uuid();
    for kind in ActionKind::ALL {
        let fields = [("id", NODE), ("remove", "site"), ("submission", &token)];
        let answer = app.browser().form(&format!("/nodes/{}", kind.name()), &fields).send().await.unwrap();
        assert_eq!(answer.status(), 401, "{kind:?}: the form comes back");
    }
    let path = format!("/nodes/actions/{FAILED_ACTION}/retry");
    let answer = app.browser().form(&path, &[("submission", &token)]).send().await.unwrap();
    assert_eq!(answer.status(), 303, "to the sign-in page");
    assert_eq!(app.world.actions(), [FAILED_ACTION]);
}

#[tokio::test]
async fn no_page_tells_a_viewer_a_code() {
    let app = TestApp::start().await;
    let operator = app.signed_in(Role::Operator).await;
    operator.form("/activations/new", &[]).send().await.unwrap();
    let viewer = app.signed_in(Role::Viewer).await;
    for path in ["/", "/activations", "/activations/new", &format!("/activations/{ACTIVATION}"), "/nodes"] {
        assert!(!viewer.get(path).send().await.unwrap().text().await.unwrap().contains(CODE), "{path}");
        assert!(
            !operator.get(path).send().await.unwrap().text().await.unwrap().contains(CODE),
            "{path}: told twice"
        );
    }
}
