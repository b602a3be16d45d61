use crate::testing::{Answer, TestEmulator};

const TRUST: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow",
    "Principal":{"Service":"ssm.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#;

async fn create(emulator: &TestEmulator, name: &str, more: &[(&str, &str)]) -> Answer {
    let mut parameters = vec![("RoleName", name)];
    if !more.iter().any(|(key, _)| *key == "AssumeRolePolicyDocument") {
        parameters.push(("AssumeRolePolicyDocument", TRUST));
    }
    parameters.extend(more);
    emulator.query("iam", "CreateRole", &parameters).await
}

#[tokio::test]
async fn a_role_has_a_path_and_tags() {
    let emulator = TestEmulator::new().await;
    let more = [
        ("Path", "/service-role/"),
        ("Description", "for <nodes> & others"),
        ("Tags.member.1.Key", "a"),
        ("Tags.member.1.Value", "b"),
    ];
    let answer = create(&emulator, "R", &more).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.element("Arn"), Some("arn:aws:iam::123456789012:role/service-role/R"));
    let read = emulator.query("iam", "GetRole", &[("RoleName", "R")]).await;
    assert_eq!(read.element("Description"), Some("for &lt;nodes&gt; &amp; others"));
    assert_eq!(read.element("MaxSessionDuration"), Some("3600"));
    assert_eq!(read.element("Tags"), Some("<member><Key>a</Key><Value>b</Value></member>"));
}

#[tokio::test]
async fn a_name_is_taken_whatever_its_case() {
    let emulator = TestEmulator::new().await;
    for name in ["BB_Hybrid_Activation", "bb_hybrid_activation"] {
        let answer = create(&emulator, name, &[]).await;
        assert_eq!((answer.status, answer.element("Code")), (409, Some("EntityAlreadyExists")));
        assert_eq!(answer.element("Message"), Some(&*format!("Role with name {name} already exists.")));
    }
}

#[tokio::test]
async fn what_is_wrong_is_refused() {
    let emulator = TestEmulator::new().await;
    for (more, code) in [
        (("AssumeRolePolicyDocument", "{"), "MalformedPolicyDocument"),
        (("AssumeRolePolicyDocument", "役割"), "ValidationError"),
        (("Path", "service-role"), "ValidationError"),
        (("Path", "/aws-service-role/ssm.amazonaws.com/"), "InvalidInput"),
        (("MaxSessionDuration", "60"), "ValidationError"),
        (("Description", "役割"), "ValidationError"),
    ] {
        let answer = create(&emulator, "R", &[more]).await;
        assert_eq!((answer.status, answer.element("Code")), (400, Some(code)), "{more:?}");
    }
}
