//! What watches over the process gets to know.

use domain::errors::ApiError;

use crate::test_app::TestApp;

async fn ready(app: &TestApp) -> (u16, String) {
    let answer = app.browser().get("/readyz").send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

#[tokio::test]
async fn a_console_that_can_answer_is_ready() {
    let app = TestApp::start().await;
    assert_eq!(app.browser().status("/healthz").await, 200);
    assert_eq!(ready(&app).await, (200, r#"{"database":"ok","aws":"ok"}"#.to_owned()));
}

#[tokio::test]
async fn without_aws_it_is_still_ready_and_says_so() {
    let app = TestApp::start().await;
    app.world.fail(ApiError::Unreachable { message: "connection refused".to_owned() });
    assert_eq!(ready(&app).await, (200, r#"{"database":"ok","aws":"unreachable"}"#.to_owned()));
}

#[tokio::test]
async fn without_its_database_it_lives_but_is_not_ready() {
    let app = TestApp::start().await;
    app.store.close().await;
    assert_eq!(app.browser().status("/healthz").await, 200);
    assert_eq!(ready(&app).await, (503, r#"{"database":"does not answer","aws":"ok"}"#.to_owned()));
    let browser = app.browser();
    assert_eq!(browser.sign_in("viewer", "whatever it is").await.status(), 503);
}
