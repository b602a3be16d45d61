//! Publications: noted in the database before anything is done, done in the background, finished or undone after a crash.

mod runner;
mod store;
mod transfer;
mod undo;

pub use runner::{OnPublished, Pace, Publisher};
pub use store::PublicationStore;
