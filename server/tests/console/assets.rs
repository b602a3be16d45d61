//! The site's files are for everybody, and nothing but them.

use crate::test_app::TestApp;

#[tokio::test]
async fn the_sites_files_need_no_sign_in() {
    let app = TestApp::start().await;
    let answer = app.browser().get("/pkg/sekisho.js").send().await.unwrap();
    assert_eq!(answer.text().await.unwrap(), "plain");
    assert_eq!(app.browser().status("/pkg/sekisho.js.br").await, 404, "it is another form, not another file");
}

#[tokio::test]
async fn files_of_the_program_and_hidden_ones_have_no_address() {
    let app = TestApp::start().await;
    for path in ["/.module", "/pkg/../.module", "/%2e%2e/Cargo.toml", "/Cargo.toml"] {
        let status = app.browser().status(path).await;
        assert_eq!(status, 303, "{path} is no file, so it leads to the sign-in page");
    }
    let in_folders =
        ["/pkg/%2e%2e%2f%2e%2e%2fCargo.toml", "/pkg/no-such.js", "/pkg/.hidden", "/fonts/no-such.woff2"];
    for path in in_folders {
        assert_eq!(app.browser().status(path).await, 404, "{path}");
    }
}
