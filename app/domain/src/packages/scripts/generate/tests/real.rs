//! A package that is installed and removed by Debian's own tools, in a folder that is their root.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::node::{Node, Run};
use crate::packages::drafts::EditedScripts;
use crate::packages::scripts::generate;
use crate::packages::software::read;

const FILE: &str = "hello-fleet_1.2.3-1_all.deb";
const TOOLS: &str = "PATH=/usr/sbin:/usr/bin:/sbin:/bin exec";

/// A node with nothing installed, and a package beside its scripts.
fn node() -> (Node, EditedScripts, PathBuf) {
    let node = Node::with(&[]);
    let root = node.path("root");
    for folder in
        ["dpkg/updates", "dpkg/info", "apt/lists/partial", "apt/archives/partial", "apt/sources.list.d"]
    {
        fs::create_dir_all(root.join("var/lib").join(folder)).unwrap();
    }
    fs::write(root.join("var/lib/dpkg/status"), "").unwrap();
    let (root_of, data) = (root.display(), root.join("var/lib"));
    let data = data.display();
    node.tool("dpkg-query", &format!("{TOOLS} dpkg-query --admindir={data}/dpkg \"$@\""));
    node.tool("dpkg", &format!("{TOOLS} dpkg --root={root_of} --force-not-root --log=/dev/null \"$@\""));
    let file = build(&node);
    let software = read(File::open(&file).unwrap()).unwrap();
    (node, generate(&software, FILE), root)
}

/// Lets apt-get work in the root, without any list of packages.
fn with_apt_get(node: &Node, root: &Path) {
    let (root, data) = (root.display(), root.join("var/lib"));
    let data = data.display();
    let options = [
        format!("Dir::State::status={data}/dpkg/status"),
        format!("Dir::State={data}/apt"),
        format!("Dir::Cache={data}/apt"),
        format!("Dir::Etc={data}/apt"),
        format!("DPkg::Options::=--root={root}"),
        "DPkg::Options::=--force-not-root".to_owned(),
        "DPkg::Options::=--log=/dev/null".to_owned(),
        "Debug::NoLocking=1".to_owned(),
    ];
    let options: String = options.iter().map(|option| format!(" -o {option}")).collect();
    node.tool("apt-get", &format!("{TOOLS} apt-get{options} \"$@\""));
}

fn build(node: &Node) -> PathBuf {
    let (tree, file) = (node.path("tree"), node.path(FILE));
    fs::create_dir_all(tree.join("DEBIAN")).unwrap();
    fs::create_dir_all(tree.join("opt/hello-fleet")).unwrap();
    fs::write(tree.join("opt/hello-fleet/hello.txt"), "hello\n").unwrap();
    let control = "Package: hello-fleet\nVersion: 1.2.3-1\nArchitecture: all\n\
        Maintainer: Example <packages@example.com>\nDescription: says hello\n";
    fs::write(tree.join("DEBIAN/control"), control).unwrap();
    let built =
        Command::new("dpkg-deb").args(["--root-owner-group", "--build"]).arg(&tree).arg(&file).output();
    assert!(built.unwrap().status.success());
    file
}

fn succeeds(run: &Run, said: &str) {
    assert!(run.code == 0 && run.output.contains(said), "{run:?}");
}

fn installs_and_removes(node: &Node, scripts: &EditedScripts, root: &Path) {
    let (install, uninstall) = (scripts.install.as_ref().unwrap(), scripts.uninstall.as_ref().unwrap());
    let installed = root.join("opt/hello-fleet/hello.txt");
    succeeds(&node.run(install), "Installed hello-fleet 1.2.3-1.");
    assert_eq!(fs::read_to_string(&installed).unwrap(), "hello\n");
    succeeds(&node.run(install), "is already installed");
    succeeds(&node.run(uninstall), "Removed hello-fleet.");
    assert!(!installed.exists());
    succeeds(&node.run(uninstall), "is not installed");
}

#[test]
fn dpkg_installs_and_removes_it() {
    let (node, scripts, root) = node();
    installs_and_removes(&node, &scripts, &root);
}

#[test]
fn apt_get_installs_and_removes_it() {
    let (node, scripts, root) = node();
    with_apt_get(&node, &root);
    installs_and_removes(&node, &scripts, &root);
}
