//! `sekisho publish`: a package from the command line to Distributor, and what becomes of one that comes to nothing.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use reqwest::Client;
use reqwest::header::{CONTENT_TYPE, COOKIE};
use serde_json::Value;
use tokio::process::Command;

use crate::running::{Running, ended, sekisho, signal};
use crate::serve::{client, sign_in};

/// A bucket of the stand-in's account.
const BUCKET: &str = "sekisho-packages-123456789012";

/// A Debian package with this much in it.
fn deb(folder: &Path, size: usize) -> PathBuf {
    let control = "Package: tool\nVersion: 1.0\nArchitecture: amd64\nMaintainer: ACME <acme@example.com>\nDescription: x\n";
    let mut archive = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_ustar();
    header.set_size(control.len() as u64);
    archive.append_data(&mut header, "./control", control.as_bytes()).unwrap();
    let control = archive.into_inner().unwrap();
    let mut deb = b"!<arch>\n".to_vec();
    let data = vec![7; size];
    for (name, bytes) in [("debian-binary", &b"2.0\n"[..]), ("control.tar", &control), ("data.tar", &data)] {
        let header = format!("{name:<16}{:<12}{:<6}{:<6}{:<8}{:<10}`\n", 0, 0, 0, 100_644, bytes.len());
        deb.extend_from_slice(header.as_bytes());
        deb.extend_from_slice(bytes);
    }
    let path = folder.join("tool_1.0_amd64.deb");
    std::fs::write(&path, deb).unwrap();
    path
}

/// A console and a token of its admin's.
struct World {
    folder: tempfile::TempDir,
    console: Running,
    client: Client,
    cookie: String,
    token: String,
}

impl World {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = sekisho(folder.path(), &["serve"]);
        command.env("SEKISHO_ADMIN_PASSWORD", "given password");
        let console = Running::start(command).await;
        let client = client();
        let cookie = sign_in(&client, &console.url, "given password").await;
        let form = "submission=0b2f6a3e-6d0c-4a53-9f0e-0d5e5b0c7a11&name=CI&names=&days=1";
        let request = client.post(format!("{}/tokens", console.url)).header(COOKIE, &cookie);
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(form);
        let page = request.send().await.unwrap().text().await.unwrap();
        let token = page[page.find("sekisho_").unwrap()..].chars().take(72).collect();
        Self { folder, console, client, cookie, token }
    }

    fn publish(&self, file: &Path, more: &[&str]) -> Command {
        let file = file.to_str().unwrap();
        let mut arguments = vec!["publish", "--server", &self.console.url, "--file", file];
        arguments.extend(more);
        let mut command = sekisho(self.folder.path(), &arguments);
        command.env("SEKISHO_TOKEN", &self.token);
        command
    }

    async fn page(&self, path: &str) -> String {
        let page = self.client.get(format!("{}{path}", self.console.url)).header(COOKIE, &self.cookie);
        page.send().await.unwrap().text().await.unwrap()
    }

    async fn stop(self) -> String {
        self.console.signal("TERM").await;
        let (code, _, log) = self.console.ended().await;
        assert_eq!(code, 0, "{log}");
        assert!(!log.contains(&self.token), "{log}");
        log
    }
}

#[tokio::test]
async fn a_package_is_published_and_a_job_that_is_run_again_does_not_publish_twice() {
    let world = World::new().await;
    let file = deb(world.folder.path(), 3_000_000);
    let arguments = ["--name", "Tool", "--version-name", "1.0", "--bucket", BUCKET, "--idempotency-key", "7"];
    let json = [&arguments[..], &["--output", "json", "--target", "ubuntu:_any:x86_64"]].concat();
    let (code, out, log) = ended(world.publish(&file, &json)).await;
    assert_eq!(code, 0, "{log}");
    let published: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (published["state"].as_str(), published["document_version"].as_str()),
        (Some("published"), Some("1"))
    );
    assert!(log.contains("SHA-256") && !log.contains(&world.token), "{log}");
    let (code, again, _) = ended(world.publish(&file, &json)).await;
    let again: Value = serde_json::from_str(&again).unwrap();
    assert_eq!((code, &again["id"]), (0, &published["id"]));

    // The package's page knows who published it, by which token, and from which file.
    assert!(world.page("/packages").await.contains("Tool"));
    let page = world.page("/packages/Tool").await;
    let sum = published["files"][0]["sha256"].as_str().unwrap();
    let zip = published["files"][0]["zip_sha256"].as_str().unwrap();
    for text in [sum, zip, "tool_1.0_amd64.deb", "admin, by token CI"] {
        assert!(page.contains(text), "{text}: {page}");
    }

    // Another version of it, told for people.
    let mut more = arguments;
    (more[3], more[7]) = ("2.0", "8");
    let (code, out, log) = ended(world.publish(&file, &more)).await;
    assert_eq!(code, 0, "{log}");
    assert!(out.starts_with("Tool 2.0 is published as version 2\n"), "{out}");
    world.stop().await;
}

#[tokio::test]
async fn what_is_refused_or_cancelled_ends_in_its_exit_code_and_leaves_nothing() {
    let world = World::new().await;
    let file = deb(world.folder.path(), 1000);
    let arguments = ["--name", "Tool", "--bucket", BUCKET];
    let (code, _, log) = ended(world.publish(&file, &["--name", "aws-tool", "--bucket", BUCKET])).await;
    assert_eq!(code, 3, "{log}");
    assert!(log.contains("name: "), "{log}");
    let (code, _, log) = ended(world.publish(Path::new("/nowhere.deb"), &arguments)).await;
    assert_eq!(code, 1, "{log}");
    let (code, _, log) = ended(world.publish(&file, &["--name", "Tool", "--bucket", "no-such-bucket"])).await;
    assert_eq!(code, 5, "{log}");
    let text = world.folder.path().join("notes.deb");
    std::fs::write(&text, "these are notes").unwrap();
    let (code, _, log) = ended(world.publish(&text, &arguments)).await;
    assert_eq!(code, 3, "{log}");
    let mut wrong = world.publish(&file, &arguments);
    wrong.env("SEKISHO_TOKEN", "sekisho_0");
    assert_eq!(ended(wrong).await.0, 4);
    let mut none = world.publish(&file, &arguments);
    none.env_remove("SEKISHO_TOKEN");
    assert_eq!(ended(none).await.0, 2);

    // Ended by a signal while the console waits for more than there is.
    let large = deb(world.folder.path(), 200_000_000);
    let mut command = world.publish(&large, &arguments);
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    let mut log = tokio::io::BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    tokio::io::AsyncBufReadExt::read_line(&mut log, &mut line).await.unwrap();
    assert!(line.contains("sending"), "{line}");
    signal(&child, "INT").await;
    assert_eq!(child.wait().await.unwrap().code(), Some(130));
    let drafts = world.page("/packages/drafts").await;
    assert!(drafts.contains("No drafts"), "{drafts}");
    world.stop().await;
}
