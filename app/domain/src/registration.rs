//! How a machine registers with an activation: commands for each system, and the errors on the way.

mod agent_errors;
mod commands;
mod machine;
mod quote;
mod systems;

pub use agent_errors::AgentError;
pub use commands::{Route, Script, Shell};
pub use machine::Installation;
pub use quote::{posix_quote, powershell_quote};
pub use systems::{Architecture, System};

/// What a machine needs in order to register: the activation's id and code, and the Region to register in.
///
/// Every value has been checked, so that it can stand in a command.
#[derive(Clone, PartialEq, Eq)]
pub struct Permit {
    id: String,
    code: String,
    region: String,
}

/// The value that cannot stand in a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PermitError {
    /// Not a UUID.
    #[error("the activation id is not a UUID")]
    Id,
    /// Not 20–250 letters, digits and `+ / = _ - . ~ : @ % ,`.
    #[error("the activation code has characters that no activation code has")]
    Code,
    /// Not the name of a Region.
    #[error("the Region's name has characters that no Region's name has")]
    Region,
}

impl Permit {
    /// Checks the three values (SSM API: `ActivationId` is a UUID, `ActivationCode` has 20–250 characters).
    ///
    /// # Errors
    /// The first value that cannot stand in a command.
    pub fn new(id: &str, code: &str, region: &str) -> Result<Self, PermitError> {
        if !is_uuid(id) {
            return Err(PermitError::Id);
        }
        let code_character = |b: u8| b.is_ascii_alphanumeric() || b"+/=_-.~:@%,".contains(&b);
        if !(20..=250).contains(&code.len()) || !code.bytes().all(code_character) {
            return Err(PermitError::Code);
        }
        if !is_region(region) {
            return Err(PermitError::Region);
        }
        Ok(Self { id: id.to_owned(), code: code.to_owned(), region: region.to_owned() })
    }
}

impl Permit {
    /// Words in the places of id and code, to show what the commands look like before there is an activation.
    ///
    /// # Errors
    /// [`PermitError::Region`].
    pub fn example(region: &str) -> Result<Self, PermitError> {
        if !is_region(region) {
            return Err(PermitError::Region);
        }
        let (id, code) = ("activation-id".to_owned(), "activation-code".to_owned());
        Ok(Self { id, code, region: region.to_owned() })
    }
}

/// The code stays out of logs.
impl std::fmt::Debug for Permit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Permit").field("id", &self.id).field("region", &self.region).finish_non_exhaustive()
    }
}

/// Whether the text is a UUID in its usual form: 8-4-4-4-12 hexadecimal digits.
#[must_use]
pub fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Whether the text looks like a Region's name, such as `ap-northeast-1` or `us-gov-west-1`.
#[must_use]
pub fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let word = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase());
    let Some((number, words)) = parts.split_last() else { return false };
    text.len() <= 32
        && words.len() >= 2
        && words.iter().all(word)
        && !number.is_empty()
        && number.bytes().all(|b| b.is_ascii_digit())
}

/// The partition of a Region, and the domain of its services.
fn partition_and_domain(region: &str) -> (&'static str, &'static str) {
    const BY_PREFIX: [(&str, (&str, &str)); 7] = [
        ("cn-", ("aws-cn", "amazonaws.com.cn")),
        ("us-gov-", ("aws-us-gov", "amazonaws.com")),
        ("us-iso-", ("aws-iso", "c2s.ic.gov")),
        ("us-isob-", ("aws-iso-b", "sc2s.sgov.gov")),
        ("us-isof-", ("aws-iso-f", "csp.hci.ic.gov")),
        ("eu-isoe-", ("aws-iso-e", "cloud.adc-e.uk")),
        ("eusc-", ("aws-eusc", "amazonaws.eu")),
    ];
    BY_PREFIX
        .into_iter()
        .find(|(prefix, _)| region.starts_with(prefix))
        .map_or(("aws", "amazonaws.com"), |(_, known)| known)
}

/// The second part of every ARN in a Region.
pub(crate) fn partition(region: &str) -> &'static str {
    partition_and_domain(region).0
}

/// The domain under which a Region's services answer, by the Region's partition.
#[must_use]
pub fn dns_suffix(region: &str) -> &'static str {
    partition_and_domain(region).1
}

/// Where agents in a Region reach Systems Manager.
#[must_use]
pub fn endpoint(region: &str) -> String {
    format!("https://ssm.{region}.{}", dns_suffix(region))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "255996e5-f42d-44c8-8fb8-eb17f76696bc";
    const CODE: &str = "Fjz3/sZfSvv78+AbCd12";

    #[test]
    fn a_permit_holds_checked_values_only() {
        assert!(Permit::new(ID, CODE, "ap-northeast-1").is_ok());
        assert!(Permit::new(ID, CODE, "us-gov-west-1").is_ok());
        for id in ["", "255996e5", "255996e5-f42d-44c8-8fb8-eb17f76696b'", "$(reboot)"] {
            assert_eq!(Permit::new(id, CODE, "ap-northeast-1"), Err(PermitError::Id), "{id}");
        }
        for code in ["", "short", "12345678901234567890'", "1234567890 1234567890", &"a".repeat(251)] {
            assert_eq!(Permit::new(ID, code, "ap-northeast-1"), Err(PermitError::Code), "{code}");
        }
        for region in ["", "tokyo", "ap-northeast", "ap-northeast-1;reboot", "AP-NORTHEAST-1", "ap--1"] {
            assert_eq!(Permit::new(ID, CODE, region), Err(PermitError::Region), "{region}");
        }
    }

    #[test]
    fn the_code_is_not_printed() {
        let permit = Permit::new(ID, CODE, "ap-northeast-1").unwrap();
        assert!(!format!("{permit:?}").contains(CODE));
    }

    #[test]
    fn an_example_can_be_taken_for_no_code() {
        let example = Permit::example("ap-northeast-1").unwrap();
        let script = example.script(System::Ubuntu, Architecture::X86_64, Route::SetupCli).unwrap();
        assert!(script.text.contains("'activation-code'") && script.text.contains("'ap-northeast-1'"));
        assert_eq!(Permit::new("activation-id", CODE, "ap-northeast-1"), Err(PermitError::Id));
        assert_eq!(Permit::example("$(reboot)"), Err(PermitError::Region));
    }

    #[test]
    fn each_partition_has_its_name_and_its_domain() {
        for (region, name, domain) in [
            ("ap-northeast-1", "aws", "amazonaws.com"),
            ("us-gov-east-1", "aws-us-gov", "amazonaws.com"),
            ("cn-north-1", "aws-cn", "amazonaws.com.cn"),
            ("us-iso-east-1", "aws-iso", "c2s.ic.gov"),
            ("us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov"),
            ("us-isof-south-1", "aws-iso-f", "csp.hci.ic.gov"),
            ("eu-isoe-west-1", "aws-iso-e", "cloud.adc-e.uk"),
            ("eusc-de-east-1", "aws-eusc", "amazonaws.eu"),
        ] {
            assert_eq!((partition(region), dns_suffix(region)), (name, domain), "{region}");
        }
    }
}
