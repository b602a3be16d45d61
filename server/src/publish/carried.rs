//! Takes software and scripts out of a zip that was published before, so that its scripts can be edited.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use app::ports::{Drafts as _, FileBody};
use domain::errors::{ApiError, Rule};
use domain::packages::drafts::{BaseZip, Draft, DraftFile, EditedScripts, FileState, MAX_SCRIPT, NewFile};
use domain::packages::limits::MAX_FILE_BYTES;
use domain::packages::scripts::{Action, Language};
use domain::packages::software::Software;
use flate2::read::DeflateDecoder;
use futures::TryStreamExt as _;
use rawzip::{CompressionMethod, RECOMMENDED_BUFFER_SIZE, ZipArchive, ZipArchiveEntryWayfinder};
use sha2::{Digest as _, Sha256};

use super::drafts::{Changed, StoredDrafts, internal, look, refusal, unwritable};
use super::sums::{Sums, each_chunk};
use super::uploads::{Ended, is_full};
use crate::hash::hex;

/// Most files in a zip that is taken apart: the software and its scripts.
const MAX_ENTRIES: usize = 1 + Action::ALL.len();

/// What was in a zip.
struct Contents {
    file_name: String,
    software: Software,
    sums: Sums,
    scripts: EditedScripts,
}

/// Why a zip cannot be taken apart.
#[derive(Debug)]
enum Obstacle {
    /// It is not made as Sekisho makes zips: one software file at the root, and scripts.
    Layout,
    /// It is not the zip that the manifest names.
    Checksum,
    /// The disk, or what lies on it.
    Io(io::Error),
}

impl From<io::Error> for Obstacle {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl StoredDrafts {
    /// Makes a carried file one whose scripts can be edited. For as long as they are not, it is published as the same zip.
    ///
    /// # Errors
    /// `Invalid` at the file where its zip holds something else than a software file with its scripts, or where there is
    /// no room; `NotFound`, `Conflict`, `Unreachable`, `Internal`.
    pub(super) async fn take_zip_apart(
        &self,
        id: &str,
        file: &str,
        zip: FileBody,
    ) -> Result<Draft, ApiError> {
        let slot = self.slots.take(file);
        let _busy = slot.busy.lock().await;
        let draft = self.read(id).await?;
        let found = draft.files.iter().find(|found| found.id == file).ok_or(ApiError::NotFound)?;
        let FileState::Carried { zip: base } = &found.state else { return Ok(draft) };
        if self.room(&draft.username).await?.left() < base.size {
            return Err(at(file, Rule::NoRoom));
        }
        let (id, found, base) = (id.to_owned(), found.clone(), base.clone());
        let fetched = self.random.uuid();
        let taken = match self.fetch(&id, &fetched, (&found, &base), zip).await {
            Ok(path) => self.unpack(&id, &found, &base, path).await,
            Err(error) => Err(error),
        };
        self.area.remove_file(&id, &fetched).await.map_err(unwritable)?;
        // Fetching takes its time: others may have done something meanwhile.
        let draft = self.read(&id).await?;
        if draft.file(file).is_some_and(|found| !found.is_carried()) {
            return Ok(draft);
        }
        let changed = match taken.and_then(|contents| made_ready(&draft, file, base, contents)) {
            Ok((file, sums)) => {
                let changed = self.store.settle_file(&id, &file, Some(&sums), self.clock.now()).await;
                changed.map_err(internal)?
            }
            Err(error) => {
                self.area.remove_file(&id, file).await.map_err(unwritable)?;
                return Err(error);
            }
        };
        if changed != Changed::Done {
            self.area.remove_file(&id, file).await.map_err(unwritable)?;
            return Err(refusal(changed));
        }
        self.read(&id).await
    }

    async fn fetch(
        &self,
        draft: &str,
        name: &str,
        (file, base): (&DraftFile, &BaseZip),
        zip: FileBody,
    ) -> Result<PathBuf, ApiError> {
        let bytes = zip.body.into_data_stream().map_err(io::Error::other);
        let stop = tokio_util::sync::CancellationToken::new();
        let ended = self.write(draft, name, (0, base.size), bytes, &stop).await.map_err(unwritable)?;
        match ended {
            Ended::All => self.area.path(draft, name).map_err(unwritable),
            Ended::Full => Err(at(&file.id, Rule::NoRoom)),
            Ended::TooLong | Ended::Broken => {
                Err(ApiError::Unreachable { message: "the file did not arrive whole".to_owned() })
            }
        }
    }

    async fn unpack(
        &self,
        draft: &str,
        file: &DraftFile,
        base: &BaseZip,
        zip: PathBuf,
    ) -> Result<Contents, ApiError> {
        let (to, expected) = (self.area.path(draft, &file.id).map_err(unwritable)?, base.sha256.clone());
        let unpacked = tokio::task::spawn_blocking(move || contents(&zip, &to, &expected)).await;
        unpacked.map_err(|_| ApiError::Internal)?.map_err(|obstacle| match obstacle {
            Obstacle::Layout => at(&file.id, Rule::SoftwareZip),
            Obstacle::Checksum => ApiError::Upstream {
                code: "ChecksumMismatch".to_owned(),
                message: "the file is not the one that the manifest names".to_owned(),
                request_id: None,
            },
            Obstacle::Io(error) if is_full(&error) => at(&file.id, Rule::NoRoom),
            Obstacle::Io(error) => unwritable(error),
        })
    }
}

/// The carried file as one whose scripts can be edited.
fn made_ready(
    draft: &Draft,
    file: &str,
    base: BaseZip,
    contents: Contents,
) -> Result<(DraftFile, Sums), ApiError> {
    let Contents { file_name, software, sums, scripts } = contents;
    let found = draft.file(file).ok_or(ApiError::NotFound)?;
    let same_name = |other: &DraftFile| other.id != file && other.file_name.eq_ignore_ascii_case(&file_name);
    if draft.files.iter().any(same_name) {
        return Err(at(file, Rule::NameTaken));
    }
    let state = FileState::Ready { sha256: sums.sha256.clone(), base: Some(base) };
    let size = sums.size.into();
    let software = Some(software);
    let mut file = DraftFile { file_name, size, received: size, state, software, ..found.clone() };
    file.scripts = scripts.without(&file.generated_scripts());
    Ok((file, sums))
}

fn at(file: &str, rule: Rule) -> ApiError {
    ApiError::field(format!("unpack.{file}"), rule)
}

/// Takes a zip apart: the software goes to a file of its own.
fn contents(zip: &Path, to: &Path, expected: &str) -> Result<Contents, Obstacle> {
    let mut hash = Sha256::new();
    each_chunk(&mut File::open(zip)?, |chunk| hash.update(chunk))?;
    if hex(&hash.finalize()) != expected {
        return Err(Obstacle::Checksum);
    }
    let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
    let archive = ZipArchive::from_file(File::open(zip)?, &mut buffer).map_err(|_| Obstacle::Layout)?;
    let mut found = Vec::new();
    let mut records = archive.entries(&mut buffer);
    while let Some(record) = records.next_entry().map_err(|_| Obstacle::Layout)? {
        let name = std::str::from_utf8(record.file_path().as_bytes()).map_err(|_| Obstacle::Layout)?;
        if found.len() == MAX_ENTRIES || record.flags().is_encrypted() {
            return Err(Obstacle::Layout);
        }
        found.push((name.to_owned(), record.compression_method(), record.wayfinder()));
    }
    let (scripts, others): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|(name, ..)| script(name).is_some());
    let [(file_name, method, place)] = others.as_slice() else { return Err(Obstacle::Layout) };
    if (NewFile { file_name: file_name.clone(), size: 1 }).refused().is_some() {
        return Err(Obstacle::Layout);
    }
    unpack(&archive, *method, *place, MAX_FILE_BYTES, &mut File::create(to)?)?;
    let (software, sums) = look(to, file_name)?.map_err(|_| Obstacle::Layout)?;
    let mut texts = EditedScripts::default();
    for (name, method, place) in scripts {
        let Some((action, language)) = script(&name) else { continue };
        let mut bytes = Vec::new();
        unpack(&archive, method, place, MAX_SCRIPT.into(), &mut bytes)?;
        let text = String::from_utf8(bytes).map_err(|_| Obstacle::Layout)?;
        if language != Language::of(software.kind) {
            return Err(Obstacle::Layout);
        }
        *texts.script_mut(action) = Some(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned));
    }
    Ok(Contents { file_name: file_name.clone(), software, sums, scripts: texts })
}

fn script(name: &str) -> Option<(Action, Language)> {
    let all = Action::ALL.into_iter().flat_map(|action| Language::ALL.map(|language| (action, language)));
    all.into_iter().find(|(action, language)| action.file_name(*language) == name)
}

/// Writes an entry's bytes, which must be those of its checksum.
fn unpack(
    archive: &ZipArchive<impl rawzip::ReaderAt>,
    method: CompressionMethod,
    place: ZipArchiveEntryWayfinder,
    limit: u64,
    to: &mut impl Write,
) -> Result<(), Obstacle> {
    let entry = archive.get_entry(place).map_err(|_| Obstacle::Layout)?;
    let packed = entry.reader();
    let unpacked: Box<dyn Read + '_> = match method {
        CompressionMethod::STORE => Box::new(packed),
        CompressionMethod::DEFLATE => Box::new(DeflateDecoder::new(packed)),
        _ => return Err(Obstacle::Layout),
    };
    let mut bytes = entry.verifying_reader(unpacked).take(limit + 1);
    let mut buffer = vec![0; 64 * 1024];
    let mut written = 0;
    loop {
        // The zip was read before: what fails here is in it.
        let read = bytes.read(&mut buffer).map_err(|_| Obstacle::Layout)?;
        if read == 0 {
            return Ok(());
        }
        written += read as u64;
        if written > limit {
            return Err(Obstacle::Layout);
        }
        to.write_all(&buffer[..read])?;
    }
}

#[cfg(test)]
mod tests;
