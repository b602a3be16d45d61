//! What a session is, and when it is over.

use domain::permission::Role;
use server::web::Settings;
use time::Duration;

use crate::test_app::{PASSWORD, TestApp, session_cookie, with_session};

#[tokio::test]
async fn the_cookie_is_for_this_site_and_not_for_scripts() {
    let app = TestApp::start().await;
    let answer = app.browser().sign_in("viewer", PASSWORD).await;
    let (_, attributes) = session_cookie(&answer).unwrap();
    assert_eq!(attributes, " HttpOnly; SameSite=Lax; Path=/");
}

#[tokio::test]
async fn over_tls_the_cookie_is_bound_to_the_host() {
    let app = TestApp::start_with(Settings { secure_cookies: true, ..Settings::default() }).await;
    let answer = app.browser().sign_in("viewer", PASSWORD).await;
    let cookie = answer.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("__Host-sekisho_session="), "{cookie}");
    assert!(
        cookie.contains("; Secure") && cookie.contains("; Path=/") && !cookie.contains("Domain"),
        "{cookie}"
    );
    assert_eq!(answer.headers()["strict-transport-security"], "max-age=31536000");
}

#[tokio::test]
async fn nobody_gets_a_session_by_looking() {
    let app = TestApp::start().await;
    let answer = app.browser().get("/login").send().await.unwrap();
    assert!(session_cookie(&answer).is_none());
}

#[tokio::test]
async fn signing_in_changes_the_id() {
    let app = TestApp::start().await;
    let planted = "AAAAAAAAAAAAAAAAAAAAAA";
    let fields = [("username", "viewer"), ("password", PASSWORD)];
    let answer = with_session(app.browser().form("/login", &fields), planted).send().await.unwrap();
    let (first, _) = session_cookie(&answer).unwrap();
    assert_ne!(first, planted);

    let again = with_session(app.browser().form("/login", &fields), &first).send().await.unwrap();
    let (second, _) = session_cookie(&again).unwrap();
    assert_ne!(second, first);
    let old = with_session(app.browser().get("/nodes"), &first).send().await.unwrap();
    assert_eq!(old.status(), 303, "the session before is over");
}

#[tokio::test]
async fn the_id_is_nowhere_in_the_database() {
    let app = TestApp::start().await;
    let answer = app.browser().sign_in("viewer", PASSWORD).await;
    let (id, _) = session_cookie(&answer).unwrap();
    let mut read = 0;
    for file in app.database_files() {
        let bytes = std::fs::read(file).unwrap();
        read += bytes.len();
        assert!(!bytes.windows(id.len()).any(|window| window == id.as_bytes()));
        assert!(!bytes.windows(PASSWORD.len()).any(|window| window == PASSWORD.as_bytes()));
    }
    assert!(read > 0);
}

#[tokio::test]
async fn an_unused_session_ends_after_eight_hours() {
    let app = TestApp::start().await;
    let browser = app.signed_in(Role::Viewer).await;
    app.world.pass(Duration::hours(7));
    assert_eq!(browser.status("/nodes").await, 200);
    app.world.pass(Duration::hours(8));
    assert_eq!(browser.status("/nodes").await, 303);
}

#[tokio::test]
async fn a_used_session_ends_after_seven_days() {
    let app = TestApp::start().await;
    let browser = app.signed_in(Role::Viewer).await;
    for hour in (6..7 * 24).step_by(6) {
        app.world.pass(Duration::hours(6));
        assert_eq!(browser.status("/nodes").await, 200, "after {hour} h");
    }
    app.world.pass(Duration::hours(6));
    assert_eq!(browser.status("/nodes").await, 303);
}

#[tokio::test]
async fn a_changed_role_counts_at_once() {
    let app = TestApp::start().await;
    let browser = app.signed_in(Role::Operator).await;
    let create = async || {
        browser.call("/api/activations/form", &serde_json::json!({})).send().await.unwrap().status().as_u16()
    };
    assert_eq!(create().await, 200);
    app.people.set_role("operator", Role::Viewer).await.unwrap();
    assert_eq!(create().await, 403);
}

#[tokio::test]
async fn who_is_removed_or_has_a_new_password_is_signed_out() {
    let app = TestApp::start().await;
    let (removed, changed) = (app.signed_in(Role::Viewer).await, app.signed_in(Role::Operator).await);
    app.people.remove("viewer").await.unwrap();
    app.people.set_password("operator", "another password".into()).await.unwrap();
    assert_eq!(removed.status("/nodes").await, 303);
    assert_eq!(changed.status("/nodes").await, 303);

    app.people.add("viewer", Role::Admin, PASSWORD.into()).await.unwrap();
    assert_eq!(removed.status("/nodes").await, 303, "a name that is given again is another person");
}
