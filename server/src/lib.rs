//! The console's server: configuration, people, sessions, pages, and the adapters to AWS.

pub mod aws;
pub mod fleet;
pub mod live;
