//! Buckets, prefixes, addresses and zips.

use proptest::prelude::*;

use super::*;
use crate::packages::name::{NAME_LENGTH, identifier_rule};
use crate::registration::dns_suffix;

#[test]
fn buckets_are_called_as_s3_allows() {
    for name in ["bb-ssm-distributer", "abc", "a.b.c", "1.2.3", &"b".repeat(63)] {
        assert_eq!(bucket_rule(name), None, "{name}");
    }
    for name in [
        "ab",
        &"b".repeat(64),
        "Bucket",
        "my_bucket",
        "-bucket",
        "bucket-",
        ".bucket",
        "my..bucket",
        "192.168.5.4",
        "xn--bucket",
        "sthree-bucket",
        "amzn-s3-demo-bucket",
        "bucket-s3alias",
        "bucket--x-s3",
        "バケット",
    ] {
        assert_eq!(bucket_rule(name), Some(Rule::BucketName), "{name}");
    }
    assert_eq!(bucket_rule(""), Some(Rule::Required));
}

#[test]
fn prefixes_mean_the_same_everywhere() {
    for prefix in ["", "Kinesis-Agent", "a/b.c/d_e", "it's(1)!*"] {
        assert_eq!(prefix_rule(prefix), None, "{prefix}");
    }
    for prefix in
        ["a//b", "../a", "a/./b", "/a", "a/", "a b", "a+b", "a%20b", "a?b", "日本", &"a".repeat(513)]
    {
        assert_eq!(prefix_rule(prefix), Some(Rule::KeyPrefix), "{prefix}");
    }
}

#[test]
fn a_location_is_checked_at_its_fields() {
    let location = Location::new(" bb-ssm-distributer ", "/Kinesis-Agent/1.0/").unwrap();
    assert_eq!(location.key("manifest.json"), "Kinesis-Agent/1.0/manifest.json");
    assert_eq!(location.s3_url(), "s3://bb-ssm-distributer/Kinesis-Agent/1.0");
    let root = Location::new("bb-ssm-distributer", "/").unwrap();
    assert_eq!(
        (root.key("a.zip"), root.s3_url()),
        ("a.zip".to_owned(), "s3://bb-ssm-distributer".to_owned())
    );
    let errors = Location::new("", "a b").unwrap_err();
    let fields: Vec<_> = errors.into_iter().map(|error| (error.field, error.rule)).collect();
    assert_eq!(fields, [("bucket".to_owned(), Rule::Required), ("prefix".to_owned(), Rule::KeyPrefix)]);
}

#[test]
fn addresses_of_every_style_are_read() {
    let tokyo = Some("ap-northeast-1");
    for (url, bucket, prefix, region) in [
        ("s3://bb-dist/Kinesis-Agent/", "bb-dist", "Kinesis-Agent", None),
        ("S3://bb-dist", "bb-dist", "", None),
        ("https://bb-dist.s3.ap-northeast-1.amazonaws.com/a/b", "bb-dist", "a/b", tokyo),
        ("https://bb-dist.s3.amazonaws.com/a", "bb-dist", "a", None),
        ("https://bb-dist.s3-ap-northeast-1.amazonaws.com/a", "bb-dist", "a", tokyo),
        ("https://bb-dist.s3.dualstack.ap-northeast-1.amazonaws.com/", "bb-dist", "", tokyo),
        ("https://my.s3.bucket.s3.ap-northeast-1.amazonaws.com/a", "my.s3.bucket", "a", tokyo),
        ("https://s3.ap-northeast-1.amazonaws.com/bb-dist/a/b/", "bb-dist", "a/b", tokyo),
        ("https://s3.amazonaws.com/bb-dist", "bb-dist", "", None),
        ("https://s3-ap-northeast-1.amazonaws.com/bb-dist/a", "bb-dist", "a", tokyo),
        ("https://bb-dist.s3.cn-north-1.amazonaws.com.cn/a", "bb-dist", "a", Some("cn-north-1")),
        ("https://bb-dist.s3.ap-northeast-1.amazonaws.com/it%27s", "bb-dist", "it's", tokyo),
    ] {
        let read = S3Url::parse(url).unwrap();
        assert_eq!((&*read.location.bucket, &*read.location.prefix), (bucket, prefix), "{url}");
        assert_eq!(read.region.as_deref(), region, "{url}");
    }
}

#[test]
fn other_addresses_are_refused() {
    for (url, rule) in [
        (" ", Rule::Required),
        ("bb-dist/a", Rule::S3Url),
        ("http://bb-dist.s3.amazonaws.com/a", Rule::S3Url),
        ("https://example.com/bb-dist/a", Rule::S3Url),
        ("https://bb-dist.s3.tokyo.amazonaws.com/a", Rule::S3Url),
        ("https://bb-dist.s3-website-ap-northeast-1.amazonaws.com/a", Rule::S3Url),
        ("https://ec2.ap-northeast-1.amazonaws.com/a", Rule::S3Url),
        ("https://s3.amazonaws.com/", Rule::S3Url),
        ("s3://", Rule::S3Url),
        ("s3://bb-dist/a?versionId=1", Rule::S3Url),
        ("s3://BB/a", Rule::BucketName),
        ("s3://bb-dist/a//b", Rule::KeyPrefix),
        ("https://bb-dist.s3.amazonaws.com/a%2F..%2Fb", Rule::KeyPrefix),
        ("https://bb-dist.s3.amazonaws.com/a%20b", Rule::KeyPrefix),
    ] {
        assert_eq!(S3Url::parse(url), Err(rule), "{url}");
    }
}

#[test]
fn each_version_has_a_folder() {
    assert_eq!(default_prefix("Kinesis-Agent", "1.0.1", "x7"), "Kinesis-Agent/1.0.1");
    assert_eq!(default_prefix("Kinesis-Agent", "", "x7"), "Kinesis-Agent/x7");
}

#[test]
fn a_zip_is_called_after_its_file() {
    assert_eq!(
        zip_names(["aws-kinesis-agent-latest.amzn2.noarch.rpm", "tool_1.0~rc1+b2_amd64.deb", "my tool.msi"]),
        ["aws-kinesis-agent-latest.amzn2.noarch.rpm.zip", "tool_1.0-rc1-b2_amd64.deb.zip", "my-tool.msi.zip"]
    );
    assert_eq!(
        zip_names(["a~b.deb", "a+b.deb", "A-b.deb"]),
        ["a-b.deb.zip", "a-b.deb-2.zip", "A-b.deb-3.zip"]
    );
}

proptest! {
    #[test]
    fn zips_have_names_of_their_own_that_ssm_takes(files in proptest::collection::vec(".{0,140}", 0..6)) {
        let names = zip_names(files.iter().map(String::as_str));
        prop_assert_eq!(names.len(), files.len());
        for (number, name) in names.iter().enumerate() {
            prop_assert_eq!(identifier_rule(name, NAME_LENGTH), None);
            prop_assert!(!names[..number].contains(name));
        }
    }

    #[test]
    fn an_address_leads_back_to_its_place(bucket in r"[a-z][a-z0-9-]{1,20}[a-z](\.[a-z0-9]{1,5})?", prefix in "([a-zA-Z0-9_-]{1,8}(/[a-zA-Z0-9_-]{1,8}){0,3})?") {
        prop_assume!(bucket_rule(&bucket).is_none());
        let location = Location::new(&bucket, &prefix).unwrap();
        for region in ["ap-northeast-1", "us-gov-west-1", "cn-north-1", "eusc-de-east-1"] {
            let suffix = dns_suffix(region);
            for address in [
                format!("https://{bucket}.s3.{region}.{suffix}/{prefix}"),
                format!("https://s3.{region}.{suffix}/{bucket}/{prefix}"),
            ] {
                let url = S3Url::parse(&address).unwrap();
                prop_assert_eq!((&url.location, url.region.as_deref()), (&location, Some(region)));
            }
        }
        prop_assert_eq!(S3Url::parse(&location.s3_url()).unwrap().location, location);
    }

    #[test]
    fn any_address_is_survived(text in "(s3|https)://[a-z0-9.%/?-]{0,60}") {
        if let Ok(url) = S3Url::parse(&text) {
            prop_assert_eq!(bucket_rule(&url.location.bucket), None);
            prop_assert_eq!(prefix_rule(&url.location.prefix), None);
        }
    }
}
