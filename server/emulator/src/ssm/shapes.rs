//! Shapes that several operations share, as the service model states them.

use crate::validate::{List, Member, Pattern, Shape, Text, required};

static UUID: Pattern = Pattern::new("^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$");
static MANAGED_INSTANCE: Pattern = Pattern::translated(
    r"(^mi-[0-9a-f]{17}$)|(^eks_c:[0-9A-Za-z][A-Za-z0-9\-_]{0,99}_\w{17}$)",
    r"(mi-[0-9a-f]{17})|(eks_c:[0-9A-Za-z][A-Za-z0-9\-_]{0,99}_[0-9A-Za-z_]{17})",
);
static INSTANCE: Pattern = Pattern::translated(
    r"(^i-(\w{8}|\w{17})$)|(^mi-\w{17}$)",
    r"(i-([0-9A-Za-z_]{8}|[0-9A-Za-z_]{17}))|(mi-[0-9A-Za-z_]{17})",
);
static LABEL: Pattern = Pattern::new(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$");

/// `ActivationId`.
pub(super) static ACTIVATION_ID: Shape = Text::ANY.matching(&UUID).shape();
/// `DefaultInstanceName`.
pub(super) static DEFAULT_INSTANCE_NAME: Shape = Text::length(0, 256).matching(&LABEL).shape();
/// `IamRole`: a name or a path and a name, no ARN.
pub(super) static IAM_ROLE: Shape = Text::length(0, 64).shape();
/// `ManagedInstanceId`: EC2 ids are refused.
pub(super) static MANAGED_INSTANCE_ID: Shape = Text::length(20, 124).matching(&MANAGED_INSTANCE).shape();
/// `InstanceId`.
pub(super) static INSTANCE_ID: Shape = Text::ANY.matching(&INSTANCE).shape();
/// Any string.
pub(super) static ANY: Shape = Text::ANY.shape();
/// `StringList`.
pub(super) static STRINGS: Shape = Shape::List(List { element: &ANY, min: 0, max: usize::MAX });
/// `TagKey`.
pub(super) static TAG_KEY: Shape = Text::length(1, 128).matching(&LABEL).shape();
static TAG_VALUE: Shape = Text::length(0, 256).matching(&LABEL).shape();
static TAG: Shape = Shape::Structure(TAG_MEMBERS);
const TAG_MEMBERS: &[Member] = &[required("Key", &TAG_KEY), required("Value", &TAG_VALUE)];
/// `TagList`.
pub(super) static TAGS: Shape = Shape::List(List { element: &TAG, min: 0, max: 1000 });

/// How many filters a request may have where the model states no limit. SQLite's depth of an expression is 1000.
pub(super) const MOST_FILTERS: usize = 100;

/// Whether text is an instance id, of EC2 or of a registered node.
pub(super) fn is_instance_id(text: &str) -> bool {
    INSTANCE.matches(text)
}

/// Whether text is an activation id.
pub(super) fn is_activation_id(text: &str) -> bool {
    UUID.matches(text)
}
