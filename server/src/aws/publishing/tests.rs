use std::time::Duration;

use app::ports::Buckets as _;
use domain::errors::ApiError;
use domain::packages::buckets::BucketProblem;
use time::OffsetDateTime;

use super::*;
use crate::aws::testing::upstream::{Reply, Upstream};
use crate::aws::testing::{account, connected_to};

#[tokio::test]
async fn buckets_are_listed_by_name_and_checked() {
    let account = account().await;
    let aws = account.aws.publishing();
    for name in ["b-bucket", "a-bucket"] {
        aws.make_bucket(name).await;
    }
    let names: Vec<_> = aws.list().await.unwrap().into_iter().map(|bucket| bucket.name).collect();
    assert!(
        names.windows(2).all(|pair| pair[0] < pair[1]) && names.contains(&"b-bucket".to_owned()),
        "{names:?}"
    );
    assert_eq!(aws.check("a-bucket", "Tool/1.0").await, Ok(None));
    assert_eq!(aws.check("a-bucket", "").await, Ok(None));
    assert_eq!(aws.contents("a-bucket").await, (Vec::new(), 0), "a check leaves nothing");
    assert_eq!(aws.check("no-such-bucket", "").await, Ok(Some(BucketProblem::NotFound)));
}

#[tokio::test]
async fn a_bucket_that_may_not_be_used_is_told_from_s3_being_away() {
    let denied = Upstream::start([Reply::Answer(403, String::new())]).await;
    let aws = connected_to(denied.address).await.publishing();
    assert_eq!(aws.check("a-bucket", "").await, Ok(Some(BucketProblem::Denied)));
    let read_only = "<Error><Code>AccessDenied</Code><Message>no s3:PutObject</Message></Error>";
    let replies = [Reply::Answer(200, String::new()), Reply::Answer(403, read_only.to_owned())];
    let aws = connected_to(Upstream::start(replies).await.address).await.publishing();
    let problem = aws.check("a-bucket", "").await.unwrap();
    let Some(BucketProblem::NotWritable { error: ApiError::Upstream { code, .. } }) = problem else {
        panic!()
    };
    assert_eq!(code, "AccessDenied");
    let away = Upstream::start([Reply::Answer(503, String::new())]).await;
    assert!(connected_to(away.address).await.publishing().check("a-bucket", "").await.is_err());
}

#[tokio::test]
async fn uploads_are_found_by_key_and_age_and_given_up_by_their_ids() {
    let account = account().await;
    let aws = account.aws.publishing();
    aws.make_bucket("a-bucket").await;
    let upload = aws.begin_upload("a-bucket", "a", "one").await.unwrap();
    let other = aws.begin_upload("a-bucket", "a", "two").await.unwrap();
    aws.begin_upload("a-bucket", "ab", "one").await.unwrap();
    let future = OffsetDateTime::from_unix_timestamp(4_000_000_000).unwrap();
    assert_eq!(aws.uploads("a-bucket", "a", future).await, Ok(Vec::new()), "all are older");
    let mut expected = vec![upload.clone(), other.clone()];
    expected.sort();
    let mut found = aws.uploads("a-bucket", "a", OffsetDateTime::UNIX_EPOCH).await.unwrap();
    found.sort();
    assert_eq!(found, expected);
    for _ in 0..2 {
        aws.abort_upload("a-bucket", "a", &upload).await.unwrap();
    }
    assert_eq!(aws.uploads("a-bucket", "a", OffsetDateTime::UNIX_EPOCH).await, Ok(vec![other]));
    assert_eq!(aws.contents("a-bucket").await.1, 2, "the others go on");
}

#[tokio::test]
async fn an_object_is_removed_by_the_publication_that_wrote_it() {
    let account = account().await;
    let aws = account.aws.publishing();
    aws.make_bucket("a-bucket").await;
    assert_eq!(aws.put("a-bucket", "a", "one", "{}").await, Ok(Stored::Done));
    assert_eq!(aws.put("a-bucket", "a", "two", "{}").await, Ok(Stored::Exists));
    aws.remove_own("a-bucket", "a", "two").await.unwrap();
    assert_eq!(aws.presence("a-bucket", "a", "one").await, Ok(Presence::Own));
    assert_eq!(aws.presence("a-bucket", "a", "two").await, Ok(Presence::Foreign));
    assert_eq!(aws.presence("a-bucket", "b", "one").await, Ok(Presence::Absent));
    for _ in 0..2 {
        aws.remove_own("a-bucket", "a", "one").await.unwrap();
    }
    assert_eq!(aws.contents("a-bucket").await, (Vec::new(), 0));
}

#[tokio::test]
async fn a_part_may_take_longer_than_other_requests() {
    let config = connected_to(account().await.address).await.config;
    let timeouts = s3_config(&config).timeout_config().cloned().unwrap();
    assert_eq!(timeouts.operation_attempt_timeout(), Some(Duration::from_secs(60)));
    assert_eq!(timeouts.connect_timeout(), Some(Duration::from_secs(3)));
}
