//! What can go wrong while a machine registers, by the words that the agent prints.

/// A failure of registration that has one cause and one cure; the texts for both belong to the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AgentError {
    /// Code or id mistyped, another Region, or the activation was deleted.
    InvalidActivation,
    /// The activation's time is over.
    ActivationExpired,
    /// A proxy answers for the metadata address, and the agent takes itself for an EC2 instance.
    ProxyAnswersMetadata,
    /// The activation's limit, or that of the account, is reached.
    RegistrationLimitExceeded,
    /// SSM does not take the key pair that the agent made.
    InvalidPublicKey,
    /// The machine has registered before.
    AlreadyRegistered,
    /// The machine no longer looks like the one that registered.
    FingerprintMismatch,
    /// SSM is busy with the same activation.
    TooManyUpdates,
    /// The node is no longer registered.
    NodeDeregistered,
    /// A fault of SSM's own.
    InternalServerError,
    /// The machine does not reach SSM.
    Unreachable,
    /// The certificate that the machine sees is not AWS's.
    UntrustedCertificate,
    /// The role lacks its trust policy or its permissions.
    RoleRefused,
    /// `ssm-setup-cli` is not the newest one.
    ChecksumMismatch,
    /// `ssm-setup-cli` found no agent running, or several.
    NotOneProcess,
    /// Not run by root or an administrator.
    NotRoot,
}

impl AgentError {
    /// Every error, in the order in which people meet them.
    pub const ALL: [Self; 16] = [
        Self::InvalidActivation,
        Self::ActivationExpired,
        Self::ProxyAnswersMetadata,
        Self::RegistrationLimitExceeded,
        Self::AlreadyRegistered,
        Self::FingerprintMismatch,
        Self::Unreachable,
        Self::UntrustedCertificate,
        Self::RoleRefused,
        Self::ChecksumMismatch,
        Self::NotOneProcess,
        Self::NotRoot,
        Self::TooManyUpdates,
        Self::InvalidPublicKey,
        Self::NodeDeregistered,
        Self::InternalServerError,
    ];

    /// What the agent or `ssm-setup-cli` prints, word for word; the first is the title.
    #[must_use]
    pub const fn words(self) -> &'static [&'static str] {
        match self {
            Self::InvalidActivation => &["InvalidActivation"],
            Self::ActivationExpired => &["ActivationExpired"],
            // aws/amazon-ssm-agent issue 134: the same word for a wholly different cause.
            Self::ProxyAnswersMetadata => &["ActivationExpired", "169.254.169.254"],
            Self::RegistrationLimitExceeded => &["RegistrationLimitExceeded"],
            Self::InvalidPublicKey => &["InvalidPublicKey"],
            Self::AlreadyRegistered => &[
                "InstanceAlreadyRegistered",
                "Agent already registered with instance id",
                "skipping registration because override flag is not set",
            ],
            Self::FingerprintMismatch => &["MachineFingerprintDoesNotMatch"],
            Self::TooManyUpdates => &["TooManyUpdates"],
            Self::NodeDeregistered => &["InvalidInstanceId"],
            Self::InternalServerError => &["InternalServerError"],
            Self::Unreachable => &[
                "RequestError: send request failed",
                "dial tcp",
                "no such host",
                "server misbehaving",
                "connection refused",
                "i/o timeout",
                "TLS handshake timeout",
            ],
            Self::UntrustedCertificate => &["x509: certificate signed by unknown authority", "x509:"],
            Self::RoleRefused => &["AccessDeniedException", "AccessDenied"],
            Self::ChecksumMismatch => &["checksum mismatch with latest ssm-setup-cli"],
            Self::NotOneProcess => {
                &["multiple/no processes found", "error while checking agent process count"]
            }
            Self::NotRoot => &["Please run as root/admin"],
        }
    }

    /// Stable name, for the page's fragment links.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::InvalidActivation => "invalid-activation",
            Self::ActivationExpired => "activation-expired",
            Self::ProxyAnswersMetadata => "proxy-answers-metadata",
            Self::RegistrationLimitExceeded => "registration-limit-exceeded",
            Self::InvalidPublicKey => "invalid-public-key",
            Self::AlreadyRegistered => "already-registered",
            Self::FingerprintMismatch => "fingerprint-mismatch",
            Self::TooManyUpdates => "too-many-updates",
            Self::NodeDeregistered => "node-deregistered",
            Self::InternalServerError => "internal-server-error",
            Self::Unreachable => "unreachable",
            Self::UntrustedCertificate => "untrusted-certificate",
            Self::RoleRefused => "role-refused",
            Self::ChecksumMismatch => "checksum-mismatch",
            Self::NotOneProcess => "not-one-process",
            Self::NotRoot => "not-root",
        }
    }

    /// Whether the agent's words stand in what somebody pasted from a log, or begin to be typed there.
    #[must_use]
    pub fn is_in(self, pasted: &str) -> bool {
        let pasted = pasted.trim().to_lowercase();
        self.words().iter().any(|words| {
            let words = words.to_lowercase();
            pasted.contains(&words) || words.contains(&pasted)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn found(pasted: &str) -> Vec<AgentError> {
        AgentError::ALL.into_iter().filter(|error| error.is_in(pasted)).collect()
    }

    #[test]
    fn an_error_is_found_by_the_agents_own_line() {
        let line = "2021-07-12 12:46:25 ERROR Registration failed due to error registering the instance with AWS SSM. InvalidActivation: ";
        assert_eq!(found(line), [AgentError::InvalidActivation]);
        let line = "ERROR … RequestError: send request failed\ncaused by: Post \"https://ssm.ap-northeast-1.amazonaws.com/\": dial tcp: lookup ssm.ap-northeast-1.amazonaws.com on 127.0.0.53:53: server misbehaving";
        assert_eq!(found(line), [AgentError::Unreachable]);
        let line = "error while verifying installed ssm-setup-cli checksum: checksum mismatch with latest ssm-setup-cli.";
        assert_eq!(found(line), [AgentError::ChecksumMismatch]);
        assert_eq!(found("everything is fine"), []);
    }

    #[test]
    fn a_proxy_is_offered_beside_the_plain_expiry() {
        assert_eq!(
            found("ActivationExpired"),
            [AgentError::ActivationExpired, AgentError::ProxyAnswersMetadata]
        );
    }

    #[test]
    fn a_beginning_is_enough_and_nothing_typed_is_everything() {
        assert_eq!(found("fingerprint"), [AgentError::FingerprintMismatch]);
        assert_eq!(found(" ").len(), AgentError::ALL.len());
    }

    #[test]
    fn names_are_unique() {
        let names: HashSet<_> = AgentError::ALL.iter().map(|error| error.name()).collect();
        assert_eq!(names.len(), AgentError::ALL.len());
    }
}
