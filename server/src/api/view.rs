//! A publication as the API shows it.

use app::pages::packages::create::{failure_text, problem_text, refused_text};
use domain::language::Language;
use domain::packages::drafts::{Draft, DraftFile, FileState};
use domain::packages::platform::Target;
use domain::packages::preview::{Preview, Problem};
use domain::packages::publications::{Origin, PlannedFile, Publication, Stage};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::error::{FieldBody, field, tag};
use super::request::TargetBody;

/// A publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PublicationBody {
    /// A UUID.
    pub id: String,
    /// How far it has come.
    pub state: StateBody,
    /// Name of the package.
    pub name: String,
    /// Name of the version.
    pub version_name: Option<String>,
    /// Number of the version in Systems Manager, once it has one.
    pub document_version: Option<String>,
    /// Whether the package was there before and gets another version.
    pub new_version: bool,
    /// The bucket that the files go to.
    pub bucket: String,
    /// Where in it.
    pub prefix: String,
    /// The software, and the zips that are made of it.
    pub files: Vec<FileBody>,
    /// What still stands in the way of publishing, while files are being sent.
    pub problems: Vec<ProblemBody>,
    /// Why it has failed.
    pub failure: Option<ProblemBody>,
    /// Bytes that are in S3.
    pub sent: u64,
    /// Bytes that go to S3 in all.
    pub to_send: u64,
    /// The page of the console that shows it: a path.
    pub page: String,
}

/// How far a publication has come. It ends as `published` or `failed`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StateBody {
    /// Its files are awaited, and then that it is published.
    Uploading,
    /// Zips and manifest go to S3.
    Publishing,
    /// Systems Manager is being told.
    Registering,
    /// Systems Manager fetches and checks the files.
    Creating,
    /// What was written is being removed.
    Undoing,
    /// The version is active.
    Published,
    /// It came to nothing; its draft is kept and can be mended in the console.
    Failed,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FileBody {
    /// A UUID.
    pub id: String,
    /// Its name.
    pub file_name: String,
    /// Its size in bytes, as announced; unknown once it is published.
    pub size: Option<u64>,
    /// Bytes that the server has.
    pub received: Option<u64>,
    /// How it stands.
    pub state: FileStateBody,
    /// Why it was refused.
    pub refused: Option<ProblemBody>,
    /// SHA-256 of the file, in lower-case hexadecimal.
    pub sha256: Option<String>,
    /// Nodes that it is for.
    pub targets: Vec<TargetBody>,
    /// Name of the zip around it.
    pub zip_name: Option<String>,
    /// SHA-256 of the zip, in lower-case hexadecimal.
    pub zip_sha256: Option<String>,
    /// Size of the zip in bytes.
    pub zip_size: Option<u64>,
}

/// How a file stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileStateBody {
    /// It is awaited, or arriving.
    Uploading,
    /// It has arrived and is being looked at.
    Checking,
    /// It can be published.
    Ready,
    /// It cannot.
    Refused,
}

/// What stands in the way, or why something failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProblemBody {
    /// Stable name of the kind.
    #[schema(example = "not_ready")]
    pub code: String,
    /// A sentence for people.
    pub message: String,
}

/// A publication whose files are being sent.
pub fn of_draft(draft: &Draft, preview: &Preview) -> PublicationBody {
    let contents = &draft.contents;
    let file = |file: &DraftFile| {
        let zip = preview.zips.iter().find(|zip| zip.file == file.id);
        let (state, refused, sha256) = match &file.state {
            FileState::Uploading => (FileStateBody::Uploading, None, None),
            FileState::Checking => (FileStateBody::Checking, None, None),
            FileState::Ready { sha256, .. } => (FileStateBody::Ready, None, Some(sha256.clone())),
            FileState::Carried { .. } => (FileStateBody::Ready, None, None),
            FileState::Refused { reason } => {
                let message = refused_text(Language::En, reason);
                (FileStateBody::Refused, Some(ProblemBody { code: tag(reason, "reason"), message }), None)
            }
        };
        FileBody {
            id: file.id.clone(),
            file_name: file.file_name.clone(),
            size: Some(file.size),
            received: Some(file.received),
            state,
            refused,
            sha256,
            targets: file.targets.iter().map(target).collect(),
            zip_name: zip.map(|zip| zip.name.clone()),
            zip_sha256: zip.map(|zip| zip.sha256.clone()),
            zip_size: zip.map(|zip| zip.size),
        }
    };
    PublicationBody {
        id: draft.id.clone(),
        state: StateBody::Uploading,
        name: contents.name.clone(),
        version_name: Some(contents.version_name.clone()).filter(|name| !name.is_empty()),
        document_version: None,
        new_version: contents.base.is_some(),
        bucket: contents.bucket.clone(),
        prefix: contents.prefix.clone(),
        files: draft.files.iter().map(file).collect(),
        problems: preview.problems.iter().map(problem).collect(),
        failure: None,
        sent: 0,
        to_send: preview.zips.iter().map(|zip| zip.size).sum(),
        page: format!("/packages/drafts/{}/review", draft.id),
    }
}

/// A publication that was begun.
pub fn of_publication(publication: &Publication) -> PublicationBody {
    let plan = &publication.plan;
    let (sent, to_send) = publication.progress();
    let (state, document_version, failure) = match &publication.stage {
        Stage::Uploading => (StateBody::Publishing, None, None),
        Stage::Registering => (StateBody::Registering, None, None),
        Stage::Creating { document_version } => (StateBody::Creating, Some(document_version), None),
        Stage::Undoing { failure, .. } => (StateBody::Undoing, None, Some(failure)),
        Stage::Published { document_version } => (StateBody::Published, Some(document_version), None),
        Stage::Failed { failure, .. } => (StateBody::Failed, None, Some(failure)),
    };
    let failure = failure.map(|failure| ProblemBody {
        code: tag(failure, "failure"),
        message: failure_text(Language::En, failure),
    });
    PublicationBody {
        id: publication.id.clone(),
        state,
        name: plan.name.clone(),
        version_name: plan.version_name.clone(),
        document_version: document_version.cloned(),
        new_version: plan.new_version,
        bucket: plan.bucket.clone(),
        prefix: plan.prefix.clone(),
        files: plan.files.iter().map(planned).collect(),
        problems: Vec::new(),
        failure,
        sent,
        to_send,
        page: format!("/packages/publications/{}", publication.id),
    }
}

fn planned(file: &PlannedFile) -> FileBody {
    let (id, file_name, sha256) = match &file.origin {
        Origin::Uploaded { file, file_name, sha256 } => {
            (file.clone(), file_name.clone(), Some(sha256.clone()))
        }
        Origin::Carried { .. } | Origin::InPlace { .. } => (String::new(), file.zip_name.clone(), None),
    };
    FileBody {
        id,
        file_name,
        size: None,
        received: None,
        state: FileStateBody::Ready,
        refused: None,
        sha256,
        targets: Vec::new(),
        zip_name: Some(file.zip_name.clone()),
        zip_sha256: Some(file.zip_sha256.clone()),
        zip_size: Some(file.zip_size),
    }
}

/// A problem in words.
pub fn problem(problem: &Problem) -> ProblemBody {
    ProblemBody { code: tag(problem, "problem"), message: problem_text(Language::En, problem) }
}

/// The same, where it is answered as an error.
pub fn problem_field(found: &Problem) -> FieldBody {
    match found {
        Problem::Field { field: error } => field(error),
        other => {
            let ProblemBody { code, message } = problem(other);
            let at = if matches!(other, Problem::Manifest) { "manifest" } else { "files" };
            FieldBody { field: at.to_owned(), code, message }
        }
    }
}

fn target(target: &Target) -> TargetBody {
    let Target { platform, version, architecture } = target.clone();
    TargetBody { platform, version, architecture }
}
