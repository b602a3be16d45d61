use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::*;
use crate::nodes::enrol::operator;
use crate::nodes::fleet::Fleet;
use crate::router;
use crate::testing::TestEmulator;

/// The agent of the fleet's first machine, registered with an emulator whose time the test sets.
struct Rig {
    emulator: TestEmulator,
    client: Client,
    agent: Agent,
}

impl Rig {
    async fn new() -> Self {
        let emulator = TestEmulator::new().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let service = router(emulator.state().clone());
        tokio::spawn(async move { axum::serve(listener, service).await });
        let client = Client::new(&endpoint, "ap-northeast-1", emulator.clock()).unwrap();
        let agent = register(&client).await;
        Self { emulator, client, agent }
    }

    async fn report(&mut self) -> Heard {
        self.agent.report(&self.client).await.unwrap()
    }

    fn access_key_id(&self) -> Option<String> {
        self.agent.role.as_ref().map(|role| role.credentials.access_key_id.clone())
    }

    async fn as_operator(&self, operation: &'static str, input: Value) -> Value {
        self.client.call(operation, &input, Signer::Credentials(&operator())).await.unwrap()
    }

    async fn node(&self) -> Value {
        let nodes = self.as_operator("DescribeInstanceProperties", json!({})).await;
        nodes["InstanceProperties"][0].clone()
    }
}

async fn register(client: &Client) -> Agent {
    let key = NodeKey::generate().unwrap();
    let role = json!({"IamRole": "BB_Hybrid_Activation"});
    let operator = operator();
    let activation: Value =
        client.call("CreateActivation", &role, Signer::Credentials(&operator)).await.unwrap();
    let request = json!({
        "ActivationId": activation["ActivationId"],
        "ActivationCode": activation["ActivationCode"],
        "PublicKey": key.public_key().unwrap(),
        "PublicKeyType": "Rsa",
        "Fingerprint": "fingerprint",
    });
    let registered: Value =
        client.call("RegisterManagedInstance", &request, Signer::Anonymous).await.unwrap();
    let registration = Registration {
        number: 0,
        instance_id: registered["InstanceId"].as_str().unwrap().to_owned(),
        fingerprint: "fingerprint".to_owned(),
        reported: false,
        deregistered: false,
    };
    Agent::start(Fleet::plan(1).machines.remove(0), registration, Arc::new(key))
}

#[tokio::test]
async fn credentials_are_renewed_at_half_of_their_life() {
    let mut rig = Rig::new().await;
    rig.report().await;
    let first = rig.access_key_id();
    assert!(first.is_some());
    rig.emulator.pass(Duration::minutes(29));
    rig.report().await;
    assert_eq!(rig.access_key_id(), first);
    rig.emulator.pass(Duration::minutes(2));
    rig.report().await;
    assert_ne!(rig.access_key_id(), first);
}

#[tokio::test]
async fn a_machine_that_slept_for_a_day_is_heard_again() {
    let mut rig = Rig::new().await;
    rig.report().await;
    rig.emulator.pass(Duration::days(1));
    assert_eq!(rig.node().await["PingStatus"], "ConnectionLost");
    assert_eq!(rig.report().await, Heard::Alive);
    assert_eq!(rig.node().await["PingStatus"], "Online");
}

#[tokio::test]
async fn a_deregistered_machine_learns_of_it() {
    let mut rig = Rig::new().await;
    rig.report().await;
    let node = json!({"InstanceId": rig.agent.instance_id()});
    rig.as_operator("DeregisterManagedInstance", node).await;
    assert_eq!(rig.report().await, Heard::Deregistered);
}

#[tokio::test]
async fn a_service_that_is_away_is_no_deregistration() {
    let mut rig = Rig::new().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nobody = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = Client::new(&nobody, "ap-northeast-1", rig.emulator.clock()).unwrap();
    let failure = rig.agent.report(&client).await.unwrap_err();
    assert!(failure.is_transient(), "{failure}");
    assert_eq!(rig.report().await, Heard::Alive);
}
