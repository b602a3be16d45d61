//! Conditional requests: `If-Match` and its kin.

use s3s::dto::{ETagCondition, Timestamp};
use s3s::{S3Error, s3_error};
use time::{Duration, OffsetDateTime};

use super::errors::{failed, precondition_failed};
use crate::store::{Object, ObjectCondition};

/// What a reader asks of an object.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) if_match: Option<ETagCondition>,
    pub(super) if_none_match: Option<ETagCondition>,
    pub(super) if_modified_since: Option<Timestamp>,
    pub(super) if_unmodified_since: Option<Timestamp>,
}

impl Reading {
    /// Checks an object to be sent.
    ///
    /// # Errors
    /// `PreconditionFailed`, or `NotModified`.
    pub(super) fn check(self, object: &Object) -> Result<(), S3Error> {
        match self.outcome(object) {
            Outcome::Holds => Ok(()),
            Outcome::Failed => Err(precondition_failed()),
            Outcome::NotModified => Err(s3_error!(NotModified)),
        }
    }

    /// Checks an object to be copied, where any condition that does not hold is a failed one.
    ///
    /// # Errors
    /// `PreconditionFailed`.
    pub(super) fn check_source(self, object: &Object) -> Result<(), S3Error> {
        match self.outcome(object) {
            Outcome::Holds => Ok(()),
            Outcome::Failed | Outcome::NotModified => Err(precondition_failed()),
        }
    }

    /// RFC 9110: an `ETag` decides before a date does.
    fn outcome(self, object: &Object) -> Outcome {
        let modified = modified_since(object);
        if let Some(wanted) = self.if_match {
            if !is(&wanted, &object.etag) {
                return Outcome::Failed;
            }
        } else if self.if_unmodified_since.is_some_and(&modified) {
            return Outcome::Failed;
        }
        if let Some(unwanted) = self.if_none_match {
            if is(&unwanted, &object.etag) {
                return Outcome::NotModified;
            }
        } else if self.if_modified_since.is_some_and(|since| !modified(since)) {
            return Outcome::NotModified;
        }
        Outcome::Holds
    }
}

enum Outcome {
    Holds,
    Failed,
    NotModified,
}

/// HTTP's dates are whole seconds.
fn modified_since(object: &Object) -> impl Fn(Timestamp) -> bool + use<> {
    let modified = OffsetDateTime::UNIX_EPOCH + Duration::seconds(object.modified_at.div_euclid(1000));
    move |since| modified > OffsetDateTime::from(since)
}

fn is(condition: &ETagCondition, etag: &str) -> bool {
    condition.as_etag().is_none_or(|wanted| wanted.value() == etag)
}

/// What a writer asks of the object that may be there.
///
/// # Errors
/// `NotImplemented` for what S3 does not offer: `If-None-Match` with an `ETag`.
pub(super) fn writing(
    if_match: Option<ETagCondition>,
    if_none_match: Option<ETagCondition>,
) -> Result<Option<ObjectCondition>, S3Error> {
    match (if_match, if_none_match) {
        (None, Some(ETagCondition::Any)) => Ok(Some(ObjectCondition::Absent)),
        (Some(ETagCondition::ETag(etag)), None) => Ok(Some(ObjectCondition::Matches(etag.into_value()))),
        (None, None) => Ok(None),
        _ => Err(failed(
            "NotImplemented",
            501,
            "A header you provided implies functionality that is not implemented",
        )),
    }
}
