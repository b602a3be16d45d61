//! What a publication goes through: zips and manifest to S3, the document to SSM, and the wait until it is active.

use std::sync::atomic::{AtomicU64, Ordering};

use domain::packages::publications::{Failure, Origin, Plan, Publication, Stage};
use tokio_util::sync::CancellationToken;

use super::Publisher;
use super::halt::Halt;
use crate::aws::{DocumentState, Presence, Registered, Stored, may_pass};
use crate::publish::prepare::Zip;
use crate::publish::publications::store::Upload;
use crate::publish::publications::transfer::{Destination, send};
use crate::publish::publications::undo::persistently;

/// SSM takes seconds to minutes; after this it is given up.
const CREATED_WITHIN: time::Duration = time::Duration::minutes(30);

impl Publisher {
    /// Ends between parts or files when it is to: a request to complete an object has its answer waited for.
    pub(super) async fn upload(
        &self,
        publication: &Publication,
        sent: &[AtomicU64],
        halt: &CancellationToken,
    ) -> Result<(), Halt> {
        let (plan, id) = (&publication.plan, publication.id.as_str());
        // Better told now than after a gigabyte.
        if !plan.new_version && self.aws.document_exists(&plan.name).await? {
            return Err(Failure::NameTaken.into());
        }
        if let Some(key) = self.aws.changed(plan).await? {
            return Err(Failure::ObjectChanged { key }.into());
        }
        let prepared = self.drafts.prepare(&publication.draft).await?;
        for (file, sent) in plan.files.iter().zip(sent) {
            let Origin::Uploaded { file_name, .. } = &file.origin else { continue };
            let key = plan.key(&file.zip_name);
            if self.is_to_be_written(plan, &key, id).await? {
                let zip = prepared.zips.iter().find(|zip| zip.name == file.zip_name);
                let zip = zip.ok_or_else(|| Failure::Unreadable { file_name: file_name.clone() })?;
                let zip = Zip { sha256: file.zip_sha256.clone(), ..zip.clone() };
                let upload = self.begin_upload(publication, &key).await?;
                let to = Destination { bucket: &plan.bucket, key: &key, publication: id, upload: &upload };
                match send(&self.aws, to, &zip, sent, halt).await? {
                    Some(stored) => taken(stored, &key)?,
                    None => return Err(self.halted()),
                }
            }
            sent.store(file.zip_size, Ordering::Relaxed);
        }
        if halt.is_cancelled() {
            return Err(self.halted());
        }
        self.put_manifest(plan, id).await
    }

    /// Begins an upload, which is noted before and after: whoever takes the publication up, or undoes it, gives it up.
    async fn begin_upload(&self, publication: &Publication, key: &str) -> Result<String, Halt> {
        self.note_upload(publication, key, None).await?;
        let upload = self.aws.begin_upload(&publication.plan.bucket, key, &publication.id).await?;
        self.note_upload(publication, key, Some(&upload)).await?;
        Ok(upload)
    }

    pub(super) async fn note_upload(
        &self,
        publication: &Publication,
        key: &str,
        upload: Option<&str>,
    ) -> Result<(), Halt> {
        let upload = Upload { key: key.to_owned(), id: upload.map(str::to_owned) };
        let noted = self.store.note_upload(&publication.id, &self.holder, &upload).await?;
        // Another instance has taken it up.
        if noted { Ok(()) } else { Err(Halt::LetGo) }
    }

    /// Puts the manifest beside the zips. Beside zips that were there before there may be one, which is its owner's: SSM
    /// is told the manifest anyway.
    async fn put_manifest(&self, plan: &Plan, id: &str) -> Result<(), Halt> {
        let key = plan.key("manifest.json");
        let written = match self.is_to_be_written(plan, &key, id).await {
            Ok(false) => return Ok(()),
            Ok(true) => {
                taken(self.aws.put(&plan.bucket, &key, id, &plan.manifest).await?, &key).map_err(Halt::from)
            }
            Err(halt) => Err(halt),
        };
        match written {
            Err(Halt::Failed(Failure::ObjectExists { .. })) if plan.is_in_place() => Ok(()),
            written => written,
        }
    }

    /// Whether an object is still to be written: an instance that has ended may have done so.
    async fn is_to_be_written(&self, plan: &Plan, key: &str, id: &str) -> Result<bool, Halt> {
        match self.aws.presence(&plan.bucket, key, id).await? {
            Presence::Absent => Ok(true),
            Presence::Own => Ok(false),
            Presence::Foreign => Err(Failure::ObjectExists { key: key.to_owned() }.into()),
        }
    }

    pub(super) fn halted(&self) -> Halt {
        if self.stop.is_cancelled() { Halt::LetGo } else { Failure::Cancelled.into() }
    }

    pub(super) async fn register(&self, publication: &Publication) -> Result<String, Halt> {
        match self.aws.register(&publication.plan).await? {
            Registered::Begun { document_version } => Ok(document_version),
            Registered::Exists(error) => {
                // Perhaps by this very publication, and the answer did not arrive.
                let found = self.aws.version_with(&publication.plan, publication.begun).await?;
                found.ok_or_else(|| error.into())
            }
        }
    }

    /// Looks at the document until it is active.
    pub(super) async fn wait(&self, publication: &Publication, version: &str) -> Result<(), Halt> {
        let mut pause = self.pace.first_look;
        let until = self.clock.now() + CREATED_WITHIN;
        loop {
            match self.aws.document_state(&publication.plan.name, version).await {
                Ok(DocumentState::Active) => return Ok(()),
                Ok(DocumentState::Failed { information }) => {
                    return Err(Failure::Rejected { information }.into());
                }
                Ok(DocumentState::Pending) => {}
                Err(error) if may_pass(&error) => {}
                Err(error) => return Err(error.into()),
            }
            if self.clock.now() > until {
                return Err(Failure::TimedOut.into());
            }
            let pausing = self.stop.run_until_cancelled(tokio::time::sleep(pause)).await;
            pausing.ok_or(Halt::LetGo)?;
            pause = (pause * 2).min(self.pace.last_look);
        }
    }

    /// The version that SSM was told of, and whether nodes can install it. Once undoing has begun its parts may be gone, and
    /// it is not looked at any longer.
    pub(super) async fn told(&self, publication: &Publication) -> (Option<String>, bool) {
        let plan = &publication.plan;
        let version = match &publication.stage {
            Stage::Creating { document_version } => Some(document_version.clone()),
            Stage::Undoing { document_version, .. } => return (document_version.clone(), false),
            // SSM may have been told although its answer did not arrive.
            Stage::Registering => {
                let found = persistently(|| self.aws.version_with(plan, publication.begun)).await;
                found.ok().flatten()
            }
            _ => None,
        };
        let Some(number) = &version else { return (None, false) };
        let state = persistently(|| self.aws.document_state(&plan.name, number)).await;
        (version, state == Ok(DocumentState::Active))
    }
}

fn taken(stored: Stored, key: &str) -> Result<(), Failure> {
    match stored {
        Stored::Done => Ok(()),
        Stored::Exists => Err(Failure::ObjectExists { key: key.to_owned() }),
    }
}
