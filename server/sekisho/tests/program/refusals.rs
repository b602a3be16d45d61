//! What is wrong is told in one sentence, without secrets, and with exit code 1.

use std::path::Path;

use tokio::net::TcpListener;

use crate::running::{Running, ended, sekisho};

/// The one line that `serve` ends with.
async fn refusal(folder: &Path, environment: &[(&str, &str)]) -> String {
    let mut command = sekisho(folder, &["serve"]);
    command.envs(environment.iter().copied());
    let (code, out, log) = ended(command).await;
    assert_eq!((code, out.as_str()), (1, ""), "{log}");
    let sentences: Vec<_> = log.lines().filter(|line| line.starts_with("sekisho: ")).collect();
    assert_eq!(sentences.len(), 1, "{log}");
    assert_eq!(log.lines().last().unwrap(), sentences[0]);
    assert!(!log.contains("hunter2"), "{log}");
    sentences[0].to_owned()
}

#[tokio::test]
async fn aws_without_region_or_credentials() {
    let folder = tempfile::tempdir().unwrap();
    let aws = ("SEKISHO_BACKEND", "aws");
    let no_region = refusal(folder.path(), &[aws]).await;
    assert!(no_region.contains("no AWS Region is configured: set AWS_REGION"), "{no_region}");
    let no_credentials = refusal(folder.path(), &[aws, ("AWS_REGION", "ap-northeast-1")]).await;
    assert!(no_credentials.contains("no AWS credentials were found: set AWS_PROFILE"), "{no_credentials}");
}

#[tokio::test]
async fn aws_that_cannot_be_reached() {
    let folder = tempfile::tempdir().unwrap();
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let endpoint = format!("http://{closed}");
    let environment = [
        ("SEKISHO_BACKEND", "aws"),
        ("AWS_REGION", "ap-northeast-1"),
        ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "hunter2"),
        ("AWS_ENDPOINT_URL", &endpoint),
    ];
    let sentence = refusal(folder.path(), &environment).await;
    assert!(sentence.contains("AWS STS in ap-northeast-1 could not be reached"), "{sentence}");
}

#[tokio::test]
async fn a_database_of_another_account_or_region() {
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let embedded = Running::start(sekisho(folder.path(), &["serve"])).await;
    embedded.signal("TERM").await;
    assert_eq!(embedded.ended().await.0, 0);

    let stand_in = Running::start(sekisho(elsewhere.path(), &["emulator"])).await;
    let environment = [
        ("SEKISHO_BACKEND", "aws"),
        ("AWS_REGION", "eu-west-1"),
        ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "hunter2"),
        ("AWS_ENDPOINT_URL", stand_in.url.as_str()),
    ];
    let sentence = refusal(folder.path(), &environment).await;
    for part in
        ["123456789012 in ap-northeast-1", "123456789012 in eu-west-1", "SEKISHO_DATA_DIR", "DATABASE_URL"]
    {
        assert!(sentence.contains(part), "{sentence}");
    }
    // Whose it is, it still is.
    let embedded = Running::start(sekisho(folder.path(), &["serve"])).await;
    embedded.signal("TERM").await;
    assert_eq!(embedded.ended().await.0, 0);
}

#[tokio::test]
async fn an_address_in_use() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let sentence = refusal(folder.path(), &[("SEKISHO_LISTEN", &address)]).await;
    assert!(sentence.contains(&address) && sentence.contains("SEKISHO_LISTEN"), "{sentence}");
    let sentence = refusal(folder.path(), &[("SEKISHO_EMBEDDED_LISTEN", &address)]).await;
    assert!(sentence.contains(&address) && sentence.contains("SEKISHO_EMBEDDED_LISTEN"), "{sentence}");
}

#[tokio::test]
async fn a_database_that_is_none_or_does_not_answer() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = refusal(folder.path(), &[("DATABASE_URL", "mysql://ann:hunter2@db/sekisho")]).await;
    assert!(wrong.contains("DATABASE_URL must begin with postgres:// or sqlite:"), "{wrong}");
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let url = format!("postgres://ann:hunter2@{closed}/sekisho");
    let silent = refusal(folder.path(), &[("DATABASE_URL", &url)]).await;
    assert!(
        silent.contains(&format!("the database postgres://ann:redacted@{closed}/sekisho cannot be opened")),
        "{silent}"
    );
}

#[tokio::test]
async fn a_data_folder_that_cannot_be_written_to() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a-file");
    std::fs::write(&file, "").unwrap();
    let sentence = refusal(folder.path(), &[("SEKISHO_DATA_DIR", file.to_str().unwrap())]).await;
    assert!(
        sentence.contains("a-file cannot be written to") && sentence.contains("SEKISHO_DATA_DIR"),
        "{sentence}"
    );
}

#[tokio::test]
async fn a_password_for_the_first_admin_that_is_too_short() {
    let folder = tempfile::tempdir().unwrap();
    let sentence = refusal(folder.path(), &[("SEKISHO_ADMIN_PASSWORD", "short")]).await;
    assert!(sentence.contains("at least 8 characters") && !sentence.contains("short"), "{sentence}");
}
