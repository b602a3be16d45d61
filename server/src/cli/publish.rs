//! `sekisho publish`: a package from a pipeline, through the API of a console.

mod ask;
mod client;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::api::error::ErrorBody;
use crate::api::view::{FileStateBody, ProblemBody, PublicationBody, StateBody};
use crate::config::{OutputFormat, PublishArgs, token};
use crate::random::SystemRandom;
use client::{Client, Refusal};

/// Between two looks at how far it has come.
const LOOK: Duration = Duration::from_secs(1);
/// How long a cancelled publication may take to be undone.
const UNDONE_WITHIN: Duration = Duration::from_secs(60);

/// Why nothing was published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// A file cannot be read.
    #[error("{} cannot be read: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// Wrong arguments.
    #[error("{0}")]
    Usage(String),
    /// The console refuses what it is asked for.
    #[error("{}", told(.0))]
    Refused(ErrorBody),
    /// The token does not work, or may not do this.
    #[error("{0}")]
    Denied(String),
    /// The publication has come to nothing.
    #[error("the publication has failed: {}", .0.message)]
    Failed(ProblemBody),
    /// The console cannot be reached, or is no console.
    #[error("the console cannot be used: {0}")]
    Unreachable(String),
    /// Somebody wanted it to end.
    #[error("cancelled")]
    Cancelled,
    /// What came of it could not be told.
    #[error("the answer could not be written: {0}")]
    Write(io::Error),
}

impl PublishError {
    /// The exit code, as the help of the command says.
    #[must_use]
    pub const fn code(&self) -> u8 {
        match self {
            Self::File { .. } | Self::Write(_) => 1,
            Self::Usage(_) => 2,
            Self::Refused(_) => 3,
            Self::Denied(_) => 4,
            Self::Failed(_) => 5,
            Self::Unreachable(_) => 6,
            Self::Cancelled => 130,
        }
    }
}

impl From<Refusal> for PublishError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Answer { status: 401 | 403, body } => Self::Denied(body.message),
            Refusal::Answer { status: 400..500, body } => Self::Refused(body),
            Refusal::Answer { body, .. } => Self::Unreachable(body.message),
            Refusal::Unreachable(message) => Self::Unreachable(message),
        }
    }
}

fn told(body: &ErrorBody) -> String {
    let fields = body.fields.iter().map(|field| format!("\n  {}: {}", field.field, field.message));
    format!("{}{}", body.message, fields.collect::<String>())
}

/// Publishes what the command line says: what comes of it on `out`, progress and errors on `log`.
pub async fn publish(
    args: PublishArgs,
    out: &mut (impl Write + Send),
    log: &mut (impl Write + Send),
) -> ExitCode {
    let cancelled = CancellationToken::new();
    let signals = tokio::spawn(cancel_on_signal(cancelled.clone()));
    let done = run(&args, &cancelled, log).await.and_then(|published| tell(args.output, &published, out));
    signals.abort();
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where standard error is gone, the exit code still tells.
            let _ = writeln!(log, "sekisho: {error}");
            ExitCode::from(error.code())
        }
    }
}

async fn cancel_on_signal(cancelled: CancellationToken) {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (Ok(mut interrupt), Ok(mut terminate)) =
            (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
        else {
            return;
        };
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    if tokio::signal::ctrl_c().await.is_err() {
        return;
    }
    cancelled.cancel();
}

async fn run(
    args: &PublishArgs,
    cancelled: &CancellationToken,
    log: &mut (impl Write + Send),
) -> Result<PublicationBody, PublishError> {
    let secret = token().ok_or_else(|| {
        PublishError::Usage(
            "SEKISHO_TOKEN is not set; make a token on the console's page Access tokens".to_owned(),
        )
    })?;
    let request = ask::request(args)?;
    let client = Client::new(&args.server, &secret).map_err(PublishError::Usage)?;
    let key = args.idempotency_key.clone().unwrap_or_else(|| SystemRandom.uuid().to_string());
    let begun = cancelled.run_until_cancelled(client.create(&request, &key)).await;
    let begun = begun.ok_or(PublishError::Cancelled)??;
    let id = begun.id.clone();
    let done = match cancelled.run_until_cancelled(finish(&client, args, begun, log)).await {
        Some(done) => done,
        None => Err(PublishError::Cancelled),
    };
    if let Err(error) = &done
        && !matches!(error, PublishError::Unreachable(_))
    {
        give_up(&client, &id, args.keep_draft, log).await;
    }
    done
}

/// Sends what is missing, publishes it, and waits for the end.
async fn finish(
    client: &Client,
    args: &PublishArgs,
    mut publication: PublicationBody,
    log: &mut (impl Write + Send),
) -> Result<PublicationBody, PublishError> {
    if publication.state == StateBody::Uploading {
        for path in &args.files {
            send(client, &publication, path, log).await?;
        }
        publication = client.publish(&publication.id).await?;
    }
    let mut said = None;
    loop {
        let now = (publication.state, publication.sent);
        if said != Some(now) {
            said = Some(now);
            progress(log, &publication);
        }
        match publication.state {
            StateBody::Published => return Ok(publication),
            StateBody::Failed => {
                let unknown =
                    ProblemBody { code: "unknown".to_owned(), message: "no reason is known".to_owned() };
                return Err(PublishError::Failed(publication.failure.unwrap_or(unknown)));
            }
            _ => {}
        }
        tokio::time::sleep(LOOK).await;
        publication = client.read(&publication.id).await?;
    }
}

/// Sends a file, from where an earlier run has stopped.
async fn send(
    client: &Client,
    publication: &PublicationBody,
    path: &std::path::Path,
    log: &mut (impl Write + Send),
) -> Result<(), PublishError> {
    let name = ask::file_name(path)?;
    let file = publication.files.iter().find(|file| file.file_name == name);
    let file = file.ok_or_else(|| PublishError::Unreachable(format!("the console does not know {name}")))?;
    if file.state == FileStateBody::Ready {
        return Ok(());
    }
    let size = file.size.unwrap_or_default();
    let _ = writeln!(log, "{name}: sending {size} bytes");
    let answer = client.send(&publication.id, &file.id, path, size).await?;
    let sent = answer.files.into_iter().find(|sent| sent.id == file.id);
    match sent.map(|sent| (sent.state, sent.refused, sent.sha256)) {
        Some((FileStateBody::Ready, _, sha256)) => {
            let _ = writeln!(log, "{name}: SHA-256 {}", sha256.unwrap_or_default());
            Ok(())
        }
        Some((FileStateBody::Refused, Some(refused), _)) => Err(PublishError::Refused(ErrorBody {
            code: refused.code,
            message: format!("{name}: {}", refused.message),
            fields: Vec::new(),
            aws_code: None,
            aws_request_id: None,
        })),
        _ => Err(PublishError::Unreachable(format!("{name} did not arrive"))),
    }
}

fn progress(log: &mut impl Write, publication: &PublicationBody) {
    let PublicationBody { sent, to_send, .. } = publication;
    let said = match publication.state {
        StateBody::Uploading => "files are awaited".to_owned(),
        StateBody::Publishing => format!("to S3: {sent} of {to_send} bytes"),
        StateBody::Registering => "Systems Manager is being told".to_owned(),
        StateBody::Creating => "Systems Manager checks the files".to_owned(),
        StateBody::Undoing => "what was written is being removed".to_owned(),
        StateBody::Published => "published".to_owned(),
        StateBody::Failed => "failed".to_owned(),
    };
    let _ = writeln!(log, "{said}");
}

/// Leaves nothing behind, but for a draft that somebody wants to look at.
async fn give_up(client: &Client, id: &str, keep_draft: bool, log: &mut (impl Write + Send)) {
    let undone = async {
        loop {
            match client.read(id).await?.state {
                // Gone on, or undone: the draft is still there.
                StateBody::Uploading | StateBody::Failed if keep_draft => return Ok(()),
                StateBody::Published => return Ok(()),
                // What is left of it goes; that it has failed can still be read.
                StateBody::Failed => return client.remove(id).await,
                StateBody::Undoing => {}
                _ => client.remove(id).await?,
            }
            tokio::time::sleep(LOOK).await;
        }
    };
    let undone = tokio::time::timeout(UNDONE_WITHIN, undone).await;
    match undone {
        Ok(Ok(()) | Err(Refusal::Answer { status: 404, .. })) => {
            if keep_draft {
                let _ = writeln!(
                    log,
                    "the draft is kept: {}",
                    client.page(&format!("/packages/drafts/{id}/review"))
                );
            }
        }
        Ok(Err(refusal)) => {
            let _ = writeln!(log, "it could not be given up: {}", PublishError::from(refusal));
        }
        Err(_) => {
            let _ = writeln!(log, "it is still being given up");
        }
    }
}

fn tell(format: OutputFormat, published: &PublicationBody, out: &mut impl Write) -> Result<(), PublishError> {
    let text = match format {
        OutputFormat::Json => format!("{}\n", serde_json::to_string(published).unwrap_or_default()),
        OutputFormat::Text => {
            let version = published.version_name.as_deref().unwrap_or("-");
            let number = published.document_version.as_deref().unwrap_or("-");
            let zips = published.files.iter().map(|file| {
                let [sum, name] =
                    [&file.zip_sha256, &file.zip_name].map(|text| text.as_deref().unwrap_or("-"));
                format!("{sum}  {name}\n")
            });
            format!(
                "{} {version} is published as version {number}\n{}",
                published.name,
                zips.collect::<String>()
            )
        }
    };
    out.write_all(text.as_bytes()).map_err(PublishError::Write)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_has_the_exit_code_that_the_help_tells() {
        let body = |status| Refusal::Answer {
            status,
            body: ErrorBody {
                code: "x".to_owned(),
                message: "x".to_owned(),
                fields: Vec::new(),
                aws_code: None,
                aws_request_id: None,
            },
        };
        for (refusal, code) in [
            (body(401), 4),
            (body(403), 4),
            (body(404), 3),
            (body(409), 3),
            (body(422), 3),
            (body(500), 6),
            (Refusal::Unreachable("x".to_owned()), 6),
        ] {
            assert_eq!(PublishError::from(refusal).code(), code);
        }
        assert_eq!(PublishError::Cancelled.code(), 130);
    }
}
