//! Reading the metadata of a software file, which may be damaged or hostile.
//!
//! The formats themselves are read by crates that others maintain. What stands around them here are limits: nothing is
//! handed to a crate before its sizes are known to be sane, a [`Source`] gives out only so many bytes, and whatever
//! panics nevertheless is a fault of the file.

mod deb;
mod msi;
mod rpm;
mod source;
mod text;

use super::{HEAD, Part, Software, SoftwareFault, SoftwareKind};
pub(in crate::packages) use source::Source;
use std::io::{self, Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Why there are no metadata.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file is at fault.
    #[error(transparent)]
    Fault(#[from] SoftwareFault),
    /// The file could not be read: the disk is at fault, or whatever it lies on.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Reads what the software file says about itself, whatever it is called. The payload is not read: of a file of 1 GB a
/// few MB at most, and no more than that is in memory.
///
/// # Errors
/// See [`ReadError`].
pub fn read(file: impl Read + Seek) -> Result<Software, ReadError> {
    let mut source = Source::new(file)?;
    let answer = recognise(&mut source).and_then(|kind| read_kind(kind, &mut source));
    match source.failure() {
        Some(failure) => Err(failure.into()),
        None => Ok(answer?),
    }
}

fn recognise(source: &mut Source<impl Read + Seek>) -> Result<SoftwareKind, SoftwareFault> {
    let mut head = Vec::with_capacity(HEAD);
    // What cannot be read is the source's failure.
    let _ = source.by_ref().take(HEAD as u64).read_to_end(&mut head);
    SoftwareKind::recognise(&head)
}

fn read_kind<R: Read + Seek>(kind: SoftwareKind, source: &mut Source<R>) -> Result<Software, SoftwareFault> {
    let (read, whole): (fn(&mut Source<R>) -> _, _) = match kind {
        SoftwareKind::Deb => (deb::read, Part::Archive),
        SoftwareKind::Rpm => (rpm::read, Part::Header),
        SoftwareKind::Msi => (msi::read, Part::CompoundFile),
    };
    // The crates index and unwrap where they trust a file. The source is not used again but for its failure.
    catch_unwind(AssertUnwindSafe(|| read(source))).unwrap_or(Err(SoftwareFault::Damaged(whole)))
}

#[cfg(test)]
mod tests;
