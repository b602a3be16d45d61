//! Signature Version 4: what the `Authorization` header says, and the text that a signature is made over.

use axum::http::HeaderMap;
use sha2::{Digest, Sha256};

use super::call::Call;
use super::errors::ServiceError;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// The parts of an `Authorization` header.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Authorization {
    /// Who signed: an access key id, or a managed node's id.
    pub(crate) access_key_id: String,
    /// `date/region/service/aws4_request`.
    pub(crate) scope: String,
    /// The service that the scope names.
    pub(crate) service: String,
    /// The names of the signed headers, in their order.
    pub(crate) signed_headers: Vec<String>,
    /// The signature as it was sent.
    pub(crate) signature: String,
}

/// Reads the `Authorization` header.
///
/// # Errors
/// `IncompleteSignatureException` when it is there and is not Signature Version 4.
pub(crate) fn authorization(headers: &HeaderMap) -> Result<Option<Authorization>, ServiceError> {
    let Some(header) = headers.get("authorization") else { return Ok(None) };
    let text = header.to_str().map_err(|_| incomplete("Authorization header is not text."))?;
    parse(text).map(Some)
}

fn parse(text: &str) -> Result<Authorization, ServiceError> {
    let Some(parameters) = text.strip_prefix(ALGORITHM).filter(|rest| rest.starts_with([' ', ','])) else {
        return Err(incomplete("Authorization header requires the algorithm 'AWS4-HMAC-SHA256'."));
    };
    let parameter = |name: &'static str| {
        parameters
            .split(',')
            .find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='))
            .filter(|value| !value.is_empty())
            .ok_or_else(|| incomplete(&format!("Authorization header requires '{name}' parameter.")))
    };
    let credential = parameter("Credential")?;
    let signature = parameter("Signature")?;
    let signed_headers = parameter("SignedHeaders")?;
    let parts: Vec<_> = credential.split('/').collect();
    let [access_key_id, date, region, service, "aws4_request"] = parts[..] else {
        return Err(incomplete(
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.",
        ));
    };
    if [access_key_id, date, region, service].contains(&"") {
        return Err(incomplete("Credential must not have empty elements."));
    }
    Ok(Authorization {
        access_key_id: access_key_id.to_owned(),
        scope: format!("{date}/{region}/{service}/aws4_request"),
        service: service.to_owned(),
        signed_headers: signed_headers.split(';').map(str::to_lowercase).collect(),
        signature: signature.to_owned(),
    })
}

fn incomplete(message: &str) -> ServiceError {
    ServiceError::new("IncompleteSignatureException", message)
}

/// The text that the call's signature was made over, and the time that it states (`x-amz-date`).
///
/// # Errors
/// `IncompleteSignatureException` when a header that must be signed is missing.
pub(crate) fn string_to_sign(
    call: &Call,
    authorization: &Authorization,
) -> Result<(String, String), ServiceError> {
    for name in ["host", "x-amz-date"] {
        if !authorization.signed_headers.iter().any(|signed| signed == name) {
            return Err(incomplete(&format!("'{name}' must be a signed header.")));
        }
    }
    let date = call.header("x-amz-date").ok_or_else(|| incomplete("The header 'x-amz-date' is missing."))?;
    let mut headers = String::new();
    for name in &authorization.signed_headers {
        let values: Vec<_> = call
            .headers
            .get_all(name.as_str())
            .iter()
            .filter_map(|value| value.to_str().ok())
            .map(|value| value.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        headers.push_str(&format!("{name}:{}\n", values.join(",")));
    }
    let canonical = format!(
        "{}\n{}\n{}\n{headers}\n{}\n{}",
        call.method,
        call.uri.path(),
        call.uri.query().unwrap_or_default(),
        authorization.signed_headers.join(";"),
        sha256_hex(&call.body),
    );
    let scope = &authorization.scope;
    let text = format!("{ALGORITHM}\n{date}\n{scope}\n{}", sha256_hex(canonical.as_bytes()));
    Ok((text, date.to_owned()))
}

fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "AWS4-HMAC-SHA256 Credential=AKID/20261122/ap-northeast-1/ssm/aws4_request, \
                          SignedHeaders=host;x-amz-date, Signature=ab+/=";

    #[test]
    fn a_header_is_taken_apart() {
        let parsed = parse(HEADER).map_err(|error| error.code).unwrap();
        assert_eq!(parsed.access_key_id, "AKID");
        assert_eq!(parsed.scope, "20261122/ap-northeast-1/ssm/aws4_request");
        assert_eq!(parsed.service, "ssm");
        assert_eq!(parsed.signed_headers, ["host", "x-amz-date"]);
        assert_eq!(parsed.signature, "ab+/=");
    }

    #[test]
    fn anything_less_is_incomplete() {
        for header in [
            "Basic dXNlcjpwYXNz",
            "AWS4-HMAC-SHA256",
            "AWS4-HMAC-SHA256 Credential=AKID/20261122/ssm/aws4_request, SignedHeaders=host, Signature=a",
            "AWS4-HMAC-SHA256 Credential=/20261122/r/ssm/aws4_request, SignedHeaders=host, Signature=a",
            "AWS4-HMAC-SHA256 Credential=AKID/20261122/r/ssm/aws4_request, SignedHeaders=host",
            "AWS4-HMAC-SHA256 Credential=AKID/20261122/r/ssm/aws4_request, Signature=a",
        ] {
            let code = parse(header).err().map(|error| error.code);
            assert_eq!(code, Some("IncompleteSignatureException"), "{header}");
        }
    }
}
