//! Which machines the simulation has: a small company's named ones first, then as many web servers as wanted.

mod generated;
mod named;

use time::Duration;

/// The most registrations that one activation admits (SSM API: 1–1000).
pub(super) const ACTIVATION_LIMIT: usize = 1000;

/// The machines to simulate, and the activations that the hybrid ones among them register with.
pub(super) struct Fleet {
    pub batches: Vec<Batch>,
    pub machines: Vec<Machine>,
}

/// One activation as an operator would create it for some machines.
pub(super) struct Batch {
    /// Names the batch in the simulation's own state.
    pub key: String,
    pub description: Option<String>,
    pub default_instance_name: Option<String>,
    pub iam_role: &'static str,
    pub registration_limit: u32,
    /// How long after its creation the activation expires.
    pub expires_in: Duration,
    pub tags: Vec<(&'static str, &'static str)>,
}

/// A machine with an agent on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Machine {
    /// Its place in the fleet, from 0; the same in every run.
    pub number: u32,
    pub origin: Origin,
    pub platform: Platform,
    pub computer_name: String,
    pub ip_address: String,
    pub agent_version: &'static str,
    /// Whether it falls silent after its first report, so that it turns ConnectionLost.
    pub silent: bool,
}

/// How a machine comes to be a managed node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// Registers with the activation of the batch of this key.
    Hybrid { batch: String },
    /// An EC2 instance with an instance profile: managed without registration.
    Ec2 { instance_id: &'static str, zone: &'static str, zone_id: &'static str },
}

/// An operating system in the words of the agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Platform {
    /// `Linux` or `Windows`.
    pub kind: &'static str,
    pub name: &'static str,
    pub version: &'static str,
}

impl Platform {
    const fn linux(name: &'static str, version: &'static str) -> Self {
        Self { kind: "Linux", name, version }
    }

    const fn windows(name: &'static str, version: &'static str) -> Self {
        Self { kind: "Windows", name, version }
    }
}

impl Machine {
    /// The key of the batch that it registers with, or nothing for an EC2 instance.
    pub fn batch(&self) -> Option<&str> {
        match &self.origin {
            Origin::Hybrid { batch } => Some(batch),
            Origin::Ec2 { .. } => None,
        }
    }
}

impl Fleet {
    /// The first `count` machines, and the batches that they need.
    pub fn plan(count: u32) -> Self {
        let wanted = usize::try_from(count).unwrap_or(usize::MAX);
        let mut machines = named::machines();
        let mut batches = named::batches();
        machines.truncate(wanted);
        generated::fill(count, &mut machines, &mut batches);
        batches.retain(|batch| machines.iter().any(|machine| machine.batch() == Some(&batch.key)));
        Self { batches, machines }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn seventeen_machines_are_the_named_ones() {
        let fleet = Fleet::plan(17);
        assert_eq!(fleet.machines.len(), 17);
        assert_eq!(fleet.machines.iter().filter(|machine| machine.silent).count(), 3);
        let platforms: HashSet<_> = fleet.machines.iter().map(|machine| machine.platform.name).collect();
        assert!(platforms.len() >= 10, "{platforms:?}");
        let computers: HashSet<_> = fleet.machines.iter().map(|machine| &machine.computer_name).collect();
        assert_eq!(computers.len(), 16, "two machines share a computer name");
    }

    #[test]
    fn a_larger_fleet_begins_with_the_smaller_one() {
        let small = Fleet::plan(40).machines;
        let large = Fleet::plan(300).machines;
        assert_eq!(small, large[..40]);
        assert_eq!(Fleet::plan(2).machines, small[..2]);
        assert!(Fleet::plan(0).machines.is_empty());
        assert!(Fleet::plan(0).batches.is_empty());
    }

    #[test]
    fn every_batch_has_room_for_its_machines() {
        let fleet = Fleet::plan(10_000);
        assert_eq!(fleet.machines.len(), 10_000);
        for batch in &fleet.batches {
            let members = fleet.machines.iter().filter(|machine| machine.batch() == Some(&batch.key)).count();
            let limit = usize::try_from(batch.registration_limit).unwrap();
            assert!((1..=limit).contains(&members), "{}: {members} of {limit}", batch.key);
            assert!(limit <= ACTIVATION_LIMIT);
            assert!(batch.expires_in > Duration::ZERO && batch.expires_in <= Duration::days(30));
        }
        let keys: HashSet<_> = fleet.batches.iter().map(|batch| batch.key.as_str()).collect();
        assert!(fleet.machines.iter().filter_map(Machine::batch).all(|key| keys.contains(key)));
    }

    #[test]
    fn numbers_are_places() {
        let fleet = Fleet::plan(100);
        assert!((0..).zip(&fleet.machines).all(|(place, machine)| machine.number == place));
    }
}
