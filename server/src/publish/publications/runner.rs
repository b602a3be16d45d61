//! Does publications in the background, each once, and takes up those whose instance has ended.

mod halt;
mod running;
mod stages;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use app::ports::{Clock, NewPublication, Publications};
use async_trait::async_trait;
use domain::errors::ApiError;
use domain::packages::publications::{Failure, Publication, PublicationSummary, Stage};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::store::{Noted, PublicationStore, Pulse};
use super::undo::{abort_upload, undo};
use crate::aws::AwsPublishing;
use crate::publish::drafts::StoredDrafts;
use halt::Halt;
use running::Running;

/// A publication that was interrupted longer ago than this is undone rather than finished: nobody expects it any longer.
const FINISHED_WITHIN: time::Duration = time::Duration::hours(1);
/// How long publications under way may take to let go when the program is told to end.
const DRAIN: Duration = Duration::from_secs(10);

/// How often something is done.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Signs of life, with the bytes sent, and looks at whether somebody wants it to end.
    pub pulse: Duration,
    /// First pause between two looks at the document; each is twice as long as the one before.
    pub first_look: Duration,
    /// Longest such pause.
    pub last_look: Duration,
    /// Looks for publications that nobody works on.
    pub takeover: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            pulse: Duration::from_secs(1),
            first_look: Duration::from_millis(500),
            last_look: Duration::from_secs(10),
            takeover: Duration::from_secs(5),
        }
    }
}

/// Hears that there is a new package or version.
pub type OnPublished = Arc<dyn Fn() + Send + Sync>;

/// What publications need.
#[derive(Clone)]
pub struct Publisher {
    store: PublicationStore,
    drafts: StoredDrafts,
    aws: AwsPublishing,
    clock: Arc<dyn Clock>,
    pace: Pace,
    on_published: OnPublished,
    /// Tells this process from the others that share its database.
    holder: String,
    running: Running,
    tasks: TaskTracker,
    stop: CancellationToken,
}

impl Publisher {
    /// Takes up what was interrupted, now and from time to time, until `stop`.
    #[must_use]
    pub fn start(
        store: PublicationStore,
        drafts: StoredDrafts,
        aws: AwsPublishing,
        clock: &Arc<dyn Clock>,
        (holder, pace): (String, Pace),
        on_published: OnPublished,
        stop: CancellationToken,
    ) -> Arc<Self> {
        let (clock, tasks) = (Arc::clone(clock), TaskTracker::new());
        let running = Running::default();
        let publisher = Self { store, drafts, aws, clock, pace, on_published, holder, running, tasks, stop };
        publisher.tasks.spawn(publisher.clone().take_up());
        Arc::new(publisher)
    }

    /// Returns after `stop`, when every publication has been let go of.
    pub async fn stopped(&self) {
        self.tasks.close();
        if tokio::time::timeout(DRAIN, self.tasks.wait()).await.is_err() {
            tracing::warn!("publications under way did not let go in time");
        }
    }

    async fn take_up(self) {
        let mut times = tokio::time::interval(self.pace.takeover);
        while self.stop.run_until_cancelled(times.tick()).await.is_some() {
            match self.store.take_interrupted(&self.holder, self.clock.now()).await {
                Ok(found) => found.into_iter().for_each(|publication| {
                    tracing::info!(id = publication.id, "taking up a publication that was interrupted");
                    self.tasks.spawn(self.clone().run(publication, true));
                }),
                Err(error) => tracing::error!(%error, "publications cannot be read"),
            }
        }
    }

    async fn note_and_run(self, new: NewPublication) -> Result<(), ApiError> {
        if let Some(publication) = self.note(new).await? {
            self.tasks.clone().spawn(self.run(publication, false));
        }
        Ok(())
    }

    /// Notes what is to be done; none where that was noted before.
    async fn note(&self, new: NewPublication) -> Result<Option<Publication>, ApiError> {
        if let Some(before) = self.store.get(&new.id).await.map_err(internal)? {
            let same = before.username == new.username && before.draft == new.draft;
            return if same { Ok(None) } else { Err(conflict("the submission token is somebody else's")) };
        }
        let prepared = self.drafts.prepare(&new.draft).await?;
        let plan = prepared.plan.ok_or_else(|| conflict("the draft cannot be published as it is"))?;
        if prepared.preview.fingerprint != new.fingerprint {
            return Err(conflict("the draft is not what was shown any longer"));
        }
        if self.aws.changed(&plan).await?.is_some() {
            return Err(conflict("a zip was changed after it was checked"));
        }
        let now = self.clock.now();
        let noted =
            self.store.note(&new, &plan, &prepared.draft, &self.holder, now).await.map_err(internal)?;
        if noted == Noted::Changed {
            return Err(conflict("the draft has been changed elsewhere"));
        }
        tracing::info!(id = new.id, username = new.username, package = plan.name, "publishing");
        self.store.get(&new.id).await.map_err(internal)?.map(Some).ok_or(ApiError::Internal)
    }

    /// Works until the end, while giving signs of life.
    async fn run(self, mut publication: Publication, interrupted: bool) {
        let id = publication.id.clone();
        let Some(_under_way) = self.running.begin(&id) else { return };
        let sent: Vec<AtomicU64> = publication.sent.iter().map(|_| AtomicU64::new(0)).collect();
        let halt = self.stop.child_token();
        tokio::select! {
            () = self.pulse(&id, &sent, &halt) => {
                tracing::warn!(id, "another instance has taken up a publication");
            }
            () = self.work(&mut publication, interrupted, &sent, &halt) => {}
        }
    }

    /// Gives signs of life until another instance has taken the publication up; cancels `halt` when somebody wants that.
    async fn pulse(&self, id: &str, sent: &[AtomicU64], halt: &CancellationToken) {
        loop {
            tokio::time::sleep(self.pace.pulse).await;
            match self.note_sent(id, sent).await {
                Ok(Pulse::GoOn) => {}
                Ok(Pulse::Cancelled) => halt.cancel(),
                Ok(Pulse::Lost) => return,
                Err(error) => tracing::error!(%error, "a publication's sign of life could not be noted"),
            }
        }
    }

    async fn note_sent(&self, id: &str, sent: &[AtomicU64]) -> Result<Pulse, sqlx::Error> {
        let sent: Vec<u64> = sent.iter().map(|sent| sent.load(Ordering::Relaxed)).collect();
        self.store.pulse(id, &self.holder, &sent, self.clock.now()).await
    }

    /// Goes on from wherever the publication stands.
    async fn work(
        &self,
        publication: &mut Publication,
        interrupted: bool,
        sent: &[AtomicU64],
        halt: &CancellationToken,
    ) {
        let done = match publication.stage.clone() {
            Stage::Undoing { failure, .. } => Err(Halt::Failed(failure)),
            _ if interrupted && self.clock.now() - publication.begun > FINISHED_WITHIN => {
                Err(Halt::Failed(Failure::Interrupted))
            }
            stage => self.publish(publication, stage, interrupted, (sent, halt)).await,
        };
        let ended = match done {
            Ok(document_version) => self.end(publication, Stage::Published { document_version }).await,
            Err(Halt::Failed(failure)) => self.undo(publication, failure).await,
            Err(Halt::LetGo) => self.store.let_go(&publication.id, &self.holder).await,
        };
        if let Err(error) = ended {
            tracing::error!(%error, id = publication.id, "a publication's end could not be noted");
        }
    }

    /// Returns the document's version.
    async fn publish(
        &self,
        publication: &mut Publication,
        stage: Stage,
        interrupted: bool,
        (sent, halt): (&[AtomicU64], &CancellationToken),
    ) -> Result<String, Halt> {
        let version = match stage {
            Stage::Creating { document_version } => document_version,
            Stage::Registering => self.register(publication).await?,
            _ => {
                if interrupted {
                    abort_upload(&self.aws, &self.store, publication).await?;
                }
                self.upload(publication, sent, halt).await?;
                self.note_sent(&publication.id, sent).await?;
                if !self.advance(publication, Stage::Registering).await? {
                    return Err(Failure::Cancelled.into());
                }
                self.register(publication).await?
            }
        };
        self.advance(publication, Stage::Creating { document_version: version.clone() }).await?;
        (self.on_published)();
        self.wait(publication, &version).await?;
        Ok(version)
    }

    async fn advance(&self, publication: &mut Publication, stage: Stage) -> Result<bool, sqlx::Error> {
        let noted = self.store.advance(&publication.id, &self.holder, &stage, self.clock.now()).await?;
        if noted {
            publication.stage = stage;
        }
        Ok(noted)
    }

    /// Takes away what was written, unless there is nothing to be undone: the version is active after all.
    async fn undo(&self, publication: &mut Publication, failure: Failure) -> Result<(), sqlx::Error> {
        let Some(told) = self.stop.run_until_cancelled(self.told(publication)).await else {
            return self.store.let_go(&publication.id, &self.holder).await;
        };
        let document_version = match told {
            (Some(document_version), true) => {
                return self.end(publication, Stage::Published { document_version }).await;
            }
            (document_version, _) => document_version,
        };
        tracing::warn!(id = publication.id, ?failure, "a publication came to nothing");
        let stage = Stage::Undoing { failure: failure.clone(), document_version: document_version.clone() };
        if !self.advance(publication, stage).await? {
            return Ok(());
        }
        let undoing = undo(&self.aws, &self.store, publication, document_version.as_deref());
        match self.stop.run_until_cancelled(undoing).await {
            Some(left) => self.end(publication, Stage::Failed { failure, left }).await,
            None => self.store.let_go(&publication.id, &self.holder).await,
        }
    }

    async fn end(&self, publication: &Publication, stage: Stage) -> Result<(), sqlx::Error> {
        let published = matches!(stage, Stage::Published { .. });
        (self.on_published)();
        let ended = self.store.end(publication, &self.holder, &stage, self.clock.now()).await?;
        if ended && published {
            tracing::info!(id = publication.id, package = publication.plan.name, "published");
            self.drafts.forget_files(&publication.draft).await;
        }
        Ok(())
    }
}

#[async_trait]
impl Publications for Publisher {
    async fn begin(&self, publication: NewPublication) -> Result<(), ApiError> {
        // On a task of its own: a browser that hangs up in the middle must not leave a publication that nobody does.
        let task = tokio::spawn(self.clone().note_and_run(publication));
        task.await.map_err(|_| ApiError::Internal)?
    }

    async fn get(&self, id: &str) -> Result<Publication, ApiError> {
        self.store.get(id).await.map_err(internal)?.ok_or(ApiError::NotFound)
    }

    async fn cancel(&self, id: &str) -> Result<(), ApiError> {
        if self.store.cancel(id).await.map_err(internal)? {
            return Ok(());
        }
        self.get(id).await?;
        Err(conflict("it is too late to cancel the publication"))
    }

    async fn published(&self, package: &str) -> Result<Vec<Publication>, ApiError> {
        self.store.published(package).await.map_err(internal)
    }

    async fn list(&self, package: Option<&str>) -> Result<Vec<PublicationSummary>, ApiError> {
        self.store.list(package).await.map_err(internal)
    }
}

fn conflict(reason: &str) -> ApiError {
    ApiError::Conflict { reason: reason.to_owned() }
}

fn internal(error: sqlx::Error) -> ApiError {
    tracing::error!(%error, "publications cannot be read or written");
    ApiError::Internal
}

#[cfg(test)]
mod tests;
