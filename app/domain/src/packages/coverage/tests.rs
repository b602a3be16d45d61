//! Answers for machines and fleets.

use super::*;
use crate::nodes::testing::node;
use crate::packages::manifest::read;
use crate::packages::manifest::testing::TEXT;
use crate::packages::platform::Target;

fn manifest() -> Manifest {
    read(TEXT).manifest.unwrap()
}

fn machine<'a>(name: &'a str, version: &'a str, architecture: Option<&'a str>) -> Machine<'a> {
    Machine { platform_name: Some(name), platform_version: Some(version), architecture }
}

fn error(name: &str, version: &str, architecture: Option<&str>) -> String {
    match answer(&manifest(), &machine(name, version, architecture)) {
        Answer::NotCovered { error } => error.text(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_node_gets_the_file_whatever_its_architecture() {
    let choice = Choice { file: "agent.rpm.zip".to_owned(), keys: Target::new("redhat", "9.*", "_any") };
    let red_hat = machine("Red Hat Enterprise Linux", "9.4", None);
    assert_eq!(answer(&manifest(), &red_hat), Answer::Covered { choice });
}

#[test]
fn it_depends_on_what_is_not_known() {
    let Answer::Depends { architectures } = answer(&manifest(), &machine("Ubuntu", "24.04", None)) else {
        panic!()
    };
    let names: Vec<_> = architectures.iter().map(|(name, choice)| (&**name, choice.is_ok())).collect();
    assert_eq!(names, [("x86_64", true), ("arm64", false), ("arm", false)]);
    assert!(matches!(
        answer(&manifest(), &machine("Ubuntu", "24.04", Some("amd64"))),
        Answer::Covered { .. }
    ));
}

#[test]
fn errors_are_the_words_of_the_agent() {
    let none = "failed to find platform: no manifest found for platform:";
    assert_eq!(
        error("Ubuntu", "24.04", Some("arm64")),
        format!("{none} ubuntu, version 24.04, architecture arm64")
    );
    assert_eq!(
        error("Rocky Linux", "9.4", None),
        format!("{none} rocky, version 9.4, architecture (unknown)")
    );
    assert_eq!(
        error("Microsoft Windows Server 2022 Datacenter", "10.0.20348", None),
        format!("{none} windows, version 10.0.20348, architecture x86_64")
    );
    assert_eq!(
        error("Bottlerocket", "1.19.0", None),
        "failed to find platform: failed to collect data: configure package is not supported on bottlerocket"
    );
    assert_eq!(
        error("Kali GNU/Linux", "2026.3", None),
        "failed to find platform: failed to collect data: unknown platform: kali"
    );
}

#[test]
fn a_fleet_is_counted() {
    let mut nodes: Vec<_> = (0..10_000).map(node).collect();
    for (number, node) in nodes.iter_mut().enumerate() {
        (node.platform_name, node.platform_version) = match number % 4 {
            0 => (Some("AlmaLinux".to_owned()), Some("9.4".to_owned())),
            1 => (Some("Red Hat Enterprise Linux".to_owned()), Some("9.4".to_owned())),
            2 => (None, None),
            _ => (Some("Ubuntu".to_owned()), Some("24.04".to_owned())),
        };
        node.architecture = (number % 8 == 7).then(|| "x86_64".to_owned());
    }
    let coverage = Coverage::of(&manifest(), nodes.iter().map(Machine::from));
    let expected = Counts { covered: 3750, not_covered: 2500, depends: 1250, unknown: 2500 };
    assert_eq!(coverage.counts(), expected);
    assert_eq!(coverage.answers.len(), 5);
    assert_eq!(coverage.answers().count(), 10_000);
    assert!(matches!(coverage.answer(9997), Some(Answer::Covered { .. })));
    assert_eq!(coverage.answer(9998), Some(&Answer::Unknown));
    assert_eq!(coverage.answer(10_000), None);
}
