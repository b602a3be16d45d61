//! `sekisho user`.

use std::path::Path;
use std::process::Stdio;

use tokio::io::AsyncWriteExt as _;

use crate::running::{ended, sekisho};

/// Runs `sekisho user …` with a password on standard input.
async fn user(folder: &Path, arguments: &[&str], password: &str) -> (i32, String, String) {
    let mut command = sekisho(folder, &[&["user"], arguments].concat());
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    // A command that asks for no password may have ended already.
    let _ = child.stdin.take().unwrap().write_all(format!("{password}\n").as_bytes()).await;
    let output = child.wait_with_output().await.unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[tokio::test]
async fn people_are_added_listed_changed_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let run = async |arguments: &[&str], password: &str| user(folder.path(), arguments, password).await;
    assert_eq!(run(&["add", "Ann", "--role", "admin"], "correct horse").await.0, 0);
    assert_eq!(run(&["add", "bob"], "correct horse").await.0, 0);
    let (_, list, _) = run(&["list"], "").await;
    let lines: Vec<Vec<&str>> = list.lines().map(|line| line.split_whitespace().take(2).collect()).collect();
    assert_eq!(lines, [["ann", "admin"], ["bob", "viewer"]], "{list}");

    let (code, _, error) = run(&["role", "ann", "viewer"], "").await;
    assert_eq!(
        (code, error.as_str()),
        (1, "sekisho: ann is the last admin; make somebody else admin first\n")
    );
    assert_eq!(run(&["remove", "ann"], "").await.0, 1);
    assert_eq!(run(&["role", "bob", "admin"], "").await.0, 0);
    assert_eq!(run(&["remove", "ann"], "").await.0, 0);
    assert_eq!(run(&["password", "bob"], "battery staple").await.0, 0);

    for (arguments, expected) in [
        (&["add", "bob"][..], "there is somebody named bob already"),
        (&["add", "b b"], "a name is 1 to 64 characters"),
        (&["password", "ann"], "there is nobody named ann"),
    ] {
        let (code, _, error) = run(arguments, "correct horse").await;
        assert!(code == 1 && error.starts_with(&format!("sekisho: {expected}")), "{error}");
    }
    let (code, _, error) = run(&["add", "carl"], "short").await;
    assert_eq!((code, error.as_str()), (1, "sekisho: a password has at least 8 characters\n"));
}

#[tokio::test]
async fn a_password_is_never_an_argument() {
    let folder = tempfile::tempdir().unwrap();
    let (code, _, error) = ended(sekisho(folder.path(), &["user", "add", "ann", "correct horse"])).await;
    assert_eq!(code, 2, "{error}");
    assert!(error.contains("unexpected argument"), "{error}");
}
