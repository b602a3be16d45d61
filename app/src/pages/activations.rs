//! Hybrid activations.

pub mod create;
pub mod detail;
pub mod list;
