//! Fetching a package's files: from the user's bucket into the service's own keeping, each compared with the manifest.

use std::collections::BTreeMap;
use std::io;

use futures::TryStreamExt;
use sha2::{Digest, Sha256};

use super::manifest::Manifest;
use super::source::Place;
use crate::blobs::Piece;
use crate::random;
use crate::ssm::find_document;
use crate::state::State;
use crate::store::{Blob, NewAttachment, Source, Version};

/// Distributor: one file.
const LARGEST_FILE: i64 = 1024 * 1024 * 1024;

/// Why a version cannot become active.
enum Failure {
    /// In words, for `StatusInformation`.
    Told(String),
    /// The emulator itself fails.
    Internal(String),
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<String> for Failure {
    fn from(told: String) -> Self {
        Self::Told(told)
    }
}

/// Takes up again what an earlier process left unfinished.
///
/// # Errors
/// What SQLite says.
pub(crate) async fn resume(state: &State) -> Result<(), sqlx::Error> {
    for (document, number) in state.store().unfinished_versions().await? {
        tokio::spawn(fetch(state.clone(), document, number));
    }
    Ok(())
}

/// Fetches the files of a version, then makes it active, or failed with the cause.
pub(crate) async fn fetch(state: State, document: i64, number: i64) {
    let mut fetched = Vec::new();
    let outcome = fetch_all(&state, document, number, &mut fetched).await;
    let information = match outcome {
        Ok(true) => return,
        Ok(false) => None,
        Err(Failure::Told(information)) => Some(information),
        // Stopped: the next start takes it up.
        Err(Failure::Internal(_)) if state.store().is_closed() => None,
        Err(Failure::Internal(error)) => {
            tracing::error!(%error, document, number, "a package's files could not be fetched");
            Some("An internal error occurred while the attachments were processed.".to_owned())
        }
    };
    let files: Vec<_> =
        fetched.into_iter().flat_map(|attachment| attachment.blobs).map(|blob| blob.file).collect();
    state.blobs().remove(&files).await;
    if let Some(information) = information
        && let Err(error) = state.store().fail_version(document, number, &information).await
    {
        tracing::error!(%error, document, number, "a package's failure could not be stored");
    }
}

/// Says whether the files were taken into a version that is still there.
async fn fetch_all(
    state: &State,
    document: i64,
    number: i64,
    fetched: &mut Vec<NewAttachment>,
) -> Result<bool, Failure> {
    let Some(version) = state.store().unfinished_version(document, number).await? else { return Ok(false) };
    let manifest = Manifest::read(&version.content).map_err(|error| format!("{error:?}"))?;
    let files = manifest.files(version.version_name.as_deref())?;
    let places = places(&version)?;
    if let Some(name) = places.by_file.keys().find(|name| !files.contains_key(&***name)) {
        return Err(Failure::Told(format!(
            "The attachment '{name}' is not among the files of the manifest."
        )));
    }
    for (name, sha256) in files {
        let place = places.of(name)?;
        let blobs = link(state, name, &place).await?;
        fetched.push(NewAttachment { name: name.to_owned(), sha256: sha256.clone(), blobs });
        let found = hash(state, fetched.last().map_or(&[][..], |attachment| &attachment.blobs)).await?;
        if found != sha256 {
            return Err(Failure::Told(format!(
                "The SHA-256 checksum of the attachment '{name}' is {found}; the manifest has {sha256}."
            )));
        }
    }
    Ok(state.store().finish_version(document, number, fetched).await?)
}

/// The places of a version's sources: for single files, and the folder for all others.
struct Places {
    by_file: BTreeMap<String, Place>,
    folder: Option<(String, String)>,
}

fn places(version: &Version) -> Result<Places, String> {
    let mut places = Places { by_file: BTreeMap::new(), folder: None };
    for source in &*version.sources {
        match (Place::of(source)?, source) {
            (Place::Folder { bucket, prefix }, _) => places.folder = Some((bucket, prefix)),
            (place, Source { name, .. }) => {
                let file = name.clone().or_else(|| place.file().map(str::to_owned)).unwrap_or_default();
                places.by_file.insert(file, place);
            }
        }
    }
    Ok(places)
}

impl Places {
    fn of(&self, file: &str) -> Result<Place, String> {
        if let Some(place) = self.by_file.get(file) {
            return Ok(place.clone());
        }
        let (bucket, prefix) = self
            .folder
            .as_ref()
            .ok_or_else(|| format!("No attachment source was given for the file '{file}'."))?;
        let key = if prefix.is_empty() { file.to_owned() } else { format!("{prefix}/{file}") };
        Ok(Place::Object { bucket: bucket.clone(), key })
    }
}

/// Takes a second hold of a file's blobs, so that the original may go or change.
async fn link(state: &State, name: &str, place: &Place) -> Result<Vec<Blob>, Failure> {
    let originals = originals(state, place).await?;
    if originals.iter().map(|blob| blob.size).sum::<i64>() > LARGEST_FILE {
        return Err(Failure::Told(format!("The attachment '{name}' is larger than 1 GB.")));
    }
    let mut copies = Vec::new();
    for original in originals {
        let file = random::uuid(state.random());
        match state.blobs().link(&original.file, &file).await {
            Ok(()) => copies.push(Blob { file, size: original.size }),
            Err(error) => {
                let files: Vec<_> = copies.into_iter().map(|copy| copy.file).collect();
                state.blobs().remove(&files).await;
                let gone = error.kind() == io::ErrorKind::NotFound;
                return Err(match gone {
                    true => {
                        Failure::Told(format!("The attachment '{name}' was deleted while it was fetched."))
                    }
                    false => error.into(),
                });
            }
        }
    }
    Ok(copies)
}

async fn originals(state: &State, place: &Place) -> Result<Vec<Blob>, Failure> {
    match place {
        Place::Object { bucket, key } | Place::Folder { bucket, prefix: key } => {
            let object = state.store().object(bucket, key).await?;
            let missing = || format!("The attachment s3://{bucket}/{key} does not exist or cannot be read.");
            let (_, blobs) = object.ok_or_else(missing)?;
            Ok(blobs)
        }
        Place::Attachment { document, version, file } => {
            let missing =
                || format!("The attachment '{file}' of version {version} of {document} does not exist.");
            let found = find_document(state, document).await.map_err(|error| match error.status {
                500.. => Failure::Internal(error.message.unwrap_or_default()),
                _ => Failure::Told(missing()),
            })?;
            let number = version.parse().map_err(|_| missing())?;
            let blobs = state.store().attachment_blobs(found.id, number, file).await?;
            if blobs.is_empty() { Err(missing().into()) } else { Ok(blobs) }
        }
    }
}

async fn hash(state: &State, blobs: &[Blob]) -> Result<String, Failure> {
    let pieces = blobs.iter().map(|blob| Piece {
        file: blob.file.clone(),
        offset: 0,
        length: u64::try_from(blob.size).unwrap_or_default(),
    });
    let bytes = state.blobs().stream(pieces.collect());
    let hasher = bytes
        .try_fold(Sha256::new(), |mut hasher, bytes| async move {
            hasher.update(&bytes);
            Ok(hasher)
        })
        .await?;
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}
