//! The account's state in one SQLite file, which survives the process being killed.

mod activations;
mod attachments;
mod buckets;
mod documents;
mod instances;
mod node_filter;
mod nodes;
mod objects;
mod roles;
mod seed;
mod settings;
mod shares;
mod tags;
mod uploads;

use std::path::Path;
use std::time::Duration;

use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

pub(crate) use activations::{Activation, ActivationFilter, NewActivation, NodeLimit, Refusal, Registration};
pub(crate) use attachments::NewAttachment;
pub(crate) use buckets::BucketDeletion;
pub(crate) use documents::{
    Document, NewDocument, NewVersion, NotAdded, NotDeleted, Seen, Source, TAGGED as TAGGED_DOCUMENT,
    Version, Which,
};
pub(crate) use instances::Instance;
pub(crate) use node_filter::{Column, Condition, Operator, Presence, version_key};
pub(crate) use nodes::{Node, NodeKey, Report};
pub(crate) use objects::{Blob, Condition as ObjectCondition, Names, NewObject, Object, Put};
pub(crate) use roles::Role;
pub(crate) use seed::{AGE, Account};
pub(crate) use settings::{NotChanged, StoredSetting};
pub(crate) use shares::{NotShared, ShareChange};
pub(crate) use tags::Tag;
pub(crate) use uploads::{Upload, UploadPart};

use crate::error::EmulatorError;
use crate::random::Random;

/// The emulator's database. Writing goes through one connection, as SQLite allows one writer; reading through several.
#[derive(Debug, Clone)]
pub(crate) struct Store {
    read: SqlitePool,
    write: SqlitePool,
}

impl Store {
    /// Opens `<data_dir>/emulator.sqlite`, making the folder, the file and its tables where they are missing.
    ///
    /// # Errors
    /// [`EmulatorError`] when the folder or the file cannot be made, opened or migrated.
    pub(crate) async fn open(data_dir: &Path) -> Result<Self, EmulatorError> {
        std::fs::create_dir_all(data_dir)
            .map_err(|source| EmulatorError::DataDir { path: data_dir.to_owned(), source })?;
        let path = data_dir.join("emulator.sqlite");
        let failed = |source| EmulatorError::Store { path: path.clone(), source };
        let options = SqliteConnectOptions::new()
            .filename(&path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .busy_timeout(Duration::from_secs(10));
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options.clone())
            .await
            .map_err(failed)?;
        sqlx::migrate!()
            .run(&write)
            .await
            .map_err(|source| EmulatorError::Migrate { path: path.clone(), source })?;
        let read = SqlitePoolOptions::new()
            .max_connections(4)
            .connect_with(options.read_only(true))
            .await
            .map_err(failed)?;
        Ok(Self { read, write })
    }

    /// Fills a new database with what an account has; does nothing to one that was filled before.
    ///
    /// # Errors
    /// What SQLite says.
    pub(crate) async fn seed(&self, account: &Account<'_>, random: &dyn Random) -> Result<(), sqlx::Error> {
        seed::seed(&self.write, account, random).await
    }

    /// The key that page tokens are sealed with: made once, with the database.
    pub(crate) async fn token_key(&self) -> Result<Vec<u8>, sqlx::Error> {
        sqlx::query_scalar("SELECT value FROM meta WHERE key = 'token_key'").fetch_one(&self.read).await
    }

    /// Writes everything to the file and closes it.
    pub(crate) async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }

    /// Whether it is closed or about to be.
    pub(crate) fn is_closed(&self) -> bool {
        self.read.is_closed()
    }
}

#[cfg(test)]
mod tests;
