//! The site's files: in the program itself in release builds, on disk in debug builds.

use rust_embed::{EmbeddedFile, RustEmbed};

/// What the site's build leaves behind; nothing where it has not run.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../target/site/"]
#[allow_missing = true]
struct Site;

/// The file of this name, with `/` between folders.
pub fn file(name: &str) -> Option<EmbeddedFile> {
    Site::get(name)
}
