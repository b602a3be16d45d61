//! Addresses of S3, as people copy them.

use super::{Location, bucket_rule, prefix_rule};
use crate::errors::Rule;
use crate::registration::is_region;
use crate::url_query::decode;

/// A place in S3 that was given as an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct S3Url {
    /// The bucket and the folder.
    pub location: Location,
    /// The Region, where the address tells.
    pub region: Option<String>,
}

impl S3Url {
    /// Reads `s3://bucket/prefix` and S3's `https` addresses of both styles: the bucket in the host's name or first in
    /// the path.
    ///
    /// # Errors
    /// [`Rule::Required`], [`Rule::S3Url`], or the rule that the bucket's name or the prefix breaks.
    pub fn parse(text: &str) -> Result<Self, Rule> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Rule::Required);
        }
        if text.contains(['?', '#']) {
            return Err(Rule::S3Url);
        }
        let (scheme, rest) = text.split_once("://").ok_or(Rule::S3Url)?;
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let (region, bucket, prefix) = if scheme.eq_ignore_ascii_case("s3") {
            (None, host.to_owned(), path.to_owned())
        } else if scheme.eq_ignore_ascii_case("https") {
            let (bucket, region) = host_parts(&host.to_ascii_lowercase()).ok_or(Rule::S3Url)?;
            // In a path, a plus sign is no space.
            let path = decode(&path.replace('+', "%2B"));
            match (bucket, path.split_once('/')) {
                (Some(bucket), _) => (region, bucket, path),
                (None, Some((bucket, prefix))) => (region, bucket.to_owned(), prefix.to_owned()),
                (None, None) => (region, path, String::new()),
            }
        } else {
            return Err(Rule::S3Url);
        };
        let prefix = prefix.trim_matches('/');
        match bucket_rule(&bucket).or_else(|| prefix_rule(prefix)) {
            Some(Rule::Required) => Err(Rule::S3Url),
            Some(rule) => Err(rule),
            None => Ok(Self { location: Location { bucket, prefix: prefix.to_owned() }, region }),
        }
    }
}

/// The bucket in the name of one of S3's hosts, and the Region; neither need be there.
fn host_parts(host: &str) -> Option<(Option<String>, Option<String>)> {
    const SUFFIXES: [&str; 3] = [".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu"];
    let name = SUFFIXES.into_iter().find_map(|suffix| host.strip_suffix(suffix))?;
    let labels: Vec<_> = name.split('.').collect();
    // A bucket's name may have dots, and even a part that is called s3.
    let s3 = labels.iter().rposition(|label| *label == "s3" || label.starts_with("s3-"))?;
    let (bucket, service) = labels.split_at(s3);
    let region = match service {
        ["s3"] => None,
        ["s3", "dualstack", region] | ["s3", region] => Some((*region).to_owned()),
        // Not `s3-website-…` or `s3-accesspoint-…`: the first word of a Region's name is short.
        [old] => {
            let region = old.strip_prefix("s3-")?;
            let word = region.split('-').next().unwrap_or_default();
            (word.len() <= 4).then(|| Some(region.to_owned()))?
        }
        _ => return None,
    };
    let bucket = (!bucket.is_empty()).then(|| bucket.join("."));
    region.as_deref().is_none_or(is_region).then_some((bucket, region))
}
