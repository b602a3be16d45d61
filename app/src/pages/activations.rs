//! Hybrid activations.

pub mod create;
pub mod delete;
pub mod detail;
pub mod list;
mod status;
mod troubles;
