use serde_json::json;
use time::Duration;

use crate::testing::{START, TestEmulator};

#[tokio::test]
async fn only_the_role_is_required_and_the_defaults_are_the_documented_ones() {
    let emulator = TestEmulator::new().await;
    let (id, code) = emulator.activate(json!({})).await;
    assert_eq!(code.len(), 20);
    let list = emulator.ok("DescribeActivations", json!({})).await;
    assert_eq!(
        list["ActivationList"],
        json!([{
            "ActivationId": id,
            "IamRole": "BB_Hybrid_Activation",
            "RegistrationLimit": 1,
            "RegistrationsCount": 0,
            "ExpirationDate": (START + Duration::hours(24)).unix_timestamp(),
            "Expired": false,
            "CreatedDate": START.unix_timestamp(),
        }])
    );
}

#[tokio::test]
async fn the_code_is_nowhere_in_the_store() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = TestEmulator::open(folder.path()).await;
    let (id, code) = emulator.activate(json!({})).await;
    emulator.state().store().close().await;
    let file = std::fs::read(folder.path().join("emulator.sqlite")).unwrap();
    let holds = |text: &str| file.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds(&id), "the file holds the activation");
    assert!(!holds(&code), "the file holds the code");
}

#[tokio::test]
async fn a_role_that_ssm_may_not_assume_does_not_exist() {
    let emulator = TestEmulator::new().await;
    for role in [
        "Missing",
        "EC2InstanceRole",
        "aws-service-role/ssm.amazonaws.com/AWSServiceRoleForAmazonSSM",
        "AWSServiceRoleForAmazonSSM",
        "other-path/BB_Hybrid_Activation",
        "arn:aws:iam::123456789012:role/BB_Hybrid_Activation",
    ] {
        assert_eq!(
            emulator.error("CreateActivation", json!({"IamRole": role})).await,
            (
                "ValidationException".to_owned(),
                format!("Not existing role: arn:aws:iam::123456789012:role/{role}")
            )
        );
    }
}

#[tokio::test]
async fn a_role_with_a_path_is_named_with_it() {
    let emulator = TestEmulator::new().await;
    let trust = json!({"Statement": {
        "Effect": "Allow", "Principal": {"Service": "ssm.amazonaws.com"}, "Action": "sts:AssumeRole",
    }});
    let parameters =
        [("RoleName", "R"), ("Path", "/service-role/"), ("AssumeRolePolicyDocument", &trust.to_string())];
    assert_eq!(emulator.query("iam", "CreateRole", &parameters).await.status, 200);
    emulator.ok("CreateActivation", json!({"IamRole": "service-role/R"})).await;
    emulator.error("CreateActivation", json!({"IamRole": "R"})).await;
}

#[tokio::test]
async fn it_expires_within_thirty_days() {
    let emulator = TestEmulator::new().await;
    let at = |time: Duration| json!({"ExpirationDate": (START + time).unix_timestamp()});
    emulator.activate(at(Duration::days(30))).await;
    emulator.activate(at(Duration::seconds(1))).await;
    for time in [Duration::ZERO, Duration::days(-1), Duration::days(31)] {
        let mut input = at(time);
        input["IamRole"] = json!("BB_Hybrid_Activation");
        assert_eq!(emulator.error("CreateActivation", input).await.0, "ValidationException", "{time}");
    }
    let absurd = json!({"IamRole": "BB_Hybrid_Activation", "ExpirationDate": 1e300});
    assert_eq!(emulator.error("CreateActivation", absurd).await.0, "ValidationException");
}

#[tokio::test]
async fn members_are_held_to_the_model() {
    let emulator = TestEmulator::new().await;
    for (member, value, words) in [
        ("RegistrationLimit", json!(0), "greater than or equal to 1"),
        ("RegistrationLimit", json!(1001), "less than or equal to 1000"),
        ("Description", json!("d".repeat(257)), "less than or equal to 256"),
        ("DefaultInstanceName", json!("no;semicolon"), "regular expression pattern"),
        ("IamRole", json!("r".repeat(65)), "less than or equal to 64"),
        ("Tags", json!([{"Key": "", "Value": "v"}]), "'tags.1.member.key'"),
    ] {
        let mut input = json!({"IamRole": "BB_Hybrid_Activation"});
        input[member] = value;
        let (code, message) = emulator.error("CreateActivation", input).await;
        assert_eq!(code, "ValidationException", "{member}");
        assert!(message.contains(words), "{message}");
    }
}

#[tokio::test]
async fn tags_are_at_most_fifty_each_once_and_not_aws_own() {
    let emulator = TestEmulator::new().await;
    let many = |count: usize| -> Vec<_> {
        (0..count).map(|index| json!({"Key": format!("k{index}"), "Value": "v"})).collect()
    };
    emulator.activate(json!({"Tags": many(50)})).await;
    let twice = vec![json!({"Key": "k", "Value": "1"}), json!({"Key": "k", "Value": "2"})];
    for tags in [many(51), twice, vec![json!({"Key": "AWS:x", "Value": "1"})]] {
        let input = json!({"IamRole": "BB_Hybrid_Activation", "Tags": tags});
        assert_eq!(emulator.error("CreateActivation", input).await.0, "InvalidParameters");
    }
}
