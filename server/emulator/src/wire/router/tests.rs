use axum::body::Body;
use axum::http::Request;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::testing::{TestEmulator, authorization, error, form_request, json_request};

#[tokio::test]
async fn health_needs_no_signature() {
    let emulator = TestEmulator::new().await;
    let answer = emulator.send(Request::get("/health").body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn a_plain_get_is_an_unknown_operation() {
    let emulator = TestEmulator::new().await;
    let answer = emulator.send(Request::get("/").body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, 404);
    assert!(answer.body.contains("UnknownOperationException"));
}

#[tokio::test]
async fn unknown_operations_are_named_so() {
    let emulator = TestEmulator::new().await;
    let signed = authorization("AKIAEXAMPLE", "ssm");
    let mut other = json_request("DescribeActivations", &json!({}), Some(&signed));
    other.headers_mut().insert("x-amz-target", "Other.DescribeActivations".parse().unwrap());
    for request in [json_request("Dance", &json!({}), Some(&signed)), other] {
        let answer = emulator.send(request).await;
        assert_eq!((answer.status, &*error(&answer).0), (400, "UnknownOperationException"));
    }
    let action = emulator.send(form_request("Dance", &[], Some(&authorization("A", "iam")))).await;
    assert_eq!((action.status, action.element("Code")), (400, Some("InvalidAction")));
    let version = emulator.query("iam", "ListRoles", &[("Version", "1999-01-01")]).await;
    assert_eq!(version.element("Code"), Some("InvalidAction"));
}

#[tokio::test]
async fn the_query_protocol_needs_a_version() {
    let emulator = TestEmulator::new().await;
    for (service, action) in [("iam", "ListRoles"), ("sts", "GetCallerIdentity")] {
        let signed = authorization("AKIAEXAMPLE", service);
        let answer = emulator.send(form_request(action, &[], Some(&signed))).await;
        assert_eq!((answer.status, answer.element("Code")), (400, Some("InvalidAction")));
        let words = format!("Could not find operation {action} for version NO_VERSION_SPECIFIED");
        assert_eq!(answer.element("Message"), Some(&*words));
    }
}

#[tokio::test]
async fn what_is_too_large_is_refused_in_the_protocol_that_was_spoken() {
    let emulator = TestEmulator::new().await;
    let large = "x".repeat(3 * 1024 * 1024);
    let signed = authorization("AKIAEXAMPLE", "ssm");
    let json = emulator.send(json_request("CreateDocument", &json!({"Content": large}), Some(&signed))).await;
    assert_eq!((json.status, &*error(&json).0), (413, "RequestEntityTooLargeException"));
    assert!(json.json()["message"].is_string(), "{}", json.body);
    for (service, root) in [("iam", "<ErrorResponse"), ("sts", "<ErrorResponse"), ("ec2", "<Response")] {
        let form = emulator.query(service, "ListRoles", &[("Marker", &large)]).await;
        assert_eq!((form.status, form.element("Code")), (413, Some("RequestEntityTooLarge")));
        assert!(form.body.starts_with(root), "{}", form.body);
        assert_eq!(form.headers["content-type"], "text/xml");
    }
}

#[tokio::test]
async fn every_answer_has_a_request_id_and_the_protocols_type() {
    let emulator = TestEmulator::new().await;
    let answer = emulator.call("DescribeActivations", &json!({})).await;
    assert_eq!(answer.headers["content-type"], "application/x-amz-json-1.1");
    assert_eq!(answer.headers["x-amzn-requestid"].len(), 36);
}

#[tokio::test]
async fn a_signature_must_be_there_whole_and_for_ssm() {
    let emulator = TestEmulator::new().await;
    for (signature, code) in [
        (None, "MissingAuthenticationTokenException"),
        (Some("Bearer x".to_owned()), "IncompleteSignatureException"),
        (Some(authorization("AKIAEXAMPLE", "iam")), "InvalidSignatureException"),
    ] {
        let request = json_request("DescribeActivations", &json!({}), signature.as_deref());
        let answer = emulator.send(request).await;
        assert_eq!((answer.status, &*error(&answer).0), (400, code));
        assert!(answer.json().get("message").is_some(), "{}", answer.body);
    }
}

#[tokio::test]
async fn a_body_that_is_no_structure_is_not_read() {
    let emulator = TestEmulator::new().await;
    let signed = authorization("AKIAEXAMPLE", "ssm");
    for body in ["{", "[]", "\"x\"", r#"{"MaxResults":"1"}"#, r#"{"Filters":{}}"#] {
        let mut request = json_request("DescribeActivations", &json!({}), Some(&signed));
        *request.body_mut() = Body::from(body);
        let answer = emulator.send(request).await;
        assert_eq!((answer.status, &*error(&answer).0), (400, "SerializationException"), "{body}");
    }
    let mut empty = json_request("DescribeActivations", &json!({}), Some(&signed));
    *empty.body_mut() = Body::empty();
    assert_eq!(emulator.send(empty).await.status, 200);
}

#[tokio::test]
async fn the_models_own_errors_write_message_with_a_capital() {
    let emulator = TestEmulator::new().await;
    let input = json!({"ActivationId": "751a488c-e9c7-4539-8171-15d48f4fd90a"});
    let own = emulator.call("DeleteActivation", &input).await.json();
    assert!(own["Message"].is_string() && own.get("message").is_none(), "{own}");
    let input = json!({"Filters": [{"Key": "PingStatus", "Values": ["x"]}]});
    let exception = emulator.call("DescribeInstanceInformation", &input).await.json();
    assert!(exception["message"].is_string() && exception.get("Message").is_none(), "{exception}");
}

const OPERATIONS: [&str; 18] = [
    "AddTagsToResource",
    "CreateActivation",
    "DeleteActivation",
    "DeregisterManagedInstance",
    "DescribeActivations",
    "DescribeInstanceInformation",
    "DescribeInstanceProperties",
    "GetServiceSetting",
    "ListInstanceAssociations",
    "ListTagsForResource",
    "RegisterManagedInstance",
    "RemoveTagsFromResource",
    "RequestManagedInstanceRoleToken",
    "ResetServiceSetting",
    "UpdateInstanceInformation",
    "UpdateManagedInstancePublicKey",
    "UpdateManagedInstanceRole",
    "UpdateServiceSetting",
];

/// Members whose values decide where a request goes, each with values that it may have and some that it may not.
fn any_input() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,40}".prop_map(Value::from),
        proptest::sample::select(vec![
            "ManagedInstance",
            "i-0238e4ae9600e8fdd",
            "BB_Hybrid_Activation",
            "Online"
        ])
        .prop_map(Value::from),
    ];
    let filter_key =
        proptest::sample::select(vec!["PingStatus", "tag:k", "AgentVersion", "IamRole", "InstanceIds"]);
    let filter = (filter_key, leaf.clone())
        .prop_map(|(key, value)| json!([{"Key": key, "Values": [value], "Operator": "LessThan"}]));
    let value =
        prop_oneof![leaf.clone(), filter, proptest::collection::vec(leaf, 0..3).prop_map(Value::from)];
    let member = proptest::sample::select(vec![
        "IamRole",
        "ExpirationDate",
        "RegistrationLimit",
        "Filters",
        "FiltersWithOperator",
        "MaxResults",
        "NextToken",
        "ActivationId",
        "InstanceId",
        "ResourceType",
        "ResourceId",
        "Tags",
        "TagKeys",
        "SettingId",
        "SettingValue",
        "ActivationCode",
        "PublicKey",
        "Fingerprint",
        "NewPublicKey",
        "AgentVersion",
        "IPAddress",
    ]);
    proptest::collection::vec((member, value), 0..6)
        .prop_map(|members| members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

#[test]
fn no_input_makes_the_emulator_fail() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let emulator = runtime.block_on(TestEmulator::new());
    let mut runner = TestRunner::new(ProptestConfig { cases: 100, ..ProptestConfig::default() });
    runner
        .run(&any_input(), |input| {
            for operation in OPERATIONS {
                let answer = runtime.block_on(emulator.call(operation, &input));
                prop_assert!([200, 400].contains(&answer.status), "{operation}: {}", answer.body);
                prop_assert!(!answer.body.contains("UnknownOperation"), "{operation}");
            }
            Ok(())
        })
        .unwrap();
}

#[tokio::test]
async fn many_filter_values_are_no_burden() {
    let emulator = TestEmulator::new().await;
    let values: Vec<_> = (0..100_000).map(|number| number.to_string()).collect();
    let filters = json!([{"FilterKey": "IamRole", "FilterValues": values}]);
    let output = emulator.ok("DescribeActivations", json!({"Filters": filters})).await;
    assert_eq!(output["ActivationList"], json!([]));
}
