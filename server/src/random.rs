//! The operating system's randomness, for names that nobody can guess.

use app::ports::Random;
use rand::RngExt as _;
use uuid::{Builder, Uuid};

/// The randomness that everything but tests is given.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandom;

impl SystemRandom {
    /// A random UUID (version 4).
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the randomness that everything else is given")]
    pub fn uuid(self) -> Uuid {
        Builder::from_random_bytes(rand::rng().random()).into_uuid()
    }
}

impl Random for SystemRandom {
    fn uuid(&self) -> String {
        Self::uuid(*self).to_string()
    }
}
