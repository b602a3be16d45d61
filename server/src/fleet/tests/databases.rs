//! Databases with the fleet's tables.

use sqlx::any::{AnyPoolOptions, install_default_drivers};
use sqlx::{AnyPool, AssertSqlSafe, Executor as _};

/// A fresh database, kept for as long as this lives.
pub struct Database {
    pub pool: AnyPool,
    pub name: &'static str,
    _folder: Option<tempfile::TempDir>,
}

/// An SQLite database and, where `SEKISHO_TEST_POSTGRES` names a server, a PostgreSQL one.
pub async fn fresh_databases() -> Vec<Database> {
    install_default_drivers();
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("fleet.sqlite").display());
    let mut databases = vec![Database { pool: open(&url).await, name: "SQLite", _folder: Some(folder) }];
    databases.extend(fresh_postgres().await);
    databases
}

#[expect(
    clippy::disallowed_methods,
    reason = "tests are told of a PostgreSQL server by a variable, and name databases at random"
)]
async fn fresh_postgres() -> Option<Database> {
    let server = std::env::var("SEKISHO_TEST_POSTGRES").ok()?;
    let name = format!("fleet_{}", uuid::Uuid::new_v4().simple());
    let admin = AnyPoolOptions::new().max_connections(1).connect(&server).await.unwrap();
    admin.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
    admin.close().await;
    let mut url = url::Url::parse(&server).unwrap();
    url.set_path(&name);
    Some(Database { pool: open(url.as_str()).await, name: "PostgreSQL", _folder: None })
}

async fn open(url: &str) -> AnyPool {
    let pool = AnyPoolOptions::new().max_connections(5).connect(url).await.unwrap();
    if url.starts_with("sqlite") {
        pool.execute("PRAGMA journal_mode = WAL").await.unwrap();
    }
    pool.execute(include_str!("../../../migrations/0002_fleet.sql")).await.unwrap();
    pool
}
