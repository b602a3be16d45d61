//! Secrets reach the person and nothing else.

use std::cell::Cell;
use std::io;
use std::sync::{Arc, Mutex};

use domain::permission::Role;
use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::prelude::*;
use tracing_subscriber::registry;

use crate::test_app::{PASSWORD, TestApp, session_cookie, with_session};
use crate::world::{CODE, CREATED};

/// Everything that was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// Signs in, mistypes a password, and creates an activation by form and by call. Returns the session's id.
async fn create_activations(app: &TestApp) -> String {
    let browser = app.browser();
    assert_eq!(browser.sign_in("operator", "mistyped password").await.status(), 401);
    assert_eq!(browser.sign_in("password-as-name", "x").await.status(), 401);
    let (session, _) = session_cookie(&browser.sign_in("operator", PASSWORD).await).unwrap();
    let form = [("description", "for the log"), ("submission", "6f9619ff-8b86-4d01-b42d-00cf4fc964ff")];
    let answer = browser.form("/activations/new?from=query-string", &form).send().await.unwrap();
    assert_eq!(answer.headers()["cache-control"], "no-store");
    assert!(answer.text().await.unwrap().contains(CODE), "the person gets the code");
    let call = browser.call("/api/activations/create", &serde_json::json!({"form": {}}));
    let answer = with_session(call, &session).send().await.unwrap();
    assert_eq!(answer.headers()["cache-control"], "no-store");
    assert!(answer.text().await.unwrap().contains(CODE), "the person gets the code");
    session
}

thread_local! {
    /// Whether what happens on this thread is kept.
    static KEPT: Cell<bool> = const { Cell::new(false) };
}

/// The runtime has one thread, of which everything is logged at the finest level.
#[tokio::test]
async fn no_secret_reaches_the_log() {
    let log = Log::default();
    // Not a subscriber of this thread's own: other tests' threads would decide what is logged at all.
    let layer = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(log.clone());
    let subscriber = registry().with(layer.with_filter(dynamic_filter_fn(|_, _| KEPT.get())));
    tracing::subscriber::set_global_default(subscriber).unwrap();
    KEPT.set(true);
    let app = TestApp::start().await;
    let session = create_activations(&app).await;
    KEPT.set(false);

    let text = log.text();
    for expected in ["signed in", "sign-in refused", "/activations/new", "/api/activations/create"] {
        assert!(text.contains(expected), "{expected} should be logged");
    }
    for secret in [CODE, PASSWORD, "mistyped password", "password-as-name", session.as_str(), "query-string"]
    {
        let line = text.lines().find(|line| line.contains(secret));
        assert!(line.is_none(), "{secret} is logged: {line:?}");
    }
}

#[tokio::test]
async fn no_code_reaches_the_database() {
    let app = TestApp::start().await;
    create_activations(&app).await;
    let mut found_id = false;
    for file in app.database_files() {
        let bytes = std::fs::read(file).unwrap();
        let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(!holds(CODE));
        found_id |= holds(CREATED);
    }
    assert!(found_id, "the form that created it is remembered");
}

#[tokio::test]
async fn the_code_is_told_once() {
    let app = TestApp::start().await;
    let browser = app.signed_in(Role::Operator).await;
    let form = [("submission", "6f9619ff-8b86-4d01-b42d-00cf4fc964ff")];
    let first = browser.form("/activations/new", &form).send().await.unwrap();
    assert!(first.text().await.unwrap().contains(CODE));
    let second = browser.form("/activations/new", &form).send().await.unwrap();
    assert_eq!(second.status(), 409);
    let page = second.text().await.unwrap();
    assert!(!page.contains(CODE) && page.contains(CREATED), "it leads to the activation");
    assert_eq!(app.world.activations().len(), 2);
}
