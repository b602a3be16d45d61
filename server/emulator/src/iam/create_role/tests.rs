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
async fn a_permissions_boundary_is_kept_and_not_listed() {
    let emulator = TestEmulator::new().await;
    let arn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
    let more = [("Path", "/bounded/"), ("PermissionsBoundary", arn)];
    let answer = create(&emulator, "R", &more).await;
    assert_eq!((answer.status, answer.element("PermissionsBoundaryArn")), (200, Some(arn)));
    let read = emulator.query("iam", "GetRole", &[("RoleName", "R")]).await;
    assert_eq!(read.element("PermissionsBoundaryType"), Some("Policy"));
    assert_eq!(read.element("PermissionsBoundaryArn"), Some(arn));
    let listed = emulator.query("iam", "ListRoles", &[("PathPrefix", "/bounded/")]).await;
    assert_eq!((listed.element("RoleName"), listed.element("PermissionsBoundary")), (Some("R"), None));
    let unknown = create(&emulator, "S", &[("PermissionsBoundary", &format!("{arn}s"))]).await;
    assert_eq!((unknown.status, unknown.element("Code")), (404, Some("NoSuchEntity")));
    let words = format!("Scope ARN: {arn}s does not exist or is not attachable.");
    assert_eq!(unknown.element("Message"), Some(&*words));
}

#[tokio::test]
async fn a_tag_key_is_given_once_whatever_its_case() {
    let emulator = TestEmulator::new().await;
    let tags = [
        ("Tags.member.1.Key", "Owner"),
        ("Tags.member.1.Value", "a"),
        ("Tags.member.2.Key", "owner"),
        ("Tags.member.2.Value", "b"),
    ];
    let answer = create(&emulator, "R", &tags).await;
    assert_eq!((answer.status, answer.element("Code")), (400, Some("InvalidInput")));
    assert!(answer.element("Message").is_some_and(|words| words.starts_with("Duplicate tag keys found.")));
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
