//! An object in S3, read where it lies: by ranges for what knows where to look, from end to end for its hash.

use std::collections::VecDeque;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use domain::errors::ApiError;
use domain::packages::inspection::{FoundFile, ZipContents, look};
use sha2::{Digest as _, Sha256};
use tokio::runtime::Handle;

use crate::aws::{AwsPublishing, ReadFailure};
use crate::hash::hex;

/// Bytes of a range: a directory of usual size comes with the first.
const RANGE: u64 = 256 * 1024;
/// Ranges that are kept.
const KEPT: usize = 4;
/// How often a stream that breaks off is taken up again.
const TRIES: u32 = 5;

/// An object as it was when it was listed.
#[derive(Clone, Debug)]
pub struct Object {
    /// S3.
    pub aws: AwsPublishing,
    /// The bucket.
    pub bucket: String,
    /// The key.
    pub key: String,
    /// Its size and entity tag.
    pub file: FoundFile,
}

impl Object {
    /// What is in the zip that it is.
    ///
    /// # Errors
    /// [`ReadFailure`].
    pub async fn contents(&self) -> Result<ZipContents, ReadFailure> {
        let failure = Arc::new(Mutex::new(None));
        let ranges = Ranges {
            object: self.clone(),
            handle: Handle::current(),
            position: 0,
            kept: VecDeque::new(),
            failure: Arc::clone(&failure),
        };
        let looked = tokio::task::spawn_blocking(move || look(ranges)).await;
        if let Some(failure) = failure.lock().unwrap_or_else(PoisonError::into_inner).take() {
            return Err(failure);
        }
        looked.map_err(|_| internal())?.map_err(|_| internal())
    }

    /// Its SHA-256, in lower-case hexadecimal. `read` grows on the way.
    ///
    /// # Errors
    /// [`ReadFailure`].
    pub async fn sha256(&self, read: &AtomicU64) -> Result<String, ReadFailure> {
        let (mut sha256, mut done, mut tries) = (Sha256::new(), 0, 0);
        while done < self.file.size {
            let broken = match self.aws.open(&self.bucket, &self.key, &self.file.etag, done).await {
                Ok(mut body) => loop {
                    match body.next().await {
                        Some(Ok(bytes)) => {
                            sha256.update(&bytes);
                            done += bytes.len() as u64;
                            read.fetch_add(bytes.len() as u64, Ordering::Relaxed);
                        }
                        Some(Err(error)) => break ApiError::Unreachable { message: error.to_string() },
                        None if done == self.file.size => return Ok(hex(&sha256.finalize())),
                        None => break ApiError::Unreachable { message: "the object ended early".to_owned() },
                    }
                },
                Err(ReadFailure::Aws(error @ (ApiError::Throttled | ApiError::Unreachable { .. }))) => error,
                Err(failure) => return Err(failure),
            };
            tries += 1;
            if tries >= TRIES {
                return Err(ReadFailure::Aws(broken));
            }
        }
        Ok(hex(&sha256.finalize()))
    }
}

const fn internal() -> ReadFailure {
    ReadFailure::Aws(ApiError::Internal)
}

/// Reads ranges for code that blocks.
struct Ranges {
    object: Object,
    handle: Handle,
    position: u64,
    /// The last ranges, with where each begins.
    kept: VecDeque<(u64, Bytes)>,
    failure: Arc<Mutex<Option<ReadFailure>>>,
}

impl Ranges {
    fn range(&mut self, start: u64) -> io::Result<Bytes> {
        if let Some((_, bytes)) = self.kept.iter().find(|(from, _)| *from == start) {
            return Ok(bytes.clone());
        }
        let Object { aws, bucket, key, file } = &self.object;
        let end = file.size.min(start + RANGE);
        let bytes =
            self.handle.block_on(aws.range(bucket, key, &file.etag, start..end)).map_err(|failure| {
                *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(failure);
                io::Error::other("a range could not be read")
            })?;
        self.kept.push_back((start, bytes.clone()));
        if self.kept.len() > KEPT {
            self.kept.pop_front();
        }
        Ok(bytes)
    }
}

impl Read for Ranges {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() || self.position >= self.object.file.size {
            return Ok(0);
        }
        let start = self.position - self.position % RANGE;
        let bytes = self.range(start)?;
        let at = usize::try_from(self.position - start).unwrap_or(usize::MAX);
        let found = bytes.get(at..).unwrap_or_default();
        let length = found.len().min(buffer.len());
        for (to, from) in buffer.iter_mut().zip(found) {
            *to = *from;
        }
        self.position += length as u64;
        Ok(length)
    }
}

impl Seek for Ranges {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let (base, offset) = match to {
            SeekFrom::Start(position) => (position, 0),
            SeekFrom::End(offset) => (self.object.file.size, offset),
            SeekFrom::Current(offset) => (self.position, offset),
        };
        let before = || io::Error::new(io::ErrorKind::InvalidInput, "before the beginning");
        self.position = base.checked_add_signed(offset).ok_or_else(before)?;
        Ok(self.position)
    }
}
