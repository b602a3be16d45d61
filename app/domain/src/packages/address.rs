//! Packages in the console's addresses: `/packages/{segment}`.

/// Addresses below `/packages` that are pages of their own; a package may have such a name all the same.
const PAGES: [&str; 3] = ["create", "drafts", "publications"];
/// Stands for the slash of an ARN, and before a name that is also a page's. No name and no ARN has one (SSM API:
/// `DocumentARN`).
const MARK: char = '~';

/// The segment for a package's name or ARN: a name as it is, an ARN without its slash, so that no server and no proxy on
/// the way has to agree on what an escaped slash means.
#[must_use]
pub fn segment(name: &str) -> String {
    if PAGES.contains(&name) { format!("{MARK}{name}") } else { name.replace('/', "~") }
}

/// The name or ARN of a segment; `None` when it is none that SSM reads (SSM API: `DocumentARN`, 3–128 characters).
#[must_use]
pub fn name_of(segment: &str) -> Option<String> {
    let name = match segment.strip_prefix(MARK) {
        Some(name) => name.to_owned(),
        None => segment.replace(MARK, "/"),
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-.:/".contains(c);
    ((3..=128).contains(&name.len()) && name.chars().all(plain)).then_some(name)
}

/// The package's page.
#[must_use]
pub fn package(name: &str) -> String {
    format!("/packages/{}", segment(name))
}

/// What a package is called where the account that owns it is clear: an ARN's last part.
#[must_use]
pub fn short_name(name: &str) -> &str {
    name.rsplit_once('/').map_or(name, |(_, short)| short)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ARN: &str = "arn:aws:ssm:ap-northeast-1:210987654321:document/Corporate-Proxy";

    #[test]
    fn a_name_is_its_own_segment() {
        assert_eq!(package("Kinesis-Agent_1.2"), "/packages/Kinesis-Agent_1.2");
        assert_eq!(name_of("Kinesis-Agent_1.2").as_deref(), Some("Kinesis-Agent_1.2"));
    }

    #[test]
    fn an_arn_loses_its_slash_and_gets_it_back() {
        assert_eq!(segment(ARN), "arn:aws:ssm:ap-northeast-1:210987654321:document~Corporate-Proxy");
        assert_eq!(name_of(&segment(ARN)).as_deref(), Some(ARN));
        assert_eq!(short_name(ARN), "Corporate-Proxy");
        assert_eq!(short_name("Kinesis-Agent"), "Kinesis-Agent");
    }

    #[test]
    fn a_package_may_be_called_like_a_page() {
        assert_eq!(segment("create"), "~create");
        assert_eq!(name_of("~create").as_deref(), Some("create"));
    }

    #[test]
    fn what_ssm_cannot_read_is_no_name() {
        for segment in ["", "ab", "a b c", "<script>", "東京駅", &"a".repeat(129)] {
            assert_eq!(name_of(segment), None, "{segment}");
        }
    }

    proptest! {
        #[test]
        fn every_name_comes_back(name in "[a-zA-Z0-9][a-zA-Z0-9_.:/-]{2,127}") {
            prop_assert_eq!(name_of(&segment(&name)), Some(name));
        }
    }
}
