//! The draft area: `<data>/drafts/<draft>/<file>`, names being UUIDs that Sekisho has made.

use std::io::{self, SeekFrom};
use std::path::{Path, PathBuf};

use domain::registration::is_uuid;
use time::OffsetDateTime;
use tokio::fs::{self, File, OpenOptions};
use tokio::io::AsyncSeekExt as _;

/// The folder.
#[derive(Clone, Debug)]
pub struct DraftArea {
    root: PathBuf,
}

impl DraftArea {
    /// The area in this folder, which exists.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Where a file lies, or would.
    ///
    /// # Errors
    /// `InvalidInput` for what is no id: nothing else ever becomes part of a path.
    pub fn path(&self, draft: &str, file: &str) -> io::Result<PathBuf> {
        if is_uuid(draft) && is_uuid(file) {
            Ok(self.root.join(draft).join(file))
        } else {
            Err(io::Error::new(io::ErrorKind::InvalidInput, "not an id"))
        }
    }

    /// How many bytes of a file are there; 0 where there is none.
    pub async fn received(&self, draft: &str, file: &str) -> u64 {
        match self.path(draft, file) {
            Ok(path) => fs::metadata(path).await.map_or(0, |metadata| metadata.len()),
            Err(_) => 0,
        }
    }

    /// Opens a file to be written from `offset` on; what lay beyond is gone.
    ///
    /// # Errors
    /// What the operating system says.
    pub async fn open(&self, draft: &str, file: &str, offset: u64) -> io::Result<File> {
        let path = self.path(draft, file)?;
        private_folder(path.parent().unwrap_or(&self.root)).await?;
        let mut file = OpenOptions::new().write(true).create(true).truncate(false).open(path).await?;
        file.set_len(offset).await?;
        file.seek(SeekFrom::Start(offset)).await?;
        Ok(file)
    }

    /// Removes a file that may be there.
    ///
    /// # Errors
    /// What the operating system says.
    pub async fn remove_file(&self, draft: &str, file: &str) -> io::Result<()> {
        unless_gone(fs::remove_file(self.path(draft, file)?).await)
    }

    /// Removes everything of a draft.
    ///
    /// # Errors
    /// What the operating system says.
    pub async fn remove(&self, draft: &str) -> io::Result<()> {
        if !is_uuid(draft) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not an id"));
        }
        unless_gone(fs::remove_dir_all(self.root.join(draft)).await)
    }

    /// Removes whatever was last written before a time and belongs to no draft or file that `known` knows; returns how much
    /// that was. Folders that are not named like drafts are none of Sekisho's and stay.
    ///
    /// # Errors
    /// What the operating system says.
    pub async fn sweep(
        &self,
        before: OffsetDateTime,
        known: impl Fn(&str, Option<&str>) -> bool,
    ) -> io::Result<usize> {
        let mut removed = 0;
        for draft in names(&self.root).await? {
            if !is_uuid(&draft) {
                continue;
            }
            let folder = self.root.join(&draft);
            if !known(&draft, None) {
                if is_older(&folder, before).await {
                    self.remove(&draft).await?;
                    removed += 1;
                }
                continue;
            }
            for file in names(&folder).await? {
                let is_stray = is_uuid(&file) && !known(&draft, Some(&file));
                if is_stray && is_older(&folder.join(&file), before).await {
                    self.remove_file(&draft, &file).await?;
                    removed += 1;
                }
            }
        }
        Ok(removed)
    }
}

/// Whether a file, or the list of a folder, was last written before a time.
async fn is_older(path: &Path, before: OffsetDateTime) -> bool {
    let modified = fs::metadata(path).await.and_then(|metadata| metadata.modified());
    modified.is_ok_and(|modified| OffsetDateTime::from(modified) < before)
}

async fn private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    builder.mode(0o700);
    builder.create(path).await
}

async fn names(folder: &Path) -> io::Result<Vec<String>> {
    let mut entries = fs::read_dir(folder).await?;
    let mut names = Vec::new();
    while let Some(entry) = entries.next_entry().await? {
        names.extend(entry.file_name().into_string());
    }
    Ok(names)
}

fn unless_gone(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncWriteExt as _;

    use super::*;

    const DRAFT: &str = "255996e5-f42d-44c8-8fb8-eb17f76696bc";
    const FILE: &str = "4e4d1f3b-0a0b-4e1c-9d43-3a2f6f8f9a11";

    fn area() -> (DraftArea, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        (DraftArea::new(folder.path()), folder)
    }

    async fn write(area: &DraftArea, draft: &str, offset: u64, bytes: &[u8]) {
        let mut file = area.open(draft, FILE, offset).await.unwrap();
        file.write_all(bytes).await.unwrap();
        file.flush().await.unwrap();
    }

    #[tokio::test]
    async fn a_file_goes_on_where_it_is_told() {
        let (area, _folder) = area();
        assert_eq!(area.received(DRAFT, FILE).await, 0);
        write(&area, DRAFT, 0, b"abcdef").await;
        write(&area, DRAFT, 3, b"xy").await;
        assert_eq!(area.received(DRAFT, FILE).await, 5);
        assert_eq!(std::fs::read(area.path(DRAFT, FILE).unwrap()).unwrap(), b"abcxy");
        for _ in 0..2 {
            area.remove_file(DRAFT, FILE).await.unwrap();
        }
        assert_eq!(area.received(DRAFT, FILE).await, 0);
    }

    #[tokio::test]
    async fn nothing_but_ids_leads_anywhere() {
        let (area, _folder) = area();
        for (draft, file) in [("..", FILE), (DRAFT, "../x"), ("", ""), (DRAFT, "a/b")] {
            assert!(area.path(draft, file).is_err(), "{draft} {file}");
            assert!(area.open(draft, file, 0).await.is_err());
        }
        assert!(area.remove("..").await.is_err());
    }

    #[tokio::test]
    async fn what_belongs_to_no_draft_is_swept_away() {
        let (area, folder) = area();
        let other = "9b2f6a3e-6d0c-4a53-9f0e-0d5e5b0c7a22";
        write(&area, DRAFT, 0, b"kept").await;
        write(&area, other, 0, b"left over").await;
        std::fs::create_dir(folder.path().join("notes")).unwrap();
        let (long_ago, later) =
            (OffsetDateTime::UNIX_EPOCH, OffsetDateTime::from_unix_timestamp(4_000_000_000).unwrap());
        assert_eq!(area.sweep(long_ago, |_, _| false).await.unwrap(), 0, "what is young may still be noted");
        assert_eq!(area.sweep(long_ago, |_, file| file.is_none()).await.unwrap(), 0);
        let removed = area.sweep(later, |draft, _| draft == DRAFT).await.unwrap();
        assert_eq!((removed, area.received(DRAFT, FILE).await, area.received(other, FILE).await), (1, 4, 0));
        assert_eq!(area.sweep(later, |_, file| file.is_none()).await.unwrap(), 1);
        assert_eq!(area.received(DRAFT, FILE).await, 0);
        assert!(folder.path().join("notes").exists(), "not Sekisho's");
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn the_folder_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let (area, folder) = area();
        write(&area, DRAFT, 0, b"x").await;
        let mode = std::fs::metadata(folder.path().join(DRAFT)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }
}
