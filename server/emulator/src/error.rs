//! Why an emulator does not start.

use std::net::SocketAddr;
use std::path::PathBuf;

/// Why the emulator could not start.
#[derive(Debug, thiserror::Error)]
pub enum EmulatorError {
    /// The address is taken or not ours to take.
    #[error("the emulator cannot listen on {address}: {source}")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// The data folder cannot be made.
    #[error("the emulator's data folder {path} cannot be made: {source}")]
    DataDir {
        /// The folder asked for.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Another emulator has the data folder.
    #[error(
        "the emulator's data folder {path} is in use by another sekisho: stop it, or choose another folder"
    )]
    InUse {
        /// The folder asked for.
        path: PathBuf,
    },
    /// The data folder cannot be locked.
    #[error("the emulator's lock {path} cannot be taken: {source}")]
    Lock {
        /// The file that is locked.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The folder of the stored bytes cannot be used.
    #[error("the emulator's stored objects in {path} cannot be used: {source}")]
    Blobs {
        /// The data folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The database does not open or is not the emulator's.
    #[error("the emulator's database {path} cannot be opened: {source}")]
    Store {
        /// The database file.
        path: PathBuf,
        /// What SQLite said.
        source: sqlx::Error,
    },
    /// The database's tables cannot be brought up to date.
    #[error("the emulator's database {path} cannot be migrated: {source}")]
    Migrate {
        /// The database file.
        path: PathBuf,
        /// What the migration said.
        source: sqlx::migrate::MigrateError,
    },
}
