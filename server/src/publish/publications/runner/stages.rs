//! What a publication goes through: zips and manifest to S3, the document to SSM, and the wait until it is active.

use std::sync::atomic::{AtomicU64, Ordering};

use domain::errors::ApiError;
use domain::packages::publications::{Failure, Origin, Plan, Publication};
use tokio_util::sync::CancellationToken;

use super::Publisher;
use super::halt::Halt;
use crate::aws::{DocumentState, Presence, Registered, Stored};
use crate::publish::prepare::Zip;
use crate::publish::publications::transfer::{Destination, send};

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
                let to = Destination { bucket: &plan.bucket, key: &key, publication: id };
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
                Ok(DocumentState::Pending) | Err(ApiError::Throttled | ApiError::Unreachable { .. }) => {}
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
}

fn taken(stored: Stored, key: &str) -> Result<(), Failure> {
    match stored {
        Stored::Done => Ok(()),
        Stored::Exists => Err(Failure::ObjectExists { key: key.to_owned() }),
    }
}
