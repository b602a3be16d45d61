use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use time::Duration;

use crate::testing::TestEmulator;

fn ids(output: &Value) -> Vec<String> {
    let list = output["ActivationList"].as_array().unwrap();
    list.iter().map(|activation| activation["ActivationId"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn filters_narrow_together_and_values_widen() {
    let emulator = TestEmulator::new().await;
    let (one, _) = emulator.activate(json!({"DefaultInstanceName": "a"})).await;
    let (two, _) = emulator.activate(json!({"DefaultInstanceName": "b"})).await;
    emulator.activate(json!({})).await;
    let filtered =
        async |filters: Value| ids(&emulator.ok("DescribeActivations", json!({"Filters": filters})).await);
    let names = json!({"FilterKey": "DefaultInstanceName", "FilterValues": ["a", "b"]});
    assert_eq!(filtered(json!([names])).await, [one, two.clone()]);
    let id = json!({"FilterKey": "ActivationIds", "FilterValues": [two]});
    assert_eq!(filtered(json!([names, id])).await, [two]);
    assert!(filtered(json!([{"FilterKey": "IamRole", "FilterValues": ["Other"]}])).await.is_empty());
}

#[tokio::test]
async fn a_filter_needs_a_key_and_values() {
    let emulator = TestEmulator::new().await;
    for filter in [
        json!({"FilterValues": ["a"]}),
        json!({"FilterKey": "IamRole"}),
        json!({"FilterKey": "IamRole", "FilterValues": []}),
    ] {
        let (code, _) = emulator.error("DescribeActivations", json!({"Filters": [filter]})).await;
        assert_eq!(code, "InvalidFilter");
    }
    let unknown = json!({"Filters": [{"FilterKey": "Name", "FilterValues": ["a"]}]});
    assert_eq!(emulator.error("DescribeActivations", unknown).await.0, "ValidationException");
}

#[tokio::test]
async fn expiry_is_told_by_the_clock() {
    let emulator = TestEmulator::new().await;
    emulator.activate(json!({})).await;
    emulator.pass(Duration::hours(24));
    let output = emulator.ok("DescribeActivations", json!({})).await;
    assert_eq!(output["ActivationList"][0]["Expired"], true);
}

#[tokio::test]
async fn a_token_serves_only_the_request_that_it_continues() {
    let emulator = TestEmulator::new().await;
    for _ in 0..3 {
        emulator.activate(json!({})).await;
    }
    let first = emulator.ok("DescribeActivations", json!({"MaxResults": 2})).await;
    let token = first["NextToken"].as_str().unwrap();
    let filters = json!([{"FilterKey": "IamRole", "FilterValues": ["BB_Hybrid_Activation"]}]);
    for input in [
        json!({"NextToken": token, "Filters": filters}),
        json!({"NextToken": format!("{token}x")}),
        json!({"NextToken": "41"}),
    ] {
        assert_eq!(emulator.error("DescribeActivations", input).await.0, "InvalidNextToken");
    }
    let second = emulator.ok("DescribeActivations", json!({"MaxResults": 50, "NextToken": token})).await;
    assert_eq!(ids(&second).len(), 1);
    assert!(second.get("NextToken").is_none());
}

#[test]
fn pages_of_any_size_show_every_activation_once() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (emulator, all) = runtime.block_on(async {
        let emulator = TestEmulator::new().await;
        for _ in 0..60 {
            emulator.activate(json!({})).await;
        }
        let first = emulator.ok("DescribeActivations", json!({})).await;
        let token = json!({"NextToken": first["NextToken"]});
        let all = [ids(&first), ids(&emulator.ok("DescribeActivations", token).await)].concat();
        (emulator, all)
    });
    assert_eq!(all.len(), 60);
    let mut runner = TestRunner::new(ProptestConfig { cases: 24, ..ProptestConfig::default() });
    let sizes = proptest::collection::vec(1_i64..=50, 60);
    runner
        .run(&sizes, |sizes| {
            let seen = runtime.block_on(walk(&emulator, sizes));
            prop_assert_eq!(&seen, &all);
            Ok(())
        })
        .unwrap();
}

/// All ids, page by page, each page of the next size.
async fn walk(emulator: &TestEmulator, sizes: Vec<i64>) -> Vec<String> {
    let mut seen = Vec::new();
    let mut input = json!({});
    for size in sizes {
        input["MaxResults"] = json!(size);
        let output = emulator.ok("DescribeActivations", input.clone()).await;
        seen.extend(ids(&output));
        match output.get("NextToken") {
            Some(token) => input["NextToken"] = token.clone(),
            None => break,
        }
    }
    seen
}
