//! Errors as values: what went wrong, where, and what the caller can do about it.

use serde::{Deserialize, Serialize};

/// Why something asked of Sekisho did not happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
// Without a tag: code that reads tagged values into memory first is much for every browser to download.
#[serde(rename_all = "snake_case")]
pub enum ApiError {
    /// Nobody is signed in.
    #[error("sign in first")]
    Unauthenticated,
    /// The person's role does not include this.
    #[error("not permitted for this role")]
    Forbidden,
    /// It does not exist, or no longer.
    #[error("not found")]
    NotFound,
    /// Fields that do not hold what they must; each is shown at its field.
    #[error("invalid fields: {}", fields.iter().map(|f| f.field.as_str()).collect::<Vec<_>>().join(", "))]
    Invalid {
        /// At least one.
        fields: Vec<FieldError>,
    },
    /// The state of things forbids it, such as a form that was sent twice.
    #[error("conflict: {reason}")]
    Conflict {
        /// What stands in the way, for a log.
        reason: String,
    },
    /// AWS asks for fewer requests.
    #[error("AWS is throttling requests")]
    Throttled,
    /// AWS refused.
    #[error("AWS answered {code}: {message} (request id {request_id:?})")]
    Upstream {
        /// AWS's error code, such as `ValidationException`.
        code: String,
        /// AWS's own words.
        message: String,
        /// What AWS's support asks for.
        request_id: Option<String>,
    },
    /// AWS (or, from the browser, Sekisho) could not be reached, or did not answer in time.
    #[error("unreachable: {message}")]
    Unreachable {
        /// The connection's error.
        message: String,
    },
    /// A fault of Sekisho's own; the log has it under the request id.
    #[error("internal error")]
    Internal,
}

impl ApiError {
    /// One invalid field.
    #[must_use]
    pub fn field(field: impl Into<String>, rule: Rule) -> Self {
        Self::Invalid { fields: vec![FieldError { field: field.into(), rule }] }
    }

    /// The HTTP status that says the same.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Unauthenticated => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Conflict { .. } => 409,
            Self::Invalid { .. } => 422,
            Self::Throttled => 429,
            Self::Internal => 500,
            Self::Upstream { .. } => 502,
            Self::Unreachable { .. } => 503,
        }
    }
}

#[cfg(feature = "server-fn")]
impl server_fn::error::FromServerFnError for ApiError {
    type Encoder = crate::json::JsonText;

    /// The framework's own failures: in the browser, the server did not answer; on the server, the request was not
    /// one that the console makes.
    fn from_server_fn_error(error: server_fn::error::ServerFnErrorErr) -> Self {
        use server_fn::error::ServerFnErrorErr as Failure;
        match error {
            Failure::Request(message) | Failure::Response(message) => Self::Unreachable { message },
            Failure::Args(message) | Failure::MissingArg(message) => Self::Conflict { reason: message },
            _ => Self::Internal,
        }
    }
}

/// A field and the rule that its value breaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The form field's name; a repeated one has its index, such as `tags.2.key`.
    pub field: String,
    /// The broken rule.
    pub rule: Rule,
}

/// What a value must be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Something must be given.
    Required,
    /// At most this many characters.
    MaxLength {
        /// Characters, as AWS counts them.
        max: u32,
    },
    /// A whole number in a range, both ends included.
    Range {
        /// Smallest.
        min: u32,
        /// Largest.
        max: u32,
    },
    /// Only letters, digits, spaces and `_ . : / = + - @`.
    NameCharacters,
    /// A date and time.
    DateTime,
    /// A time that is still to come.
    InFuture,
    /// A time at most this many days ahead.
    WithinDays {
        /// Days from now.
        days: u32,
    },
    /// A role's name, not its ARN.
    NotArn,
    /// A role's name of the characters that IAM allows.
    RoleName,
    /// A role that exists and that `ssm.amazonaws.com` may assume.
    AssumableRole,
    /// A tag key must not begin with `aws:`.
    ReservedPrefix,
    /// A tag key stands only once.
    Duplicate,
    /// At most this many tags, or nodes.
    TooMany {
        /// How many.
        max: u32,
    },
    /// A number in a range, both ends included.
    Decimal {
        /// Smallest, in digits.
        min: String,
        /// Largest.
        max: u32,
        /// Most decimal places.
        places: u32,
    },
    /// One of the choices that are offered.
    Choice,
    /// Three letters (ISO 4217).
    CurrencyCode,
    /// At most this many nodes on the standard tier of an account in a Region.
    StandardTier {
        /// How many.
        max: u32,
    },
    /// An account and Region stands only once.
    DuplicatePlace,
    /// Figures that together can be calculated exactly.
    TooLarge,
    /// A name that nothing else has.
    NameTaken,
    /// A box that must be ticked.
    Accepted,
    /// Just this text, to confirm.
    Exactly {
        /// What must be typed.
        text: String,
    },
    /// A hybrid node: only `mi-…`.
    HybridNode,
    /// Only letters, digits, `_`, `-` and `.`, and not fewer or more than this many.
    Identifier {
        /// Fewest.
        min: u32,
        /// Most.
        max: u32,
    },
    /// A name that only AWS may give: it begins with `aws`, `amazon` or `amzn`.
    AwsOwnedName,
    /// Twelve digits.
    AccountId,
    /// Another account than one's own.
    OtherAccount,
    /// A zip of one software file and its scripts, as Sekisho makes them.
    SoftwareZip,
    /// Something for which there is room on the server.
    NoRoom,
    /// The name of an S3 bucket.
    BucketName,
    /// `s3://bucket/prefix`, or an `https` address of S3.
    S3Url,
    /// A prefix of S3 keys.
    KeyPrefix,
    /// A platform version as a manifest has it.
    PlatformVersion,
    /// A name that begins with one of these: an admin's rule, or a token's scope.
    BeginsWith {
        /// What it may begin with.
        prefixes: Vec<String>,
    },
    /// A bucket, or a folder in one, that an admin allows.
    AllowedPlace {
        /// `bucket` or `bucket/folder` each.
        places: Vec<String>,
    },
}
