//! The simulated machines against the emulator, over HTTP.

use std::collections::{BTreeMap, HashSet};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::enrol::operator;
use super::sign::Signer;
use super::*;
use crate::clock::SystemClock;
use crate::{Emulator, EmulatorConfig};

/// An emulator with simulated machines, and a client of it.
struct Account {
    emulator: Emulator,
    client: Client,
}

impl Account {
    async fn start(data_dir: &Path, nodes: u32) -> Self {
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let config = EmulatorConfig {
            nodes,
            setting_update_delay: time::Duration::ZERO,
            ..EmulatorConfig::new(listen, data_dir)
        };
        let emulator = Emulator::start(config).await.unwrap();
        let endpoint = format!("http://{}", emulator.address());
        let client = Client::new(&endpoint, "ap-northeast-1", Arc::new(SystemClock)).unwrap();
        Self { emulator, client }
    }

    async fn call(&self, operation: &'static str, input: Value) -> Value {
        self.client.call(operation, &input, Signer::Credentials(&operator())).await.unwrap()
    }

    /// The nodes whose agents have reported, by id.
    async fn reported(&self) -> BTreeMap<String, Value> {
        let mut reported = BTreeMap::new();
        let mut request = json!({"MaxResults": 1000});
        loop {
            let page = self.call("DescribeInstanceProperties", request.clone()).await;
            for node in page["InstanceProperties"].as_array().unwrap() {
                if node.get("ComputerName").is_some() {
                    reported.insert(node["InstanceId"].as_str().unwrap().to_owned(), node.clone());
                }
            }
            match page.get("NextToken") {
                Some(token) => request["NextToken"] = token.clone(),
                None => return reported,
            }
        }
    }

    /// Asks until `count` nodes have reported, for at most half a minute.
    async fn reported_by(&self, count: usize) -> BTreeMap<String, Value> {
        let all = async {
            loop {
                let reported = self.reported().await;
                if reported.len() == count {
                    return reported;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), all).await.unwrap()
    }
}

fn computers(nodes: &BTreeMap<String, Value>) -> HashSet<&str> {
    nodes.values().map(|node| node["ComputerName"].as_str().unwrap()).collect()
}

#[test]
fn a_machine_may_miss_four_reports() {
    assert_eq!(connection_lost_after(17), time::Duration::seconds(90));
    assert_eq!(connection_lost_after(10_000), time::Duration::seconds(450));
}

#[tokio::test]
async fn the_fleet_registers_with_nine_activations_and_reports() {
    let dir = TempDir::new().unwrap();
    let account = Account::start(dir.path(), 17).await;
    let nodes = account.reported_by(17).await;
    assert!(computers(&nodes).contains("bbubuntu"));
    assert_eq!(nodes["i-0238e4ae9600e8fdd"]["ResourceType"], "EC2Instance");
    let activations = account.call("DescribeActivations", json!({})).await;
    assert_eq!(activations["ActivationList"].as_array().unwrap().len(), 9);
    account.emulator.stop().await;
}

#[tokio::test]
async fn a_restart_resumes_and_a_deregistered_machine_stays_away() {
    let dir = TempDir::new().unwrap();
    let account = Account::start(dir.path(), 3).await;
    let before = account.reported_by(3).await;
    let gone = before.keys().find(|id| id.starts_with("mi-")).unwrap().clone();
    account.call("DeregisterManagedInstance", json!({"InstanceId": gone})).await;
    account.emulator.stop().await;

    let account = Account::start(dir.path(), 3).await;
    let vault = Vault::open(dir.path()).await.unwrap();
    let hibernating = async {
        while !vault.registrations().await.unwrap().values().any(|registration| registration.deregistered) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), hibernating).await.unwrap();
    let after = account.reported().await;
    assert_eq!(after.len(), 2);
    assert!(after.keys().all(|id| before.contains_key(id) && *id != gone));
    account.emulator.stop().await;
}

#[tokio::test]
async fn what_an_interrupted_registration_left_is_cleared() {
    let dir = TempDir::new().unwrap();
    let account = Account::start(dir.path(), 0).await;
    let key = Vault::open(dir.path()).await.unwrap().key().await.unwrap().public_key().unwrap();
    let activation = account.call("CreateActivation", json!({"IamRole": "BB_Hybrid_Activation"})).await;
    let orphan = json!({
        "ActivationId": activation["ActivationId"],
        "ActivationCode": activation["ActivationCode"],
        "PublicKey": key,
        "PublicKeyType": "Rsa",
        "Fingerprint": "orphan",
    });
    account.client.call::<Value>("RegisterManagedInstance", &orphan, Signer::Anonymous).await.unwrap();
    account.emulator.stop().await;
    let vault = Vault::open(dir.path()).await.unwrap();
    let id = activation["ActivationId"].as_str().unwrap();
    vault.begin_activation("bb-ubuntu", id).await.unwrap();

    let account = Account::start(dir.path(), 1).await;
    account.reported_by(1).await;
    let nodes = account.call("DescribeInstanceProperties", json!({})).await;
    assert_eq!(nodes["InstanceProperties"].as_array().unwrap().len(), 1);
    let activations = account.call("DescribeActivations", json!({})).await;
    let [only] = activations["ActivationList"].as_array().unwrap().as_slice() else {
        panic!("the interrupted activation is still there");
    };
    assert_ne!(only["ActivationId"], id);
    account.emulator.stop().await;
}

#[tokio::test]
async fn the_advanced_tier_is_asked_for_once() {
    let dir = TempDir::new().unwrap();
    let account = Account::start(dir.path(), 0).await;
    let setting = json!({"SettingId": "/ssm/managed-instance/activation-tier"});
    for _ in 0..2 {
        enrol::tier::ensure_advanced(&account.client).await.unwrap();
        let answer = account.call("GetServiceSetting", setting.clone()).await;
        assert_eq!(answer["ServiceSetting"]["SettingValue"], "advanced");
    }
    account.emulator.stop().await;
}
