use std::collections::HashSet;

use domain::errors::Rule;
use domain::iam_roles::DEFAULT_ROLE;
use secrecy::ExposeSecret as _;
use time::OffsetDateTime;
use time::macros::datetime;

use super::*;
use crate::aws::Aws;
use crate::aws::testing::upstream::{Reply, Upstream};
use crate::aws::testing::{account, connected_to, connected_to_silence, register};

const UNKNOWN: &str = "255996e5-f42d-44c8-8fb8-eb17f76696bc";

fn activations(aws: &Aws) -> SsmActivations {
    aws.activations(aws.iam_roles())
}

fn request() -> ValidActivation {
    ValidActivation {
        description: None,
        registration_limit: 1,
        iam_role: "BB_Hybrid_Activation".to_owned(),
        default_role: false,
        expires: None,
        default_instance_name: None,
        tags: Vec::new(),
    }
}

#[expect(clippy::disallowed_methods, reason = "the emulator goes by the system's clock")]
fn tomorrow() -> OffsetDateTime {
    let at = OffsetDateTime::now_utc() + time::Duration::days(1);
    at.replace_nanosecond(0).unwrap()
}

#[tokio::test]
async fn what_is_created_is_listed_found_and_deleted() {
    let account = account().await;
    let activations = activations(&account.aws);
    let expires = tomorrow();
    let tag = Tag { key: "site".to_owned(), value: "東京".to_owned() };
    let wanted = ValidActivation {
        description: Some("for the branch office".to_owned()),
        registration_limit: 7,
        expires: Some(expires),
        default_instance_name: Some("bb-ubuntu".to_owned()),
        tags: vec![tag.clone()],
        ..request()
    };
    let created = activations.create(wanted).await.unwrap();
    assert!(created.code.expose_secret().len() >= 20);

    let found = activations.get(&created.id).await.unwrap();
    let expected = Activation {
        id: created.id.clone(),
        description: Some("for the branch office".to_owned()),
        default_instance_name: Some("bb-ubuntu".to_owned()),
        iam_role: "BB_Hybrid_Activation".to_owned(),
        registration_limit: 7,
        registrations: 0,
        expires: Some(expires),
        expired: false,
        created: found.created,
        tags: vec![tag],
    };
    assert!(found.created.is_some_and(|at| at > datetime!(2026-01-01 00:00 UTC)));
    assert_eq!(found, expected);
    assert_eq!(activations.list().await.unwrap(), [expected]);

    activations.delete(&created.id).await.unwrap();
    assert_eq!(activations.list().await.unwrap(), []);
    assert_eq!(activations.get(&created.id).await, Err(ApiError::NotFound));
    assert_eq!(activations.delete(&created.id).await, Err(ApiError::NotFound));
}

#[tokio::test]
async fn registrations_are_counted() {
    let account = account().await;
    let activations = activations(&account.aws);
    let created = activations.create(ValidActivation { registration_limit: 2, ..request() }).await.unwrap();
    register(account.address, &created.id, created.code.expose_secret()).await;
    assert_eq!(activations.get(&created.id).await.unwrap().registrations, 1);
}

#[tokio::test]
async fn every_page_is_read_and_the_newest_comes_first() {
    let account = account().await;
    let activations = activations(&account.aws);
    let mut created = HashSet::new();
    for _ in 0..120 {
        created.insert(activations.create(request()).await.unwrap().id);
    }
    let list = activations.list().await.unwrap();
    assert_eq!(list.len(), 120);
    assert_eq!(list.iter().map(|activation| activation.id.clone()).collect::<HashSet<_>>(), created);
    assert!(list.is_sorted_by(|a, b| a.created >= b.created));
}

#[tokio::test]
async fn a_role_that_ssm_may_not_assume_is_told_at_its_field() {
    let account = account().await;
    for iam_role in ["NoSuchRole", "EC2InstanceRole"] {
        let refused = activations(&account.aws)
            .create(ValidActivation { iam_role: iam_role.to_owned(), ..request() })
            .await;
        assert_eq!(refused.unwrap_err(), ApiError::field("iam_role", Rule::AssumableRole), "{iam_role}");
    }
}

#[tokio::test]
async fn the_default_role_is_made_on_first_use() {
    let account = account().await;
    let activations = activations(&account.aws);
    let wanted = ValidActivation { iam_role: DEFAULT_ROLE.to_owned(), default_role: true, ..request() };
    let created = activations.create(wanted.clone()).await.unwrap();
    assert_eq!(activations.get(&created.id).await.unwrap().iam_role, DEFAULT_ROLE);
    activations.create(wanted).await.unwrap();
}

#[tokio::test]
async fn what_is_no_activation_id_is_not_asked_for() {
    let upstream = Upstream::start([Reply::Answer(500, String::new())]).await;
    let activations = activations(&connected_to(upstream.address).await);
    let upper_case = UNKNOWN.to_uppercase();
    for id in ["", "new", "255996e5f42d44c88fb8eb17f76696bc", &upper_case, "../secret"] {
        assert_eq!(activations.get(id).await, Err(ApiError::NotFound), "{id}");
        assert_eq!(activations.delete(id).await, Err(ApiError::NotFound), "{id}");
    }
    assert_eq!(upstream.count(), 0);
}

#[tokio::test]
async fn creating_is_not_repeated_when_the_answer_stays_out() {
    for reply in [Reply::Silence, Reply::Answer(500, "{}".to_owned()), Reply::Answer(200, "{".to_owned())] {
        let upstream = Upstream::start([reply]).await;
        let refused = activations(&connected_to_silence(upstream.address).await).create(request()).await;
        assert!(matches!(refused.unwrap_err(), ApiError::Unreachable { .. } | ApiError::Upstream { .. }));
        assert_eq!(upstream.targets(), ["AmazonSSM.CreateActivation"]);
    }
}

#[tokio::test]
async fn creating_is_repeated_when_aws_has_throttled_it() {
    let code = "a-code-of-20-characters";
    let body = serde_json::json!({ "ActivationId": UNKNOWN, "ActivationCode": code }).to_string();
    let throttled = Reply::ssm_error("ThrottlingException", "Rate exceeded");
    let upstream = Upstream::start([throttled, Reply::Answer(200, body)]).await;
    let created = activations(&connected_to(upstream.address).await).create(request()).await.unwrap();
    assert_eq!((created.id.as_str(), created.code.expose_secret()), (UNKNOWN, code));
    assert_eq!(upstream.count(), 2);
}

#[tokio::test]
async fn a_role_that_is_a_moment_old_is_waited_for() {
    let body = serde_json::json!({ "ActivationId": UNKNOWN, "ActivationCode": "c".repeat(20) }).to_string();
    let missing =
        Reply::ssm_error("ValidationException", "Not existing role: arn:aws:iam::123456789012:role/x");
    let upstream = Upstream::start([missing, Reply::Answer(200, body)]).await;
    let ssm = aws_sdk_ssm::Client::new(&connected_to(upstream.address).await.config);
    let wanted = ValidActivation { default_role: true, ..request() };
    assert_eq!(create::create(&ssm, &wanted).await.unwrap().id, UNKNOWN);
    assert_eq!(upstream.count(), 2);
}

#[tokio::test]
async fn deleting_what_others_delete_is_throttled_and_not_lost() {
    let upstream = Upstream::start([Reply::ssm_error("TooManyUpdates", "concurrent updates")]).await;
    let activations = activations(&connected_to(upstream.address).await);
    assert_eq!(activations.delete(UNKNOWN).await, Err(ApiError::Throttled));
    for code in ["InvalidActivation", "InvalidActivationId"] {
        let upstream = Upstream::start([Reply::ssm_error(code, "no such activation")]).await;
        let aws = connected_to(upstream.address).await;
        assert_eq!(aws.activations(aws.iam_roles()).delete(UNKNOWN).await, Err(ApiError::NotFound));
    }
}
