//! Drafts: what was given in the database, files in the draft area.

mod store;

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

use app::ports::{Clock, Drafts, FileBody, Random};
use async_trait::async_trait;
use domain::errors::ApiError;
use domain::packages::drafts::{
    Contents, Draft, DraftChange, DraftFile, DraftSummary, FileRefused, FileState, KEPT_FOR, NewDraft,
    NewFile, Room,
};
use domain::packages::preview::Preview;
use domain::packages::scripts::Action;
use domain::packages::scripts::check::Finding;
use domain::packages::software::{self, ReadError, Software, SoftwareFault, suggested_targets};

pub use store::{Changed, DraftStore, Quota};

use super::area::DraftArea;
use super::checks::CheckStore;
use super::shellcheck::ShellCheck;
use super::sums::Sums;
use super::uploads::Slots;
use crate::store::StoreError;

/// What was written no longer ago than this may belong to what is noted only now, or be a zip that is being taken apart.
const YOUNG: time::Duration = time::Duration::hours(1);

/// The drafts of everybody.
#[derive(Clone)]
pub struct StoredDrafts {
    pub(super) store: DraftStore,
    pub(super) area: DraftArea,
    pub(super) quota: Quota,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) random: Arc<dyn Random>,
    /// Uploads under way.
    pub(super) slots: Arc<Slots>,
    pub(super) shellcheck: ShellCheck,
}

impl StoredDrafts {
    /// Drafts in this database, with files in this area.
    #[must_use]
    pub fn new(
        store: DraftStore,
        area: DraftArea,
        quota: Quota,
        clock: &Arc<dyn Clock>,
        random: &Arc<dyn Random>,
    ) -> Self {
        let (clock, random) = (Arc::clone(clock), Arc::clone(random));
        Self { store, area, quota, clock, random, slots: Arc::default(), shellcheck: ShellCheck::default() }
    }

    /// What was found in zips that lie in S3.
    pub(super) fn checks(&self) -> CheckStore {
        CheckStore::new(self.store.pool())
    }

    /// Begins a draft with this id, a UUID that no other has.
    ///
    /// # Errors
    /// `Internal` when the database fails, or there is a draft with this id.
    pub async fn create_as(&self, id: String, username: &str, new: NewDraft) -> Result<Draft, ApiError> {
        let now = self.clock.now();
        let draft = Draft {
            id,
            username: username.to_owned(),
            revision: 1,
            files_revision: 1,
            contents: Contents::new(&new),
            files: new.files,
            created: now,
            updated: now,
            publication: None,
        };
        self.store.insert(&draft).await.map_err(internal)?;
        Ok(draft)
    }

    /// Removes drafts that nobody has touched for long, and files that belong to none.
    ///
    /// # Errors
    /// When the database fails; a file that cannot be removed is logged.
    pub async fn clean_up(&self) -> Result<(), StoreError> {
        let old = self.store.remove_untouched(self.clock.now() - KEPT_FOR).await?;
        if old > 0 {
            tracing::info!(old, "drafts that nobody has touched were removed");
        }
        let known: std::collections::HashSet<_> = self.store.ids().await?.into_iter().collect();
        let drafts: std::collections::HashSet<_> = known.iter().map(|(draft, _)| draft.as_str()).collect();
        let is_known = |draft: &str, file: Option<&str>| match file {
            None => drafts.contains(draft),
            Some(file) => known.contains(&(draft.to_owned(), Some(file.to_owned()))),
        };
        match self.area.sweep(self.clock.now() - YOUNG, is_known).await {
            Ok(0) => {}
            Ok(removed) => tracing::info!(removed, "files that belong to no draft were removed"),
            Err(error) => tracing::warn!(%error, "the drafts' folder could not be cleaned up"),
        }
        Ok(())
    }

    /// Removes what is left of a draft that was published.
    pub(super) async fn forget_files(&self, draft: &str) {
        if let Err(error) = self.area.remove(draft).await {
            tracing::warn!(%error, draft, "the files of a published draft could not be removed");
        }
    }

    /// One file of a draft, with the bytes that are there.
    pub(super) async fn file(&self, draft: &str, file: &str) -> Result<DraftFile, ApiError> {
        let draft = self.read(draft).await?;
        draft.files.into_iter().find(|found| found.id == file).ok_or(ApiError::NotFound)
    }

    pub(super) async fn read(&self, id: &str) -> Result<Draft, ApiError> {
        let mut draft = self.store.get(id).await.map_err(internal)?.ok_or(ApiError::NotFound)?;
        for file in &mut draft.files {
            if file.state == FileState::Uploading {
                file.received = self.area.received(id, &file.id).await.min(file.size);
                if file.received == file.size {
                    file.state = FileState::Checking;
                }
            }
        }
        Ok(draft)
    }

    /// Looks at a file that has arrived: ready, or refused and gone.
    pub(super) async fn check(&self, draft: &str, mut file: DraftFile) -> Result<DraftFile, ApiError> {
        let path = self.area.path(draft, &file.id).map_err(unwritable)?;
        let name = file.file_name.clone();
        let looked = tokio::task::spawn_blocking(move || look(&path, &name)).await;
        match looked.map_err(|_| ApiError::Internal)?.map_err(unwritable)? {
            Ok((software, sums)) => {
                // Where the file is probably for, unless somebody has said so by now.
                file.targets = suggested_targets(&software, &file.file_name);
                file.software = Some(software);
                file.state = FileState::Ready { sha256: sums.sha256.clone(), base: None };
                file.received = file.size;
                self.settle(draft, file, Some(&sums)).await
            }
            Err(fault) => self.refuse(draft, file, FileRefused::Software { fault }).await,
        }
    }

    /// Notes that a file is not taken, and removes what there is of it.
    pub(super) async fn refuse(
        &self,
        draft: &str,
        mut file: DraftFile,
        reason: FileRefused,
    ) -> Result<DraftFile, ApiError> {
        file.state = FileState::Refused { reason };
        file.received = 0;
        self.settle(draft, file, None).await
    }

    async fn settle(&self, draft: &str, file: DraftFile, sums: Option<&Sums>) -> Result<DraftFile, ApiError> {
        let changed = self.store.settle_file(draft, &file, sums, self.clock.now()).await.map_err(internal)?;
        if changed == Changed::Gone || (changed == Changed::Done && sums.is_none()) {
            self.area.remove_file(draft, &file.id).await.map_err(unwritable)?;
        }
        match changed {
            Changed::Done => self.file(draft, &file.id).await,
            other => Err(refusal(other)),
        }
    }
}

#[async_trait]
impl Drafts for StoredDrafts {
    async fn create(&self, username: &str, new: NewDraft) -> Result<Draft, ApiError> {
        self.create_as(self.random.uuid(), username, new).await
    }

    async fn list(&self, username: Option<&str>) -> Result<Vec<DraftSummary>, ApiError> {
        self.store.list(username).await.map_err(internal)
    }

    async fn get(&self, id: &str) -> Result<Draft, ApiError> {
        let draft = self.read(id).await?;
        for file in draft.files.iter().filter(|file| file.state == FileState::Checking) {
            self.check_soon(id, file);
        }
        Ok(draft)
    }

    async fn room(&self, username: &str) -> Result<Room, ApiError> {
        let (used, whole) = self.store.used(username).await.map_err(internal)?;
        let left_for_all = self.quota.all.saturating_sub(whole);
        let ruled = self.store.ruled_quota(username).await.map_err(internal)?;
        let quota = ruled.map_or(self.quota.person, |ruled| ruled.min(self.quota.person));
        Ok(Room { used, quota, left_for_all })
    }

    async fn change(&self, id: &str, revision: i64, changes: Vec<DraftChange>) -> Result<Draft, ApiError> {
        let mut draft = self.read(id).await?;
        if draft.revision != revision {
            return Err(refusal(Changed::Conflict));
        }
        let before = draft.clone();
        draft.apply(changes)?;
        if draft.contents.manifest.is_some() && draft.contents.manifest != before.contents.manifest {
            // What was not edited goes on following the files.
            let generated = self.prepare_draft(draft.clone()).await?.preview.generated_manifest;
            draft.contents.manifest.take_if(|text| *text == generated);
        }
        if draft == before {
            return Ok(draft);
        }
        match self.store.update(&draft, &before, self.clock.now()).await.map_err(internal)? {
            Changed::Done => self.read(id).await,
            other => Err(refusal(other)),
        }
    }

    async fn add_file(&self, id: &str, file: NewFile) -> Result<DraftFile, ApiError> {
        let (file_id, now) = (self.random.uuid(), self.clock.now());
        let added = self.store.add_file(id, &file_id, &file, self.quota, now).await.map_err(internal)?;
        match added {
            (_, Some(file)) => Ok(file),
            (changed, None) => Err(refusal(changed)),
        }
    }

    async fn remove_file(&self, id: &str, file: &str) -> Result<Draft, ApiError> {
        match self.store.remove_file(id, file, self.clock.now()).await.map_err(internal)? {
            Changed::Done => {
                self.slots.stop(file);
                self.area.remove_file(id, file).await.map_err(unwritable)?;
                self.read(id).await
            }
            other => Err(refusal(other)),
        }
    }

    async fn remove(&self, id: &str) -> Result<(), ApiError> {
        let files = self.read(id).await?.files;
        match self.store.remove(id).await.map_err(internal)? {
            Changed::Done => {
                files.iter().for_each(|file| self.slots.stop(&file.id));
                self.area.remove(id).await.map_err(unwritable)
            }
            other => Err(refusal(other)),
        }
    }

    async fn preview(&self, id: &str) -> Result<Preview, ApiError> {
        Ok(self.prepare(id).await?.preview)
    }

    async fn take_apart(&self, id: &str, file: &str, zip: FileBody) -> Result<Draft, ApiError> {
        // On a task of its own: a browser that goes away does not leave half a file.
        let (drafts, id, file) = (self.clone(), id.to_owned(), file.to_owned());
        let taken = tokio::spawn(async move { drafts.take_zip_apart(&id, &file, zip).await });
        taken.await.map_err(|_| ApiError::Internal)?
    }

    async fn check_script(
        &self,
        id: &str,
        file: &str,
        action: Action,
        text: &str,
    ) -> Result<Vec<Finding>, ApiError> {
        self.findings_in(id, file, action, text).await
    }
}

/// What a file is, and its checksums; or what is wrong with it.
pub(super) fn look(path: &Path, name: &str) -> io::Result<Result<(Software, Sums), SoftwareFault>> {
    match software::read(File::open(path)?) {
        Ok(software) => Ok(Ok((software, Sums::of(path, name)?))),
        Err(ReadError::Fault(fault)) => Ok(Err(fault)),
        Err(ReadError::Io(error)) => Err(error),
    }
}

pub(super) fn refusal(changed: Changed) -> ApiError {
    let reason = match changed {
        Changed::Gone => return ApiError::NotFound,
        Changed::Publishing => "the draft is being published",
        Changed::Conflict | Changed::Done => "the draft has been changed elsewhere",
    };
    ApiError::Conflict { reason: reason.to_owned() }
}

pub(super) fn internal(error: sqlx::Error) -> ApiError {
    tracing::error!(%error, "drafts cannot be read or written");
    ApiError::Internal
}

pub(super) fn unwritable(error: io::Error) -> ApiError {
    tracing::error!(%error, "a draft's file cannot be read or written");
    ApiError::Internal
}

#[cfg(test)]
mod tests;
