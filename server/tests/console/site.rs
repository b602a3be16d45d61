//! What stands for the site's files: one of each kind.

use rust_embed::{EmbeddedFile, Metadata};

/// A file of the site, one that its build keeps for itself, and one's compressed form.
pub fn file(name: &str) -> Option<EmbeddedFile> {
    let text = match name {
        "pkg/sekisho.js" => "plain",
        "pkg/sekisho.js.br" => "compressed",
        ".module" => "kept",
        _ => return None,
    };
    Some(EmbeddedFile {
        data: text.as_bytes().into(),
        metadata: Metadata::__rust_embed_new([0; 32], None, None),
    })
}
