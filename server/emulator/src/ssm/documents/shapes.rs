//! Shapes of the document operations, as the service model states them.

use crate::validate::{List, Member, Pattern, Shape, Text, optional, required};

static NAME_PATTERN: Pattern = Pattern::new(r"^[a-zA-Z0-9_\-.]{3,128}$");
static ARN_PATTERN: Pattern = Pattern::new(r"^[a-zA-Z0-9_\-.:/]{3,128}$");
static VERSION_PATTERN: Pattern = Pattern::new(r"([$]LATEST|[$]DEFAULT|^[1-9][0-9]*$)");
static NUMBER_PATTERN: Pattern = Pattern::new(r"(^[1-9][0-9]*$)");
static VERSION_NAME_PATTERN: Pattern = Pattern::new(r"^[a-zA-Z0-9_\-.]{1,128}$");
static DISPLAY_NAME_PATTERN: Pattern = Pattern::translated(r"^[\w\.\-\:\/ ]*$", r"[0-9A-Za-z_.\-:/ ]*");
static TARGET_TYPE_PATTERN: Pattern = Pattern::translated(r"^\/[\w\.\-\:\/]*$", r"/[0-9A-Za-z_.\-:/]*");
static ACCOUNT_PATTERN: Pattern = Pattern::new("(?i)all|[0-9]{12}");

/// `DocumentName`: of what is written.
pub(super) static NAME: Shape = Text::ANY.matching(&NAME_PATTERN).shape();
/// `DocumentARN`: of what is read.
pub(super) static ARN: Shape = Text::ANY.matching(&ARN_PATTERN).shape();
/// `DocumentVersion`.
pub(super) static VERSION: Shape = Text::ANY.matching(&VERSION_PATTERN).shape();
/// `DocumentVersionNumber`.
pub(super) static NUMBER: Shape = Text::ANY.matching(&NUMBER_PATTERN).shape();
/// `DocumentVersionName`.
pub(super) static VERSION_NAME: Shape = Text::ANY.matching(&VERSION_NAME_PATTERN).shape();
/// `DocumentDisplayName`.
pub(super) static DISPLAY_NAME: Shape = Text::length(0, 1024).matching(&DISPLAY_NAME_PATTERN).shape();
/// `TargetType`.
pub(super) static TARGET_TYPE: Shape = Text::length(0, 200).matching(&TARGET_TYPE_PATTERN).shape();
/// `DocumentContent`.
pub(super) static CONTENT: Shape = Text::length(1, usize::MAX).shape();
/// `DocumentFormat`.
pub(super) static FORMAT: Shape = Text::one_of(&["YAML", "JSON", "TEXT"]).shape();
/// `DocumentType`.
pub(super) static TYPE: Shape = Text::one_of(&[
    "Command",
    "Policy",
    "Automation",
    "Session",
    "Package",
    "ApplicationConfiguration",
    "ApplicationConfigurationSchema",
    "DeploymentStrategy",
    "ChangeCalendar",
    "Automation.ChangeTemplate",
    "ProblemAnalysis",
    "ProblemAnalysisTemplate",
    "CloudFormation",
    "ConformancePackTemplate",
    "QuickSetup",
    "ManualApprovalPolicy",
    "AutoApprovalPolicy",
])
.shape();

static SOURCE_KEY: Shape = Text::one_of(&["SourceUrl", "S3FileUrl", "AttachmentReference"]).shape();
static SOURCE_VALUE: Shape = Text::length(1, 1024).shape();
static SOURCE_VALUES: Shape = Shape::List(List { element: &SOURCE_VALUE, min: 1, max: 1 });
static SOURCE: Shape = Shape::Structure(SOURCE_MEMBERS);
const SOURCE_MEMBERS: &[Member] =
    &[optional("Key", &SOURCE_KEY), optional("Values", &SOURCE_VALUES), optional("Name", &NAME)];
/// `AttachmentsSourceList`.
pub(super) static ATTACHMENTS: Shape = Shape::List(List { element: &SOURCE, min: 0, max: 20 });

// Its pattern is the version name's.
static REQUIRE_TYPE: Shape = Text::length(0, 128).matching(&VERSION_NAME_PATTERN).shape();
static REQUIREMENT: Shape = Shape::Structure(REQUIREMENT_MEMBERS);
const REQUIREMENT_MEMBERS: &[Member] = &[
    required("Name", &ARN),
    optional("Version", &VERSION),
    optional("VersionName", &VERSION_NAME),
    optional("RequireType", &REQUIRE_TYPE),
];
/// `DocumentRequiresList`.
pub(super) static REQUIRES: Shape = Shape::List(List { element: &REQUIREMENT, min: 1, max: usize::MAX });

/// `DocumentPermissionType`.
pub(super) static PERMISSION_TYPE: Shape = Text::one_of(&["Share"]).shape();
static ACCOUNT: Shape = Text::ANY.matching(&ACCOUNT_PATTERN).shape();
/// `AccountIdList`.
pub(super) static ACCOUNTS: Shape = Shape::List(List { element: &ACCOUNT, min: 0, max: 20 });
static SHARED_VERSION_PATTERN: Pattern = Pattern::new("([$]LATEST|[$]DEFAULT|[$]ALL)");
/// `SharedDocumentVersion`.
pub(super) static SHARED_VERSION: Shape = Text::length(0, 8).matching(&SHARED_VERSION_PATTERN).shape();
/// `MaxResults`.
pub(super) static MAX_RESULTS: Shape = Shape::Integer(1, 50);
