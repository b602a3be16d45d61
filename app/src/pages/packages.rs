//! Distributor's packages.

mod cli;
mod confirm;
mod coverage;
pub mod create;
mod delete;
mod detail;
mod file_name;
mod files;
mod frame;
mod list;
mod owner;
mod permissions;
mod record;
mod signed_out;
pub mod size;
mod status;
mod tags;
mod versions;

pub use cli::Command;
pub use coverage::{CoverageView, PackageCoverage};
pub use delete::DeletePackage;
pub use detail::PackageDetails;
pub use list::PackageList;
pub use owner::PackageOwner;
pub use permissions::{EditPermissions, PackagePermissions};
pub use status::{Status, status_text};
pub use versions::{CompareVersions, DeleteVersion, PackageVersions, SetDefaultVersion};
