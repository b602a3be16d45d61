//! The console's server: configuration, people, sessions, pages, and the adapters to AWS.

mod assets;
mod auth;
pub mod aws;
pub mod clock;
pub mod config;
pub mod fleet;
mod hash;
pub mod live;
pub mod people;
pub mod store;
#[cfg(test)]
mod testing;
pub mod web;
