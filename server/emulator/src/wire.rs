//! AWS's wire protocols: JSON 1.1 for Systems Manager, query for IAM and STS, SigV4 over both.

pub(crate) mod call;
pub(crate) mod errors;
pub(crate) mod json11;
pub(crate) mod query;
mod router;
pub(crate) mod sigv4;

pub use router::router;
