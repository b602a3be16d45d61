//! What a draft comes to: its zips, laid out and hashed without being written.

use std::path::PathBuf;

use domain::errors::ApiError;
use domain::packages::drafts::{Draft, DraftFile, DraftKind, EditedScripts, FileState};
use domain::packages::preview::{Preview, ScriptsPreview, ZipPreview, assemble, assemble_in_place};
use domain::packages::publications::Plan;
use domain::packages::scripts::check::{Finding, check};
use domain::packages::scripts::{Action, Language};

use super::drafts::{StoredDrafts, internal, unwritable};
use super::sums::Sums;
use super::zip::Layout;
use crate::hash::sha256_hex;

/// A draft, ready to be published if there is a plan.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The draft that this was made of.
    pub draft: Draft,
    /// What people see of it.
    pub preview: Preview,
    /// What is published; none while something stands in the way.
    pub plan: Option<Plan>,
    /// The zips that are to be written.
    pub zips: Vec<Zip>,
}

/// A zip that is to be written.
#[derive(Clone, Debug)]
pub struct Zip {
    /// Its name.
    pub name: String,
    /// The SHA-256 that it must have, in lower-case hexadecimal.
    pub sha256: String,
    /// What is around the software.
    pub layout: Layout,
    /// The software.
    pub software: PathBuf,
    /// The software's name.
    pub file_name: String,
}

impl StoredDrafts {
    /// What a draft comes to.
    ///
    /// # Errors
    /// `NotFound`; `Internal` when the database fails or a file cannot be read.
    pub(super) async fn prepare(&self, id: &str) -> Result<Prepared, ApiError> {
        self.prepare_draft(self.read(id).await?).await
    }

    /// What a draft comes to, be it only about to be stored.
    ///
    /// # Errors
    /// `Internal` when the database fails or a file cannot be read.
    pub(super) async fn prepare_draft(&self, draft: Draft) -> Result<Prepared, ApiError> {
        if draft.contents.kind == DraftKind::Advanced {
            let found = self.checks().inspection(&draft.id).await.map_err(internal)?;
            let (preview, plan) = assemble_in_place(&draft, found.as_ref());
            return prepared(draft, preview, plan, Vec::new());
        }
        let mut sums = self.store.sums(&draft.id).await.map_err(internal)?;
        let (mut zips, mut shown, mut scripts) = (Vec::new(), Vec::new(), Vec::new());
        for (file, name) in draft.accepted() {
            match &file.state {
                FileState::Ready { .. } => {
                    let Some(place) = sums.iter().position(|(id, _)| *id == file.id) else { continue };
                    let (_, sums) = sums.swap_remove(place);
                    let used = self.scripts_of(file).await;
                    let zip = self.zip(&draft, file, name, sums, &used.used).await?;
                    shown.push(preview_of(file, &zip, &used.used));
                    scripts.push(used);
                    zips.push(zip);
                }
                FileState::Carried { zip } => shown.push(ZipPreview {
                    file: file.id.clone(),
                    name: zip.name.clone(),
                    sha256: zip.sha256.clone(),
                    size: zip.size,
                    entries: Vec::new(),
                }),
                FileState::Uploading | FileState::Checking | FileState::Refused { .. } => {}
            }
        }
        let (preview, plan) = assemble(&draft, shown, scripts);
        prepared(draft, preview, plan, zips)
    }

    async fn zip(
        &self,
        draft: &Draft,
        file: &DraftFile,
        name: String,
        sums: Sums,
        scripts: &EditedScripts,
    ) -> Result<Zip, ApiError> {
        let software = self.area.path(&draft.id, &file.id).map_err(unwritable)?;
        let layout = sums.layout(&file.file_name, &entries(file, scripts));
        let sha256 = match sums.zip_sha256(&layout.tail) {
            Some(sha256) => sha256,
            // Another version of Sekisho took the sums: once more.
            None => {
                let (path, name) = (software.clone(), file.file_name.clone());
                let again = tokio::task::spawn_blocking(move || Sums::of(&path, &name)).await;
                let again = again.map_err(|_| ApiError::Internal)?.map_err(unwritable)?;
                again.zip_sha256(&layout.tail).ok_or(ApiError::Internal)?
            }
        };
        Ok(Zip { name, sha256, layout, software, file_name: file.file_name.clone() })
    }

    async fn scripts_of(&self, file: &DraftFile) -> ScriptsPreview {
        let used = used_scripts(file);
        let mut findings = Vec::new();
        for (action, text) in used.by_action() {
            let Some(text) = text else { continue };
            let found = self.findings(file, &used, text).await;
            if !found.is_empty() {
                findings.push((action, found));
            }
        }
        let (generated, language) = (file.generated_scripts(), language(file));
        ScriptsPreview { file: file.id.clone(), language, generated, used, findings }
    }

    /// What is suspicious in a script that lies in a zip with a file and its scripts.
    async fn findings(&self, file: &DraftFile, scripts: &EditedScripts, text: &str) -> Vec<Finding> {
        let entries = entries(file, scripts);
        let scripts = entries.iter().map(|(name, _)| name.as_str());
        let names: Vec<_> = scripts.chain([file.file_name.as_str()]).collect();
        let mut findings = check(language(file), text, &names);
        if language(file) == Language::Sh {
            self.shellcheck.add_to(&mut findings, text).await;
        }
        findings
    }

    /// What is suspicious in a script that is being written.
    ///
    /// # Errors
    /// `NotFound`; `Internal` when the database fails.
    pub(super) async fn findings_in(
        &self,
        id: &str,
        file: &str,
        action: Action,
        text: &str,
    ) -> Result<Vec<Finding>, ApiError> {
        let file = self.file(id, file).await?;
        let mut scripts = used_scripts(&file);
        *scripts.script_mut(action) = Some(text.to_owned());
        Ok(self.findings(&file, &scripts, text).await)
    }
}

/// The scripts of a file as they are published: edited or generated.
fn used_scripts(file: &DraftFile) -> EditedScripts {
    let (generated, edited) = (file.generated_scripts(), file.scripts.clone());
    EditedScripts {
        install: edited.install.or(generated.install),
        update: edited.update.or(generated.update),
        uninstall: edited.uninstall.or(generated.uninstall),
        validate: edited.validate.or(generated.validate),
    }
}

/// With the fingerprint of what would be published.
fn prepared(
    draft: Draft,
    mut preview: Preview,
    plan: Option<Plan>,
    zips: Vec<Zip>,
) -> Result<Prepared, ApiError> {
    if let Some(plan) = &plan {
        let plan = serde_json::to_string(plan).map_err(|_| ApiError::Internal)?;
        preview.fingerprint = sha256_hex(&plan);
    }
    Ok(Prepared { draft, preview, plan, zips })
}

/// The scripts as they lie in the zip.
fn entries(file: &DraftFile, scripts: &EditedScripts) -> Vec<(String, Vec<u8>)> {
    let language = language(file);
    let entry = |(action, text): (Action, &Option<String>)| {
        Some((action.file_name(language), language.file_content(text.as_ref()?)))
    };
    scripts.by_action().into_iter().filter_map(entry).collect()
}

fn language(file: &DraftFile) -> Language {
    file.software.as_ref().map_or(Language::Sh, |software| Language::of(software.kind))
}

fn preview_of(file: &DraftFile, zip: &Zip, scripts: &EditedScripts) -> ZipPreview {
    let software = (file.file_name.clone(), file.size);
    let scripts = entries(file, scripts).into_iter().map(|(name, text)| (name, text.len() as u64));
    ZipPreview {
        file: file.id.clone(),
        name: zip.name.clone(),
        sha256: zip.sha256.clone(),
        size: zip.layout.size(),
        entries: std::iter::once(software).chain(scripts).collect(),
    }
}
