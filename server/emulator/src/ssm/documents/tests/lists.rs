//! `ListDocuments`.

use super::*;

#[tokio::test]
async fn lists_are_by_owner_and_leave_out_what_others_share() {
    let emulator = TestEmulator::with_packages().await;
    publish(&emulator, "Tool").await;
    let names = async |filters: Value| -> Vec<String> {
        let listed = emulator.ok("ListDocuments", json!({"Filters": filters})).await;
        let listed = listed["DocumentIdentifiers"].as_array().unwrap().clone();
        listed.iter().map(|document| document["Name"].as_str().unwrap().to_owned()).collect()
    };
    let by_owner = |owner: &str| json!([{"Key": "Owner", "Values": [owner]}]);
    assert_eq!(names(by_owner("Self")).await, ["Tool"]);
    let shared = "arn:aws:ssm:ap-northeast-1:210987654321:document/Corporate-Proxy-Certificates";
    assert_eq!(names(by_owner("Private")).await, [shared]);
    assert!(names(by_owner("Amazon")).await.contains(&"AWSKinesisTap".to_owned()));
    assert!(names(by_owner("ThirdParty")).await.contains(&"DynatraceOneAgent".to_owned()));
    assert!(names(by_owner("Public")).await.is_empty());
    let all = names(json!([])).await;
    assert!(all.contains(&"Tool".to_owned()) && !all.contains(&shared.to_owned()));
    let windows =
        json!([{"Key": "PlatformTypes", "Values": ["Windows"]}, {"Key": "Name", "Values": ["AWSN"]}]);
    assert_eq!(names(windows).await, ["AWSNVMe"]);
    let unknown = json!({"Filters": [{"Key": "Colour", "Values": ["red"]}]});
    assert_eq!(emulator.error("ListDocuments", unknown).await.0, "InvalidFilterKey");
    let seen = emulator.ok("GetDocument", json!({"Name": shared})).await;
    assert_eq!(seen["Name"], shared);
    let others = emulator.error("DeleteDocument", json!({"Name": "AWSKinesisTap"})).await;
    assert_eq!(others.0, "AccessDeniedException");
}

#[tokio::test]
async fn a_page_begins_after_the_last_document_of_the_one_before() {
    let emulator = TestEmulator::new().await;
    for name in ["Tool-a", "Tool-b", "Tool-c", "Tool-d"] {
        store_document(&emulator, name, "Active").await;
    }
    let mut input = json!({"MaxResults": 2});
    let first = emulator.ok("ListDocuments", input.clone()).await;
    assert_eq!(first["DocumentIdentifiers"][1]["Name"], "Tool-b");
    for gone in ["Tool-a", "Tool-b"] {
        emulator.ok("DeleteDocument", json!({"Name": gone})).await;
    }
    input["NextToken"] = first["NextToken"].clone();
    let second = emulator.ok("ListDocuments", input).await;
    let names: Vec<_> =
        second["DocumentIdentifiers"].as_array().unwrap().iter().map(|item| &item["Name"]).collect();
    assert_eq!(names, ["Tool-c", "Tool-d"]);
    assert!(second.get("NextToken").is_none());
}
