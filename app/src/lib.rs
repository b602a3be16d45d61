//! What a person sees: pages, components, texts, and the server functions behind them.
// A view's type is the tree of everything in it, and the frame around every page is a deep one.
#![recursion_limit = "256"]

pub mod activations;
pub mod components;
pub mod costs;
pub mod error_text;
pub mod get_started;
pub mod nodes;
pub mod overview;
pub mod packages;
pub mod page;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod ports;
pub mod publishers;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod rendering;
pub mod routes;
#[cfg(feature = "ssr")]
pub mod server;
#[cfg(feature = "ssr")]
pub mod shell;
mod split;
pub mod text;
pub mod tier;
pub mod tokens;

pub use routes::App;
#[cfg(feature = "ssr")]
pub use shell::shell;
