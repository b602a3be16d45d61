//! One file a page.

pub mod activations;
pub mod costs;
pub mod get_started;
pub mod login;
pub mod nodes;
pub mod not_found;
pub mod overview;
pub mod packages;
pub mod publishers;
mod role_options;
pub mod tokens;
