//! Distributor packages: what the console knows of them, and their rules.

pub mod address;
pub mod catalogue;
pub mod detail;
pub mod query;
