//! The compression of a control archive.

use crate::packages::software::{Part, SoftwareFault};
use flate2::read::MultiGzDecoder;
use lzma_rust2::XzReader;
use ruzstd::decoding::StreamingDecoder;
use std::io::{BufReader, Read};

/// How far a compressor may look back, in bytes: what `xz -9` does, and a limit of zstd's own tool. The decoder claims
/// it at once and touches only what the content fills.
const WINDOW: u32 = 64 << 20;

/// The unpacked content of a member of that name (deb(5): none, gzip, xz or Zstandard).
pub fn open<'a>(name: &str, content: impl Read + 'a) -> Result<Box<dyn Read + 'a>, SoftwareFault> {
    match name {
        "control.tar" => Ok(Box::new(content)),
        "control.tar.gz" => Ok(Box::new(MultiGzDecoder::new(content))),
        "control.tar.xz" => {
            let kib = WINDOW / 1024 + 1024;
            Ok(Box::new(XzReader::new_mem_limit(BufReader::new(content), true, kib)))
        }
        "control.tar.zst" => {
            let decoder = StreamingDecoder::new_with_max_window_size(BufReader::new(content), WINDOW.into())
                .map_err(|_| SoftwareFault::Damaged(Part::ControlArchive))?;
            Ok(Box::new(decoder))
        }
        other => Err(SoftwareFault::Compression(other.to_owned())),
    }
}
