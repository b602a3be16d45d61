//! Hybrid activations.

pub mod create;
pub mod delete;
pub mod detail;
pub mod list;
pub mod status;
mod troubles;
