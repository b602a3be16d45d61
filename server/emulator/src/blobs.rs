//! The bytes of objects and attachments: files of the data folder, each written whole before anything names it.

use std::collections::HashSet;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::Body;
use bytes::Bytes;
use futures::{Stream, StreamExt, TryStreamExt};
use md5::{Digest, Md5};
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio::sync::mpsc;
use tokio_util::io::ReaderStream;

use crate::checksum::Algorithm;

/// How many pieces of a body wait for the disk; more would only hold memory.
const WAITING: usize = 8;
/// How much is read from a file at once.
const READ: usize = 256 * 1024;

/// The folder of blobs; cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Blobs {
    folder: Arc<PathBuf>,
}

/// What is to be computed of a body while it is written, beside its MD5.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wanted {
    pub(crate) checksum: Option<Algorithm>,
    pub(crate) sha256: bool,
}

/// A blob as it was written.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) file: String,
    pub(crate) size: u64,
    pub(crate) md5: [u8; 16],
    /// In base64; of the wanted algorithm.
    pub(crate) checksum: Option<String>,
    pub(crate) sha256: Option<[u8; 32]>,
}

/// A part of a blob's bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) file: String,
    pub(crate) offset: u64,
    pub(crate) length: u64,
}

enum Message {
    Data(Bytes),
    End,
}

impl Blobs {
    /// The blobs of a data folder.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub(crate) fn open(data_dir: &Path) -> io::Result<Self> {
        let folder = data_dir.join("blobs");
        std::fs::create_dir_all(&folder)?;
        Ok(Self { folder: Arc::new(folder) })
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    /// Writes a body under a new name: complete and on the disk when this returns, or not there at all.
    ///
    /// # Errors
    /// What the body or the disk say.
    pub(crate) async fn write<S, E>(&self, file: String, body: S, wanted: Wanted) -> io::Result<Written>
    where
        S: Stream<Item = Result<Bytes, E>> + Unpin,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let (sender, receiver) = mpsc::channel(WAITING);
        let path = self.path(&file);
        let writer = tokio::task::spawn_blocking(move || write(&path, file, receiver, wanted));
        let sent = send(body, &sender).await;
        drop(sender);
        let written = writer.await.map_err(io::Error::other)?;
        sent?;
        written
    }

    /// Gives a blob a second name, without copying it where the file system can.
    pub(crate) async fn link(&self, from: &str, to: &str) -> io::Result<()> {
        let (from, to) = (self.path(from), self.path(to));
        tokio::task::spawn_blocking(move || match std::fs::hard_link(&from, &to) {
            Ok(()) => Ok(()),
            Err(_) => std::fs::copy(&from, &to).map(|_| ()),
        })
        .await
        .map_err(io::Error::other)?
    }

    /// Deletes blobs that nothing names any more; one that stays behind goes with the next start.
    pub(crate) async fn remove(&self, files: &[String]) {
        for file in files {
            if let Err(error) = tokio::fs::remove_file(self.path(file)).await {
                tracing::warn!(%error, file, "a blob could not be deleted");
            }
        }
    }

    /// Deletes what no row names: the leftovers of writes that were cut off.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub(crate) fn sweep(&self, named: &HashSet<String>) -> io::Result<()> {
        for entry in std::fs::read_dir(&*self.folder)? {
            let entry = entry?;
            if !entry.file_name().to_str().is_some_and(|name| named.contains(name)) {
                std::fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    /// The bytes of these pieces, one after the other, read as they are sent.
    pub(crate) fn stream(&self, pieces: Vec<Piece>) -> impl Stream<Item = io::Result<Bytes>> + Send + use<> {
        let blobs = self.clone();
        futures::stream::iter(pieces)
            .then(move |piece| {
                let path = blobs.path(&piece.file);
                async move {
                    let mut file = tokio::fs::File::open(path).await?;
                    file.seek(io::SeekFrom::Start(piece.offset)).await?;
                    Ok::<_, io::Error>(ReaderStream::with_capacity(file.take(piece.length), READ))
                }
            })
            .try_flatten()
    }

    /// The same as a body.
    pub(crate) fn body(&self, pieces: Vec<Piece>) -> Body {
        Body::from_stream(self.stream(pieces))
    }
}

async fn send<S, E>(mut body: S, sender: &mpsc::Sender<Message>) -> io::Result<()>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    while let Some(piece) = body.next().await {
        let piece = piece.map_err(|error| io::Error::new(io::ErrorKind::UnexpectedEof, error))?;
        if sender.send(Message::Data(piece)).await.is_err() {
            return Ok(()); // The writer has failed and says why.
        }
    }
    let _ = sender.send(Message::End).await;
    Ok(())
}

/// Writes beside the name, and takes the name when all is on the disk.
fn write(
    path: &Path,
    file: String,
    receiver: mpsc::Receiver<Message>,
    wanted: Wanted,
) -> io::Result<Written> {
    let partial = path.with_extension("partial");
    let outcome = fill(&partial, file, receiver, wanted);
    match outcome {
        Ok(written) => std::fs::rename(&partial, path).map(|()| written),
        Err(error) => {
            let _ = std::fs::remove_file(&partial);
            Err(error)
        }
    }
}

fn fill(
    path: &Path,
    file: String,
    mut receiver: mpsc::Receiver<Message>,
    wanted: Wanted,
) -> io::Result<Written> {
    let mut writer = BufWriter::new(std::fs::File::create(path)?);
    let mut md5 = Md5::new();
    let mut sha256 = wanted.sha256.then(sha2::Sha256::new);
    let mut checksum = wanted.checksum.map(Algorithm::hasher);
    let mut size = 0;
    loop {
        match receiver.blocking_recv() {
            Some(Message::Data(bytes)) => {
                md5.update(&bytes);
                if let Some(sha256) = &mut sha256 {
                    sha256.update(&bytes);
                }
                if let Some(checksum) = &mut checksum {
                    checksum.update(&bytes);
                }
                writer.write_all(&bytes)?;
                size += bytes.len() as u64;
            }
            Some(Message::End) => break,
            None => return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the body was cut off")),
        }
    }
    writer.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    Ok(Written {
        file,
        size,
        md5: md5.finalize().into(),
        checksum: checksum.map(crate::checksum::Hasher::finish),
        sha256: sha256.map(|hasher| hasher.finalize().into()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    type Pieces = Vec<Result<Bytes, io::Error>>;

    async fn write(blobs: &Blobs, file: &str, pieces: Pieces) -> io::Result<Written> {
        let wanted = Wanted { checksum: Some(Algorithm::Crc32), sha256: true };
        blobs.write(file.to_owned(), futures::stream::iter(pieces), wanted).await
    }

    async fn read(blobs: &Blobs, pieces: Vec<Piece>) -> Vec<u8> {
        let parts: Vec<Bytes> = blobs.stream(pieces).try_collect().await.unwrap();
        parts.concat()
    }

    fn piece(file: &str, offset: u64, length: u64) -> Piece {
        Piece { file: file.to_owned(), offset, length }
    }

    fn files(folder: &Path) -> usize {
        std::fs::read_dir(folder.join("blobs")).unwrap().count()
    }

    #[tokio::test]
    async fn what_is_written_is_read_in_any_piece() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(folder.path()).unwrap();
        let written = write(&blobs, "a", vec![Ok("12345".into()), Ok("6789".into())]).await.unwrap();
        assert_eq!((written.size, written.checksum.as_deref()), (9, Some("y/Q5Jg==")));
        blobs.link("a", "b").await.unwrap();
        blobs.remove(&["a".to_owned()]).await;
        assert_eq!(read(&blobs, vec![piece("b", 2, 3), piece("b", 0, 9)]).await, b"345123456789");
    }

    #[tokio::test]
    async fn a_body_that_is_cut_off_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(folder.path()).unwrap();
        let error = write(&blobs, "a", vec![Ok("12".into()), Err(io::Error::other("cut"))]).await;
        assert_eq!(error.unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
        assert_eq!(files(folder.path()), 0);
    }

    #[tokio::test]
    async fn the_sweep_keeps_what_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(folder.path()).unwrap();
        write(&blobs, "kept", vec![Ok("1".into())]).await.unwrap();
        write(&blobs, "lost", vec![Ok("2".into())]).await.unwrap();
        std::fs::write(folder.path().join("blobs/half.partial"), "3").unwrap();
        blobs.sweep(&HashSet::from(["kept".to_owned()])).unwrap();
        assert_eq!(read(&blobs, vec![piece("kept", 0, 1)]).await, b"1");
        assert_eq!(files(folder.path()), 1);
    }
}
