//! The vocabulary and the rules: no I/O, no clock and no randomness of its own.
#![deny(missing_docs)]

pub mod activations;
mod aws_cli;
pub mod costs;
pub mod csv;
pub mod endpoints;
pub mod errors;
pub mod filter;
pub mod get_started;
pub mod iam_roles;
#[cfg(feature = "server-fn")]
pub mod json;
pub mod language;
pub mod nodes;
pub mod overview;
pub mod packages;
pub mod permission;
pub mod publishers;
pub mod registration;
pub mod tags;
pub mod tier;
pub mod time_text;
pub mod url_query;
