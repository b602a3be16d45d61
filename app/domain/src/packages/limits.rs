//! How large and how many (AWS General Reference: Distributor quotas; SSM API).

/// Most zips of one version (SSM API: `AttachmentsSourceList` 0–20).
pub const MAX_FILES: usize = 20;
/// Largest zip, in bytes. AWS says 1 GB.
pub const MAX_FILE_BYTES: u64 = 1 << 30;
/// Largest version with all its zips, in bytes. AWS says 20 GB.
pub const MAX_PACKAGE_BYTES: u64 = 20 << 30;
/// Most versions of one package.
pub const MAX_VERSIONS: usize = 25;
/// Largest manifest, in bytes (SSM API: a document's content is at most 64 KB).
pub const MAX_MANIFEST_BYTES: usize = 64 * 1024;
/// Most files within a package's zips.
pub const MAX_ZIPPED_FILES: usize = 1000;
