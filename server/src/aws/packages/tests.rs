use aws_sdk_ssm::types::{AttachmentsSource, AttachmentsSourceKey, DocumentType};
use axum::body::to_bytes;
use domain::packages::catalogue::PackageStatus;

use super::*;
use crate::aws::testing::upstream::{Reply, Upstream};
use crate::aws::testing::{Account, account, connected_to};

/// A package that exists from the start, and which account shares it.
const SHARED: &str = "arn:aws:ssm:ap-northeast-1:210987654321:document/Corporate-Proxy-Certificates";

async fn names(packages: &SsmPackages, ownership: Ownership) -> Vec<String> {
    let listed = packages.list(ownership).await.unwrap();
    assert!(listed.iter().all(|package| package.ownership == ownership));
    listed.into_iter().map(|package| package.name).collect()
}

#[tokio::test]
async fn each_owner_has_packages() {
    let account = account().await;
    let packages = account.aws.packages();
    assert!(names(&packages, Ownership::Amazon).await.contains(&"AmazonCloudWatchAgent".to_owned()));
    assert!(names(&packages, Ownership::ThirdParty).await.contains(&"DynatraceOneAgent".to_owned()));
    assert_eq!(names(&packages, Ownership::Shared).await, [SHARED]);
    assert!(names(&packages, Ownership::Own).await.is_empty());
}

#[tokio::test]
async fn a_package_of_amazons_is_described_with_its_versions_and_files() {
    let account = account().await;
    let packages = account.aws.packages();
    let described = packages.describe("AmazonCloudWatchAgent").await.unwrap();
    assert_eq!((described.ownership, described.owner.as_deref()), (Ownership::Amazon, Some("Amazon")));
    assert_eq!(described.platforms, ["Linux", "Windows"]);
    assert_eq!(described.arn, "arn:aws:ssm:ap-northeast-1::document/AmazonCloudWatchAgent");

    let versions = packages.versions("AmazonCloudWatchAgent").await.unwrap();
    let facts: Vec<_> = versions.iter().map(|v| (v.number, v.is_default, v.status)).collect();
    assert_eq!(facts, [(2, true, Some(PackageStatus::Active)), (1, false, Some(PackageStatus::Active))]);

    let content = packages.content("AmazonCloudWatchAgent", 1).await.unwrap();
    assert!(content.manifest.contains("\"schemaVersion\": \"2.0\""), "{}", content.manifest);
    let file = content.files.iter().find(|file| file.name == "AmazonCloudWatchAgent-linux.zip").unwrap();
    let opened = packages.open("AmazonCloudWatchAgent", 1, &file.name).await.unwrap();
    assert_eq!((opened.name.as_str(), opened.size), (file.name.as_str(), file.size));
    let bytes = to_bytes(opened.body, 1 << 20).await.unwrap();
    assert_eq!((bytes.len() as u64, &bytes[..2]), (file.size, b"PK".as_slice()));
}

#[tokio::test]
async fn what_another_account_shares_is_known_by_its_arn() {
    let account = account().await;
    let packages = account.aws.packages();
    let described = packages.describe(SHARED).await.unwrap();
    assert_eq!((described.ownership, described.arn.as_str()), (Ownership::Shared, SHARED));
    assert_eq!(packages.versions(SHARED).await.unwrap().len(), 2);
    assert_eq!(packages.content(SHARED, 1).await.unwrap().files.len(), 1);
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let account = account().await;
    let packages = account.aws.packages();
    assert_eq!(packages.describe("no-such-package").await, Err(ApiError::NotFound));
    assert_eq!(packages.versions("no-such-package").await, Err(ApiError::NotFound));
    assert_eq!(packages.content("AWSPVDriver", 9).await, Err(ApiError::NotFound));
    let missing = packages.open("AWSPVDriver", 1, "no-such-file.zip").await.unwrap_err();
    assert_eq!(missing, ApiError::NotFound);
    assert_eq!(packages.delete("no-such-package", None).await, Err(ApiError::NotFound));
}

#[tokio::test]
async fn what_belongs_to_others_cannot_be_changed() {
    let account = account().await;
    let packages = account.aws.packages();
    let refused = packages.set_default_version("AmazonCloudWatchAgent", 1).await.unwrap_err();
    let ApiError::Upstream { code, request_id, .. } = refused else { panic!("{refused:?}") };
    assert_eq!((code.as_str(), request_id.is_some()), ("AccessDeniedException", true));
}

/// Makes a package of the account's own with the versions 1.0, which is the default, and 2.0, both active, and 3.0, which
/// has failed.
async fn create(account: &Account, name: &str) {
    let config = aws_sdk_s3::config::Builder::from(&account.aws.config).force_path_style(true).build();
    let s3 = aws_sdk_s3::Client::from_conf(config);
    let place = aws_sdk_s3::types::BucketLocationConstraint::ApNortheast1;
    let place = aws_sdk_s3::types::CreateBucketConfiguration::builder().location_constraint(place).build();
    s3.create_bucket().bucket("packages").create_bucket_configuration(place).send().await.unwrap();
    let body = aws_sdk_s3::primitives::ByteStream::from_static(b"zip");
    s3.put_object().bucket("packages").key("tool/tool.zip").body(body).send().await.unwrap();

    // `printf zip | sha256sum`
    let sum = "4a70fe9aa6436e02c2dea340fbd1e352e4ef2d8ce6ca52ad25d4b95471fc8bf2".to_owned();
    let manifest = |version: &str, sum: &str| {
        serde_json::json!({
            "schemaVersion": "2.0",
            "version": version,
            "packages": { "ubuntu": { "_any": { "x86_64": { "file": "tool.zip" } } } },
            "files": { "tool.zip": { "checksums": { "sha256": sum } } },
        })
        .to_string()
    };
    let ssm = aws_sdk_ssm::Client::new(&account.aws.config);
    let source = || {
        let source = AttachmentsSource::builder().key(AttachmentsSourceKey::SourceUrl);
        source.values("s3://packages/tool").build()
    };
    let created = ssm.create_document().name(name).document_type(DocumentType::Package);
    let created = created.version_name("1.0").content(manifest("1.0", &sum)).attachments(source());
    created.send().await.unwrap();
    settled(account, name, 1).await;
    for (number, version, sum) in [(2, "2.0", sum), (3, "3.0", "0".repeat(64))] {
        let updated = ssm.update_document().name(name).document_version("$LATEST");
        let updated = updated.version_name(version).content(manifest(version, &sum)).attachments(source());
        updated.send().await.unwrap();
        settled(account, name, number).await;
    }
    account.aws.packages().set_default_version(name, 1).await.unwrap();
}

async fn settled(account: &Account, name: &str, number: u64) {
    let packages = account.aws.packages();
    loop {
        let versions = packages.versions(name).await.unwrap();
        let version = versions.iter().find(|version| version.number == number).unwrap();
        if version.status.is_some_and(PackageStatus::is_settled) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn a_package_of_ones_own_is_changed_and_deleted() {
    let account = account().await;
    create(&account, "Kinesis-Agent").await;
    let packages = account.aws.packages();
    let described = packages.describe("Kinesis-Agent").await.unwrap();
    assert_eq!(described.ownership, Ownership::Own);
    assert_eq!(described.arn, "arn:aws:ssm:ap-northeast-1:123456789012:document/Kinesis-Agent");
    let failed = &packages.versions("Kinesis-Agent").await.unwrap()[0];
    assert_eq!(failed.status, Some(PackageStatus::Failed));
    assert!(failed.status_information.is_some(), "why it failed");

    let tag = |key: &str, value: &str| Tag { key: key.to_owned(), value: value.to_owned() };
    packages.change_tags("Kinesis-Agent", &[tag("team", "web"), tag("stage", "prod")], &[]).await.unwrap();
    packages.change_tags("Kinesis-Agent", &[tag("team", "データ")], &["stage".to_owned()]).await.unwrap();
    assert_eq!(packages.describe("Kinesis-Agent").await.unwrap().tags, [tag("team", "データ")]);

    packages.set_default_version("Kinesis-Agent", 2).await.unwrap();
    let versions = packages.versions("Kinesis-Agent").await.unwrap();
    assert!(versions.iter().all(|version| version.is_default == (version.number == 2)));

    packages.delete("Kinesis-Agent", Some(1)).await.unwrap();
    assert_eq!(packages.versions("Kinesis-Agent").await.unwrap().len(), 2);
    packages.delete("Kinesis-Agent", None).await.unwrap();
    assert_eq!(packages.describe("Kinesis-Agent").await, Err(ApiError::NotFound));
}

#[tokio::test]
async fn accounts_are_told_twenty_at_a_time_and_read_in_pages() {
    let account = account().await;
    create(&account, "Kinesis-Agent").await;
    let packages = account.aws.packages();
    let ids: Vec<String> = (0..205).map(|number| format!("{number:012}")).collect();
    packages.share("Kinesis-Agent", &ids, &[]).await.unwrap();
    let shared = packages.shared_with("Kinesis-Agent").await.unwrap();
    assert_eq!(shared.iter().map(|account| account.id.clone()).collect::<Vec<_>>(), ids);
    let refused = packages.delete("Kinesis-Agent", None).await.unwrap_err();
    assert!(matches!(refused, ApiError::Upstream { code, .. } if code == "InvalidDocumentOperation"));
    packages.share("Kinesis-Agent", &[], &ids[1..]).await.unwrap();
    assert_eq!(packages.shared_with("Kinesis-Agent").await.unwrap().len(), 1);

    let upstream = Upstream::start([Reply::Answer(200, "{}".to_owned())]).await;
    let counted = connected_to(upstream.address).await.packages();
    counted.share("tool", &ids[..41], &ids[50..55]).await.unwrap();
    assert_eq!(upstream.count(), 3);
}

#[tokio::test]
async fn a_link_is_told_to_nobody() {
    let secret = "https://127.0.0.1:1/files/tool.zip?X-Amz-Signature=secret";
    let answer = serde_json::json!({
        "Content": "{}",
        "AttachmentsContent": [{"Name": "tool.zip", "Size": 3, "Hash": "00", "Url": secret}],
    });
    let upstream = Upstream::start([Reply::Answer(200, answer.to_string())]).await;
    let packages = connected_to(upstream.address).await.packages();
    let content = packages.content("tool", 1).await.unwrap();
    let refused = packages.open("tool", 1, "tool.zip").await.unwrap_err();
    assert!(matches!(refused, ApiError::Unreachable { .. }), "{refused:?}");
    assert!(!format!("{content:?} {refused:?} {refused}").contains("secret"), "{refused:?}");
}
