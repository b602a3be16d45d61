//! How somebody likes the console is remembered.

use domain::permission::Role;
use reqwest::header::ACCEPT_LANGUAGE;

use crate::test_app::{TestApp, location};

#[tokio::test]
async fn the_browser_says_which_language_until_somebody_chooses() {
    let app = TestApp::start().await;
    let browser = app.browser();
    let page = async || {
        browser
            .get("/login")
            .header(ACCEPT_LANGUAGE, "ja,en;q=0.5")
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap()
    };
    assert!(page().await.contains(r#"<html lang="ja""#));
    let fields = [("language", "en"), ("next", "/login?next=%2Fnodes")];
    let answer = browser.form("/preferences", &fields).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), location(&answer)), (303, "/login?next=%2Fnodes"));
    assert!(page().await.contains(r#"<html lang="en""#));
}

#[tokio::test]
async fn scheme_zone_and_columns_travel_in_cookies() {
    let app = TestApp::start().await;
    let browser = app.signed_in(Role::Viewer).await;
    let fields = [
        ("scheme", "dark"),
        ("time_zone", "Asia/Tokyo"),
        ("columns.activations", "id"),
        ("columns.activations", "expires"),
        ("next", "/activations"),
    ];
    let answer = browser.form("/preferences", &fields).send().await.unwrap();
    assert_eq!(location(&answer), "/activations");
    let page = browser.get("/activations").send().await.unwrap().text().await.unwrap();
    assert!(page.contains(r#"data-scheme="dark""#));
    for fact in [
        r#"\"time_zone\":\"Asia/Tokyo\""#,
        r#"\"utc_offset_minutes\":540"#,
        r#"\"columns.activations\":\"id,expires\""#,
    ] {
        assert!(page.contains(fact), "{fact}");
    }
}

#[tokio::test]
async fn nothing_else_can_be_set_and_no_other_site_be_reached() {
    let app = TestApp::start().await;
    let fields = [("sekisho_session", "planted"), ("language", "fr"), ("next", "https://evil.example/")];
    let answer = app.browser().form("/preferences", &fields).send().await.unwrap();
    assert_eq!(location(&answer), "/");
    assert!(answer.headers().get("set-cookie").is_none());
    let fields = [("language", "ja"), ("next", "/login?next=\r\nset-cookie: a=b")];
    let answer = app.browser().form("/preferences", &fields).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), location(&answer)), (303, "/"));
}
