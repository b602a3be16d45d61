//! Making packages: drafts and their files, what they come to, and publications in the background.

mod area;
mod carried;
mod checks;
mod drafts;
mod prepare;
mod publications;
mod shellcheck;
mod sums;
#[cfg(test)]
mod testing;
mod uploads;
mod zip;

pub use area::DraftArea;
pub use checks::Checker;
pub use drafts::{DraftStore, Quota, StoredDrafts};
pub use publications::{OnPublished, Pace, PublicationStore, Publisher};
pub use uploads::{FormFile, Receipt, UploadFailure};
