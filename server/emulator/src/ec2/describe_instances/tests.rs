use crate::testing::{Answer, TestEmulator, form_request};

const NODE: &str = "i-0238e4ae9600e8fdd";
const VERSION: (&str, &str) = ("Version", "2016-11-15");

async fn describe(emulator: &TestEmulator, more: &[(&str, &str)]) -> Answer {
    let parameters: Vec<_> = [VERSION].iter().chain(more).copied().collect();
    emulator.query("ec2", "DescribeInstances", &parameters).await
}

#[tokio::test]
async fn an_instance_has_an_image() {
    let emulator = TestEmulator::new().await;
    let answer = describe(&emulator, &[("InstanceId.1", NODE)]).await;
    assert_eq!((answer.status, answer.element("instanceId")), (200, Some(NODE)));
    assert_eq!(answer.element("imageId"), Some("ami-0b20f552f63953f0e"));
    assert_eq!(answer.body.matches("<imageId>").count(), 1);
    assert_eq!(answer.element("requestId"), answer.headers["x-amzn-requestid"].to_str().ok());
}

#[tokio::test]
async fn filters_pass_over_what_is_not_there() {
    let emulator = TestEmulator::new().await;
    let by_id = [
        ("Filter.1.Name", "instance-id"),
        ("Filter.1.Value.1", "i-0123456789abcdef0"),
        ("Filter.1.Value.2", NODE),
    ];
    let answer = describe(&emulator, &by_id).await;
    assert_eq!((answer.status, answer.body.matches("<imageId>").count()), (200, 1));
    assert_eq!(describe(&emulator, &[]).await.body.matches("<imageId>").count(), 3);
    let odd = describe(&emulator, &[("Filter.1.Name", "colour"), ("Filter.1.Value.1", "red")]).await;
    assert_eq!((odd.status, odd.element("Code")), (400, Some("InvalidParameterValue")));
}

#[tokio::test]
async fn ids_are_checked() {
    let emulator = TestEmulator::new().await;
    for (id, code) in [
        ("mi-0123456789abcdef0", "InvalidInstanceID.Malformed"),
        ("i-0123456789abcdef0", "InvalidInstanceID.NotFound"),
    ] {
        let answer = describe(&emulator, &[("InstanceId.1", id)]).await;
        assert_eq!((answer.status, answer.element("Code")), (400, Some(code)));
    }
    let both = describe(&emulator, &[("InstanceId.1", NODE), ("MaxResults", "5")]).await;
    assert_eq!(both.element("Code"), Some("InvalidParameterCombination"));
    let token = describe(&emulator, &[("NextToken", "x")]).await;
    assert_eq!(token.element("Code"), Some("InvalidParameterValue"));
}

#[tokio::test]
async fn the_signature_must_be_there_and_for_ec2() {
    let emulator = TestEmulator::new().await;
    let unsigned = emulator.send(form_request("DescribeInstances", &[VERSION], None)).await;
    assert_eq!((unsigned.status, unsigned.element("Code")), (400, Some("MissingParameter")));
    let other = emulator.query("iam", "DescribeInstances", &[VERSION]).await;
    assert_eq!((other.status, other.element("Code")), (401, Some("AuthFailure")));
    let unknown = emulator.query("ec2", "RunInstances", &[VERSION]).await;
    assert_eq!((unknown.status, unknown.element("Code")), (400, Some("InvalidAction")));
}
