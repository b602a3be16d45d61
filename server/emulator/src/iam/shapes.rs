//! Shapes that several actions share, as IAM's service model states them.

use crate::validate::{Pattern, Shape, Text};
use crate::wire::errors::ServiceError;

static NAME: Pattern = Pattern::translated(r"[\w+=,.@-]+", r"[0-9A-Za-z_+=,.@-]+");
static MARKER_SIGNS: Pattern = Pattern::new(r"[\u0020-\u00FF]+");

/// `roleNameType`.
pub(super) static ROLE_NAME: Shape = Text::length(1, 64).matching(&NAME).shape();
/// `arnType`.
pub(super) static ARN: Shape = Text::length(20, 2048).shape();
/// `markerType`.
pub(super) static MARKER: Shape = Text::length(1, 320).matching(&MARKER_SIGNS).shape();
/// `maxItemsType`.
pub(super) static MAX_ITEMS: Shape = Shape::Integer(1, 1000);
/// IAM pages a hundred items unless told otherwise.
pub(super) const DEFAULT_ITEMS: i64 = 100;

/// `NoSuchEntity` for a role.
pub(super) fn no_such_role(name: &str) -> ServiceError {
    ServiceError::new("NoSuchEntity", format!("The role with name {name} cannot be found.")).status(404)
}

/// `ValidationError` for a marker that was not given out.
pub(super) fn invalid_marker(marker: &str) -> ServiceError {
    ServiceError::new("ValidationError", format!("Invalid Marker: {marker}"))
}
