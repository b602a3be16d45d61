use crate::testing::TestEmulator;

const SEEDED: [&str; 4] =
    ["AWSServiceRoleForAmazonSSM", "BB_Hybrid_Activation", "EC2InstanceRole", "SSMServerRoleWithoutPolicy"];

/// The names in an answer.
fn names(body: &str) -> Vec<&str> {
    body.split("<RoleName>").skip(1).map(|rest| rest.split('<').next().unwrap()).collect()
}

#[tokio::test]
async fn a_new_account_has_roles_of_each_kind_and_not_the_systems_default() {
    let emulator = TestEmulator::new().await;
    let answer = emulator.query("iam", "ListRoles", &[]).await;
    assert_eq!(names(&answer.body), SEEDED);
    assert_eq!(answer.element("IsTruncated"), Some("false"));
    assert_eq!(answer.element("Marker"), None);
}

#[tokio::test]
async fn markers_lead_through_all_pages() {
    let emulator = TestEmulator::new().await;
    let mut seen = Vec::new();
    let mut marker = None;
    loop {
        let mut parameters = vec![("MaxItems", "1")];
        parameters.extend(marker.as_deref().map(|marker| ("Marker", marker)));
        let answer = emulator.query("iam", "ListRoles", &parameters).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        seen.extend(names(&answer.body).into_iter().map(str::to_owned));
        marker = answer.element("Marker").map(str::to_owned);
        if marker.is_none() {
            break;
        }
    }
    assert_eq!(seen, SEEDED);
}

#[tokio::test]
async fn a_path_prefix_narrows() {
    let emulator = TestEmulator::new().await;
    let answer = emulator.query("iam", "ListRoles", &[("PathPrefix", "/aws-service-role/")]).await;
    assert_eq!(names(&answer.body), ["AWSServiceRoleForAmazonSSM"]);
}

#[tokio::test]
async fn wrong_parameters_are_named() {
    let emulator = TestEmulator::new().await;
    for (name, value, words) in [
        ("MaxItems", "1001", "less than or equal to 1000"),
        ("MaxItems", "many", "integer"),
        ("PathPrefix", "x", "'pathPrefix'"),
        ("Marker", "forged", "Invalid Marker"),
    ] {
        let answer = emulator.query("iam", "ListRoles", &[(name, value)]).await;
        assert_eq!((answer.status, answer.element("Code")), (400, Some("ValidationError")), "{name}");
        assert!(answer.element("Message").is_some_and(|message| message.contains(words)), "{}", answer.body);
    }
}
