//! Software to upload, and drafts to publish.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use app::ports::{Clock, Drafts as _, Random};
use bytes::Bytes;
use domain::packages::drafts::{
    DraftChange, DraftFile, DraftKind, EditedScripts, FileState, NewDraft, NewFile,
};
use domain::packages::manifest::{Manifest, ManifestFile};
use domain::packages::platform::Target;
use futures::stream;
use time::{Duration, OffsetDateTime};

use super::{DraftArea, DraftStore, Quota, Receipt, StoredDrafts};
use crate::clock::SystemClock;
use crate::random::SystemRandom;
use crate::store::testing::Fresh;

/// The system's clock, which can be put forward: S3's own clock is asked for the age of uploads.
#[derive(Default)]
pub struct ShiftedClock(AtomicI64);

impl ShiftedClock {
    pub fn pass(&self, time: Duration) {
        self.0.fetch_add(time.whole_seconds(), Ordering::Relaxed);
    }
}

impl Clock for ShiftedClock {
    fn now(&self) -> OffsetDateTime {
        SystemClock.now() + Duration::seconds(self.0.load(Ordering::Relaxed))
    }
}

/// Room for little, which tests fill.
pub const QUOTA: Quota = Quota { person: 100 << 20, all: 120 << 20 };

/// Drafts in a fresh database and folder.
pub struct Desk {
    pub drafts: StoredDrafts,
    pub clock: Arc<ShiftedClock>,
    pub folder: tempfile::TempDir,
}

impl Desk {
    pub fn new(database: &Fresh) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(ShiftedClock::default());
        let (as_clock, random): (Arc<dyn Clock>, Arc<dyn Random>) = (clock.clone(), Arc::new(SystemRandom));
        let store = DraftStore::new(database.store.pool());
        let drafts = StoredDrafts::new(store, DraftArea::new(folder.path()), QUOTA, &as_clock, &random);
        Self { drafts, clock, folder }
    }

    /// An empty draft of Ann's.
    pub async fn draft(&self) -> String {
        let new = NewDraft::new(DraftKind::Simple);
        self.drafts.create("ann", new).await.unwrap().id
    }

    /// Sends a whole file.
    pub async fn upload(&self, draft: &str, name: &str, bytes: &[u8]) -> DraftFile {
        let new = NewFile { file_name: name.to_owned(), size: bytes.len() as u64 };
        let file = self.drafts.add_file(draft, new).await.unwrap();
        if matches!(file.state, FileState::Refused { .. }) {
            return file;
        }
        match self.drafts.receive(draft, &file.id, 0, pieces(bytes)).await.unwrap() {
            Receipt::Whole(file) => file,
            Receipt::Partial(file) => panic!("{file:?}"),
        }
    }

    /// A draft that can be published: one `.deb` of about this size, with scripts.
    pub async fn complete(&self, name: &str, bucket: &str, size: usize) -> String {
        let draft = self.draft().await;
        let file = self.upload(&draft, "tool_1.0_amd64.deb", &deb("tool", size)).await;
        assert!(file.is_ready(), "{file:?}");
        let script = |text: &str| Some(text.to_owned());
        let changes = vec![
            DraftChange::Details {
                name: name.to_owned(),
                version_name: "1.0".to_owned(),
                publisher: "ACME".to_owned(),
            },
            DraftChange::Location { bucket: bucket.to_owned(), prefix: format!("{name}/1.0") },
            DraftChange::Targets {
                file: file.id.clone(),
                targets: vec![Target::new("ubuntu", "_any", "x86_64")],
            },
            DraftChange::Scripts {
                file: file.id,
                scripts: EditedScripts {
                    install: script("dpkg -i tool_1.0_amd64.deb\nexit 0\n"),
                    uninstall: script("dpkg -r tool\nexit 0\n"),
                    ..EditedScripts::default()
                },
            },
        ];
        self.drafts.change(&draft, 1, changes).await.unwrap();
        draft
    }

    /// How many files of drafts are there.
    pub fn files(&self) -> usize {
        let folders = std::fs::read_dir(self.folder.path()).unwrap();
        folders.map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap().count()).sum()
    }
}

/// Bytes as a request brings them.
pub fn pieces(bytes: &[u8]) -> impl futures::Stream<Item = Result<Bytes, std::io::Error>> + Send + use<> {
    let pieces: Vec<_> = bytes.chunks(64 * 1024).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    stream::iter(pieces)
}

/// A Debian package with this much in its data archive, which nobody unpacks.
pub fn deb(name: &str, payload: usize) -> Vec<u8> {
    let control = format!(
        "Package: {name}\nVersion: 1.0\nArchitecture: amd64\nMaintainer: ACME <acme@example.com>\nDescription: a tool\n"
    );
    let mut archive = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_ustar();
    header.set_size(control.len() as u64);
    header.set_mode(0o644);
    archive.append_data(&mut header, "./control", control.as_bytes()).unwrap();
    let control = archive.into_inner().unwrap();
    let data = numbered(payload);
    let mut deb = b"!<arch>\n".to_vec();
    for (name, bytes) in [("debian-binary", &b"2.0\n"[..]), ("control.tar", &control), ("data.tar", &data)] {
        let header = format!("{name:<16}{:<12}{:<6}{:<6}{:<8}{:<10}`\n", 0, 0, 0, 100_644, bytes.len());
        deb.extend_from_slice(header.as_bytes());
        deb.extend_from_slice(bytes);
        if bytes.len() % 2 == 1 {
            deb.push(b'\n');
        }
    }
    deb
}

/// So many bytes, no two blocks of which are alike: what lands in a wrong place is seen.
fn numbered(size: usize) -> Vec<u8> {
    let mut bytes = vec![0x5a; size];
    for (number, block) in bytes.as_chunks_mut::<64>().0.iter_mut().enumerate() {
        block[..8].copy_from_slice(&number.to_le_bytes());
    }
    bytes
}

/// A zip of these files, stored.
pub fn zip_of(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = rawzip::ZipArchiveWriter::new(Vec::new());
    for (path, text) in files {
        let (mut entry, config) = archive.new_file(*path).start().unwrap();
        let mut writer = config.wrap(&mut entry);
        std::io::Write::write_all(&mut writer, text.as_bytes()).unwrap();
        let (_, descriptor) = writer.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap()
}

/// A manifest of these zips and checksums, the first for Ubuntu 1, and so on.
pub fn manifest_of(files: &[(&str, &str)]) -> String {
    let mut manifest = Manifest { version: "1.0".to_owned(), ..Manifest::default() };
    for (number, (name, sha256)) in files.iter().enumerate() {
        let sha256 = (*sha256).to_owned();
        manifest.files.insert((*name).to_owned(), ManifestFile { sha256, ..ManifestFile::default() });
        let versions = manifest.packages.entry("ubuntu".to_owned()).or_default();
        let architectures = versions.entry(format!("{}", number + 1)).or_default();
        architectures.insert("_any".to_owned(), (*name).to_owned());
    }
    manifest.to_text()
}
