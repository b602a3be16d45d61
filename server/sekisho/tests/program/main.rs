//! The program as people run it: `sekisho serve`, `sekisho user`, signals and exit codes.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod disk_full;
mod ending;
mod gate;
mod killed;
mod killed_publishing;
mod postgres;
mod publish;
mod publisher;
mod refusals;
mod running;
mod serve;
mod starting;
mod user;
