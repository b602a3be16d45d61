//! Every change of a package as a command of the AWS CLI, to be copied into a pipeline.

use serde_json::json;

use super::location::Location;
use super::sharing::SharingCall;
use crate::aws_cli::{Command, tags_json, word};
use crate::tags::Tag;

/// What a version is published with. The manifest is expected as `manifest.json` in the working directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version<'a> {
    /// The package's name.
    pub package: &'a str,
    /// The version's name; empty for none.
    pub version_name: &'a str,
    /// Where the files are, the manifest among them.
    pub location: &'a Location,
    /// The zips that are sent there.
    pub sent: &'a [&'a str],
    /// The zips that stay in AWS: those of an earlier version, by its number.
    pub carried: &'a [Carried<'a>],
}

/// A zip that another version has already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Carried<'a> {
    /// The zip's name.
    pub file: &'a str,
    /// The version that has it.
    pub document_version: u64,
}

/// Puts the files of the working directory, the manifest last, where Distributor takes them from.
#[must_use]
pub fn upload<'a>(region: &str, location: &Location, zips: impl IntoIterator<Item = &'a str>) -> String {
    let copy = |file: &str| {
        // A name that begins with a hyphen would be an option.
        let source = if file.starts_with('-') { format!("./{file}") } else { file.to_owned() };
        let target = format!("s3://{}/{}", location.bucket, location.key(file));
        format!("aws s3 cp --region {} {} {}", word(region), word(&source), word(&target))
    };
    let commands: Vec<_> = zips.into_iter().chain(["manifest.json"]).map(copy).collect();
    commands.join("\n")
}

/// Creates a package with its first version.
#[must_use]
pub fn create(region: &str, version: &Version<'_>, tags: &[Tag]) -> String {
    let tags = (!tags.is_empty()).then(|| tags_json(tags));
    Command::new("ssm create-document", region)
        .option("name", version.package)
        .option("document-type", "Package")
        .option("content", "file://manifest.json")
        .option("attachments", &attachments(version))
        .optional("version-name", not_empty(version.version_name))
        .optional("tags", tags.as_deref())
        .text()
}

/// Adds a version. SSM wants all of its zips again, none is carried over by itself.
#[must_use]
pub fn add_version(region: &str, version: &Version<'_>) -> String {
    Command::new("ssm update-document", region)
        .option("name", version.package)
        .option("document-version", "$LATEST")
        .option("content", "file://manifest.json")
        .option("attachments", &attachments(version))
        .optional("version-name", not_empty(version.version_name))
        .text()
}

/// Waits until the version is there, and tells why when it failed.
#[must_use]
pub fn describe(region: &str, package: &str) -> String {
    Command::new("ssm describe-document", region)
        .option("name", package)
        .option("document-version", "$LATEST")
        .option("query", "Document.[Status,StatusInformation]")
        .text()
}

/// Makes a version the default.
#[must_use]
pub fn set_default_version(region: &str, package: &str, number: u64) -> String {
    Command::new("ssm update-document-default-version", region)
        .option("name", package)
        .option("document-version", &number.to_string())
        .text()
}

/// Deletes a version, or the whole package.
#[must_use]
pub fn delete(region: &str, package: &str, number: Option<u64>) -> String {
    Command::new("ssm delete-document", region)
        .option("name", package)
        .optional("document-version", number.map(|number| number.to_string()).as_deref())
        .text()
}

/// Shares a package with accounts and takes it back from others.
#[must_use]
pub fn share(region: &str, package: &str, calls: &[SharingCall]) -> String {
    let command = |call: &SharingCall| {
        Command::new("ssm modify-document-permission", region)
            .option("name", package)
            .option("permission-type", "Share")
            .values("account-ids-to-add", call.add.iter().map(String::as_str))
            .values("account-ids-to-remove", call.remove.iter().map(String::as_str))
            .text()
    };
    calls.iter().map(command).collect::<Vec<_>>().join("\n")
}

/// Sets tags of a package and removes others by their keys.
#[must_use]
pub fn tag<'a>(
    region: &str,
    package: &str,
    set: &[Tag],
    remove: impl IntoIterator<Item = &'a str>,
) -> String {
    let command = |operation: &str| {
        Command::new(operation, region).option("resource-type", "Document").option("resource-id", package)
    };
    let remove: Vec<_> = remove.into_iter().collect();
    let mut commands = Vec::new();
    if !set.is_empty() {
        commands.push(command("ssm add-tags-to-resource").option("tags", &tags_json(set)).text());
    }
    if !remove.is_empty() {
        commands.push(command("ssm remove-tags-from-resource").values("tag-keys", remove).text());
    }
    commands.join("\n")
}

fn not_empty(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// JSON, as the CLI's shorthand splits at commas. A folder that holds everything, or each zip from where it is: as the
/// console itself tells SSM.
fn attachments(version: &Version<'_>) -> String {
    let Version { package, location, sent, carried, .. } = *version;
    if carried.is_empty() {
        return json!([{ "Key": "SourceUrl", "Values": [location.s3_url()] }]).to_string();
    }
    let source =
        |key: &str, name: &str, value: String| json!({ "Key": key, "Name": name, "Values": [value] });
    let sent = sent
        .iter()
        .map(|file| source("S3FileUrl", file, format!("s3://{}/{}", location.bucket, location.key(file))));
    let carried = carried.iter().map(|Carried { file, document_version }| {
        source("AttachmentReference", file, format!("{package}/{document_version}/{file}"))
    });
    serde_json::Value::Array(sent.chain(carried).collect()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::process::Command as Process;

    const REGION: &str = "ap-northeast-1";

    fn location() -> Location {
        Location::new("bb-ssm-distributer", "Kinesis-Agent/1.0.1").unwrap()
    }

    #[test]
    fn a_package_is_uploaded_and_created() {
        let location = location();
        assert_eq!(
            upload(REGION, &location, ["agent.rpm.zip"]),
            "aws s3 cp --region ap-northeast-1 agent.rpm.zip \
             s3://bb-ssm-distributer/Kinesis-Agent/1.0.1/agent.rpm.zip\n\
             aws s3 cp --region ap-northeast-1 manifest.json \
             s3://bb-ssm-distributer/Kinesis-Agent/1.0.1/manifest.json"
        );
        let version = Version {
            package: "Kinesis-Agent",
            version_name: "1.0.1",
            location: &location,
            sent: &["agent.rpm.zip"],
            carried: &[],
        };
        let tags = [Tag { key: "team".to_owned(), value: "ログ".to_owned() }];
        assert_eq!(
            create(REGION, &version, &tags),
            r#"aws ssm create-document \
  --region ap-northeast-1 \
  --name Kinesis-Agent \
  --document-type Package \
  --content file://manifest.json \
  --attachments '[{"Key":"SourceUrl","Values":["s3://bb-ssm-distributer/Kinesis-Agent/1.0.1"]}]' \
  --version-name 1.0.1 \
  --tags '[{"Key":"team","Value":"ログ"}]'"#
        );
    }

    #[test]
    fn a_version_is_added_with_files_of_an_earlier_one() {
        let location = location();
        let carried = [Carried { file: "agent.deb.zip", document_version: 3 }];
        let version = Version {
            package: "Kinesis-Agent",
            version_name: "",
            location: &location,
            sent: &["agent.rpm.zip"],
            carried: &carried,
        };
        let command = add_version(REGION, &version);
        assert!(command.contains("--document-version '$LATEST'"), "{command}");
        assert!(!command.contains("--version-name"), "{command}");
        let reference = r#"{"Key":"AttachmentReference","Name":"agent.deb.zip","Values":["Kinesis-Agent/3/agent.deb.zip"]}"#;
        assert!(command.contains(reference), "{command}");
        // A folder would have to hold every zip.
        let sent = r#"{"Key":"S3FileUrl","Name":"agent.rpm.zip","Values":["s3://bb-ssm-distributer/Kinesis-Agent/1.0.1/agent.rpm.zip"]}"#;
        assert!(command.contains(sent) && !command.contains("SourceUrl"), "{command}");
    }

    #[test]
    fn versions_accounts_and_tags_are_changed() {
        assert_eq!(
            set_default_version(REGION, "Kinesis-Agent", 2),
            "aws ssm update-document-default-version \\\n  --region ap-northeast-1 \\\n  \
             --name Kinesis-Agent \\\n  --document-version 2"
        );
        assert!(delete(REGION, "Kinesis-Agent", Some(2)).ends_with("--document-version 2"));
        assert!(delete(REGION, "Kinesis-Agent", None).ends_with("--name Kinesis-Agent"));
        let call = |add: &[&str], remove: &[&str]| {
            let owned = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
            SharingCall { add: owned(add), remove: owned(remove) }
        };
        let shared = share(REGION, "Kinesis-Agent", &[call(&["1", "2"], &["3"]), call(&[], &["4"])]);
        assert!(
            shared.contains("--account-ids-to-add 1 2 \\\n  --account-ids-to-remove 3\naws ssm"),
            "{shared}"
        );
        assert_eq!(shared.matches("--account-ids-to-add").count(), 1);
        let team = [Tag { key: "team".to_owned(), value: String::new() }];
        let tagged = tag(REGION, "Kinesis-Agent", &team, ["old one"]);
        assert!(tagged.contains(r#"--tags '[{"Key":"team","Value":""}]'"#), "{tagged}");
        assert!(tagged.ends_with("--tag-keys 'old one'"), "{tagged}");
        assert_eq!(tag(REGION, "Kinesis-Agent", &[], []), "");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn a_shell_gives_the_cli_what_was_meant(name in "[^\0\r]{1,20}", value in "[^\0\r]{0,20}", key in "[^\0\r]{1,20}") {
            let tags = [Tag { key, value }];
            let command = tag(REGION, &name, &tags, []);
            // In place of the CLI: a function that prints its arguments.
            let script = format!("aws() {{ printf '%s\\0' \"$@\"; }}\n{command}");
            let output = Process::new("sh").args(["-c", &script]).output().unwrap();
            let output = String::from_utf8(output.stdout).unwrap();
            let arguments: Vec<_> = output.split_terminator('\0').collect();
            let json = tags_json(&tags);
            prop_assert_eq!(
                arguments,
                ["ssm", "add-tags-to-resource", "--region", REGION, "--resource-type", "Document", "--resource-id", &name, "--tags", &json]
            );
        }
    }
}
