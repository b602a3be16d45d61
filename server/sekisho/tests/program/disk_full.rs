//! No room on the disk: an upload says so, and leaves nothing behind.

use serde_json::json;
use tokio::process::Command;

use crate::publisher::{Publisher, software};
use crate::running::{Running, sekisho};
use crate::serve::{client, sign_in};

const PASSWORD: &str = "given password";
/// Blocks of 512 bytes: as much as the program may write into one file.
const ROOM: usize = 8 << 20;

/// The same program with a limit, which it meets as it meets the end of a disk.
fn limited(command: &Command) -> Command {
    let command = command.as_std();
    let mut limited = Command::new("/bin/sh");
    let script = format!("trap '' XFSZ; ulimit -f {}; exec \"$0\" \"$@\"", ROOM / 512);
    limited.arg("-c").arg(script).arg(command.get_program()).args(command.get_args()).env_clear();
    for (name, value) in command.get_envs() {
        limited.envs(value.map(|value| (name, value)));
    }
    limited
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .kill_on_drop(true);
    limited
}

#[tokio::test]
async fn an_upload_that_finds_no_room_is_refused_and_gone() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = sekisho(folder.path(), &["serve"]);
    command.env("SEKISHO_ADMIN_PASSWORD", PASSWORD);
    let console = Running::start(limited(&command)).await;
    let cookie = sign_in(&client(), &console.url, PASSWORD).await;
    let publisher = Publisher { console, cookie };
    let (id, file) = publisher.upload(&software(folder.path(), 3 * ROOM)).await;
    assert_eq!(file["state"], json!({"state": "refused", "reason": {"reason": "disk_full"}}), "{file}");
    let files = std::fs::read_dir(folder.path().join("data/drafts").join(&id)).unwrap().count();
    assert_eq!(files, 0, "what was written is gone");
    // What fits is taken, by the same draft's owner, at once.
    let (_, file) = publisher.upload(&software(folder.path(), 1000)).await;
    assert_eq!(file["state"]["state"], "ready", "{file}");
    publisher.console.signal("TERM").await;
    assert_eq!(publisher.console.ended().await.0, 0);
}
