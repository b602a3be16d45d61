//! A machine that registers and signs as the real agent does.

use std::sync::LazyLock;

use aws_lc_rs::encoding::{AsDer, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PSS_SHA256};
use axum::body::Body;
use axum::http::Request;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use time::macros::format_description;

use super::{Answer, TestEmulator, authorization, json_request};

static KEYS: LazyLock<[KeyPair; 2]> =
    LazyLock::new(|| [0, 1].map(|_| KeyPair::generate(KeySize::Rsa2048).unwrap()));

/// One of two public keys, as it is registered.
pub(crate) fn public_key(index: usize) -> String {
    let der: PublicKeyX509Der<'_> = KEYS[index].public_key().as_der().unwrap();
    STANDARD.encode(der.as_ref())
}

/// A registered machine.
pub(crate) struct Node {
    pub(crate) id: String,
    /// Which of the two keys it signs with.
    pub(crate) key: usize,
    /// Its credentials' access key id, once it has any.
    pub(crate) access_key_id: String,
}

impl Node {
    pub(crate) const FINGERPRINT: &'static str = "0b8d6e1f-6a6b-4f0e-9d51-0e5f3c9c1a11";

    /// The input with which a machine registers.
    pub(crate) fn registration(activation: &(String, String)) -> Value {
        json!({
            "ActivationId": activation.0,
            "ActivationCode": activation.1,
            "PublicKey": public_key(0),
            "PublicKeyType": "Rsa",
            "Fingerprint": Self::FINGERPRINT,
        })
    }

    /// Registers with an activation, unsigned; what the emulator answered.
    pub(crate) async fn try_register(emulator: &TestEmulator, activation: &(String, String)) -> Answer {
        let input = Self::registration(activation);
        emulator.send(json_request("RegisterManagedInstance", &input, None)).await
    }

    /// Registers with an activation.
    pub(crate) async fn register(emulator: &TestEmulator, activation: &(String, String)) -> Self {
        let answer = Self::try_register(emulator, activation).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let id = answer.json()["InstanceId"].as_str().unwrap().to_owned();
        Self { id, key: 0, access_key_id: String::new() }
    }

    /// Registers with a new activation and gets credentials.
    pub(crate) async fn join(emulator: &TestEmulator) -> Self {
        let activation = emulator.activate(json!({})).await;
        let mut node = Self::register(emulator, &activation).await;
        let answer = node.request_token(emulator, Self::FINGERPRINT).await;
        node.access_key_id = answer.json()["AccessKeyId"].as_str().unwrap().to_owned();
        node
    }

    /// Asks for credentials.
    pub(crate) async fn request_token(&self, emulator: &TestEmulator, fingerprint: &str) -> Answer {
        let input = json!({"Fingerprint": fingerprint});
        emulator.send(self.signed(emulator, "RequestManagedInstanceRoleToken", &input)).await
    }

    /// A request signed with the node's key.
    pub(crate) fn signed(&self, emulator: &TestEmulator, operation: &str, input: &Value) -> Request<Body> {
        let time = format_description!("[year][month][day]T[hour][minute][second]Z");
        let date = emulator.now().format(time).unwrap();
        let scope = format!("{}/ap-northeast-1/ssm/aws4_request", &date[..8]);
        let hash = |text: &str| -> String {
            Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
        };
        let headers = format!(
            "content-type:application/x-amz-json-1.1\nhost:localhost\nx-amz-date:{date}\n\
             x-amz-target:AmazonSSM.{operation}\n"
        );
        let names = "content-type;host;x-amz-date;x-amz-target";
        let canonical = format!("POST\n/\n\n{headers}\n{names}\n{}", hash(&input.to_string()));
        let text = format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{}", hash(&canonical));
        let key = &KEYS[self.key];
        let mut signature = vec![0; key.public_modulus_len()];
        key.sign(&RSA_PSS_SHA256, &SystemRandom::new(), text.as_bytes(), &mut signature).unwrap();
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={names}, Signature={}",
            self.id,
            STANDARD.encode(signature),
        );
        let mut request = json_request(operation, input, Some(&authorization));
        request.headers_mut().insert("x-amz-date", date.parse().unwrap());
        request
    }

    /// Calls with the node's credentials.
    pub(crate) async fn call(&self, emulator: &TestEmulator, operation: &str, input: &Value) -> Answer {
        let authorization = authorization(&self.access_key_id, "ssm");
        emulator.send(json_request(operation, input, Some(&authorization))).await
    }

    /// Reports with the node's credentials, adding `more` to the short form.
    pub(crate) async fn report(&self, emulator: &TestEmulator, more: Value) -> Answer {
        let mut input = json!({
            "InstanceId": self.id,
            "AgentName": "amazon-ssm-agent",
            "AgentVersion": "3.3.987.0",
            "PlatformType": "Linux",
        });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.call(emulator, "UpdateInstanceInformation", &input).await
    }
}
