use crate::testing::{Answer, TestEmulator};

const CORE: &str = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";

async fn attach(emulator: &TestEmulator, role: &str, arn: &str) -> Answer {
    emulator.query("iam", "AttachRolePolicy", &[("RoleName", role), ("PolicyArn", arn)]).await
}

#[tokio::test]
async fn a_policy_is_attached_once() {
    let emulator = TestEmulator::new().await;
    for _ in 0..2 {
        let answer = attach(&emulator, "SSMServerRoleWithoutPolicy", CORE).await;
        assert_eq!(answer.status, 200);
        assert!(!answer.body.contains("Result"), "{}", answer.body);
    }
    let role = [("RoleName", "SSMServerRoleWithoutPolicy")];
    let list = emulator.query("iam", "ListAttachedRolePolicies", &role).await;
    assert_eq!(list.body.matches(CORE).count(), 1);
}

#[tokio::test]
async fn what_does_not_exist_is_not_attached() {
    let emulator = TestEmulator::new().await;
    for (role, arn, status, code) in [
        ("Missing", CORE, 404, "NoSuchEntity"),
        ("BB_Hybrid_Activation", "arn:aws:iam::aws:policy/NoSuchPolicy", 404, "NoSuchEntity"),
        ("BB_Hybrid_Activation", "AmazonSSMManagedInstanceCore", 400, "InvalidInput"),
        ("BB_Hybrid_Activation", "short", 400, "ValidationError"),
        ("AWSServiceRoleForAmazonSSM", CORE, 400, "UnmodifiableEntity"),
    ] {
        let answer = attach(&emulator, role, arn).await;
        assert_eq!((answer.status, answer.element("Code")), (status, Some(code)), "{role} {arn}");
    }
}

#[tokio::test]
async fn ten_are_the_quota() {
    let emulator = TestEmulator::new().await;
    let role = "SSMServerRoleWithoutPolicy";
    let (last, first) = super::managed_policies::POLICIES.split_last().unwrap();
    assert_eq!(first.len(), 10);
    for policy in first {
        assert_eq!(attach(&emulator, role, &format!("arn:aws:iam::aws:policy/{policy}")).await.status, 200);
    }
    let answer = attach(&emulator, role, &format!("arn:aws:iam::aws:policy/{last}")).await;
    assert_eq!((answer.status, answer.element("Code")), (409, Some("LimitExceeded")));
}
