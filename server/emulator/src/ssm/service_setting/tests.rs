use serde_json::{Value, json};
use time::Duration;

use super::ACTIVATION_TIER;
use crate::ssm::activation_code;
use crate::store::Registration;
use crate::testing::{START, TestEmulator};

const ARN: &str =
    "arn:aws:ssm:ap-northeast-1:123456789012:servicesetting/ssm/managed-instance/activation-tier";

async fn setting(emulator: &TestEmulator) -> Value {
    emulator.ok("GetServiceSetting", json!({"SettingId": ACTIVATION_TIER})).await["ServiceSetting"].take()
}

async fn set(emulator: &TestEmulator, value: &str) {
    let input = json!({"SettingId": ACTIVATION_TIER, "SettingValue": value});
    emulator.ok("UpdateServiceSetting", input).await;
}

#[tokio::test]
async fn it_begins_standard_and_is_found_by_id_and_arn() {
    let emulator = TestEmulator::new().await;
    let first = setting(&emulator).await;
    assert_eq!(
        (&first["SettingValue"], &first["Status"], &first["LastModifiedUser"], &first["ARN"]),
        (&json!("standard"), &json!("Default"), &json!("System"), &json!(ARN))
    );
    let by_arn = emulator.ok("GetServiceSetting", json!({"SettingId": ARN})).await;
    assert_eq!(by_arn["ServiceSetting"], first);
}

#[tokio::test]
async fn a_change_is_pending_for_a_while_and_admits_no_other() {
    let emulator = TestEmulator::new().await;
    set(&emulator, "advanced").await;
    let pending = setting(&emulator).await;
    assert_eq!(pending["Status"], "PendingUpdate");
    assert_eq!(pending["SettingValue"], "advanced");
    assert_eq!(pending["LastModifiedUser"], "arn:aws:iam::123456789012:user/sekisho");
    assert_eq!(pending["LastModifiedDate"], START.unix_timestamp());
    let back = json!({"SettingId": ACTIVATION_TIER, "SettingValue": "standard"});
    assert_eq!(emulator.error("UpdateServiceSetting", back).await.0, "TooManyUpdates");
    let reset = json!({"SettingId": ACTIVATION_TIER});
    assert_eq!(emulator.error("ResetServiceSetting", reset).await.0, "TooManyUpdates");
    emulator.pass(Duration::seconds(20));
    assert_eq!(setting(&emulator).await["Status"], "Customized");
}

#[tokio::test]
async fn resetting_goes_back_and_shows_it() {
    let emulator = TestEmulator::new().await;
    set(&emulator, "advanced").await;
    emulator.pass(Duration::seconds(20));
    let output = emulator.ok("ResetServiceSetting", json!({"SettingId": ACTIVATION_TIER})).await;
    assert_eq!(output["ServiceSetting"]["Status"], "PendingUpdate");
    assert_eq!(output["ServiceSetting"]["SettingValue"], "standard");
    emulator.pass(Duration::seconds(20));
    let settled = setting(&emulator).await;
    assert_eq!((&settled["Status"], &settled["LastModifiedUser"]), (&json!("Default"), &json!("System")));
}

#[tokio::test]
async fn the_same_value_again_changes_nothing() {
    let emulator = TestEmulator::new().await;
    let before = setting(&emulator).await;
    set(&emulator, "standard").await;
    assert_eq!(setting(&emulator).await, before);
}

#[tokio::test]
async fn above_a_thousand_hybrid_nodes_there_is_no_way_back() {
    let emulator = TestEmulator::new().await;
    set(&emulator, "advanced").await;
    emulator.pass(Duration::seconds(20));
    register_nodes(&emulator, 1001).await;
    let back = json!({"SettingId": ACTIVATION_TIER, "SettingValue": "standard"});
    let (code, message) = emulator.error("UpdateServiceSetting", back.clone()).await;
    assert_eq!(code, "ValidationException");
    assert!(message.contains("1001 are registered"), "{message}");
    let one = json!({"InstanceId": format!("mi-{:017x}", 0)});
    emulator.ok("DeregisterManagedInstance", one).await;
    emulator.ok("UpdateServiceSetting", back).await;
}

async fn register_nodes(emulator: &TestEmulator, count: u32) {
    for batch in 0..count.div_ceil(1000) {
        let (activation_id, code) = emulator.activate(json!({"RegistrationLimit": 1000})).await;
        for number in batch * 1000..count.min((batch + 1) * 1000) {
            let registration = Registration {
                activation_id: activation_id.clone(),
                code_sha256: activation_code::digest(&code),
                node_id: format!("mi-{number:017x}"),
                public_key: Vec::new(),
                fingerprint: String::new(),
                now: emulator.state().now(),
                account_limit: super::HYBRID_NODES,
            };
            emulator.state().store().register(&registration).await.unwrap().unwrap();
        }
    }
}

#[tokio::test]
async fn other_settings_and_values_do_not_exist() {
    let emulator = TestEmulator::new().await;
    let other = json!({"SettingId": "/ssm/parameter-store/default-parameter-tier"});
    assert_eq!(emulator.error("GetServiceSetting", other.clone()).await.0, "ServiceSettingNotFound");
    assert_eq!(emulator.error("ResetServiceSetting", other).await.0, "ServiceSettingNotFound");
    let elsewhere = json!({"SettingId": ARN.replace("northeast", "south")});
    assert_eq!(emulator.error("GetServiceSetting", elsewhere).await.0, "ServiceSettingNotFound");
    let gold = json!({"SettingId": ACTIVATION_TIER, "SettingValue": "gold"});
    assert_eq!(emulator.error("UpdateServiceSetting", gold).await.0, "ValidationException");
}
