//! Signatures of S3 requests: they must be there, whole and, in links, not expired. They are not verified.

use std::collections::HashMap;

use axum::http::request::Parts;
use axum::http::uri::PathAndQuery;
use axum::http::{Uri, header};
use s3s::{S3Error, s3_error};
use time::macros::format_description;
use time::{Duration, OffsetDateTime, PrimitiveDateTime};

use crate::wire::sigv4;

/// S3: a link is good for a week at most.
const LONGEST_LINK: Duration = Duration::days(7);
/// How far a client's clock may be ahead.
const SKEW: Duration = Duration::minutes(15);

type Query = HashMap<String, String>;

fn query(parts: &Parts) -> Query {
    form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()).into_owned().collect()
}

/// Whether a signature names S3 as the service that it is for.
pub(super) fn is_for_s3(parts: &Parts) -> bool {
    let header = sigv4::authorization(&parts.headers).ok().flatten();
    let link = || query(parts).get("X-Amz-Credential").is_some_and(|scope| scope.contains("/s3/"));
    header.map_or_else(link, |signed| signed.service == "s3")
}

/// Checks that a request is signed, in its header or as a link.
///
/// # Errors
/// S3's own, as for a signature that is missing, malformed, for another service or expired.
pub(super) fn check(parts: &Parts, now: OffsetDateTime) -> Result<(), S3Error> {
    if parts.headers.contains_key(header::AUTHORIZATION) {
        return check_header(parts);
    }
    let query = query(parts);
    if query.contains_key("X-Amz-Signature") || query.contains_key("X-Amz-Algorithm") {
        return check_link(&query, now);
    }
    if query.contains_key("AWSAccessKeyId") {
        return check_old_link(&query, now);
    }
    Err(s3_error!(AccessDenied, "Access Denied"))
}

/// Links of Signature Version 2, which SDKs still make for an endpoint without a Region in its name.
fn check_old_link(query: &Query, now: OffsetDateTime) -> Result<(), S3Error> {
    let expires = query.get("Expires").filter(|_| query.contains_key("Signature"));
    match expires.and_then(|expires| expires.parse::<i64>().ok()) {
        Some(expires) if expires >= now.unix_timestamp() => Ok(()),
        Some(_) => Err(s3_error!(AccessDenied, "Request has expired")),
        None => Err(s3_error!(
            AccessDenied,
            "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters"
        )),
    }
}

fn check_header(parts: &Parts) -> Result<(), S3Error> {
    match sigv4::authorization(&parts.headers) {
        Ok(Some(signed)) if signed.service == "s3" => Ok(()),
        Ok(Some(signed)) => Err(s3_error!(
            AuthorizationHeaderMalformed,
            "The authorization header is malformed; incorrect service \"{}\". This endpoint belongs to \"s3\".",
            signed.service
        )),
        Ok(None) | Err(_) => {
            Err(s3_error!(AuthorizationHeaderMalformed, "The authorization header is malformed."))
        }
    }
}

fn check_link(query: &Query, now: OffsetDateTime) -> Result<(), S3Error> {
    let get = |name: &str| {
        query.get(name).ok_or_else(|| {
            s3_error!(
                AuthorizationQueryParametersError,
                "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, \
                 X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters."
            )
        })
    };
    let (algorithm, credential) = (get("X-Amz-Algorithm")?, get("X-Amz-Credential")?);
    let (date, expires) = (get("X-Amz-Date")?, get("X-Amz-Expires")?);
    get("X-Amz-Signature")?;
    get("X-Amz-SignedHeaders")?;
    let scope: Vec<_> = credential.split('/').collect();
    if algorithm != "AWS4-HMAC-SHA256" || !matches!(scope[..], [_, _, _, "s3", "aws4_request"]) {
        return Err(s3_error!(
            AuthorizationQueryParametersError,
            "Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting \
             \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\"."
        ));
    }
    let format = format_description!("[year][month][day]T[hour][minute][second]Z");
    let made = PrimitiveDateTime::parse(date, &format).map_err(|_| {
        s3_error!(
            AuthorizationQueryParametersError,
            "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\""
        )
    })?;
    let life = expires.parse().ok().filter(|seconds: &i64| *seconds > 0).map(Duration::seconds);
    let life = life.filter(|life| *life <= LONGEST_LINK).ok_or_else(|| {
        s3_error!(AuthorizationQueryParametersError, "X-Amz-Expires must be between 1 and 604800 seconds")
    })?;
    let made = made.assume_utc();
    if made > now + SKEW {
        return Err(s3_error!(AccessDenied, "Request is not valid yet"));
    }
    if made + life < now {
        return Err(s3_error!(AccessDenied, "Request has expired"));
    }
    Ok(())
}

/// Takes the signature from a request: what follows would otherwise verify it.
///
/// # Errors
/// `InvalidURI`.
pub(super) fn strip(parts: &mut Parts) -> Result<(), S3Error> {
    parts.headers.remove(header::AUTHORIZATION);
    let Some(query) = parts.uri.query() else { return Ok(()) };
    let kept: Vec<_> = query.split('&').filter(|pair| !is_of_signature(pair)).collect();
    let path = parts.uri.path();
    let target = if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) };
    let target: PathAndQuery = target.parse().map_err(|_| s3_error!(InvalidURI))?;
    parts.uri = Uri::from(target);
    Ok(())
}

fn is_of_signature(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default();
    [
        "X-Amz-Algorithm",
        "X-Amz-Credential",
        "X-Amz-Date",
        "X-Amz-Expires",
        "X-Amz-SignedHeaders",
        "X-Amz-Signature",
        "X-Amz-Security-Token",
        "AWSAccessKeyId",
        "Expires",
        "Signature",
        "x-amz-security-token",
    ]
    .contains(&name)
}
