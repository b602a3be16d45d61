use domain::iam_roles::{DEFAULT_ROLE, trust_policy};

use super::*;
use crate::aws::testing::upstream::{Reply, Upstream};
use crate::aws::testing::{account, connected_to};

fn role(name: &str, missing: &[&str]) -> IamRole {
    IamRole {
        name: name.to_owned(),
        missing_policies: missing.iter().map(|policy| (*policy).to_owned()).collect(),
    }
}

#[tokio::test]
async fn only_roles_that_ssm_may_assume_are_listed_with_what_they_lack() {
    let account = account().await;
    let roles = account.aws.iam_roles().assumable().await.unwrap();
    assert_eq!(
        roles,
        [
            role("BB_Hybrid_Activation", &[]),
            role("SSMServerRoleWithoutPolicy", &["AmazonSSMManagedInstanceCore"]),
        ]
    );
}

#[tokio::test]
async fn a_role_of_another_region_alone_is_not_listed() {
    let account = account().await;
    let roles = account.aws.iam_roles();
    let elsewhere = trust_policy("aws", &roles.account).replace(":*:", ":us-east-1:");
    let made = roles.iam.create_role().role_name("Elsewhere").assume_role_policy_document(elsewhere);
    made.send().await.unwrap();
    assert!(roles.assumable().await.unwrap().iter().all(|role| role.name != "Elsewhere"));
}

#[tokio::test]
async fn pages_are_as_large_as_they_may_be() {
    let roles = connected_to(Upstream::start([Reply::Silence]).await.address).await.iam_roles();
    assert_eq!(roles.every_role().get_max_items(), &Some(1000));
}

#[tokio::test]
async fn two_at_once_make_the_default_role_once() {
    let account = account().await;
    let (here, there) = (account.aws.iam_roles(), account.aws.iam_roles());
    assert!(here.assumable().await.unwrap().iter().all(|role| role.name != DEFAULT_ROLE));
    let (a, b) = tokio::join!(here.ensure_default(), there.ensure_default());
    a.unwrap();
    b.unwrap();
    let listed = here.assumable().await.unwrap();
    let default: Vec<_> = listed.into_iter().filter(|role| role.name == DEFAULT_ROLE).collect();
    assert_eq!(default, [role(DEFAULT_ROLE, &[])]);
}

#[tokio::test]
async fn the_list_is_asked_for_once_a_minute() {
    let empty = "<ListRolesResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><ListRolesResult>\
                 <IsTruncated>false</IsTruncated><Roles/></ListRolesResult></ListRolesResponse>";
    let upstream = Upstream::start([Reply::Answer(200, empty.to_owned())]).await;
    let roles = connected_to(upstream.address).await.iam_roles();
    let (a, b) = tokio::join!(roles.assumable(), roles.assumable());
    assert_eq!((a, b), (Ok(Vec::new()), Ok(Vec::new())));
    assert_eq!(upstream.count(), 1);
}

#[tokio::test]
async fn a_failure_is_not_remembered() {
    let denied = "<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><Error><Type>Sender</Type>\
                  <Code>AccessDenied</Code><Message>not authorized to perform: iam:ListRoles</Message></Error>\
                  <RequestId>r</RequestId></ErrorResponse>";
    let upstream = Upstream::start([Reply::Answer(403, denied.to_owned())]).await;
    let roles = connected_to(upstream.address).await.iam_roles();
    for requests in 1..=2 {
        let refused = roles.assumable().await.unwrap_err();
        assert!(matches!(refused, ApiError::Upstream { code, .. } if code == "AccessDenied"));
        assert_eq!(upstream.count(), requests);
    }
    let many = futures::future::join_all((0..10).map(|_| roles.assumable())).await;
    assert!(many.iter().all(Result::is_err));
    assert_eq!(upstream.count(), 4, "those who wait for the first one share the next");
}
