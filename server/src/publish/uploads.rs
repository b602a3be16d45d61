//! Files on their way in: from a request's body to the disk, a piece at a time, and on where a broken connection stopped.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use app::ports::Drafts as _;
use bytes::Bytes;
use domain::errors::ApiError;
use domain::packages::drafts::{DraftFile, FileRefused, FileState, NewFile};
use domain::packages::limits::MAX_FILE_BYTES;
use futures::{Stream, StreamExt as _};
use tokio::io::AsyncWriteExt as _;
use tokio_util::sync::CancellationToken;

use super::drafts::{StoredDrafts, unwritable};

/// A sender that is silent for this long has gone.
const SILENCE: Duration = Duration::from_secs(60);

/// What a part of a file came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Receipt {
    /// More is to come.
    Partial(DraftFile),
    /// All of it is there, and it was looked at.
    Whole(DraftFile),
}

/// Why a part of a file was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UploadFailure {
    /// It does not begin where the file stops.
    Offset {
        /// Where it stops.
        received: u64,
    },
    /// The file has arrived, or is none to be sent.
    Settled(Box<DraftFile>),
    /// The connection broke, or another takes its place: what has come is kept.
    Broken,
    /// Anything else.
    Api(ApiError),
}

impl From<ApiError> for UploadFailure {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

/// A file of a form.
pub struct FormFile<S> {
    /// As the browser calls it.
    pub name: String,
    /// At most this many bytes are to come: those of the rest of the form.
    pub at_most: u64,
    /// Its bytes.
    pub bytes: S,
}

/// One writer a file: a browser that was cut off begins anew before its old connection has been given up.
#[derive(Debug, Default)]
pub struct Slots(Mutex<HashMap<String, Slot>>);

#[derive(Clone, Debug, Default)]
pub(super) struct Slot {
    pub(super) busy: Arc<tokio::sync::Mutex<()>>,
    stop: CancellationToken,
}

impl Slots {
    /// Ends whoever writes the file.
    pub fn stop(&self, file: &str) {
        let slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = slots.get(file) {
            slot.stop.cancel();
        }
    }

    /// Takes the place of whoever writes the file.
    pub(super) fn take(&self, file: &str) -> Slot {
        let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Nobody holds those of files that are settled.
        slots.retain(|_, slot| Arc::strong_count(&slot.busy) > 1);
        let slot = slots.entry(file.to_owned()).or_default();
        slot.stop.cancel();
        slot.stop = CancellationToken::new();
        slot.clone()
    }

    fn is_busy(&self, file: &str) -> bool {
        let slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        slots.get(file).is_some_and(|slot| slot.busy.try_lock().is_err())
    }
}

pub(super) enum Ended {
    All,
    Full,
    Broken,
    TooLong,
}

impl StoredDrafts {
    /// How many bytes of a file are there, and how many there will be.
    ///
    /// # Errors
    /// `NotFound`; `Internal` when the database fails.
    pub async fn offset(&self, draft: &str, file: &str) -> Result<(u64, u64), ApiError> {
        let file = self.file(draft, file).await?;
        Ok((file.received, file.size))
    }

    /// Takes bytes of a file from `offset` on, and looks at it when they are all there.
    ///
    /// # Errors
    /// [`UploadFailure`].
    pub async fn receive<E>(
        &self,
        draft: &str,
        file: &str,
        offset: u64,
        bytes: impl Stream<Item = Result<Bytes, E>> + Send,
    ) -> Result<Receipt, UploadFailure> {
        let slot = self.slots.take(file);
        let _busy = slot.busy.lock().await;
        let mut file = self.file(draft, file).await?;
        if !matches!(file.state, FileState::Uploading | FileState::Checking) {
            return Err(UploadFailure::Settled(Box::new(file)));
        }
        if offset > file.received {
            return Err(UploadFailure::Offset { received: file.received });
        }
        let room = file.size - offset;
        let ended = self.write(draft, &file.id, (offset, room), bytes, &slot.stop).await;
        file.received = self.area.received(draft, &file.id).await;
        match ended.map_err(unwritable)? {
            Ended::Full => Ok(Receipt::Whole(self.refuse(draft, file, FileRefused::DiskFull).await?)),
            // More than was announced is not what was announced.
            Ended::TooLong => Ok(Receipt::Whole(self.refuse(draft, file, FileRefused::Longer).await?)),
            Ended::All | Ended::Broken if file.received == file.size => {
                Ok(Receipt::Whole(self.check(draft, file).await?))
            }
            Ended::All => Ok(Receipt::Partial(file)),
            Ended::Broken => Err(UploadFailure::Broken),
        }
    }

    /// Takes a whole file whose size nobody has said.
    ///
    /// # Errors
    /// [`UploadFailure`].
    pub async fn receive_form<E>(
        &self,
        draft: &str,
        file: FormFile<impl Stream<Item = Result<Bytes, E>> + Send>,
    ) -> Result<DraftFile, UploadFailure> {
        let owner = self.read(draft).await?.username;
        let left = self.room(&owner).await?.left();
        // Room is kept for as much as may come; where there is less, that much may.
        let size = file.at_most.min(MAX_FILE_BYTES + 1).min(left.max(1)).max(1);
        let announced = NewFile { file_name: file.name, size: size.min(MAX_FILE_BYTES) };
        let mut added = self.add_file(draft, announced).await?;
        let mut bytes = std::pin::pin!(file.bytes);
        if matches!(added.state, FileState::Refused { .. }) {
            // The rest of the form comes after it.
            while bytes.next().await.is_some_and(|piece| piece.is_ok()) {}
            return Ok(added);
        }
        let slot = self.slots.take(&added.id);
        let _busy = slot.busy.lock().await;
        let room = added.size;
        let ended = self.write(draft, &added.id, (0, room), bytes.by_ref(), &slot.stop).await;
        let received = self.area.received(draft, &added.id).await;
        let refused = match ended.map_err(unwritable)? {
            Ended::Full => Some(FileRefused::DiskFull),
            Ended::TooLong if room == MAX_FILE_BYTES => Some(FileRefused::TooLarge { max: MAX_FILE_BYTES }),
            Ended::TooLong => Some(FileRefused::Quota { left }),
            Ended::All if received == 0 => Some(FileRefused::Empty),
            Ended::All => None,
            Ended::Broken => {
                self.remove_file(draft, &added.id).await?;
                return Err(UploadFailure::Broken);
            }
        };
        if let Some(reason) = refused {
            while bytes.next().await.is_some_and(|piece| piece.is_ok()) {}
            return Ok(self.refuse(draft, added, reason).await?);
        }
        added.size = received;
        Ok(self.check(draft, added).await?)
    }

    /// Looks at a file that has arrived, unless somebody does: the server ended in the middle of it.
    pub(super) fn check_soon(&self, draft: &str, file: &DraftFile) {
        if self.slots.is_busy(&file.id) {
            return;
        }
        let (drafts, draft, file) = (self.clone(), draft.to_owned(), file.id.clone());
        tokio::spawn(async move {
            let nothing = futures::stream::empty::<Result<Bytes, io::Error>>();
            let received = drafts.offset(&draft, &file).await.map(|(received, _)| received);
            let checked = match received {
                Ok(received) => drafts.receive(&draft, &file, received, nothing).await,
                Err(error) => Err(error.into()),
            };
            if let Err(failure) = checked {
                tracing::info!(draft, file, ?failure, "a file that has arrived could not be looked at");
            }
        });
    }

    /// Writes what comes, as far as there is room for it, until it ends, breaks off or is told to stop.
    pub(super) async fn write<E>(
        &self,
        draft: &str,
        file: &str,
        (offset, mut room): (u64, u64),
        bytes: impl Stream<Item = Result<Bytes, E>> + Send,
        stop: &CancellationToken,
    ) -> io::Result<Ended> {
        let mut bytes = std::pin::pin!(bytes);
        let mut written = match self.area.open(draft, file, offset).await {
            Err(error) if is_full(&error) => return Ok(Ended::Full),
            opened => opened?,
        };
        let ended = loop {
            let next = tokio::time::timeout(SILENCE, bytes.next());
            let piece = match stop.run_until_cancelled(next).await {
                None | Some(Err(_) | Ok(Some(Err(_)))) => break Ended::Broken,
                Some(Ok(None)) => break Ended::All,
                Some(Ok(Some(Ok(piece)))) => piece,
            };
            if piece.len() as u64 > room {
                break Ended::TooLong;
            }
            room -= piece.len() as u64;
            match written.write_all(&piece).await {
                Err(error) if is_full(&error) => break Ended::Full,
                done => done?,
            }
        };
        match written.flush().await {
            Err(error) if is_full(&error) => return Ok(Ended::Full),
            done => done?,
        }
        written.sync_all().await?;
        Ok(ended)
    }
}

pub(super) fn is_full(error: &io::Error) -> bool {
    // The last where a limit is set for the process (RLIMIT_FSIZE).
    matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge
    )
}
