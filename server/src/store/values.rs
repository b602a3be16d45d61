//! Values as columns hold them: JSON as text, times as seconds since 1970.

use serde::Serialize;
use serde::de::DeserializeOwned;
use time::OffsetDateTime;

/// The value that a column's JSON stands for.
///
/// # Errors
/// `Decode` when it does not.
pub fn from_json<T: DeserializeOwned>(json: String) -> Result<T, sqlx::Error> {
    serde_json::from_str(&json).map_err(|error| sqlx::Error::Decode(error.into()))
}

/// A value as JSON.
///
/// # Errors
/// `Encode` when it has none.
pub fn to_json(value: &impl Serialize) -> Result<String, sqlx::Error> {
    serde_json::to_string(value).map_err(|error| sqlx::Error::Encode(error.into()))
}

/// The time that a column's seconds stand for.
///
/// # Errors
/// `Decode` when there is no such time.
pub fn time_from(seconds: i64) -> Result<OffsetDateTime, sqlx::Error> {
    OffsetDateTime::from_unix_timestamp(seconds).map_err(|error| sqlx::Error::Decode(error.into()))
}
