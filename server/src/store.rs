//! What must outlive a request: repository traits, and their implementation for SQLite and PostgreSQL.

pub mod api_requests;
pub mod estimates;
pub mod publishers;
mod scope;
pub mod sessions;
pub mod sign_in_attempts;
mod sql;
pub mod submissions;
pub mod tokens;
pub mod users;
pub(crate) mod values;

pub use sql::SqlStore;
#[cfg(test)]
pub(crate) use sql::tests as testing;

/// Why the database did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It could not be opened.
    #[error("the database {url} cannot be opened: {}", reason(source))]
    Open {
        /// Its URL without the password.
        url: String,
        /// What the driver said.
        source: sqlx::Error,
    },
    /// Its tables could not be brought to this version.
    #[error("the database {url} cannot be brought up to date: {source}")]
    Migrate {
        /// Its URL without the password.
        url: String,
        /// What the driver said.
        source: sqlx::migrate::MigrateError,
    },
    /// A statement failed.
    #[error("the database refused: {}", reason(.0))]
    Query(#[from] sqlx::Error),
    /// A row holds what this version does not understand.
    #[error("the database holds an unknown {column}")]
    Unknown {
        /// The column's name.
        column: &'static str,
    },
}

/// The driver's words, or plainer ones for what people can mend.
fn reason(error: &sqlx::Error) -> String {
    // SQLite's result codes: https://www.sqlite.org/rescode.html
    let sqlite_code = error.as_database_error().and_then(|error| error.code()).unwrap_or_default();
    match (sqlite_code.as_ref(), error) {
        ("13", _) => "the disk is full".to_owned(),
        ("8", _) => "it is read-only".to_owned(),
        ("14", _) => "its file cannot be opened; check the folder's permissions".to_owned(),
        ("26", _) => "its file is not an SQLite database".to_owned(),
        (_, sqlx::Error::PoolTimedOut) => "it does not answer in time".to_owned(),
        _ => error.to_string(),
    }
}
