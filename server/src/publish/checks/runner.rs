//! Does checks in the background, one of a draft at a time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use app::ports::Checks;
use async_trait::async_trait;
use domain::errors::{ApiError, Rule};
use domain::packages::drafts::{Draft, DraftKind};
use domain::packages::inspection::{
    Check, CheckProgress, CheckState, FoundFile, InspectedZip, Inspection, Place, ZipContents, ZipProblem,
};
use domain::packages::limits::{MAX_FILE_BYTES, MAX_FILES};
use domain::packages::location::{bucket_rule, prefix_rule};
use domain::packages::manifest::read;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::object::Object;
use super::store::{CheckStore, Pulse};
use crate::aws::{AwsPublishing, ReadFailure};
use crate::publish::drafts::{StoredDrafts, internal};

/// Checks that read at once; others wait.
const AT_ONCE: usize = 3;
/// How long checks under way may take to let go when the program is told to end.
const DRAIN: Duration = Duration::from_secs(5);

/// What checks need.
#[derive(Clone)]
pub struct Checker {
    store: CheckStore,
    drafts: StoredDrafts,
    aws: AwsPublishing,
    /// Between two signs of life.
    pulse: Duration,
    slots: Arc<Semaphore>,
    tasks: TaskTracker,
    stop: CancellationToken,
}

/// How far a check has come, as its task sees it.
#[derive(Default)]
struct Progress {
    file: Mutex<Option<String>>,
    read: AtomicU64,
    all: AtomicU64,
}

impl Progress {
    fn now(&self) -> CheckState {
        CheckState::Reading(CheckProgress {
            file: self.file.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            read: self.read.load(Ordering::Relaxed),
            all: self.all.load(Ordering::Relaxed),
        })
    }

    fn begin(&self, name: &str) {
        *self.file.lock().unwrap_or_else(PoisonError::into_inner) = Some(name.to_owned());
    }
}

impl Checker {
    /// Checks of these drafts, which end with `stop`.
    #[must_use]
    pub fn new(drafts: StoredDrafts, aws: AwsPublishing, pulse: Duration, stop: CancellationToken) -> Self {
        let (slots, tasks) = (Arc::new(Semaphore::new(AT_ONCE)), TaskTracker::new());
        Self { store: drafts.checks(), drafts, aws, pulse, slots, tasks, stop }
    }

    /// Returns after `stop`, when every check has ended.
    pub async fn stopped(&self) {
        self.tasks.close();
        if tokio::time::timeout(DRAIN, self.tasks.wait()).await.is_err() {
            tracing::warn!("checks under way did not let go in time");
        }
    }

    /// Works until the end, while giving signs of life. What ends with the program shows as interrupted.
    async fn run(self, id: String, draft: Draft, names: Vec<String>) {
        let progress = Progress::default();
        let ended = tokio::select! {
            ended = self.pulses(&id, &progress) => ended,
            ended = self.work(&draft, &names, &progress) => Some(ended),
            () = self.stop.cancelled() => None,
        };
        let Some((state, inspection)) = ended else { return };
        let now = self.drafts.clock.now();
        if let Err(error) = self.store.end(&id, &state, inspection.as_ref(), now).await {
            tracing::error!(%error, id, "the end of a check could not be noted");
        }
    }

    /// Gives signs of life until somebody wants the check to end, or it is another's.
    async fn pulses(&self, id: &str, progress: &Progress) -> Option<(CheckState, Option<Inspection>)> {
        loop {
            tokio::time::sleep(self.pulse).await;
            match self.store.pulse(id, &progress.now(), self.drafts.clock.now()).await {
                Ok(Pulse::GoOn) => {}
                Ok(Pulse::Cancelled) => return Some((CheckState::Cancelled, None)),
                Ok(Pulse::Lost) => return None,
                Err(error) => tracing::error!(%error, id, "a check's sign of life could not be noted"),
            }
        }
    }

    async fn work(
        &self,
        draft: &Draft,
        names: &[String],
        progress: &Progress,
    ) -> (CheckState, Option<Inspection>) {
        match self.inspect(draft, names, progress).await {
            Ok(inspection) => (CheckState::Done, Some(inspection)),
            Err(error) => (CheckState::Failed { error }, None),
        }
    }

    async fn inspect(
        &self,
        draft: &Draft,
        names: &[String],
        progress: &Progress,
    ) -> Result<Inspection, ApiError> {
        let _slot = self.slots.acquire().await.map_err(|_| ApiError::Internal)?;
        let (bucket, prefix) = (&draft.contents.bucket, &draft.contents.prefix);
        let before = self.store.inspection(&draft.id).await.map_err(internal)?;
        let before = before.filter(|before| before.bucket == *bucket && before.prefix == *prefix);
        let place = self.aws.place(bucket, prefix).await?;
        let named = names.iter().filter_map(|name| place.files.iter().find(|file| file.name == *name));
        let files: Vec<_> = named.map(|file| (file, known(before.as_ref(), file))).collect();
        let unknown = files.iter().filter(|(_, known)| known.is_none());
        progress.all.store(unknown.map(|(file, _)| readable(file)).sum(), Ordering::Relaxed);
        let mut zips = Vec::new();
        for (file, known) in files {
            zips.push(match known {
                Some(zip) => zip,
                None => {
                    progress.begin(&file.name);
                    let key =
                        if prefix.is_empty() { file.name.clone() } else { format!("{prefix}/{}", file.name) };
                    let object =
                        Object { aws: self.aws.clone(), bucket: bucket.clone(), key, file: file.clone() };
                    inspect_zip(&object, &progress.read).await?
                }
            });
        }
        Ok(Inspection { bucket: bucket.clone(), prefix: prefix.clone(), zips })
    }
}

/// What was found of the very same object before.
fn known(before: Option<&Inspection>, file: &FoundFile) -> Option<InspectedZip> {
    let zip = before?.zip(&file.name)?;
    (zip.file == *file && zip.sha256.is_some()).then(|| zip.clone())
}

/// Bytes that are read of a zip for its hash.
const fn readable(file: &FoundFile) -> u64 {
    if file.size > MAX_FILE_BYTES { 0 } else { file.size }
}

async fn inspect_zip(object: &Object, read: &AtomicU64) -> Result<InspectedZip, ApiError> {
    let without_hash = |problem| InspectedZip {
        file: object.file.clone(),
        sha256: None,
        contents: ZipContents::unreadable(problem),
    };
    if object.file.size > MAX_FILE_BYTES {
        return Ok(without_hash(ZipProblem::TooLarge));
    }
    let looked = async { Ok::<_, ReadFailure>((object.contents().await?, object.sha256(read).await?)) };
    match looked.await {
        Ok((contents, sha256)) => {
            Ok(InspectedZip { file: object.file.clone(), sha256: Some(sha256), contents })
        }
        Err(ReadFailure::Changed) => Ok(without_hash(ZipProblem::ChangedMeanwhile)),
        Err(ReadFailure::Aws(error)) => Err(error),
    }
}

/// The zips that are to be looked at.
fn names(draft: &Draft) -> Result<Vec<String>, ApiError> {
    let contents = &draft.contents;
    if contents.kind != DraftKind::Advanced || draft.publication.is_some() {
        let reason = "there is nothing to be checked in this draft".to_owned();
        return Err(ApiError::Conflict { reason });
    }
    let rules = [("bucket", bucket_rule(&contents.bucket)), ("prefix", prefix_rule(&contents.prefix))];
    if let Some((field, rule)) = rules.into_iter().find_map(|(field, rule)| Some((field, rule?))) {
        return Err(ApiError::field(field, rule));
    }
    let manifest = contents.manifest.as_deref().and_then(|text| read(text).manifest);
    let manifest = manifest.ok_or_else(|| ApiError::field("manifest", Rule::Required))?;
    Ok(manifest.files.into_keys().take(MAX_FILES).collect())
}

#[async_trait]
impl Checks for Checker {
    async fn place(&self, bucket: &str, prefix: &str) -> Result<Place, ApiError> {
        self.aws.place(bucket, prefix).await
    }

    async fn begin(&self, draft: &str) -> Result<(), ApiError> {
        let draft = self.drafts.read(draft).await?;
        let names = names(&draft)?;
        let (id, now) = (self.drafts.random.uuid(), self.drafts.clock.now());
        if self.store.begin(&draft.id, &id, now).await.map_err(internal)? {
            self.tasks.spawn(self.clone().run(id, draft, names));
        }
        Ok(())
    }

    async fn get(&self, draft: &str) -> Result<Option<Check>, ApiError> {
        self.store.get(draft).await.map_err(internal)
    }

    async fn cancel(&self, draft: &str) -> Result<(), ApiError> {
        self.store.cancel(draft).await.map_err(internal)
    }
}

#[cfg(test)]
mod tests;
