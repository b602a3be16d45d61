//! How the simulated machines sign: Signature Version 4, and the agent's look-alike of it with an RSA key.

use std::fmt;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PSS_SHA256};
use aws_lc_rs::{digest, hmac};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretString};
use time::OffsetDateTime;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;

/// The content type of AWS JSON 1.1, which every signature covers.
pub(super) const CONTENT_TYPE: &str = "application/x-amz-json-1.1";

const SERVICE: &str = "ssm";
const AMZ_DATE: &[BorrowedFormatItem<'_>] = format_description!("[year][month][day]T[hour][minute][second]Z");

/// Credentials as AWS hands them out: long-lived without a session token, temporary with one.
#[derive(Clone)]
pub(super) struct Credentials {
    pub access_key_id: String,
    pub secret_access_key: SecretString,
    pub session_token: Option<SecretString>,
}

/// The RSA-2048 key pair that a machine registers with and later proves itself by.
pub(super) struct NodeKey {
    pair: KeyPair,
}

/// Who signs a request.
#[derive(Clone, Copy)]
pub(super) enum Signer<'a> {
    /// Nobody: `RegisterManagedInstance` carries its activation code instead.
    Anonymous,
    /// Signature Version 4.
    Credentials(&'a Credentials),
    /// The agent's variant: RSA-PSS over the same string to sign, with the node id as access key id.
    Node { id: &'a str, key: &'a NodeKey },
}

/// What of a request enters its signature.
pub(super) struct Unsigned<'a> {
    pub host: &'a str,
    pub region: &'a str,
    pub target: &'a str,
    pub body: &'a [u8],
    pub at: OffsetDateTime,
}

/// The key pair could not be made, read or used.
#[derive(Debug, thiserror::Error)]
#[error("the node's RSA key pair is unusable")]
pub(super) struct KeyError;

impl NodeKey {
    /// Makes a new RSA-2048 key pair.
    ///
    /// # Errors
    /// When the cryptographic library fails to.
    pub fn generate() -> Result<Self, KeyError> {
        Ok(Self { pair: KeyPair::generate(KeySize::Rsa2048).map_err(|_| KeyError)? })
    }

    /// Reads a key pair that [`NodeKey::to_pkcs8`] wrote.
    ///
    /// # Errors
    /// When the bytes are no RSA key in PKCS#8.
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, KeyError> {
        Ok(Self { pair: KeyPair::from_pkcs8(der).map_err(|_| KeyError)? })
    }

    /// The private key as PKCS#8 DER, for the machine's own vault.
    ///
    /// # Errors
    /// When the cryptographic library fails to write it.
    pub fn to_pkcs8(&self) -> Result<Vec<u8>, KeyError> {
        let der: Pkcs8V1Der<'_> = self.pair.as_der().map_err(|_| KeyError)?;
        Ok(der.as_ref().to_vec())
    }

    /// The public key as the agent sends it: SPKI DER in base64, 392 characters.
    ///
    /// # Errors
    /// When the cryptographic library fails to write it.
    pub fn public_key(&self) -> Result<String, KeyError> {
        let der: PublicKeyX509Der<'_> = self.pair.public_key().as_der().map_err(|_| KeyError)?;
        Ok(STANDARD.encode(der.as_ref()))
    }

    fn sign(&self, message: &[u8]) -> Result<String, KeyError> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(&RSA_PSS_SHA256, &SystemRandom::new(), message, &mut signature)
            .map_err(|_| KeyError)?;
        Ok(STANDARD.encode(signature))
    }
}

impl fmt::Debug for NodeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NodeKey([redacted])")
    }
}

impl Unsigned<'_> {
    /// The headers that `signer` adds to the request, lower-case names.
    ///
    /// # Errors
    /// When the node's key cannot sign.
    pub fn headers(&self, signer: Signer<'_>) -> Result<Vec<(&'static str, String)>, KeyError> {
        let date = amz_date(self.at);
        let (access_key_id, token) = match signer {
            Signer::Anonymous => return Ok(Vec::new()),
            Signer::Credentials(credentials) => (
                credentials.access_key_id.as_str(),
                credentials.session_token.as_ref().map(|token| token.expose_secret()),
            ),
            Signer::Node { id, .. } => (id, None),
        };
        let scope = format!("{}/{}/{SERVICE}/aws4_request", &date[..8], self.region);
        let (names, canonical) = self.canonical_request(&date, token);
        let to_sign = format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{}", sha256_hex(canonical.as_bytes()));
        let signature = match signer {
            Signer::Anonymous => return Ok(Vec::new()),
            Signer::Credentials(credentials) => {
                self.hmac_signature(credentials.secret_access_key.expose_secret(), &date, &to_sign)
            }
            Signer::Node { key, .. } => key.sign(to_sign.as_bytes())?,
        };
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential={access_key_id}/{scope}, SignedHeaders={names}, Signature={signature}"
        );
        let mut headers = vec![("authorization", authorization), ("x-amz-date", date)];
        headers.extend(token.map(|token| ("x-amz-security-token", token.to_owned())));
        Ok(headers)
    }

    /// The names of the signed headers, and the canonical request.
    fn canonical_request(&self, date: &str, token: Option<&str>) -> (String, String) {
        let mut headers = vec![("content-type", CONTENT_TYPE), ("host", self.host), ("x-amz-date", date)];
        headers.extend(token.map(|token| ("x-amz-security-token", token)));
        headers.push(("x-amz-target", self.target));
        let names = headers.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";");
        let lines: String = headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
        let canonical = format!("POST\n/\n\n{lines}\n{names}\n{}", sha256_hex(self.body));
        (names, canonical)
    }

    fn hmac_signature(&self, secret: &str, date: &str, to_sign: &str) -> String {
        let mut key = hmac::sign(&hmac_key(format!("AWS4{secret}").as_bytes()), &date.as_bytes()[..8]);
        for part in [self.region, SERVICE, "aws4_request"] {
            key = hmac::sign(&hmac_key(key.as_ref()), part.as_bytes());
        }
        hex(hmac::sign(&hmac_key(key.as_ref()), to_sign.as_bytes()).as_ref())
    }
}

fn hmac_key(bytes: &[u8]) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, bytes)
}

fn sha256_hex(bytes: &[u8]) -> String {
    hex(digest::digest(&digest::SHA256, bytes).as_ref())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `20150830T123600Z`. The parts asked for exist in every date, so the empty text is never seen.
fn amz_date(at: OffsetDateTime) -> String {
    at.to_offset(time::UtcOffset::UTC).format(AMZ_DATE).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::signature::{RSA_PSS_2048_8192_SHA256, UnparsedPublicKey};
    use time::macros::datetime;

    use super::*;

    fn request(body: &[u8]) -> Unsigned<'_> {
        Unsigned {
            host: "127.0.0.1:4610",
            region: "ap-northeast-1",
            target: "AmazonSSM.RequestManagedInstanceRoleToken",
            body,
            at: datetime!(2026-11-22 01:02:03 UTC),
        }
    }

    fn value<'a>(headers: &'a [(&'static str, String)], name: &str) -> Option<&'a str> {
        headers.iter().find(|(header, _)| *header == name).map(|(_, value)| value.as_str())
    }

    #[test]
    fn signing_key_is_derived_as_aws_documents_it() {
        // The example of the SigV4 documentation, "Deriving the signing key".
        let request = Unsigned { region: "us-east-1", ..request(b"") };
        let mut key = hmac::sign(&hmac_key(b"AWS4wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), b"20150830");
        for part in [request.region, "iam", "aws4_request"] {
            key = hmac::sign(&hmac_key(key.as_ref()), part.as_bytes());
        }
        assert_eq!(hex(key.as_ref()), "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
    }

    #[test]
    fn temporary_credentials_send_and_sign_their_token() {
        let credentials = Credentials {
            access_key_id: "ASIAEXAMPLE".to_owned(),
            secret_access_key: SecretString::from("secret"),
            session_token: Some(SecretString::from("token")),
        };
        let headers = request(b"{}").headers(Signer::Credentials(&credentials)).unwrap();
        assert_eq!(value(&headers, "x-amz-security-token"), Some("token"));
        let authorization = value(&headers, "authorization").unwrap();
        assert!(authorization.contains("Credential=ASIAEXAMPLE/20261122/ap-northeast-1/ssm/aws4_request, "));
        assert!(
            authorization
                .contains("SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, ")
        );
    }

    #[test]
    fn a_node_signs_so_that_its_registered_key_verifies() {
        let key = NodeKey::from_pkcs8(&NodeKey::generate().unwrap().to_pkcs8().unwrap()).unwrap();
        let public = key.public_key().unwrap();
        assert_eq!(public.len(), 392);

        let unsigned = request(b"{\"Fingerprint\":\"f\"}");
        let headers = unsigned.headers(Signer::Node { id: "mi-0123456789abcdef0", key: &key }).unwrap();
        let authorization = value(&headers, "authorization").unwrap();
        assert!(authorization.contains("Credential=mi-0123456789abcdef0/20261122/"));
        assert!(authorization.contains("SignedHeaders=content-type;host;x-amz-date;x-amz-target, "));

        let (_, signature) = authorization.rsplit_once("Signature=").unwrap();
        let (_, canonical) = unsigned.canonical_request("20261122T010203Z", None);
        let to_sign = format!(
            "AWS4-HMAC-SHA256\n20261122T010203Z\n20261122/ap-northeast-1/ssm/aws4_request\n{}",
            sha256_hex(canonical.as_bytes())
        );
        UnparsedPublicKey::new(&RSA_PSS_2048_8192_SHA256, STANDARD.decode(public).unwrap())
            .verify(to_sign.as_bytes(), &STANDARD.decode(signature).unwrap())
            .unwrap();
    }
}
