use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::testing::{Node, TestEmulator};

fn ids(output: &Value) -> Vec<String> {
    let list = output["InstanceProperties"].as_array().unwrap();
    list.iter().map(|node| node["InstanceId"].as_str().unwrap().to_owned()).collect()
}

async fn filtered(emulator: &TestEmulator, filter: Value) -> Vec<String> {
    let input = json!({"FiltersWithOperator": [filter]});
    ids(&emulator.ok("DescribeInstanceProperties", input).await)
}

#[tokio::test]
async fn an_ec2_instance_has_what_ec2_knows() {
    let emulator = TestEmulator::new().await;
    for id in ["i-0238e4ae9600e8fdd", "i-0123456789abcdef0"] {
        emulator.ok("UpdateInstanceInformation", json!({"InstanceId": id, "PlatformType": "Linux"})).await;
    }
    let output = emulator.ok("DescribeInstanceProperties", json!({})).await;
    let known = &output["InstanceProperties"][0];
    assert_eq!(known["Name"], "bb-ec2-al2023");
    assert_eq!(known["InstanceState"], "running");
    assert_eq!(known["AvailabilityZone"], "ap-northeast-1a");
    assert!(known["LaunchTime"].is_number());
    let unknown = output["InstanceProperties"][1].as_object().unwrap();
    for member in ["Name", "InstanceType", "InstanceState", "LaunchTime", "RegistrationDate"] {
        assert!(!unknown.contains_key(member), "{member}");
    }
}

#[tokio::test]
async fn operators_compare() {
    let emulator = TestEmulator::new().await;
    let (old, new) = (Node::join(&emulator).await, Node::join(&emulator).await);
    old.report(&emulator, json!({"AgentVersion": "3.2.815.0"})).await;
    new.report(&emulator, json!({"AgentVersion": "3.2.1542.0"})).await;
    let version =
        |operator: &str, value: &str| json!({"Key": "AgentVersion", "Operator": operator, "Values": [value]});
    for (filter, expected) in [
        (version("LessThan", "3.2.1000.0"), vec![old.id.clone()]),
        (version("GreaterThan", "3.2.815.0"), vec![new.id.clone()]),
        (version("BeginWith", "3.2.8"), vec![old.id.clone()]),
        (version("NotEqual", "3.2.815.0"), vec![new.id.clone()]),
        (version("Equal", "3.2.815.0"), vec![old.id.clone()]),
        (json!({"Key": "IamRole", "Values": ["BB_Hybrid_Activation"]}), vec![old.id.clone(), new.id.clone()]),
        (json!({"Key": "IamRole", "Operator": "BeginWith", "Values": ["BB%"]}), vec![]),
        (json!({"Key": "AssociationStatus", "Values": ["Success"]}), vec![]),
    ] {
        assert_eq!(filtered(&emulator, filter.clone()).await, expected, "{filter}");
    }
}

#[tokio::test]
async fn a_tag_may_differ_or_be_missing() {
    let emulator = TestEmulator::new().await;
    let mut ids = Vec::new();
    for tags in
        [json!([{"Key": "Env", "Value": "prod"}]), json!([{"Key": "Env", "Value": "test"}]), json!([])]
    {
        let activation = emulator.activate(json!({"Tags": tags})).await;
        ids.push(Node::register(&emulator, &activation).await.id);
    }
    for (key, operator, values, expected) in [
        ("tag:Env", "Equal", ["prod", "other"], &ids[..1]),
        ("tag:Env", "NotEqual", ["prod", "other"], &ids[1..]),
        ("tag:Env", "NotEqual", ["prod", "test"], &ids[2..]),
        ("tag-key", "NotEqual", ["Env", "Other"], &ids[2..]),
    ] {
        let filter = json!({"Key": key, "Operator": operator, "Values": values});
        assert_eq!(filtered(&emulator, filter).await, expected, "{key} {operator} {values:?}");
    }
    let begins = json!({"Key": "tag:Env", "Operator": "BeginWith", "Values": ["pr"]});
    let input = json!({"FiltersWithOperator": [begins]});
    let refused = emulator.error("DescribeInstanceProperties", input).await;
    assert_eq!(refused.0, "InvalidInstancePropertyFilterValue");
}

#[tokio::test]
async fn the_older_list_has_no_operators() {
    let emulator = TestEmulator::new().await;
    let node = Node::join(&emulator).await;
    let input = json!({"InstancePropertyFilterList": [{"key": "InstanceIds", "valueSet": [node.id]}]});
    assert_eq!(ids(&emulator.ok("DescribeInstanceProperties", input).await), [node.id]);
}

#[tokio::test]
async fn wrong_filters_have_their_own_errors() {
    let emulator = TestEmulator::new().await;
    for (key, value, code) in [
        ("Name", "x", "InvalidFilterKey"),
        ("InstanceIds", "x", "InvalidInstanceId"),
        ("ActivationIds", "x", "InvalidActivationId"),
        ("PingStatus", "x", "InvalidInstancePropertyFilterValue"),
        ("DocumentName", "x", "InvalidDocument"),
        ("IamRole", "", "ValidationException"),
    ] {
        let input = json!({"FiltersWithOperator": [{"Key": key, "Values": [value]}]});
        assert_eq!(emulator.error("DescribeInstanceProperties", input).await.0, code, "{key}");
    }
    assert_eq!(
        emulator.error("DescribeInstanceProperties", json!({"MaxResults": 1001})).await.0,
        "ValidationException"
    );
}

#[test]
fn pages_of_any_size_show_every_node_once() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (emulator, all) = runtime.block_on(async {
        let emulator = TestEmulator::new().await;
        let activation = emulator.activate(json!({"RegistrationLimit": 100})).await;
        let mut all = Vec::new();
        for _ in 0..100 {
            all.push(Node::register(&emulator, &activation).await.id);
        }
        (emulator, all)
    });
    let mut runner = TestRunner::new(ProptestConfig { cases: 24, ..ProptestConfig::default() });
    runner
        .run(&(5_i64..=120), |size| {
            let seen = runtime.block_on(walk(&emulator, size));
            prop_assert_eq!(&seen, &all);
            Ok(())
        })
        .unwrap();
}

async fn walk(emulator: &TestEmulator, size: i64) -> Vec<String> {
    let mut seen = Vec::new();
    let mut input = json!({"MaxResults": size});
    loop {
        let output = emulator.ok("DescribeInstanceProperties", input.clone()).await;
        seen.extend(ids(&output));
        match output.get("NextToken") {
            Some(token) => input["NextToken"] = token.clone(),
            None => return seen,
        }
    }
}
