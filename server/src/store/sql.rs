//! One set of statements for SQLite and PostgreSQL, through sqlx's `Any` driver.

mod sign_in_attempts;
mod users;

use std::time::Duration;

use sqlx::any::{AnyPoolOptions, install_default_drivers};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AnyConnection, AnyPool, Connection as _, Executor as _, SqlSafeStr as _};

use super::StoreError;
use crate::config::DatabaseUrl;

/// In order; a published one never changes, as its checksum is in people's databases.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "people and sessions", include_str!("../../migrations/0001_people_and_sessions.sql")),
    (2, "fleet", include_str!("../../migrations/0002_fleet.sql")),
    (
        3,
        "activation tier and fleet events",
        include_str!("../../migrations/0003_activation_tier_and_fleet_events.sql"),
    ),
    (4, "node actions", include_str!("../../migrations/0004_node_actions.sql")),
    (5, "estimates", include_str!("../../migrations/0005_estimates.sql")),
    (6, "packages", include_str!("../../migrations/0006_packages.sql")),
    (7, "package changes", include_str!("../../migrations/0007_package_changes.sql")),
    (8, "draft files", include_str!("../../migrations/0008_draft_files.sql")),
    (9, "publishers", include_str!("../../migrations/0009_publishers.sql")),
    (10, "package checks", include_str!("../../migrations/0010_package_checks.sql")),
    (11, "errors", include_str!("../../migrations/0011_errors.sql")),
    (12, "scope", include_str!("../../migrations/0012_scope.sql")),
    (13, "publications", include_str!("../../migrations/0013_publications.sql")),
];

/// How long a request waits for a connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);

/// The database.
#[derive(Clone, Debug)]
pub struct SqlStore {
    pub(super) pool: AnyPool,
}

impl SqlStore {
    /// Opens the database, creates an SQLite file that is missing, and brings the tables up to date.
    ///
    /// # Errors
    /// [`StoreError::Open`], [`StoreError::Migrate`].
    pub async fn open(url: &DatabaseUrl) -> Result<Self, StoreError> {
        let failed = |source| StoreError::Open { url: url.to_string(), source };
        install_default_drivers();
        if let Some(path) = url.sqlite_path() {
            create_private(&path).map_err(|error| failed(sqlx::Error::Io(error)))?;
        }
        let settings = url.is_sqlite().then_some(SQLITE_SETTINGS);
        // A pool tries again until its time is over, and then says only that: the first try is made by itself.
        let mut first = AnyConnection::connect(url.expose()).await.map_err(failed)?;
        if let Some(settings) = settings {
            first.execute(settings).await.map_err(failed)?;
        }
        first.close().await.map_err(failed)?;
        let pool = AnyPoolOptions::new()
            .max_connections(10)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    if let Some(settings) = settings {
                        connection.execute(settings).await?;
                    }
                    Ok(())
                })
            })
            .connect(url.expose())
            .await
            .map_err(failed)?;
        migrations()
            .run(&pool)
            .await
            .map_err(|source| StoreError::Migrate { url: url.to_string(), source })?;
        Ok(Self { pool })
    }

    /// The connections, for repositories that live elsewhere.
    #[must_use]
    pub fn pool(&self) -> AnyPool {
        self.pool.clone()
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`StoreError::Query`] when it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").execute(&self.pool).await?;
        Ok(())
    }

    /// Closes every connection; SQLite then folds its log into the file.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// Readers do not wait for the writer, writers wait for each other, and references hold.
const SQLITE_SETTINGS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; \
    PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON;";

fn migrations() -> Migrator {
    let migrations = MIGRATIONS.iter().map(|&(version, description, sql)| {
        Migration::new(version, description.into(), MigrationType::Simple, sql.into_sql_str(), false)
    });
    Migrator::with_migrations(migrations.collect())
}

/// Makes the file readable to its owner only, before anything is in it: SQLite gives its companions the same mode.
fn create_private(path: &std::path::Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A fresh database, kept for as long as this lives.
    pub struct Fresh {
        pub store: SqlStore,
        pub name: &'static str,
        _folder: Option<tempfile::TempDir>,
    }

    /// A fresh SQLite database and, where `SEKISHO_TEST_POSTGRES` names a server, a fresh PostgreSQL one.
    pub async fn fresh_stores() -> Vec<Fresh> {
        let folder = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::sqlite_file(&folder.path().join("sekisho.sqlite")).unwrap();
        let store = SqlStore::open(&url).await.unwrap();
        let mut stores = vec![Fresh { store, name: "SQLite", _folder: Some(folder) }];
        if let Some(store) = fresh_postgres().await {
            stores.push(Fresh { store, name: "PostgreSQL", _folder: None });
        }
        stores
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "tests are told of a PostgreSQL server by a variable, and name databases at random"
    )]
    async fn fresh_postgres() -> Option<SqlStore> {
        let server = std::env::var("SEKISHO_TEST_POSTGRES").ok()?;
        install_default_drivers();
        let name = format!("sekisho_{}", uuid::Uuid::new_v4().simple());
        let admin = AnyPoolOptions::new().max_connections(1).connect(&server).await.unwrap();
        admin.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
        admin.close().await;
        let mut url = url::Url::parse(&server).unwrap();
        url.set_path(&name);
        Some(SqlStore::open(&DatabaseUrl::parse(url.as_str()).unwrap()).await.unwrap())
    }

    #[tokio::test]
    async fn opening_again_finds_the_tables() {
        let folder = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::sqlite_file(&folder.path().join("name with # and %.sqlite")).unwrap();
        SqlStore::open(&url).await.unwrap().close().await;
        SqlStore::open(&url).await.unwrap().ping().await.unwrap();
        assert!(folder.path().join("name with # and %.sqlite").exists());
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn the_file_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sekisho.sqlite");
        let store = SqlStore::open(&DatabaseUrl::sqlite_file(&path).unwrap()).await.unwrap();
        for file in ["sekisho.sqlite", "sekisho.sqlite-wal"] {
            let mode = std::fs::metadata(folder.path().join(file)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{file}");
        }
        store.close().await;
    }

    #[tokio::test]
    async fn what_is_no_database_is_refused_with_a_reason() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.txt");
        std::fs::write(&path, "these are notes, and enough of them to be no empty file".repeat(40)).unwrap();
        let error = SqlStore::open(&DatabaseUrl::sqlite_file(&path).unwrap()).await.unwrap_err().to_string();
        assert!(error.ends_with("its file is not an SQLite database"), "{error}");
    }

    #[tokio::test]
    async fn every_connection_has_the_settings() {
        let folder = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::sqlite_file(&folder.path().join("sekisho.sqlite")).unwrap();
        let store = SqlStore::open(&url).await.unwrap();
        let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&store.pool).await.unwrap();
        let keys: i64 = sqlx::query_scalar("PRAGMA foreign_keys").fetch_one(&store.pool).await.unwrap();
        assert_eq!((mode.as_str(), keys), ("wal", 1));
    }
}
