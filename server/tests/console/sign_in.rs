//! Signing in and out.

use domain::permission::Role;

use crate::test_app::{PASSWORD, TestApp, location, session_cookie};

#[tokio::test]
async fn the_right_password_leads_on() {
    let app = TestApp::start().await;
    let browser = app.browser();
    let fields = [("username", " Operator "), ("password", PASSWORD), ("next", "/activations?page=2")];
    let answer = browser.form("/login", &fields).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), location(&answer)), (303, "/activations?page=2"));
    assert_eq!(browser.status("/activations").await, 200);
}

#[tokio::test]
async fn next_never_leads_to_another_site() {
    let app = TestApp::start().await;
    for next in ["https://evil.example/", "//evil.example", "/\\evil.example"] {
        let fields = [("username", "viewer"), ("password", PASSWORD), ("next", next)];
        let answer = app.browser().form("/login", &fields).send().await.unwrap();
        assert_eq!(location(&answer), "/", "{next}");
    }
}

#[tokio::test]
async fn a_wrong_password_shows_the_page_again_with_the_name() {
    let app = TestApp::start().await;
    let browser = app.browser();
    let fields = [("username", "operator"), ("password", "a wrong one"), ("next", "/nodes")];
    let answer = browser.form("/login", &fields).send().await.unwrap();
    assert_eq!(answer.status(), 401);
    assert!(session_cookie(&answer).is_none());
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let page = answer.text().await.unwrap();
    assert!(page.contains(r#"value="operator""#), "{page}");
    assert!(page.contains("/nodes"), "{page}");
    assert!(!page.contains("a wrong one"));
    assert_eq!(browser.status("/nodes").await, 303);
}

#[tokio::test]
async fn a_known_and_an_unknown_name_get_the_same_answer() {
    let app = TestApp::start().await;
    let text = async |username: &str| {
        let answer = app.browser().sign_in(username, "a wrong one").await;
        assert_eq!(answer.status(), 401);
        let page = answer.text().await.unwrap();
        // What differs with every page: the name itself, nonces and the like.
        page.replace(username, "NAME")
            .split('"')
            .filter(|part| !part.contains("nonce-") && part.len() != 22)
            .collect::<String>()
    };
    assert_eq!(text("operator").await, text("somebody").await);
}

#[tokio::test]
async fn who_has_signed_in_is_led_past_the_sign_in_page() {
    let app = TestApp::start().await;
    let browser = app.signed_in(Role::Viewer).await;
    let answer = browser.get("/login?next=%2Fnodes").send().await.unwrap();
    assert_eq!((answer.status().as_u16(), location(&answer)), (303, "/nodes"));
}

#[tokio::test]
async fn pages_lead_to_the_sign_in_page_and_back() {
    let app = TestApp::start().await;
    let answer = app.browser().get("/activations?status=active&page=2").send().await.unwrap();
    assert_eq!(answer.status(), 303);
    assert_eq!(location(&answer), "/login?next=%2Factivations%3Fstatus%3Dactive%26page%3D2");
    let answer = app.browser().get("/").send().await.unwrap();
    assert_eq!(location(&answer), "/login");
    let answer = app.browser().get("/no/such/page").send().await.unwrap();
    assert_eq!(answer.status(), 303, "nobody learns which pages there are");
}

#[tokio::test]
async fn forms_of_an_ended_session_lead_to_the_page_that_asks_again() {
    let app = TestApp::start().await;
    for (form, page) in [
        ("/nodes/refresh", "%2Fnodes"),
        ("/nodes/settings/tier?to=advanced", "%2Fnodes%2Fsettings%2Ftier%3Fto%3Dadvanced"),
        ("/activations/255996e5/delete", "%2Factivations%2F255996e5%2Fdelete"),
    ] {
        let answer = app.browser().form(form, &[]).send().await.unwrap();
        assert_eq!((answer.status().as_u16(), location(&answer)), (303, &*format!("/login?next={page}")));
    }
}

#[tokio::test]
async fn programs_get_an_error_instead() {
    let app = TestApp::start().await;
    for path in ["/events", "/api/activations/list", "/api/no-such"] {
        let answer = app.browser().get(path).send().await.unwrap();
        assert_eq!(answer.status(), 401, "{path}");
        assert_eq!(answer.text().await.unwrap(), r#""unauthenticated""#);
    }
    assert_eq!(app.signed_in(Role::Viewer).await.status("/events").await, 200);
}

#[tokio::test]
async fn a_form_of_an_ended_session_comes_back_with_what_was_typed() {
    let app = TestApp::start().await;
    let fields = [("description", "typed with much care")];
    let answer = app.browser().form("/activations/new", &fields).send().await.unwrap();
    assert_eq!(answer.status(), 401);
    assert!(answer.text().await.unwrap().contains("typed with much care"));
    assert_eq!(app.world.activations().len(), 1);
}

#[tokio::test]
async fn signing_out_ends_the_session() {
    let app = TestApp::start().await;
    let browser = app.browser();
    let (cookie, _) = session_cookie(&browser.sign_in("viewer", PASSWORD).await).unwrap();
    let answer = browser.form("/logout", &[]).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), location(&answer)), (303, "/login"));
    assert_eq!(browser.status("/nodes").await, 303);
    let stolen = crate::test_app::with_session(app.browser().get("/nodes"), &cookie).send().await.unwrap();
    assert_eq!(stolen.status(), 303, "the cookie's value is worth nothing any more");
}
