use super::*;
use crate::packages::software::testing::{deb, msi, rpm};
use crate::packages::software::{Architecture, Software};
use node::Node;

mod node;
#[cfg(feature = "readers")]
mod real;

const DEB: &str = "example-agent_2.4.1-3_amd64.deb";
const RPM: &str = "example-agent-2.4.1-3.el9.x86_64.rpm";
const MSI: &str = "example-agent-2.4.1.msi";

fn install(software: &Software, file: &str) -> String {
    generate(software, file).install.unwrap()
}

fn uninstall(software: &Software, file: &str) -> String {
    generate(software, file).uninstall.unwrap()
}

#[test]
fn the_scripts_are_these() {
    for (software, file, installs, uninstalls) in [
        (deb(), DEB, include_str!("golden/deb-install.sh"), include_str!("golden/deb-uninstall.sh")),
        (rpm(), RPM, include_str!("golden/rpm-install.sh"), include_str!("golden/rpm-uninstall.sh")),
        (msi(), MSI, include_str!("golden/msi-install.ps1"), include_str!("golden/msi-uninstall.ps1")),
    ] {
        assert_eq!(install(&software, file), installs);
        assert_eq!(uninstall(&software, file), uninstalls);
    }
}

#[test]
fn an_update_and_a_validation_are_never_generated() {
    for (software, file) in [(deb(), DEB), (rpm(), RPM), (msi(), MSI)] {
        let scripts = generate(&software, file);
        assert_eq!((scripts.update, scripts.validate), (None, None));
    }
}

#[test]
fn a_signed_rpm_must_be_verified_by_zypper() {
    let signed = Software { signed: true, ..rpm() };
    assert!(install(&rpm(), RPM).contains("--allow-unsigned-rpm"));
    assert!(!install(&signed, RPM).contains("--allow-unsigned-rpm"));
}

#[test]
fn names_cannot_end_their_quotation_marks() {
    let name = "O'Brien's; Remove-Item C:\\".to_owned();
    let script = install(&Software { name, ..msi() }, MSI);
    assert!(script.contains(r"$name = 'O''Brien''s; Remove-Item C:\ 2.4.1'"), "{script}");
    let japanese = Software { name: "計測".to_owned(), ..msi() };
    assert!(
        install(&japanese, MSI).is_ascii(),
        "Windows PowerShell reads other letters in a legacy code page"
    );
    let strange = install(&deb(), "it's.deb");
    assert!(strange.contains(r"file='./it'\''s.deb'"), "{strange}");
}

#[test]
fn an_msi_without_upgrade_code_is_removed_by_its_product_code() {
    let script = uninstall(&Software { upgrade_code: None, ..msi() }, MSI);
    assert!(!script.contains("RelatedProducts") && !script.contains("upgradeCode"));
}

#[test]
fn apt_get_brings_the_dependencies() {
    let node = Node::with(&["dpkg-query", "apt-get", "dpkg"]);
    let run = node.run(&install(&deb(), DEB));
    assert_eq!(run.code, 0, "{run:?}");
    let [query, apt] = &*run.calls else { panic!("{run:?}") };
    assert!(query.contains("example-agent:amd64"));
    assert!(apt.starts_with("apt-get --yes") && apt.ends_with("install ./example-agent_2.4.1-3_amd64.deb"));
}

#[test]
fn apt_get_gets_new_lists_when_a_dependency_is_not_found() {
    let node = Node::with(&["dpkg-query", "dpkg"]);
    node.tool("apt-get", r#"case "$*" in *update) : > updated ;; *) [ -e updated ] || exit 100 ;; esac"#);
    let run = node.run(&install(&deb(), DEB));
    assert_eq!((run.code, run.calls.len()), (0, 4), "{run:?}");
    let alone = Software { dependencies: Vec::new(), ..deb() };
    let node = Node::with(&["dpkg-query", "dpkg"]);
    node.tool("apt-get", "exit 100");
    let run = node.run(&install(&alone, DEB));
    assert_eq!((run.code, run.calls.len()), (100, 2), "{run:?}");
}

#[test]
fn dpkg_serves_where_there_is_no_apt_get() {
    let node = Node::with(&["dpkg-query", "dpkg"]);
    let run = node.run(&install(&deb(), DEB));
    assert_eq!(
        run.calls[1],
        "dpkg --force-confdef --force-confold --install ./example-agent_2.4.1-3_amd64.deb"
    );
}

#[test]
fn what_is_installed_or_gone_already_is_success() {
    let node = Node::with(&["apt-get", "dpkg", "dnf"]);
    node.tool("dpkg-query", "printf 'install ok installed 1:2.4.1-3'");
    node.tool("rpm", "exit 0");
    for (software, file) in [(deb(), DEB), (rpm(), RPM)] {
        let run = node.run(&install(&software, file));
        assert_eq!((run.code, run.calls.len()), (0, 1), "{run:?}");
        assert!(run.output.contains("already installed"));
    }
    for state in ["", "printf 'deinstall ok config-files'", "printf 'unknown ok not-installed'", "exit 1"] {
        node.tool("dpkg-query", state);
        let run = node.run(&uninstall(&deb(), DEB));
        assert_eq!((run.code, run.calls.len()), (0, 1), "{state}: {run:?}");
        assert!(run.output.contains("is not installed"));
    }
    node.tool("rpm", "exit 1");
    let run = node.run(&uninstall(&rpm(), RPM));
    assert_eq!((run.code, run.calls.len()), (0, 1), "{run:?}");
}

#[test]
fn another_version_is_no_reason_to_stop() {
    let node = Node::with(&["apt-get", "dpkg"]);
    node.tool("dpkg-query", "printf 'install ok installed 1:2.4.1-30'");
    assert_eq!(node.run(&install(&deb(), DEB)).calls.len(), 2);
    node.tool("dpkg-query", "printf 'install ok half-configured'");
    let run = node.run(&uninstall(&deb(), DEB));
    assert!(run.calls[1].ends_with("remove example-agent:amd64"), "{run:?}");
}

/// rpm, as it answers before and after something installs the package.
const RPM_TOOL: &str = r#"case "$1" in --query) [ -e installed ] ;; *) : > installed ;; esac"#;

#[test]
fn the_package_manager_that_the_node_has_installs_an_rpm() {
    for (tools, expected) in [
        (&["dnf", "yum", "zypper"][..], "dnf --assumeyes install"),
        (&["yum", "zypper"], "yum --assumeyes install"),
        (&["zypper"], "zypper --non-interactive install --allow-unsigned-rpm"),
        (&[], "rpm --upgrade"),
    ] {
        let node = Node::with(&[]);
        node.tool("rpm", RPM_TOOL);
        for tool in tools {
            node.tool(tool, ": > installed");
        }
        let run = node.run(&install(&rpm(), RPM));
        assert_eq!(run.code, 0, "{run:?}");
        assert_eq!(run.calls[1], format!("{expected} ./{RPM}"));
    }
}

#[test]
fn a_file_of_any_name_is_taken_for_a_file() {
    for (software, file, expected) in [
        (deb(), "agent", "install ./agent.deb"),
        (deb(), "Agent.DEB", "install ./Agent.DEB.deb"),
        (rpm(), "agent.bin", "install ./agent.bin.rpm"),
    ] {
        let node = Node::with(&["dpkg-query", "apt-get", "dpkg"]);
        node.tool("rpm", RPM_TOOL);
        node.tool("dnf", ": > installed");
        node.tool("ln", "exec /bin/ln \"$@\"");
        std::fs::write(node.path(file), file).unwrap();
        let script = install(&software, file);
        let run = node.run(&script);
        assert_eq!(run.code, 0, "{run:?}");
        assert!(run.calls.iter().any(|call| call.ends_with(expected)), "{run:?}");
        let other = node.path(expected.strip_prefix("install ").unwrap());
        assert_eq!(std::fs::read_to_string(other).unwrap(), file);
        assert_eq!(node.run(&script).code, 0, "and again");
    }
}

#[test]
fn an_rpm_that_was_passed_over_is_a_failure() {
    let node = Node::with(&["dnf"]);
    node.tool("rpm", RPM_TOOL);
    let run = node.run(&install(&rpm(), RPM));
    assert_eq!(run.code, 1);
    assert!(run.output.contains("another version"), "{run:?}");
}

#[test]
fn zyppers_informational_codes_are_success_and_others_not() {
    for (code, expected) in [(0, 0), (103, 0), (8, 8)] {
        let node = Node::with(&[]);
        node.tool("rpm", RPM_TOOL);
        node.tool("zypper", &format!(": > installed; exit {code}"));
        assert_eq!(node.run(&install(&rpm(), RPM)).code, expected);
        assert_eq!(node.run(&uninstall(&rpm(), RPM)).code, expected);
    }
}

#[test]
fn the_scripts_are_posix() {
    let any = Software { architecture: Architecture::Any, ..deb() };
    for (software, file) in [(deb(), DEB), (any, DEB), (rpm(), RPM), (deb(), "agent"), (rpm(), "agent")] {
        for script in [install(&software, file), uninstall(&software, file)] {
            let answer = std::process::Command::new("sh").args(["-n", "-c", &script]).output().unwrap();
            assert!(answer.status.success(), "{answer:?}");
        }
    }
}
