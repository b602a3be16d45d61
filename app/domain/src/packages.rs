//! Packages of Distributor: software, the manifest that says for which nodes each file is, its versions and its owners.

pub mod access;
pub mod address;
pub mod buckets;
pub mod catalogue;
pub mod change;
pub mod cli;
pub mod coverage;
pub mod coverage_page;
pub mod detail;
pub mod drafts;
pub mod inspection;
pub mod limits;
pub mod line_diff;
pub mod location;
pub mod manifest;
pub mod name;
pub mod platform;
pub mod preview;
pub mod publications;
pub mod query;
pub mod scripts;
pub mod sharing;
pub mod software;
