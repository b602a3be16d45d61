//! What `ShellCheck` says of a script, where it is installed, beside the checks of our own.

use std::collections::HashSet;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use domain::packages::scripts::check::{Finding, Level, Position, ScriptProblem};
use serde::Deserialize;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

use crate::hash::sha256_hex;

/// It takes a tenth of a second; people wait for the page that shows what it says.
const WAIT: Duration = Duration::from_secs(5);
/// How many scripts' findings are kept: people look at the same scripts again and again.
const KEPT: u64 = 1_000;

/// The program `shellcheck`, if there is one.
#[derive(Clone)]
pub struct ShellCheck {
    program: String,
    said: moka::future::Cache<String, Arc<Vec<Finding>>>,
}

impl Default for ShellCheck {
    fn default() -> Self {
        Self::at("shellcheck")
    }
}

#[derive(Deserialize)]
struct Report {
    comments: Vec<Comment>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Comment {
    line: u32,
    end_line: u32,
    column: u32,
    end_column: u32,
    level: Level,
    code: u32,
    message: String,
}

impl ShellCheck {
    /// The program at this path, or of this name.
    #[must_use]
    pub fn at(program: &str) -> Self {
        Self { program: program.to_owned(), said: moka::future::Cache::new(KEPT) }
    }

    /// What it says of a script beyond what is known of it; nothing where it is not installed or does not answer.
    pub async fn add_to(&self, findings: &mut Vec<Finding>, script: &str) {
        let said = match self.said.get(&sha256_hex(script)).await {
            Some(said) => said,
            None => {
                let Some(said) = self.ask(script).await else { return };
                let said = Arc::new(said);
                self.said.insert(sha256_hex(script), Arc::clone(&said)).await;
                said
            }
        };
        let new: Vec<_> = said.iter().filter(|said| !is_known(findings, said)).cloned().collect();
        findings.extend(new);
        findings.sort_by_key(|finding| (finding.start.line, finding.start.column));
    }

    async fn ask(&self, script: &str) -> Option<Vec<Finding>> {
        match tokio::time::timeout(WAIT, self.run(script)).await {
            Ok(Ok(findings)) => Some(findings),
            Ok(Err(error)) if error.kind() == std::io::ErrorKind::NotFound => None,
            Ok(Err(error)) => {
                tracing::warn!(%error, "ShellCheck does not work");
                None
            }
            Err(_) => {
                tracing::warn!("ShellCheck took too long");
                None
            }
        }
    }

    async fn run(&self, script: &str) -> std::io::Result<Vec<Finding>> {
        let mut child = Command::new(&self.program)
            .args(["--norc", "--shell=sh", "--severity=info", "--format=json1", "-"])
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        // It reads everything before it answers, so neither waits for the other.
        if let Some(mut input) = child.stdin.take() {
            input.write_all(script.as_bytes()).await?;
        }
        let output = child.wait_with_output().await?;
        let report: Report = serde_json::from_slice(&output.stdout)?;
        // What holds for each command of a line is said once.
        let mut said = HashSet::new();
        let new = report.comments.into_iter().filter(|comment| said.insert((comment.line, comment.code)));
        Ok(new.map(finding).collect())
    }
}

fn finding(comment: Comment) -> Finding {
    let Comment { line, end_line, column, end_column, level, code, message } = comment;
    Finding {
        start: Position { line, column },
        end: Position { line: end_line, column: end_column },
        level,
        problem: ScriptProblem::ShellCheck { code, message },
    }
}

/// Grammar (SC1…) and bashisms (SC3…) are checked here too, and said in the reader's language.
fn is_known(findings: &[Finding], said: &Finding) -> bool {
    let ScriptProblem::ShellCheck { code, .. } = said.problem else { return false };
    matches!(code / 1000, 1 | 3) && findings.iter().any(|known| known.start.line == said.start.line)
}

#[cfg(test)]
mod tests {
    use domain::packages::scripts::check::check;
    use domain::packages::scripts::{Language, generate};
    use domain::packages::software::{Architecture, Software, SoftwareKind};

    use super::*;

    async fn codes(script: &str) -> Vec<(u32, u32)> {
        let mut findings = Vec::new();
        ShellCheck::default().add_to(&mut findings, script).await;
        let code = |finding: &Finding| match finding.problem {
            ScriptProblem::ShellCheck { code, .. } => Some((finding.start.line, code)),
            _ => None,
        };
        findings.iter().filter_map(code).collect()
    }

    #[tokio::test]
    async fn it_points_at_the_line() {
        assert_eq!(codes("#!/bin/sh\nrm -rf $1\nexit 0\n").await, [(2, 2086)]);
        assert_eq!(codes("#!/bin/sh\nexit 0\n").await, []);
    }

    #[tokio::test]
    async fn what_is_known_is_said_once() {
        let script = "#!/bin/sh\nif [[ -e /x ]]; then :; fi\nexit 0\n";
        let mut findings = check(Language::Sh, script, &[]);
        let own = findings.len();
        ShellCheck::default().add_to(&mut findings, script).await;
        assert_eq!((own, findings.len()), (1, 1), "{findings:?}");
    }

    #[tokio::test]
    async fn what_is_generated_it_does_not_mind() {
        for kind in [SoftwareKind::Deb, SoftwareKind::Rpm] {
            let scripts = generate(&software(kind), "tool's.package");
            for (action, text) in scripts.by_action() {
                let Some(text) = text else { continue };
                assert_eq!(codes(text).await, [], "{kind:?} {action:?}\n{text}");
            }
        }
    }

    fn software(kind: SoftwareKind) -> Software {
        Software {
            kind,
            name: "tool".to_owned(),
            version: "1.2.3".to_owned(),
            release: Some("1".to_owned()),
            epoch: Some(1),
            architecture: Architecture::X86_64,
            native_architecture: "x86_64".to_owned(),
            publisher: None,
            dependencies: Vec::new(),
            product_code: None,
            upgrade_code: None,
            summary: None,
            signed: false,
        }
    }

    #[tokio::test]
    async fn without_it_nothing_is_said() {
        let mut findings = Vec::new();
        ShellCheck::at("/no/such/program").add_to(&mut findings, "rm -rf $1\n").await;
        assert_eq!(findings, []);
    }
}
