//! The file under the readers.

use std::io::{self, Error, ErrorKind, Read, Seek, SeekFrom};

/// A file that knows its length, gives out only so many bytes, and remembers a failure of the disk: crates mix that up
/// with what they say of the content.
pub struct Source<R> {
    inner: R,
    len: u64,
    budget: u64,
    failure: Option<Error>,
}

impl<R: Read + Seek> Source<R> {
    /// How many bytes are given out before [`Source::allow`] says otherwise.
    const BUDGET: u64 = 1 << 20;

    /// At the beginning of the file.
    pub fn new(mut inner: R) -> io::Result<Self> {
        let len = inner.seek(SeekFrom::End(0))?;
        inner.rewind()?;
        Ok(Self { inner, len, budget: Self::BUDGET, failure: None })
    }

    /// The length of the file, in bytes.
    pub const fn len(&self) -> u64 {
        self.len
    }

    /// From now on gives out so many bytes. What crates keep in memory grows with what they read.
    pub const fn allow(&mut self, bytes: u64) {
        self.budget = bytes;
    }

    /// Whether all allowed bytes were given out.
    pub const fn exhausted(&self) -> bool {
        self.budget == 0
    }

    /// What kept the file from being read, if anything did.
    pub fn failure(self) -> Option<Error> {
        self.failure
    }

    /// Goes to that place, which may lie behind the end.
    pub fn go(&mut self, position: u64) {
        // A failure is remembered, and the next read says so.
        let _ = self.seek(SeekFrom::Start(position));
    }

    fn note<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        result.inspect_err(|error| {
            // Offsets before the beginning come from the file's content.
            let content = matches!(error.kind(), ErrorKind::Interrupted | ErrorKind::InvalidInput);
            if !content && self.failure.is_none() {
                self.failure = Some(Error::new(error.kind(), error.to_string()));
            }
        })
    }
}

impl<R: Read + Seek> Read for Source<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.failure.is_some() {
            return Err(Error::other("an earlier read failed"));
        }
        if buffer.is_empty() {
            return Ok(0);
        }
        let allowed = usize::try_from(self.budget).unwrap_or(usize::MAX).min(buffer.len());
        if allowed == 0 {
            return Err(Error::other("more was read than metadata can need"));
        }
        let result = self.inner.read(&mut buffer[..allowed]);
        let read = self.note(result)?;
        self.budget -= read as u64;
        Ok(read)
    }
}

impl<R: Read + Seek> Seek for Source<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let result = self.inner.seek(to);
        self.note(result)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn no_more_than_allowed_is_given_out() {
        let mut source = Source::new(Cursor::new(vec![7; 100])).unwrap();
        source.allow(10);
        let mut all = Vec::new();
        assert!(source.read_to_end(&mut all).is_err());
        assert_eq!(all.len(), 10);
        assert!(source.exhausted());
        assert!(source.failure().is_none(), "the file is at fault, not the disk");
    }

    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(Error::other("bad sector"))
        }
    }
    impl Seek for Broken {
        fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
            Ok(512)
        }
    }

    #[test]
    fn a_failing_disk_is_remembered() {
        let mut source = Source::new(Broken).unwrap();
        assert!(source.read(&mut [0; 4]).is_err());
        assert_eq!(source.failure().unwrap().to_string(), "bad sector");
    }
}
