//! The console over HTTP: a real listener and a real database, with AWS replaced at the ports.
// A page's type is as deep as its markup.
#![recursion_limit = "256"]
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod api;
mod assets;
mod checks;
mod costs;
mod csrf;
mod headers;
mod health;
mod nodes_csv;
mod packages;
mod password_guessing;
mod preferences;
mod publishers;
mod roles;
mod secrets;
mod sessions;
mod sign_in;
mod site;
mod test_app;
mod uploads;
mod world;
