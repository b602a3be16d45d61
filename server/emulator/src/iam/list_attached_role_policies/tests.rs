use crate::testing::{Answer, TestEmulator};

async fn list(emulator: &TestEmulator, role: &str, more: &[(&str, &str)]) -> Answer {
    let mut parameters = vec![("RoleName", role)];
    parameters.extend(more);
    emulator.query("iam", "ListAttachedRolePolicies", &parameters).await
}

#[tokio::test]
async fn policies_are_paged_by_marker() {
    let emulator = TestEmulator::new().await;
    let first = list(&emulator, "BB_Hybrid_Activation", &[("MaxItems", "1")]).await;
    assert_eq!(first.element("PolicyName"), Some("AmazonSSMManagedInstanceCore"));
    assert_eq!(first.element("IsTruncated"), Some("true"));
    let marker = first.element("Marker").unwrap();
    let rest = list(&emulator, "BB_Hybrid_Activation", &[("Marker", marker)]).await;
    assert_eq!(rest.element("PolicyArn"), Some("arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"));
    assert_eq!(rest.element("IsTruncated"), Some("false"));
    let other = list(&emulator, "EC2InstanceRole", &[("Marker", marker)]).await;
    assert_eq!(other.element("Code"), Some("ValidationError"), "a marker is bound to its role");
}

#[tokio::test]
async fn a_path_prefix_narrows_and_a_role_may_have_none() {
    let emulator = TestEmulator::new().await;
    let narrowed =
        list(&emulator, "AWSServiceRoleForAmazonSSM", &[("PathPrefix", "/aws-service-role/")]).await;
    assert_eq!(narrowed.element("PolicyName"), Some("AmazonSSMServiceRolePolicy"));
    let core = list(&emulator, "BB_Hybrid_Activation", &[("PathPrefix", "/service-role/")]).await;
    assert_eq!(core.element("PolicyName"), None);
    let none = list(&emulator, "SSMServerRoleWithoutPolicy", &[]).await;
    assert_eq!((none.status, none.element("PolicyName")), (200, None));
    assert_eq!(list(&emulator, "Missing", &[]).await.status, 404);
}
