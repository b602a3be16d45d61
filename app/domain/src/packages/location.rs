//! Where in S3 a package's files are put before Distributor takes them.

mod url;

use serde::{Deserialize, Serialize};

pub use url::S3Url;

use crate::errors::{FieldError, Rule};

/// Longest prefix, in bytes. S3's keys may have 1,024, the files' names included.
pub const MAX_PREFIX_LENGTH: usize = 512;
/// Longest name of a zip, in bytes (SSM API: `AttachmentName`).
pub const MAX_ZIP_NAME_LENGTH: usize = 128;

/// A bucket and a folder in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Location {
    /// The bucket's name.
    pub bucket: String,
    /// Without slashes at its ends; empty for the bucket itself.
    pub prefix: String,
}

impl Location {
    /// From two fields; slashes at the ends of the prefix do not count.
    ///
    /// # Errors
    /// The broken rules at `bucket` and `prefix`.
    pub fn new(bucket: &str, prefix: &str) -> Result<Self, Vec<FieldError>> {
        let (bucket, prefix) = (bucket.trim(), prefix.trim().trim_matches('/'));
        let rules = [("bucket", bucket_rule(bucket)), ("prefix", prefix_rule(prefix))];
        let errors: Vec<_> = rules
            .into_iter()
            .filter_map(|(field, rule)| Some(FieldError { field: field.to_owned(), rule: rule? }))
            .collect();
        if errors.is_empty() {
            Ok(Self { bucket: bucket.to_owned(), prefix: prefix.to_owned() })
        } else {
            Err(errors)
        }
    }

    /// The key of a file in the folder.
    #[must_use]
    pub fn key(&self, file: &str) -> String {
        if self.prefix.is_empty() { file.to_owned() } else { format!("{}/{file}", self.prefix) }
    }

    /// `s3://bucket/prefix`, as `CreateDocument` takes it (`SourceUrl`).
    #[must_use]
    pub fn s3_url(&self) -> String {
        format!("s3://{}/{}", self.bucket, self.prefix).trim_end_matches('/').to_owned()
    }
}

/// The rule that a bucket's name breaks, if any (S3 user guide: general purpose bucket naming rules).
#[must_use]
pub fn bucket_rule(name: &str) -> Option<Rule> {
    const RESERVED_PREFIXES: [&str; 3] = ["xn--", "sthree-", "amzn-s3-demo-"];
    const RESERVED_SUFFIXES: [&str; 5] = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let ends = [name.bytes().next(), name.bytes().last()];
    let fits = (3..=63).contains(&name.len())
        && name.bytes().all(|b| plain(b) || b"-.".contains(&b))
        && ends.into_iter().flatten().all(plain)
        && !name.contains("..")
        && !is_address(name)
        && !RESERVED_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        && !RESERVED_SUFFIXES.iter().any(|suffix| name.ends_with(suffix));
    match name {
        "" => Some(Rule::Required),
        _ => (!fits).then_some(Rule::BucketName),
    }
}

/// Whether it is formatted as an IPv4 address, which no bucket's name is.
fn is_address(name: &str) -> bool {
    name.split('.').count() == 4 && name.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// The rule that a prefix breaks, if any: only characters that S3's user guide calls safe, so that the prefix means the
/// same in keys, addresses and commands.
#[must_use]
pub fn prefix_rule(prefix: &str) -> Option<Rule> {
    let safe = |b: u8| b.is_ascii_alphanumeric() || b"!-_.*'()/".contains(&b);
    let folder = |part: &str| !matches!(part, "" | "." | "..");
    let fits = prefix.len() <= MAX_PREFIX_LENGTH
        && prefix.bytes().all(safe)
        && (prefix.is_empty() || prefix.split('/').all(folder));
    (!fits).then_some(Rule::KeyPrefix)
}

/// The folder that a version gets unless somebody chooses another.
///
/// It is one of its own, so that no version overwrites the files of an earlier one. A version without a name gets the
/// suffix, which must be random.
#[must_use]
pub fn default_prefix(package: &str, version: &str, suffix: &str) -> String {
    format!("{package}/{}", if version.is_empty() { suffix } else { version })
}

/// The zip's name for a software file: the file's name and `.zip`. What a zip's name cannot have, such as the `~` and
/// `+` of Debian's versions, becomes `-`.
#[must_use]
pub fn zip_name(file: &str) -> String {
    ended(file, "")
}

/// The zips' names for software files. Names that would be the same get a number, so that the same files in the same
/// order always get the same names.
#[must_use]
pub fn zip_names<'a>(files: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for file in files {
        let mut name = zip_name(file);
        let mut number = 2;
        while names.iter().any(|taken| taken.eq_ignore_ascii_case(&name)) {
            name = ended(file, &format!("-{number}"));
            number += 1;
        }
        names.push(name);
    }
    names
}

fn ended(file: &str, end: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "_-.".contains(c) { c } else { '-' };
    let room = MAX_ZIP_NAME_LENGTH - ".zip".len() - end.len();
    let stem: String = file.chars().map(plain).take(room).collect();
    format!("{stem}{end}.zip")
}

#[cfg(test)]
mod tests;
