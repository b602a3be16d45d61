//! What the machines remember across restarts: `nodes.sqlite`, readable by its owner only.

use std::collections::HashMap;
use std::path::Path;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use tokio::fs;

use super::sign::NodeKey;

const FILE: &str = "nodes.sqlite";

/// The machines' memory.
#[derive(Clone)]
pub(super) struct Vault {
    pool: SqlitePool,
}

/// As whom a machine is known to the service.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(super) struct Registration {
    #[sqlx(try_from = "i64")]
    pub number: u32,
    pub instance_id: String,
    /// The agent's fingerprint of its hardware; empty on EC2, where nothing asks for it.
    pub fingerprint: String,
    /// Whether its first report arrived.
    pub reported: bool,
    /// Whether the service has told it that it is no node any more.
    pub deregistered: bool,
}

impl Registration {
    /// Whether it is of a machine outside EC2.
    pub fn is_hybrid(&self) -> bool {
        self.instance_id.starts_with("mi-")
    }
}

/// Why the memory cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum VaultError {
    #[error("the simulated machines' database failed")]
    Database(#[from] sqlx::Error),
    #[error("the simulated machines' database cannot be brought up to date")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    #[error("the simulated machines' database file cannot be made")]
    File(#[from] std::io::Error),
    #[error(transparent)]
    Key(#[from] super::sign::KeyError),
}

impl Vault {
    /// Opens the memory in `data_dir`, and makes it at the first time.
    ///
    /// # Errors
    /// When the file cannot be made, opened or migrated.
    pub async fn open(data_dir: &Path) -> Result<Self, VaultError> {
        let path = data_dir.join(FILE);
        create_private(&path).await?;
        let options = SqliteConnectOptions::new()
            .filename(&path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal);
        // One writer at a time is what SQLite has; more connections would only wait for each other.
        let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
        sqlx::migrate!("./migrations-nodes").run(&pool).await?;
        Ok(Self { pool })
    }

    /// The machines' key pair, made at the first time: all of them share it.
    ///
    /// # Errors
    /// When the database fails or the key pair in it is damaged.
    pub async fn key(&self) -> Result<NodeKey, VaultError> {
        let stored: Option<Vec<u8>> =
            sqlx::query_scalar("SELECT pkcs8 FROM key_pair").fetch_optional(&self.pool).await?;
        if let Some(pkcs8) = stored {
            return Ok(NodeKey::from_pkcs8(&pkcs8)?);
        }
        let key = NodeKey::generate()?;
        sqlx::query("INSERT INTO key_pair (id, pkcs8) VALUES (1, ?1)")
            .bind(key.to_pkcs8()?)
            .execute(&self.pool)
            .await?;
        Ok(key)
    }

    /// Every machine that has registered so far, by its number.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn registrations(&self) -> Result<HashMap<u32, Registration>, VaultError> {
        let rows: Vec<Registration> =
            sqlx::query_as("SELECT number, instance_id, fingerprint, reported, deregistered FROM machine")
                .fetch_all(&self.pool)
                .await?;
        Ok(rows.into_iter().map(|row| (row.number, row)).collect())
    }

    /// Remembers a new registration.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn register(&self, registration: &Registration) -> Result<(), VaultError> {
        sqlx::query(
            "INSERT INTO machine (number, instance_id, fingerprint, reported, deregistered)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )
        .bind(registration.number)
        .bind(&registration.instance_id)
        .bind(&registration.fingerprint)
        .bind(registration.reported)
        .bind(registration.deregistered)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Remembers that a machine's first report arrived.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mark_reported(&self, number: u32) -> Result<(), VaultError> {
        sqlx::query("UPDATE machine SET reported = 1 WHERE number = ?1")
            .bind(number)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Remembers that a machine was deregistered, so that it never comes back by itself.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mark_deregistered(&self, number: u32) -> Result<(), VaultError> {
        sqlx::query("UPDATE machine SET deregistered = 1 WHERE number = ?1")
            .bind(number)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// The activation that a batch was registering with when it was interrupted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_activation(&self, batch: &str) -> Result<Option<String>, VaultError> {
        Ok(sqlx::query_scalar("SELECT activation_id FROM open_activation WHERE batch = ?1")
            .bind(batch)
            .fetch_optional(&self.pool)
            .await?)
    }

    /// Remembers the activation that a batch begins to register with.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_activation(&self, batch: &str, activation_id: &str) -> Result<(), VaultError> {
        sqlx::query("INSERT INTO open_activation (batch, activation_id) VALUES (?1, ?2)")
            .bind(batch)
            .bind(activation_id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Forgets the activation of a batch, because all machines have registered or it is given up.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_activation(&self, batch: &str) -> Result<(), VaultError> {
        sqlx::query("DELETE FROM open_activation WHERE batch = ?1").bind(batch).execute(&self.pool).await?;
        Ok(())
    }
}

/// Makes the file with a private key's permissions before anything is written to it.
async fn create_private(path: &Path) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    options.mode(0o600);
    options.open(path).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registration(number: u32) -> Registration {
        Registration {
            number,
            instance_id: format!("mi-{number:017x}"),
            fingerprint: "f".to_owned(),
            reported: false,
            deregistered: false,
        }
    }

    #[tokio::test]
    async fn everything_is_remembered_by_the_next_opening() {
        let dir = tempfile::tempdir().unwrap();
        let vault = Vault::open(dir.path()).await.unwrap();
        let public_key = vault.key().await.unwrap().public_key().unwrap();
        for number in [3, 4] {
            vault.register(&registration(number)).await.unwrap();
        }
        vault.mark_reported(3).await.unwrap();
        vault.mark_deregistered(4).await.unwrap();
        vault.begin_activation("tokyo", "a-1").await.unwrap();
        drop(vault);

        let vault = Vault::open(dir.path()).await.unwrap();
        assert_eq!(vault.key().await.unwrap().public_key().unwrap(), public_key);
        let registrations = vault.registrations().await.unwrap();
        assert_eq!(registrations[&3], Registration { reported: true, ..registration(3) });
        assert_eq!(registrations[&4], Registration { deregistered: true, ..registration(4) });
        assert_eq!(vault.open_activation("tokyo").await.unwrap().as_deref(), Some("a-1"));
        vault.end_activation("tokyo").await.unwrap();
        assert_eq!(vault.open_activation("tokyo").await.unwrap(), None);
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn only_the_owner_reads_the_key() {
        use std::os::unix::fs::PermissionsExt;

        let dir = tempfile::tempdir().unwrap();
        Vault::open(dir.path()).await.unwrap();
        let mode = std::fs::metadata(dir.path().join(FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
