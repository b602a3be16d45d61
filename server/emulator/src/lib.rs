//! A small Systems Manager with its S3 on loopback: AWS's wire protocols, its checks and its errors, and simulated nodes.

mod blobs;
mod checksum;
mod clock;
mod config;
mod ec2;
mod emulator;
mod error;
mod iam;
mod lock;
mod nodes;
mod packages;
mod page;
mod random;
mod s3;
mod ssm;
mod state;
mod store;
mod sts;
mod validate;
mod wire;

pub use clock::{Clock, SystemClock};
pub use config::EmulatorConfig;
pub use emulator::{Emulator, prepare};
pub use error::EmulatorError;
pub use random::{Random, SystemRandom};
pub use state::State;
pub use wire::router;

#[cfg(test)]
mod testing;
