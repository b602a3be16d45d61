//! Checks of zips that lie in S3 already: begun, done in the background, and kept with their draft.

mod object;
mod runner;
mod store;

pub use runner::Checker;
pub(super) use store::CheckStore;
