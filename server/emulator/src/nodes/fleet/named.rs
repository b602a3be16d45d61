//! The seventeen named machines and their activations.

use time::Duration;

use super::{Batch, Machine, Origin, Platform};

const HYBRID_ROLE: &str = "BB_Hybrid_Activation";

const UBUNTU_20_04: Platform = Platform::linux("Ubuntu", "20.04");
const UBUNTU_22_04: Platform = Platform::linux("Ubuntu", "22.04");
const UBUNTU_24_04: Platform = Platform::linux("Ubuntu", "24.04");
const DEBIAN_12: Platform = Platform::linux("Debian GNU/Linux", "12");
const RASPBIAN_11: Platform = Platform::linux("Raspbian GNU/Linux", "11");
const RASPBIAN_12: Platform = Platform::linux("Raspbian GNU/Linux", "12");
const AMAZON_LINUX_2018: Platform = Platform::linux("Amazon Linux AMI", "2018.03");
const AMAZON_LINUX_2: Platform = Platform::linux("Amazon Linux", "2");
const AMAZON_LINUX_2023: Platform = Platform::linux("Amazon Linux", "2023");
const RHEL_8: Platform = Platform::linux("Red Hat Enterprise Linux", "8.10");
const ROCKY_9: Platform = Platform::linux("Rocky Linux", "9.4");
const ALMA_9: Platform = Platform::linux("AlmaLinux", "9.4");
const SLES_15: Platform = Platform::linux("SLES", "15.5");
const WINDOWS_2016: Platform = Platform::windows("Microsoft Windows Server 2016 Standard", "10.0.14393");
const WINDOWS_2019: Platform = Platform::windows("Microsoft Windows Server 2019 Datacenter", "10.0.17763");
const WINDOWS_2022: Platform = Platform::windows("Microsoft Windows Server 2022 Standard", "10.0.20348");

/// The activations of the named machines: used up, with room, expiring soon, with and without name and tags.
pub(super) fn batches() -> Vec<Batch> {
    vec![
        batch("bb-ubuntu", "Black Belt demo, Ubuntu", Some("bb-ubuntu"), 1, Duration::days(7)),
        batch(
            "bb-windows-server",
            "Black Belt demo, Windows",
            Some("bb-windows-server"),
            1,
            Duration::days(7),
        ),
        Batch {
            tags: vec![("Environment", "production"), ("CostCenter", "1200")],
            ..batch("batch", "夜間バッチ (オンプレミス)", Some("On-prem-Linux"), 2, Duration::days(30))
        },
        Batch {
            tags: vec![("Environment", "production"), ("Site", "tokyo-dc1"), ("Application", "orders")],
            ..batch(
                "tokyo",
                "Tokyo data centre 1: order system",
                Some("tokyo-dc1-app"),
                10,
                Duration::days(29),
            )
        },
        Batch {
            tags: vec![("Environment", "production"), ("Site", "osaka-dc2"), ("Application", "erp")],
            ..batch("sap", "Osaka data centre 2: ERP", Some("osaka-dc2-erp"), 2, Duration::days(14))
        },
        Batch { description: None, ..batch("unnamed", "", None, 5, Duration::days(3)) },
        Batch {
            tags: vec![("Environment", "edge"), ("Site", "stores")],
            ..batch("stores", "店舗のエッジ端末", Some("store-edge"), 100, Duration::hours(20))
        },
        Batch {
            tags: vec![("Environment", "production"), ("Site", "osaka-dc2")],
            ..batch(
                "windows",
                "Osaka file and directory servers",
                Some("osaka-windows"),
                20,
                Duration::days(21),
            )
        },
        Batch {
            iam_role: "SSMServerRoleWithoutPolicy",
            tags: vec![("Environment", "staging")],
            ..batch("ci", "Build machines", Some("ci-runner"), 3, Duration::days(10))
        },
    ]
}

fn batch(key: &str, description: &str, name: Option<&str>, limit: u32, expires_in: Duration) -> Batch {
    Batch {
        key: key.to_owned(),
        description: Some(description.to_owned()),
        default_instance_name: name.map(str::to_owned),
        iam_role: HYBRID_ROLE,
        registration_limit: limit,
        expires_in,
        tags: Vec::new(),
    }
}

/// The machines, the best known first: a fleet of three is a demonstration in itself.
///
/// Two of them answer to `raspberrypi` at one address: a store's device that was set up anew and
/// registered a second time, while its former registration went silent.
pub(super) fn machines() -> Vec<Machine> {
    let machines = vec![
        hybrid("bb-ubuntu", UBUNTU_20_04, "bbubuntu", "192.168.10.21", "3.2.815.0"),
        hybrid("bb-windows-server", WINDOWS_2022, "WIN-85KULESQ3FA", "192.168.10.22", "3.2.815.0"),
        ec2("i-0238e4ae9600e8fdd", AMAZON_LINUX_2023, "10.0.4.137", "3.2.815.0"),
        ec2("i-04970a7f373ac630b", AMAZON_LINUX_2018, "10.0.1.24", "3.1.1732.0"),
        hybrid("batch", AMAZON_LINUX_2, "batch01.example.internal", "192.168.20.11", "3.3.987.0"),
        ec2("i-016d04a4ae49531af", AMAZON_LINUX_2, "10.0.2.90", "3.3.987.0"),
        hybrid("tokyo", RHEL_8, "orders-app01.example.internal", "172.16.1.31", "3.3.1345.0"),
        hybrid("tokyo", ROCKY_9, "orders-app02.example.internal", "172.16.1.32", "3.3.3050.0"),
        hybrid("tokyo", ALMA_9, "orders-db01.example.internal", "172.16.1.41", "3.3.987.0"),
        silent(hybrid("sap", SLES_15, "erp01", "172.17.3.10", "3.2.2303.0")),
        hybrid("unnamed", DEBIAN_12, "monitor", "192.168.30.5", "3.3.1345.0"),
        silent(hybrid("stores", RASPBIAN_11, "raspberrypi", "192.168.101.50", "3.1.1732.0")),
        hybrid("stores", RASPBIAN_12, "raspberrypi", "192.168.101.50", "3.3.1345.0"),
        hybrid("windows", WINDOWS_2019, "OSK-AD01", "172.17.1.5", "3.3.987.0"),
        silent(hybrid("windows", WINDOWS_2016, "OSK-FILE01", "172.17.1.20", "3.1.1732.0")),
        hybrid("ci", UBUNTU_22_04, "runner-a", "192.168.40.61", "3.3.3050.0"),
        hybrid("unnamed", UBUNTU_24_04, "gpu-lab", "192.168.30.77", "3.3.3050.0"),
    ];
    (0..).zip(machines).map(|(number, machine)| Machine { number, ..machine }).collect()
}

fn hybrid(
    batch: &str,
    platform: Platform,
    computer_name: &str,
    ip_address: &str,
    agent_version: &'static str,
) -> Machine {
    Machine {
        number: 0,
        origin: Origin::Hybrid { batch: batch.to_owned() },
        platform,
        computer_name: computer_name.to_owned(),
        ip_address: ip_address.to_owned(),
        agent_version,
        silent: false,
    }
}

fn ec2(
    instance_id: &'static str,
    platform: Platform,
    ip_address: &str,
    agent_version: &'static str,
) -> Machine {
    let host = ip_address.replace('.', "-");
    Machine {
        number: 0,
        origin: Origin::Ec2 { instance_id, zone: "ap-northeast-1a", zone_id: "apne1-az4" },
        platform,
        computer_name: format!("ip-{host}.ap-northeast-1.compute.internal"),
        ip_address: ip_address.to_owned(),
        agent_version,
        silent: false,
    }
}

fn silent(machine: Machine) -> Machine {
    Machine { silent: true, ..machine }
}
