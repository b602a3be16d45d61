//! Distributor packages: what the console knows of them, and their rules.

pub mod address;
pub mod buckets;
pub mod catalogue;
pub mod detail;
pub mod drafts;
pub mod preview;
pub mod publications;
pub mod query;
