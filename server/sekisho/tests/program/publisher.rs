//! Somebody who publishes a package by the console's server functions.

use std::path::Path;

use reqwest::header::{CONTENT_TYPE, COOKIE, ORIGIN};
use serde_json::{Value, json};

use crate::running::Running;
use crate::serve::client;

/// The publication's id.
pub const SUBMISSION: &str = "255996e5-f42d-44c8-8fb8-eb17f76696bc";

/// Somebody who works with the console.
pub struct Publisher {
    pub console: Running,
    pub cookie: String,
}

impl Publisher {
    pub async fn call(&self, function: &str, arguments: &Value) -> Value {
        let url = format!("{}/api/packages/{function}", self.console.url);
        let request = client().post(url).header(COOKIE, &self.cookie).header(ORIGIN, &self.console.url);
        let request = request.header(CONTENT_TYPE, "application/json").body(arguments.to_string());
        let answer = request.send().await.unwrap();
        let (status, body) = (answer.status(), answer.text().await.unwrap());
        assert_eq!(status, 200, "{function}: {body}");
        serde_json::from_str(&body).unwrap()
    }

    /// Makes a draft and sends a file to it: the draft's id, and the file as it then stands.
    pub async fn upload(&self, software: &[u8]) -> (String, Value) {
        let draft = self.call("drafts/create", &json!({"kind": "simple", "base": null})).await;
        let id = draft["id"].as_str().unwrap().to_owned();
        let announced = json!({"id": id, "file": {"file_name": "tool.deb", "size": software.len()}});
        let file = self.call("drafts/add-file", &announced).await;
        let url = format!("{}/packages/drafts/{id}/files/{}", self.console.url, file["id"].as_str().unwrap());
        let request = client().put(url).header(COOKIE, &self.cookie).header(ORIGIN, &self.console.url);
        let answer = request.body(software.to_vec()).send().await.unwrap();
        (id, serde_json::from_str(&answer.text().await.unwrap()).unwrap())
    }

    /// Makes a draft that can be published, and begins to publish it.
    pub async fn publish(&self, software: &[u8]) {
        let buckets = self.call("buckets/list", &json!({})).await;
        let (id, file) = self.upload(software).await;
        assert_eq!(file["state"]["state"], "ready", "{file}");
        let changes = json!([
            {"change": "details", "name": "Killed-Tool", "version_name": "1.0", "publisher": ""},
            {"change": "location", "bucket": buckets[0]["name"], "prefix": "Killed-Tool/1.0"},
        ]);
        self.call("drafts/change", &json!({"id": id, "revision": 1, "changes": changes})).await;
        let preview = self.call("drafts/preview", &json!({"id": id})).await;
        let begun = json!({"submission": SUBMISSION, "draft": id, "fingerprint": preview["fingerprint"]});
        self.call("publications/begin", &begun).await;
    }
}

/// A `.deb` of a little more than this many bytes.
pub fn software(folder: &Path, payload: usize) -> Vec<u8> {
    let tree = folder.join("tree");
    std::fs::create_dir_all(tree.join("DEBIAN")).unwrap();
    let control = "Package: tool\nVersion: 1.0\nArchitecture: amd64\n\
        Maintainer: Example <packages@example.com>\nDescription: a tool\n";
    std::fs::write(tree.join("DEBIAN/control"), control).unwrap();
    std::fs::write(tree.join("data"), vec![7; payload]).unwrap();
    let file = folder.join("tool.deb");
    let mut build = std::process::Command::new("dpkg-deb");
    let built = build.args(["-Znone", "--root-owner-group", "--build"]).arg(&tree).arg(&file).output();
    assert!(built.unwrap().status.success());
    std::fs::read(file).unwrap()
}
