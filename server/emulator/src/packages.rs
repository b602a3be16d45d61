//! Distributor packages: their manifests, the fetching of their files, and those that exist from the start.

mod fetch;
mod link;
mod manifest;
mod seed;
mod source;
mod zip;

pub(crate) use fetch::{fetch, resume};
pub(crate) use link::{is_link, serve as serve_link, url};
pub(crate) use manifest::{Manifest, ManifestError};
pub(crate) use seed::seed;
