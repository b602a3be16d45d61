//! As many web servers as it takes to fill a fleet.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use time::Duration;

use super::{ACTIVATION_LIMIT, Batch, Machine, Origin, Platform};

/// Every machine has its own generator, so that it is the same whatever the size of the fleet.
const SEED: u64 = 0x5e6b_1500;

/// One machine in this many has fallen silent.
const SILENT_ONE_IN: u32 = 50;

const PLATFORMS: [Platform; 8] = [
    Platform::linux("Ubuntu", "22.04"),
    Platform::linux("Ubuntu", "24.04"),
    Platform::linux("Debian GNU/Linux", "12"),
    Platform::linux("Red Hat Enterprise Linux", "9.4"),
    Platform::linux("Rocky Linux", "9.4"),
    Platform::linux("AlmaLinux", "8.10"),
    Platform::linux("Amazon Linux", "2023"),
    Platform::windows("Microsoft Windows Server 2022 Datacenter", "10.0.20348"),
];

const AGENT_VERSIONS: [&str; 4] = ["3.2.2303.0", "3.3.987.0", "3.3.1345.0", "3.3.3050.0"];

/// Adds machines up to `count`, and an activation for every thousand of them.
pub(super) fn fill(count: u32, machines: &mut Vec<Machine>, batches: &mut Vec<Batch>) {
    let mut room = 0;
    let first = u32::try_from(machines.len()).unwrap_or(u32::MAX);
    for (ordinal, number) in (1_u32..).zip(first..count) {
        if room == 0 {
            batches.push(batch(batches.len()));
            room = ACTIVATION_LIMIT;
        }
        room -= 1;
        let key = batches.last().map(|batch| batch.key.clone()).unwrap_or_default();
        machines.push(machine(number, ordinal, key));
    }
}

fn batch(ordinal: usize) -> Batch {
    Batch {
        key: format!("web-{ordinal}"),
        description: Some("Web servers".to_owned()),
        default_instance_name: Some("web".to_owned()),
        iam_role: "BB_Hybrid_Activation",
        registration_limit: u32::try_from(ACTIVATION_LIMIT).unwrap_or(u32::MAX),
        expires_in: Duration::days(30),
        tags: vec![("Environment", "production"), ("Application", "web")],
    }
}

fn machine(number: u32, ordinal: u32, batch: String) -> Machine {
    let mut rng = StdRng::seed_from_u64(SEED ^ u64::from(number));
    let [_, high, middle, low] = ordinal.to_be_bytes();
    Machine {
        number,
        origin: Origin::Hybrid { batch },
        platform: pick(&PLATFORMS, &mut rng),
        computer_name: format!("web-{ordinal:04}"),
        ip_address: format!("10.{}.{middle}.{low}", 64 + high),
        agent_version: pick(&AGENT_VERSIONS, &mut rng),
        silent: rng.random_range(0..SILENT_ONE_IN) == 0,
    }
}

fn pick<T: Copy>(of: &[T], rng: &mut StdRng) -> T {
    of[rng.random_range(0..of.len())]
}
