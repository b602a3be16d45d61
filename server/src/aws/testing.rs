//! What the adapters are tried against: the emulator, and upstreams that misbehave.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use app::page::AwsCaller;
use emulator::{Emulator, EmulatorConfig};

use super::{Aws, Target, Timeouts, config};

pub mod gate;
pub mod upstream;

pub const ANY_PORT: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// An emulator without nodes, as good as an AWS account; kept for as long as this lives.
pub struct Account {
    pub aws: Aws,
    pub address: SocketAddr,
    _emulator: Emulator,
    _folder: tempfile::TempDir,
}

pub async fn account() -> Account {
    let folder = tempfile::tempdir().unwrap();
    let emulator = Emulator::start(EmulatorConfig::new(ANY_PORT, folder.path())).await.unwrap();
    let address = emulator.address();
    let aws = Aws::connect(&embedded(address), Timeouts::default()).await.unwrap();
    Account { aws, address, _emulator: emulator, _folder: folder }
}

pub fn embedded(address: SocketAddr) -> Target {
    Target::Embedded { address, region: "ap-northeast-1".to_owned() }
}

/// A connection to something that STS is not asked of.
pub async fn connected_to(address: SocketAddr) -> Aws {
    connected_within(address, Timeouts::default()).await
}

/// A connection to something that never answers: it is not waited for long.
pub async fn connected_to_silence(address: SocketAddr) -> Aws {
    connected_within(address, Timeouts { attempt: Duration::from_secs(1), ..Timeouts::default() }).await
}

async fn connected_within(address: SocketAddr, timeouts: Timeouts) -> Aws {
    let caller = AwsCaller {
        account: "123456789012".to_owned(),
        region: "ap-northeast-1".to_owned(),
        arn: "arn:aws:iam::123456789012:user/sekisho".to_owned(),
        embedded: true,
    };
    Aws { config: config::load(&embedded(address), timeouts).await, caller }
}

/// Registers a machine as the agent does, unsigned.
pub async fn register(address: SocketAddr, activation_id: &str, code: &str) -> String {
    let body = serde_json::json!({
        "ActivationId": activation_id,
        "ActivationCode": code,
        "PublicKey": PUBLIC_KEY,
        "PublicKeyType": "Rsa",
        "Fingerprint": "255996e5-f42d-44c8-8fb8-eb17f76696bc",
    });
    let request = reqwest::Client::new()
        .post(format!("http://{address}/"))
        .header("content-type", "application/x-amz-json-1.1")
        .header("x-amz-target", "AmazonSSM.RegisterManagedInstance")
        .body(body.to_string());
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let answer: serde_json::Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    answer["InstanceId"].as_str().unwrap().to_owned()
}

/// Somebody's RSA key; nobody has kept the private half.
const PUBLIC_KEY: &str = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0eV26151i/4q4r0zTxztatDMrbwh0vGyt1bs7jGQwwHBLl0gM7Je\
    fWdMl4XfIR03K8SYffKJ5Tkb0hs33g7saDl/3EMrZOqfDUgZyfd0R5SJbTu/fohXkpUMcs6j7MMCpRJyKJQ3tJuZX1bNExmO\
    VZ1QuFIUZPSOMg+znwD8yD8bb6XZPgIl+SVJdMw7qZC7lCp7TQ4goKRoaKZbsF8HAzDMPv7/t6haegQ4uCMzCVlc+yPMHj4b\
    WA9XXOn+YrK9Tyv9yNMQcsL2Cx8hJIa/W9mKf/2DQ46A8sQugpFCkMPzFXcRRaFGGY+xzrLWueRAN38f8ImPh/1hxEb6psnH\
    UQIDAQAB";
