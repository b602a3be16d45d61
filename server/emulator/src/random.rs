//! Randomness, passed in so that tests can repeat themselves.

use rand::Rng;

/// Where the emulator draws ids and secrets from.
pub trait Random: Send + Sync {
    /// Fills `bytes` with random bytes.
    fn fill(&self, bytes: &mut [u8]);
}

/// The process's cryptographically secure generator.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    #[expect(clippy::disallowed_methods, reason = "this is the randomness that everything else is given")]
    fn fill(&self, bytes: &mut [u8]) {
        rand::rng().fill_bytes(bytes);
    }
}

/// The alphabet of activation codes and secret keys, as AWS's are seen to be (base64's).
const CODE_ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/// The alphabet of IAM's unique ids: 32 signs.
const ID_ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// `length` signs of base64's alphabet, six random bits each.
pub(crate) fn code(random: &dyn Random, length: usize) -> String {
    letters(random, CODE_ALPHABET, length)
}

/// `prefix` and `length` signs as in IAM's unique ids and access key ids (`AROA…`, `ASIA…`).
pub(crate) fn unique_id(random: &dyn Random, prefix: &str, length: usize) -> String {
    format!("{prefix}{}", letters(random, ID_ALPHABET, length))
}

/// A version 4 UUID.
pub(crate) fn uuid(random: &dyn Random) -> String {
    let mut bytes = [0; 16];
    random.fill(&mut bytes);
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}

/// A managed node's id: `mi-` and 17 hexadecimal digits.
pub(crate) fn managed_instance_id(random: &dyn Random) -> String {
    let mut bytes = [0; 9];
    random.fill(&mut bytes);
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("mi-{}", &digits[..17])
}

/// The alphabets' lengths are powers of two, so the remainder favours no sign.
fn letters(random: &dyn Random, alphabet: &[u8], length: usize) -> String {
    let mut bytes = vec![0; length];
    random.fill(&mut bytes);
    bytes.iter().map(|byte| char::from(alphabet[usize::from(*byte) % alphabet.len()])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_the_shapes_that_aws_documents() {
        let id = managed_instance_id(&SystemRandom);
        assert_eq!(id.len(), 20);
        assert!(id[3..].chars().all(|sign| sign.is_ascii_hexdigit() && !sign.is_ascii_uppercase()), "{id}");
        assert_eq!(uuid(&SystemRandom).len(), 36);
        assert_eq!(unique_id(&SystemRandom, "AROA", 17).len(), 21);
    }

    #[test]
    fn codes_are_twenty_signs_and_differ() {
        let (one, other) = (code(&SystemRandom, 20), code(&SystemRandom, 20));
        assert_eq!(one.len(), 20);
        assert_ne!(one, other);
    }
}
