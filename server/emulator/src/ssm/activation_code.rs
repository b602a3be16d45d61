//! Activation codes: made once, kept only as their SHA-256.

use sha2::{Digest, Sha256};

use crate::random::{self, Random};

/// AWS's codes are seen to have twenty signs, the least that the model allows: 120 random bits here.
const LENGTH: usize = 20;

/// A new code.
pub(super) fn generate(random: &dyn Random) -> String {
    random::code(random, LENGTH)
}

/// What of a code is kept. A plain hash serves, as a code is random and not a person's choice.
pub(super) fn digest(code: &str) -> Vec<u8> {
    Sha256::digest(code.as_bytes()).to_vec()
}
