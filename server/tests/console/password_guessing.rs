//! Guessing passwords takes long.

use server::web::Settings;
use time::Duration;

use crate::test_app::{Browser, PASSWORD, TestApp};

async fn guess(browser: &Browser, username: &str) -> (u16, Option<String>) {
    let answer = browser.sign_in(username, "a wrong one").await;
    let wait = answer.headers().get("retry-after").map(|wait| wait.to_str().unwrap().to_owned());
    (answer.status().as_u16(), wait)
}

#[tokio::test]
async fn after_five_failures_one_waits_even_with_the_right_password() {
    let app = TestApp::start().await;
    let browser = app.browser();
    for _ in 0..5 {
        assert_eq!(guess(&browser, "viewer").await, (401, None));
    }
    let answer = browser.sign_in("VIEWER", PASSWORD).await;
    assert_eq!(answer.status(), 429);
    assert_eq!(answer.headers()["retry-after"], "2");
    let page = answer.text().await.unwrap();
    assert!(page.contains(r#"value="VIEWER""#) && page.contains('2'), "{page}");

    app.world.pass(Duration::seconds(2));
    assert_eq!(guess(&browser, "viewer").await, (401, None));
    assert_eq!(guess(&browser, "viewer").await, (429, Some("4".to_owned())));
    app.world.pass(Duration::seconds(4));
    assert_eq!(browser.sign_in("viewer", PASSWORD).await.status(), 303);
    assert_eq!(guess(&browser, "viewer").await, (401, None), "success clears the name");
}

#[tokio::test]
async fn a_name_that_nobody_has_waits_as_well() {
    let app = TestApp::start().await;
    let browser = app.browser();
    for _ in 0..5 {
        assert_eq!(guess(&browser, "nobody").await.0, 401);
    }
    assert_eq!(guess(&browser, "nobody").await.0, 429);
    assert_eq!(guess(&browser, "viewer").await.0, 401, "others do not wait for it");
}

#[tokio::test]
async fn an_address_that_tries_many_names_waits() {
    let app = TestApp::start_with(Settings { trust_proxy: true, ..Settings::default() }).await;
    let guess = async |address: &str, username: &str| {
        let fields = [("username", username), ("password", "a wrong one")];
        let request = app.browser().form("/login", &fields).header("x-forwarded-for", address);
        request.send().await.unwrap().status().as_u16()
    };
    for number in 0..20 {
        assert_eq!(guess("203.0.113.9", &format!("name{number}")).await, 401);
    }
    assert_eq!(guess("203.0.113.9", "viewer").await, 429);
    assert_eq!(guess("1.2.3.4, 203.0.113.9", "viewer").await, 429, "a claimed address is not believed");
    assert_eq!(guess("203.0.113.10", "viewer").await, 401);
}

#[tokio::test]
async fn one_known_password_does_not_help_to_guess_others() {
    let app = TestApp::start().await;
    for number in 0..20 {
        let browser = app.browser();
        assert_eq!(guess(&browser, &format!("name{number}")).await.0, 401);
        if number % 4 == 0 {
            assert_eq!(browser.sign_in("viewer", PASSWORD).await.status(), 303);
        }
    }
    assert_eq!(guess(&app.browser(), "admin").await.0, 429);
}

#[tokio::test]
async fn guessing_at_once_gains_nothing() {
    let app = TestApp::start().await;
    let browser = app.browser();
    let guesses = futures::future::join_all((0..12).map(|_| guess(&browser, "admin"))).await;
    assert_eq!(guesses.iter().filter(|(status, _)| *status == 401).count(), 5);
}
