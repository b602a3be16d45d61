//! The console's server: configuration, people, sessions, pages, and the adapters to AWS.

// A page is one type, as deep as its elements.
#![recursion_limit = "256"]

mod api;
pub mod assets;
mod auth;
pub mod aws;
pub mod cli;
pub mod clock;
mod coalesced;
pub mod config;
pub mod embedded;
pub mod fleet;
mod hash;
pub mod live;
mod logging;
pub mod node_actions;
pub mod packages;
pub mod people;
pub mod publish;
mod random;
pub mod serve;
pub mod store;
#[cfg(test)]
mod testing;
pub mod web;
