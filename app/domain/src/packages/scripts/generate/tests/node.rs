//! A folder that stands for a node: its only tools are these.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

pub struct Node {
    folder: TempDir,
}

/// What came of a script.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    /// Standard output and standard error.
    pub output: String,
    /// The tools that were called, with their arguments.
    pub calls: Vec<String>,
}

impl Node {
    /// With tools that do nothing, successfully.
    pub fn with(tools: &[&str]) -> Self {
        let node = Self { folder: tempfile::tempdir().unwrap() };
        std::fs::create_dir(node.path("bin")).unwrap();
        for tool in tools {
            node.tool(tool, "");
        }
        node
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A tool that notes its call and then does this.
    pub fn tool(&self, name: &str, script: &str) {
        let path = self.path("bin").join(name);
        std::fs::write(&path, format!("#!/bin/sh\necho \"{name} $*\" >> calls\n{script}\n")).unwrap();
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
    }

    /// Runs the script as the agent does.
    pub fn run(&self, script: &str) -> Run {
        std::fs::write(self.path("script.sh"), script).unwrap();
        std::fs::write(self.path("calls"), "").unwrap();
        let output = Command::new("/bin/sh")
            .arg("script.sh")
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", self.path("bin"))
            .output()
            .unwrap();
        let text = [output.stdout, output.stderr].concat();
        let calls = std::fs::read_to_string(self.path("calls")).unwrap();
        Run {
            code: output.status.code().unwrap(),
            output: String::from_utf8(text).unwrap(),
            calls: calls.lines().map(str::to_owned).collect(),
        }
    }
}
