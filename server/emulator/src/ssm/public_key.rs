//! The public keys that nodes register: RSA, SPKI in DER, base64.

use aws_lc_rs::rsa::PublicEncryptingKey;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::validate::{Shape, Text};
use crate::wire::errors::ServiceError;

/// `PublicKey`, as long as a 4096-bit key's base64 and more.
pub(super) static PUBLIC_KEY: Shape = Text::length(1, 2048).shape();
/// `PublicKeyType`.
pub(super) static PUBLIC_KEY_TYPE: Shape = Text::one_of(&["Rsa"]).shape();

/// A public key's DER.
///
/// # Errors
/// `InvalidPublicKey` when it is not base64 of an RSA key of 2048 bits or more.
pub(super) fn read(base64: &str) -> Result<Vec<u8>, ServiceError> {
    let der = STANDARD.decode(base64).ok().filter(|der| PublicEncryptingKey::from_der(der).is_ok());
    der.ok_or_else(|| ServiceError::new("InvalidPublicKey", "The public key is not an RSA key in SPKI form."))
}
