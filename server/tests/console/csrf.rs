//! Other sites cannot act in somebody's name.

use domain::permission::Role;

use crate::test_app::{PASSWORD, TestApp};
use crate::world::ACTIVATION;

#[tokio::test]
async fn requests_that_change_something_come_from_this_site() {
    let app = TestApp::start().await;
    let browser = app.signed_in(Role::Admin).await;
    let delete = format!("/activations/{ACTIVATION}/delete");
    for path in [
        "/login",
        "/logout",
        "/preferences",
        "/activations/new",
        &delete,
        "/api/activations/delete",
        "/nodes/deregister",
        "/nodes/role",
        "/nodes/tags",
        "/nodes/actions/0d9a5c66-4f3b-4a53-8b1e-5f6f6c6f2a10/retry",
    ] {
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "https://evil.example"),
            ("origin", "null"),
        ] {
            let mut request = browser.form(path, &[]).build().unwrap();
            request.headers_mut().remove("sec-fetch-site");
            request.headers_mut().insert(name, value.parse().unwrap());
            let answer = reqwest::Client::new().execute(request).await.unwrap();
            assert_eq!(answer.status(), 403, "{path} {name}: {value}");
        }
    }
    assert_eq!(app.world.activations(), [ACTIVATION]);
    assert_eq!(browser.status("/nodes").await, 200, "still signed in");
}

#[tokio::test]
async fn programs_without_such_headers_and_this_site_itself_are_served() {
    let app = TestApp::start().await;
    let fields = [("username", "viewer"), ("password", PASSWORD)];
    let own = app.browser().form("/login", &fields).header("origin", &app.url);
    assert_eq!(own.send().await.unwrap().status(), 303);
    let mut program = app.browser().form("/login", &fields).build().unwrap();
    program.headers_mut().remove("sec-fetch-site");
    let plain = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    assert_eq!(plain.execute(program).await.unwrap().status(), 303);
}
