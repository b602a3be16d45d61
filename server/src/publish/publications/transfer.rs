//! A zip on its way out: written, hashed and sent in one pass, a few parts at a time.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use domain::packages::publications::Failure;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::aws::{AwsPublishing, SentPart, Stored};
use crate::hash::hex;
use crate::publish::prepare::Zip;
use crate::publish::zip::Layout;

/// Bytes of a part: S3 takes 5 MiB–5 GiB and 10,000 of them. With [`IN_FLIGHT`], one that waits and one that is being
/// read, parts take 40 MiB of memory at most.
const PART: usize = 8 * 1024 * 1024;
/// Parts under way at once.
const IN_FLIGHT: usize = 3;

/// Where a zip goes.
#[derive(Clone, Copy, Debug)]
pub struct Destination<'a> {
    /// The bucket.
    pub bucket: &'a str,
    /// The key.
    pub key: &'a str,
    /// The publication that writes it.
    pub publication: &'a str,
    /// The upload that it has begun for it.
    pub upload: &'a str,
}

/// Sends a zip, and makes an object of it if its hash is what it must be and nothing is there. `sent` grows on the way. None when it was
/// halted between parts.
///
/// # Errors
/// Why not; the upload stays to be given up.
pub async fn send(
    aws: &AwsPublishing,
    to: Destination<'_>,
    zip: &Zip,
    sent: &AtomicU64,
    halt: &CancellationToken,
) -> Result<Option<Stored>, Failure> {
    let Destination { bucket, key, publication, upload } = to;
    let (parts, coming) = mpsc::channel(1);
    let (layout, software) = (zip.layout.clone(), zip.software.clone());
    let reading = tokio::task::spawn_blocking(move || read(&layout, &software, &parts));
    let send_part = |(number, bytes): (i32, Bytes)| async move {
        let length = bytes.len() as u64;
        let part = aws.send_part(bucket, key, upload, (number, bytes)).await;
        sent.fetch_add(length, Ordering::Relaxed);
        part.map_err(|error| Failure::Aws { error })
    };
    let numbered = stream::unfold((coming, 1), |(mut coming, number)| async move {
        let bytes = coming.recv().await?;
        Some(((number, bytes), (coming, number + 1)))
    });
    let sending = numbered.map(send_part).buffer_unordered(IN_FLIGHT).try_collect();
    let Some(parts): Option<Result<Vec<SentPart>, Failure>> = halt.run_until_cancelled(sending).await else {
        return Ok(None);
    };
    let parts = parts?;
    let unreadable = || Failure::Unreadable { file_name: zip.file_name.clone() };
    let sha256 = reading.await.map_err(|_| unreadable())?.map_err(|error| {
        tracing::error!(%error, name = zip.name, "a draft's file cannot be read");
        unreadable()
    })?;
    if sha256 != zip.sha256 {
        return Err(Failure::HashDiffers { zip_name: zip.name.clone() });
    }
    let stored = aws.complete_upload(bucket, key, (upload, publication), parts).await;
    stored.map(Some).map_err(|error| Failure::Aws { error })
}

/// Reads the zip part by part, for as long as somebody takes them; returns its SHA-256.
fn read(layout: &Layout, software: &Path, parts: &mpsc::Sender<Bytes>) -> io::Result<String> {
    let software = File::open(software)?.take(layout.software_size);
    let mut zip = Cursor::new(&layout.head).chain(software).chain(Cursor::new(&layout.tail));
    let mut sha256 = Sha256::new();
    loop {
        let mut part = Vec::with_capacity(PART);
        zip.by_ref().take(PART as u64).read_to_end(&mut part)?;
        if part.is_empty() {
            return Ok(hex(&sha256.finalize()));
        }
        sha256.update(&part);
        if parts.blocking_send(part.into()).is_err() {
            // Nobody will ask for the hash.
            return Ok(String::new());
        }
    }
}
