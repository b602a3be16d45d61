//! Headers on every page.

use domain::permission::Role;
use reqwest::Response;
use server::web::{MAX_BODY, routes};

use crate::packages::PACKAGE;
use crate::test_app::{DRAFT_FILE, TestApp};
use crate::world::{ACTIVATION, FAILED_ACTION, NODE, PUBLICATION};

/// Every page that the app has, with an id where one belongs.
fn pages(draft: &str) -> Vec<String> {
    let with_id = |path: &str| {
        let id = match path {
            "/nodes/{id}" => NODE,
            path if path.starts_with("/nodes/actions/") => FAILED_ACTION,
            path if path.starts_with("/packages/drafts/") => draft,
            path if path.starts_with("/packages/publications/") => PUBLICATION,
            _ => ACTIVATION,
        };
        let values = [
            ("{id}", id),
            ("{name}", PACKAGE),
            ("{version}", "1"),
            ("{step}", "details"),
            ("{way}", "extract"),
            ("{file}", DRAFT_FILE),
        ];
        values.iter().fold(path.to_owned(), |path, (name, value)| path.replace(name, value))
    };
    let pages: Vec<_> = routes().iter().map(|route| with_id(route.path())).collect();
    assert!(pages.len() > 4 && pages.iter().all(|page| !page.contains('{')), "{pages:?}");
    pages
}

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.headers().get(name).unwrap_or_else(|| panic!("no {name} at {}", answer.url())).to_str().unwrap()
}

fn has_security_headers(answer: &Response) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(header(answer, name), value, "{}", answer.url());
    }
    assert!(header(answer, "permissions-policy").contains("camera=()"));
    assert_eq!(header(answer, "x-request-id").len(), 36);
    let policy = header(answer, "content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
        "{policy}"
    );
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
}

#[tokio::test]
async fn every_page_has_a_policy_that_its_scripts_keep() {
    let app = TestApp::start().await;
    let browser = app.signed_in(Role::Admin).await;
    let mut pages = pages(&app.draft_of("admin").await);
    pages.push("/no/such/page".to_owned());
    for page in pages {
        // Who has signed in has no use for the sign-in page.
        let browser = if page == "/login" { app.browser() } else { app.signed_in(Role::Admin).await };
        let answer = browser.get(&page).send().await.unwrap();
        let expected = if page == "/no/such/page" { 404 } else { 200 };
        assert_eq!(answer.status(), expected, "{page}");
        has_security_headers(&answer);
        assert_eq!(header(&answer, "cache-control"), "no-store", "{page}");
        assert_eq!(header(&answer, "content-type"), "text/html; charset=utf-8", "{page}");
        let policy = header(&answer, "content-security-policy").to_owned();
        let html = answer.text().await.unwrap();
        let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap();
        let scripts: Vec<_> =
            html.match_indices("<script").map(|(at, _)| html[at..].split('>').next().unwrap()).collect();
        assert!(!scripts.is_empty());
        for script in scripts {
            assert!(script.contains(&format!("nonce=\"{nonce}\"")), "{page}: {script}");
        }
        assert!(!html.contains(" style=\"") && !html.contains("<style>"), "{page} has inline styles");
        assert!(!html.contains(" onclick=") && !html.contains(" onsubmit="), "{page} has inline handlers");
    }
    let first = header(&browser.get("/nodes").send().await.unwrap(), "content-security-policy").to_owned();
    let second = header(&browser.get("/nodes").send().await.unwrap(), "content-security-policy").to_owned();
    assert_ne!(first, second, "a nonce is used once");
}

#[tokio::test]
async fn every_other_answer_has_them_too() {
    let app = TestApp::start().await;
    let browser = app.browser();
    for path in ["/healthz", "/readyz", "/", "/events", "/api/activations/list", "/favicon.svg"] {
        has_security_headers(&browser.get(path).send().await.unwrap());
    }
    let refused = browser
        .form("/logout", &[])
        .header("origin", "https://evil.example")
        .header("sec-fetch-site", "cross-site");
    has_security_headers(&refused.send().await.unwrap());
}

#[tokio::test]
async fn a_request_id_from_outside_is_not_taken_over() {
    let app = TestApp::start().await;
    let answer = app.browser().get("/healthz").header("x-request-id", "chosen").send().await.unwrap();
    assert_ne!(header(&answer, "x-request-id"), "chosen");
}

#[tokio::test]
async fn a_large_form_is_refused() {
    let app = TestApp::start().await;
    let send = async |bytes: usize| {
        let name = "x".repeat(bytes - "username=".len());
        app.browser().form("/login", &[("username", &name)]).send().await
    };
    assert_eq!(send(MAX_BODY).await.unwrap().status(), 401, "it is read");
    // The server may close the connection before the browser has sent everything.
    if let Ok(answer) = send(MAX_BODY + 1).await {
        assert_eq!(answer.status(), 413);
    }
}
