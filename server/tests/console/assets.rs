//! The site's files are for everybody, and nothing but them.

use crate::test_app::TestApp;

#[tokio::test]
async fn files_of_the_program_and_hidden_ones_have_no_address() {
    let app = TestApp::start().await;
    for path in
        ["/.module", "/pkg/../../../Cargo.toml", "/%2e%2e/Cargo.toml", "/pkg/%2e%2e%2f%2e%2e%2fCargo.toml"]
    {
        let answer = app.browser().get(path).send().await.unwrap();
        assert_eq!(answer.status(), 303, "{path} is no file, so it leads to the sign-in page");
    }
}
