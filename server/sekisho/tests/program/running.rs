//! A `sekisho` in a folder of its own, which knows nothing of this machine's AWS settings.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;

/// Far more than anything here takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// `sekisho` with these arguments.
pub fn sekisho(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sekisho"));
    command
        .args(arguments)
        .env_clear()
        .env("HOME", folder)
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("SEKISHO_DATA_DIR", folder.join("data"))
        .env("SEKISHO_LISTEN", "127.0.0.1:0")
        .env("SEKISHO_EMBEDDED_LISTEN", "127.0.0.1:0")
        .env("SEKISHO_EMBEDDED_NODES", "0")
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

/// What it said until it ended: exit code, standard output, standard error.
pub async fn ended(mut command: Command) -> (i32, String, String) {
    let output = timeout(PATIENCE, command.output()).await.unwrap().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// Sends a signal, as a service manager or a terminal does. By the shell's own `kill`: there is not always a program.
pub async fn signal(child: &Child, name: &str) {
    let pid = child.id().unwrap().to_string();
    let mut kill = Command::new("/bin/sh");
    kill.args(["-c", "kill -s \"$1\" \"$2\"", "kill", name, &pid]);
    assert!(kill.status().await.unwrap().success());
}

/// A console that answers.
pub struct Running {
    child: Child,
    stdout: BufReader<ChildStdout>,
    /// The line that it printed when it was ready.
    pub line: String,
    /// Where it answers.
    pub url: String,
}

impl Running {
    pub async fn start(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        timeout(PATIENCE, stdout.read_line(&mut line)).await.unwrap().unwrap();
        let Some(url) = line.split(' ').find(|word| word.starts_with("http://")) else {
            let mut log = String::new();
            child.stderr.take().unwrap().read_to_string(&mut log).await.unwrap();
            panic!("no address in {line:?}: {log}");
        };
        let url = url.trim_end_matches('/').to_owned();
        Self { child, stdout, line, url }
    }

    /// Sends a signal to it.
    pub async fn signal(&self, name: &str) {
        signal(&self.child, name).await;
    }

    /// Waits for its end: exit code, the rest of standard output, standard error.
    pub async fn ended(mut self) -> (i32, String, String) {
        let (mut out, mut log) = (String::new(), String::new());
        let mut stderr = self.child.stderr.take().unwrap();
        let reads =
            async { tokio::try_join!(self.stdout.read_to_string(&mut out), stderr.read_to_string(&mut log)) };
        timeout(PATIENCE, reads).await.unwrap().unwrap();
        let status = timeout(PATIENCE, self.child.wait()).await.unwrap().unwrap();
        (status.code().unwrap(), out, log)
    }
}
