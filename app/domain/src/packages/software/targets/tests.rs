use super::super::testing::{deb, msi, rpm};
use super::*;

fn targets(software: &Software, file: &str) -> Vec<String> {
    let show = |target: Target| format!("{}/{}/{}", target.platform, target.version, target.architecture);
    suggested_targets(software, file).into_iter().map(show).collect()
}

fn deb_version(version: &str, release: &str) -> Software {
    Software { version: version.to_owned(), release: Some(release.to_owned()), ..deb() }
}

fn rpm_release(release: &str) -> Software {
    Software { release: Some(release.to_owned()), ..rpm() }
}

#[test]
fn a_deb_is_for_debian_and_ubuntu_unless_it_says_more() {
    assert_eq!(targets(&deb(), "example.deb"), ["debian/_any/x86_64", "ubuntu/_any/x86_64"]);
    for (version, release) in
        [("5:27.0", "1~ubuntu.22.04~jammy"), ("1.0", "1ubuntu22.04"), ("1.0~jammy1", "1")]
    {
        assert_eq!(targets(&deb_version(version, release), "x.deb"), ["ubuntu/22.04/x86_64"], "{release}");
    }
    for (version, release) in [("1.0", "1+deb12u1"), ("1.0", "1~bookworm"), ("1.0", "1~debian.12~bookworm")] {
        assert_eq!(targets(&deb_version(version, release), "x.deb"), ["debian/12/x86_64"], "{release}");
    }
    assert_eq!(targets(&deb_version("1.0", "1"), "example_1.0_noble_amd64.deb"), ["ubuntu/24.04/x86_64"]);
}

#[test]
fn ubuntus_own_revision_names_no_release() {
    assert_eq!(targets(&deb_version("1.0", "3ubuntu2.1"), "x.deb").len(), 2);
    assert_eq!(targets(&deb_version("1.0", "1"), "focalpoint_1.0_amd64.deb").len(), 2);
}

#[test]
fn an_rpm_is_for_where_its_dist_tag_says() {
    assert_eq!(targets(&rpm_release("1.amzn2"), "x.rpm"), ["amazon/2.*/x86_64"]);
    assert_eq!(targets(&rpm_release("1.amzn2023.0.2"), "x.rpm"), ["amazon/2023.*/x86_64"]);
    assert_eq!(
        targets(&rpm_release("3.el9_4"), "x.rpm"),
        ["almalinux/9.*/x86_64", "oracle/9.*/x86_64", "redhat/9.*/x86_64", "rocky/9.*/x86_64"]
    );
    assert_eq!(targets(&rpm_release("1.sles15"), "x.rpm"), ["suse/15.*/x86_64"]);
    assert_eq!(targets(&rpm_release("lp155.2.1"), "x.rpm"), ["opensuseleap/15.5/x86_64"]);
    assert_eq!(targets(&rpm_release("1.fc40"), "x.rpm"), ["fedora/40/x86_64"]);
}

#[test]
fn the_file_name_helps_where_the_metadata_do_not() {
    let noarch = Software { architecture: Architecture::Any, ..rpm_release("1") };
    assert_eq!(targets(&noarch, "aws-kinesis-agent-latest.amzn2.noarch.rpm"), ["amazon/2.*/_any"]);
    assert_eq!(targets(&noarch, "agent.rpm").len(), RPM.len());
}

#[test]
fn undocumented_architectures_are_left_out_while_others_remain() {
    let arm64 = Software { architecture: Architecture::Arm64, ..deb() };
    assert_eq!(targets(&arm64, "x.deb"), ["ubuntu/_any/arm64"]);
    let arm = Software { architecture: Architecture::Arm, ..deb() };
    assert_eq!(targets(&arm, "x.deb"), ["debian/_any/arm", "ubuntu/_any/arm"]);
}

#[test]
fn an_msi_is_for_windows_and_a_32_bit_one_for_every_windows() {
    assert_eq!(targets(&msi(), "x.msi"), ["windows/_any/x86_64"]);
    let intel = Software { architecture: Architecture::I386, ..msi() };
    assert_eq!(targets(&intel, "x.msi"), ["windows/_any/_any"]);
}
