//! Making a package: where it begins, the steps of the wizards, and its publication.

mod add_version;
mod begin;
mod check;
mod details;
mod difference;
mod location;
mod manifest;
mod problem;
mod publication;
mod remove;
mod review;
mod scripts;
mod software;
mod steps;
mod wizard;

pub use add_version::{AddVersion, CreateLink};
pub use begin::BeginPackage;
pub use problem::problem_text;
pub use publication::{PublicationPage, failure_text};
pub use remove::RemoveDraft;
pub use software::refused_text;
pub use wizard::PackageWizard;
