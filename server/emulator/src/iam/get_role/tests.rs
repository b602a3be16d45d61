use crate::testing::TestEmulator;

#[tokio::test]
async fn its_trust_policy_is_encoded_for_urls() {
    let emulator = TestEmulator::new().await;
    let answer = emulator.query("iam", "GetRole", &[("RoleName", "BB_Hybrid_Activation")]).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.element("Arn"), Some("arn:aws:iam::123456789012:role/BB_Hybrid_Activation"));
    assert_eq!(answer.element("CreateDate"), Some("2026-08-24T01:00:00Z"));
    let document = answer.element("AssumeRolePolicyDocument").unwrap();
    assert!(document.starts_with("%7B%22Statement%22%3A%5B"), "{document}");
    let decoded = percent_encoding::percent_decode_str(document).decode_utf8().unwrap();
    assert!(decoded.contains(r#""Service":"ssm.amazonaws.com""#), "{decoded}");
}

#[tokio::test]
async fn an_unknown_role_is_not_found() {
    let emulator = TestEmulator::new().await;
    let answer = emulator.query("iam", "GetRole", &[("RoleName", "Missing")]).await;
    assert_eq!((answer.status, answer.element("Code")), (404, Some("NoSuchEntity")));
    assert_eq!(answer.element("Message"), Some("The role with name Missing cannot be found."));
    assert_eq!(answer.element("Type"), Some("Sender"));
}

#[tokio::test]
async fn a_name_that_is_none_is_refused() {
    let emulator = TestEmulator::new().await;
    for name in ["", "a b", "a/b", &"r".repeat(65)] {
        let answer = emulator.query("iam", "GetRole", &[("RoleName", name)]).await;
        assert_eq!(answer.element("Code"), Some("ValidationError"), "{name}");
    }
    let answer = emulator.query("iam", "GetRole", &[]).await;
    assert!(answer.body.contains("Value null at 'roleName'"), "{}", answer.body);
}
