//! Buckets that packages can go to.

use serde::{Deserialize, Serialize};

use crate::errors::ApiError;

/// A bucket of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// Its Region; none where S3 does not tell.
    pub region: Option<String>,
}

/// What speaks against a bucket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum BucketProblem {
    /// There is none of that name.
    NotFound,
    /// It is another account's, or the console's credentials may not use it.
    Denied,
    /// It is in another Region than SSM, which then cannot fetch from it.
    OtherRegion {
        /// The bucket's.
        region: String,
        /// The console's.
        expected: String,
    },
    /// Nothing can be written under the prefix.
    NotWritable {
        /// As S3 told.
        error: ApiError,
    },
}
