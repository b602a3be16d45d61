//! Starting, being used, and ending.

use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Client, redirect};

use crate::running::{Running, sekisho};

pub async fn sign_in(client: &Client, url: &str, password: &str) -> String {
    let form = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("username", "admin"), ("password", password)])
        .finish();
    let request =
        client.post(format!("{url}/login")).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    let answer = request.body(form).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.headers()[LOCATION].to_str().unwrap()), (303, "/"));
    answer.headers()[SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned()
}

pub fn client() -> Client {
    Client::builder().redirect(redirect::Policy::none()).build().unwrap()
}

#[tokio::test]
async fn the_first_start_tells_a_password_once_and_a_signal_ends_it_cleanly() {
    let folder = tempfile::tempdir().unwrap();
    let console = Running::start(sekisho(folder.path(), &["serve"])).await;
    let password = console.line.split("password ").nth(1).unwrap().split(' ').next().unwrap().to_owned();
    assert_eq!(password.len(), 20);

    let client = client();
    let ready = client.get(format!("{}/readyz", console.url)).send().await.unwrap();
    assert_eq!(ready.status(), 200);
    let cookie = sign_in(&client, &console.url, &password).await;
    let page =
        client.get(format!("{}/activations", console.url)).header(COOKIE, &cookie).send().await.unwrap();
    assert_eq!(page.status(), 200);
    let mut events =
        client.get(format!("{}/events", console.url)).header(COOKIE, &cookie).send().await.unwrap();
    assert!(events.chunk().await.unwrap().is_some());

    console.signal("TERM").await;
    while events.chunk().await.unwrap().is_some() {}
    let (code, _, log) = console.ended().await;
    assert_eq!(code, 0, "{log}");
    assert!(!log.contains(&password) && !log.contains(cookie.split('=').nth(1).unwrap()), "{log}");
    assert!(!log.contains("ERROR"), "{log}");

    let again = Running::start(sekisho(folder.path(), &["serve"])).await;
    assert!(again.line.ends_with("sign in with your name and password\n"), "{}", again.line);
    sign_in(&client, &again.url, &password).await;
    let kept = client.get(format!("{}/activations", again.url)).header(COOKIE, &cookie).send().await.unwrap();
    assert_eq!(kept.status(), 200, "a session outlives the process");
    again.signal("INT").await;
    assert_eq!(again.ended().await.0, 0);
}

#[tokio::test]
async fn a_given_password_is_not_printed_and_the_log_can_be_json() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = sekisho(folder.path(), &["serve", "--log-format", "json"]);
    let console = Running::start({
        command.env("SEKISHO_ADMIN_PASSWORD", "given password");
        command
    })
    .await;
    assert!(!console.line.contains("given password"), "{}", console.line);
    sign_in(&client(), &console.url, "given password").await;
    console.signal("TERM").await;
    let (code, out, log) = console.ended().await;
    assert_eq!((code, out.as_str()), (0, ""));
    let entries: Vec<serde_json::Value> =
        log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(
        entries.iter().any(|entry| entry["message"] == "signed in" && entry["span"]["id"].is_string()),
        "{log}"
    );
}

#[tokio::test]
async fn the_stand_in_runs_alone_and_a_console_uses_it_as_aws() {
    let folder = tempfile::tempdir().unwrap();
    let stand_in = Running::start(sekisho(folder.path(), &["emulator"])).await;
    let mut command = sekisho(folder.path(), &["serve", "--backend", "aws"]);
    let console = Running::start({
        command
            .env("AWS_ENDPOINT_URL", &stand_in.url)
            .env("AWS_REGION", "ap-northeast-1")
            .env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
            .env("AWS_SECRET_ACCESS_KEY", "secret");
        command
    })
    .await;
    assert!(console.line.contains("AWS account 123456789012 in ap-northeast-1"), "{}", console.line);
    for running in [console, stand_in] {
        running.signal("TERM").await;
        assert_eq!(running.ended().await.0, 0);
    }
}
