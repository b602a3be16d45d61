//! Names as Systems Manager shows them, and what the agent makes of them.

use super::*;

fn machine<'a>(name: &'a str, version: &'a str) -> Machine<'a> {
    Machine { platform_name: Some(name), platform_version: Some(version), architecture: None }
}

#[test]
fn platforms_have_the_names_of_the_agent() {
    for (name, code) in [
        ("Amazon Linux", "amazon"),
        ("Amazon Linux AMI", "amazon"),
        ("Ubuntu", "ubuntu"),
        ("Debian GNU/Linux", "debian"),
        ("Raspbian GNU/Linux", "raspbian"),
        ("Red Hat Enterprise Linux", "redhat"),
        ("Red Hat Enterprise Linux Server", "redhat"),
        ("RedHatEnterpriseServer", "redhat"),
        ("Oracle Linux Server", "oracle"),
        ("CentOS Stream", "centos"),
        ("Rocky Linux", "rocky"),
        ("AlmaLinux", "almalinux"),
        ("Fedora Linux", "fedora"),
        ("SLES", "suse"),
        ("openSUSE Leap", "opensuseleap"),
        ("Alpine Linux", "alpine"),
        ("Microsoft Windows Server 2022 Datacenter", "windows"),
        ("Microsoft Windows 11 Pro", "windows"),
        ("macOS", "mac_os_x"),
    ] {
        assert_eq!(machine(name, "").detected(), Some(Detected::Platform(code)), "{name}");
    }
}

#[test]
fn platforms_that_the_agent_refuses() {
    assert_eq!(machine("Bottlerocket", "1.19").detected(), Some(Detected::NotSupported("bottlerocket")));
    let flatcar = machine("Flatcar Container Linux by Kinvolk", "3815.2.0");
    assert_eq!(flatcar.detected(), Some(Detected::NotSupported("flatcar")));
    let tumbleweed = machine("openSUSE Tumbleweed", "20261101");
    assert_eq!(tumbleweed.detected(), Some(Detected::UnknownId("opensuse-tumbleweed")));
    assert_eq!(machine("Kali GNU/Linux", "2026.3").detected(), Some(Detected::UnknownId("kali")));
    assert_eq!(machine("Ubuntu Core", "24").detected(), Some(Detected::UnknownId("ubuntu-core")));
}

#[test]
fn what_nobody_can_tell_stays_open() {
    assert_eq!(Machine::default().detected(), None);
    assert_eq!(machine("Ubuntunio", "1").detected(), None);
    assert_eq!(machine("", "1").detected(), None);
}

#[test]
fn architectures_are_those_that_the_system_has() {
    let possible = |name, version, platform| machine(name, version).architectures(platform);
    assert_eq!(possible("Microsoft Windows Server 2016 Standard", "10.0.14393", "windows"), ["x86_64"]);
    assert_eq!(possible("Microsoft Windows 10 Pro", "10.0.19045", "windows"), ["x86_64", "386"]);
    assert_eq!(possible("Amazon Linux AMI", "2018.03", "amazon"), ["x86_64", "386"]);
    assert_eq!(possible("Amazon Linux", "2", "amazon"), ["x86_64", "arm64"]);
    assert_eq!(possible("Amazon Linux", "2023", "amazon"), ["x86_64", "arm64"]);
    assert_eq!(possible("Red Hat Enterprise Linux Server", "6.10", "redhat"), ["x86_64", "386"]);
    assert_eq!(possible("Raspbian GNU/Linux", "12", "raspbian"), ["arm"]);
    assert_eq!(possible("Debian GNU/Linux", "12", "debian"), ["x86_64", "arm64", "386", "arm"]);
    for (reported, agent) in [("amd64", "x86_64"), ("i386", "386"), ("arm64", "arm64"), ("x86_64", "x86_64")]
    {
        let known = Machine { architecture: Some(reported), ..machine("Ubuntu", "24.04") };
        assert_eq!(known.architectures("ubuntu"), [agent]);
    }
}
