//! On PostgreSQL, where `SEKISHO_TEST_POSTGRES` names a server.

use reqwest::header::COOKIE;
use sqlx::{Connection as _, PgConnection};

use crate::running::{Running, ended, sekisho};
use crate::serve::{client, sign_in};

/// The address of a fresh database.
#[expect(
    clippy::disallowed_methods,
    reason = "tests are told of a PostgreSQL server by a variable, and name databases at random"
)]
async fn fresh_database() -> Option<String> {
    let server = std::env::var("SEKISHO_TEST_POSTGRES").ok()?;
    let name = format!("sekisho_{}", uuid::Uuid::new_v4().simple());
    let mut admin = PgConnection::connect(&server).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut admin).await.unwrap();
    let mut url = url::Url::parse(&server).unwrap();
    url.set_path(&name);
    Some(url.to_string())
}

#[tokio::test]
async fn people_sessions_and_nodes_are_kept_there() {
    let Some(database) = fresh_database().await else { return };
    let folder = tempfile::tempdir().unwrap();
    let command = |arguments: &[&str]| {
        let mut command = sekisho(folder.path(), arguments);
        command.env("DATABASE_URL", &database).env("SEKISHO_ADMIN_PASSWORD", "given password");
        command.env("SEKISHO_EMBEDDED_NODES", "3");
        command
    };
    let console = Running::start(command(&["serve"])).await;
    let cookie = sign_in(&client(), &console.url, "given password").await;
    console.signal("TERM").await;
    assert_eq!(console.ended().await.0, 0);
    assert!(!folder.path().join("data/sekisho.sqlite").exists());
    let (_, people, _) = ended(command(&["user", "list"])).await;
    assert!(people.starts_with("admin"), "{people}");

    let again = Running::start(command(&["serve"])).await;
    let nodes = client().get(format!("{}/nodes", again.url)).header(COOKIE, &cookie).send().await.unwrap();
    assert_eq!(nodes.status(), 200, "a session outlives the process");
    again.signal("TERM").await;
    assert_eq!(again.ended().await.0, 0);
}
