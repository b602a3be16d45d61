//! Ports that keep everything in memory, for the tests of this folder.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use domain::activations::{Activation, CreatedActivation, ValidActivation};
use domain::costs::{NewEstimate, SavedEstimate};
use domain::errors::{ApiError, Rule};
use domain::iam_roles::IamRole;
use domain::nodes::actions::{ActionProgress, NodeOutcome, NodeResult};
use domain::nodes::events::{EventKind, NodeEvents};
use domain::nodes::{ManagedNode, NodeSnapshot};
use domain::permission::Role;
use domain::tags::Tag;
use domain::tier::{Tier, TierSetting, TierState};
use time::OffsetDateTime;
use time::macros::datetime;

use crate::packages::drafts::fakes::NoDrafts;
use crate::packages::fakes::FakePackages;
use crate::page::{AwsCaller, PageContext, Person};
use crate::ports::{
    ActivationTier, Activations, BegunAction, Claim, Clock, Estimates, FleetEvents, IamRoles, NodeActions,
    NodeTags, Nodes, Ports, Random, Submissions,
};
use crate::publishers::fakes::FakePublishers;
use crate::server::Caller;

pub const ID: &str = "255996e5-f42d-44c8-8fb8-eb17f76696bc";
pub const CODE: &str = "Fjz3/sZfSvv78+AbCd12";
pub const TOKEN: &str = "0b2f6a3e-6d0c-4a53-9f0e-0d5e5b0c7a11";

#[derive(Default)]
struct State {
    activations: Vec<Activation>,
    created: u32,
    failure: Option<ApiError>,
    submissions: HashMap<String, Claim>,
    tier: TierState,
    nodes: Vec<ManagedNode>,
    actions: HashMap<String, ActionProgress>,
    estimates: Vec<SavedEstimate>,
    packages: Arc<FakePackages>,
}

/// Everything that the ports need, in memory.
#[derive(Clone, Default)]
pub struct FakeWorld(Arc<Mutex<State>>);

impl FakeWorld {
    /// Somebody of this role.
    pub fn caller(&self, role: Role) -> Caller {
        Caller {
            person: Person { username: "alice".to_owned(), role },
            region: "ap-northeast-1".to_owned(),
            ports: self.ports(),
            token: None,
        }
    }

    /// What the server provides to a page.
    pub fn page(role: Option<Role>) -> PageContext {
        PageContext {
            person: role.map(|role| Person { username: "alice".to_owned(), role }),
            aws: Some(AwsCaller {
                account: "123456789012".to_owned(),
                region: "ap-northeast-1".to_owned(),
                arn: "arn:aws:iam::123456789012:user/sekisho".to_owned(),
                embedded: true,
            }),
            now: NOW,
            ..Default::default()
        }
    }

    pub fn ports(&self) -> Ports {
        let world = Arc::new(self.clone());
        Ports {
            activations: world.clone(),
            iam_roles: world.clone(),
            nodes: world.clone(),
            events: world.clone(),
            tier: world.clone(),
            node_tags: world.clone(),
            node_actions: world.clone(),
            packages: world.packages(),
            submissions: world.clone(),
            estimates: world.clone(),
            drafts: Arc::new(NoDrafts),
            publications: Arc::new(NoDrafts),
            buckets: Arc::new(NoDrafts),
            checks: Arc::new(NoDrafts),
            publishers: Arc::new(FakePublishers),
            tokens: Arc::new(FakePublishers),
            clock: world.clone(),
            random: world,
        }
    }

    /// The next creation, deletion or change fails.
    pub fn fail_next(&self, error: ApiError) {
        self.0.lock().unwrap().failure = Some(error);
    }

    /// There is a node with this id.
    pub fn add_node(&self, id: &str) {
        let node =
            ManagedNode { id: id.to_owned(), name: Some(format!("name of {id}")), ..ManagedNode::default() };
        self.0.lock().unwrap().nodes.push(node);
    }

    /// The actions that were begun, and what comes of them.
    pub fn change_actions<T>(&self, change: impl FnOnce(&mut HashMap<String, ActionProgress>) -> T) -> T {
        change(&mut self.0.lock().unwrap().actions)
    }

    /// The packages that there are.
    pub fn packages(&self) -> Arc<FakePackages> {
        Arc::clone(&self.0.lock().unwrap().packages)
    }

    /// How many activations were created.
    pub fn created(&self) -> u32 {
        self.0.lock().unwrap().created
    }

    fn failure(&self) -> Result<(), ApiError> {
        self.0.lock().unwrap().failure.take().map_or(Ok(()), Err)
    }
}

pub const NOW: OffsetDateTime = datetime!(2026-11-22 03:00 UTC);

impl Clock for FakeWorld {
    fn now(&self) -> OffsetDateTime {
        NOW
    }
}

impl Random for FakeWorld {
    fn uuid(&self) -> String {
        TOKEN.to_owned()
    }
}

#[async_trait]
impl Estimates for FakeWorld {
    async fn list(&self) -> Result<Vec<SavedEstimate>, ApiError> {
        Ok(self.0.lock().unwrap().estimates.clone())
    }

    async fn save(
        &self,
        new: &NewEstimate,
        username: &str,
        replace: bool,
    ) -> Result<SavedEstimate, ApiError> {
        let estimates = &mut self.0.lock().unwrap().estimates;
        let taken = estimates.iter().position(|estimate| estimate.name == new.name);
        if taken.is_some_and(|index| !replace && estimates[index].query != new.query) {
            return Err(ApiError::field("name", Rule::NameTaken));
        }
        if let Some(index) = taken {
            estimates.remove(index);
        }
        let saved = SavedEstimate {
            id: TOKEN.to_owned(),
            name: new.name.clone(),
            calculator: new.calculator,
            query: new.query.clone(),
            saved_by: username.to_owned(),
            saved_at: NOW,
        };
        estimates.insert(0, saved.clone());
        Ok(saved)
    }

    async fn delete(&self, id: &str) -> Result<(), ApiError> {
        let estimates = &mut self.0.lock().unwrap().estimates;
        let before = estimates.len();
        estimates.retain(|estimate| estimate.id != id);
        if estimates.len() < before { Ok(()) } else { Err(ApiError::NotFound) }
    }
}

#[async_trait]
impl Activations for FakeWorld {
    async fn list(&self) -> Result<Vec<Activation>, ApiError> {
        Ok(self.0.lock().unwrap().activations.clone())
    }

    async fn get(&self, id: &str) -> Result<Activation, ApiError> {
        let state = self.0.lock().unwrap();
        state.activations.iter().find(|activation| activation.id == id).cloned().ok_or(ApiError::NotFound)
    }

    async fn create(&self, activation: ValidActivation) -> Result<CreatedActivation, ApiError> {
        self.failure()?;
        let mut state = self.0.lock().unwrap();
        state.created += 1;
        state.activations.push(Activation {
            id: ID.to_owned(),
            description: activation.description,
            default_instance_name: activation.default_instance_name,
            iam_role: activation.iam_role,
            registration_limit: activation.registration_limit,
            registrations: 0,
            expires: activation.expires,
            expired: false,
            created: Some(NOW),
            tags: activation.tags,
        });
        Ok(CreatedActivation { id: ID.to_owned(), code: CODE.into() })
    }

    async fn delete(&self, id: &str) -> Result<(), ApiError> {
        self.failure()?;
        let mut state = self.0.lock().unwrap();
        let before = state.activations.len();
        state.activations.retain(|activation| activation.id != id);
        if state.activations.len() < before { Ok(()) } else { Err(ApiError::NotFound) }
    }
}

#[async_trait]
impl IamRoles for FakeWorld {
    async fn assumable(&self) -> Result<Vec<IamRole>, ApiError> {
        let missing_policies = vec!["AmazonSSMManagedInstanceCore".to_owned()];
        Ok(vec![
            IamRole { name: "BB_Hybrid_Activation".to_owned(), missing_policies: Vec::new() },
            IamRole { name: "Incomplete".to_owned(), missing_policies },
        ])
    }
}

#[async_trait]
impl Nodes for FakeWorld {
    async fn snapshot(&self) -> Result<Arc<NodeSnapshot>, ApiError> {
        let nodes = Arc::new(self.0.lock().unwrap().nodes.iter().cloned().collect());
        Ok(Arc::new(NodeSnapshot { nodes, ..NodeSnapshot::default() }))
    }

    async fn refresh(&self) -> Result<(), ApiError> {
        Ok(())
    }
}

#[async_trait]
impl NodeTags for FakeWorld {
    async fn tags(&self, id: &str) -> Result<Vec<Tag>, ApiError> {
        self.failure()?;
        Ok(vec![Tag { key: "node".to_owned(), value: id.to_owned() }])
    }
}

#[async_trait]
impl NodeActions for FakeWorld {
    async fn begin(&self, action: BegunAction) -> Result<(), ApiError> {
        let BegunAction { id, username, action, nodes } = action;
        let waiting = |(id, name)| NodeResult { id, name, outcome: NodeOutcome::Waiting };
        let nodes = nodes.into_iter().map(waiting).collect();
        let progress =
            ActionProgress { id: id.clone(), action, username, begun: NOW, alive: NOW, ended: None, nodes };
        self.change_actions(|actions| {
            actions.entry(id).or_insert(progress);
        });
        Ok(())
    }

    async fn progress(&self, id: &str) -> Result<ActionProgress, ApiError> {
        self.change_actions(|actions| actions.get(id).cloned()).ok_or(ApiError::NotFound)
    }
}

#[async_trait]
impl FleetEvents for FakeWorld {
    async fn since(&self, _: OffsetDateTime, _: Option<EventKind>, _: u32) -> Result<NodeEvents, ApiError> {
        Ok(NodeEvents::default())
    }
}

#[async_trait]
impl ActivationTier for FakeWorld {
    async fn state(&self) -> Result<TierState, ApiError> {
        Ok(self.0.lock().unwrap().tier.clone())
    }

    async fn change(&self, tier: Tier) -> Result<TierState, ApiError> {
        self.failure()?;
        let mut state = self.0.lock().unwrap();
        state.tier.setting = Some(TierSetting { tier, pending: true, changed: Some(NOW), changed_by: None });
        Ok(state.tier.clone())
    }
}

#[async_trait]
impl Submissions for FakeWorld {
    async fn claim(&self, token: &str, _username: &str) -> Result<Claim, ApiError> {
        let mut state = self.0.lock().unwrap();
        let known = state.submissions.get(token).cloned();
        Ok(known.unwrap_or_else(|| {
            state.submissions.insert(token.to_owned(), Claim::InProgress);
            Claim::New
        }))
    }

    async fn complete(&self, token: &str, activation_id: &str) -> Result<(), ApiError> {
        let done = Claim::Done { activation_id: activation_id.to_owned() };
        self.0.lock().unwrap().submissions.insert(token.to_owned(), done);
        Ok(())
    }

    async fn release(&self, token: &str) -> Result<(), ApiError> {
        self.0.lock().unwrap().submissions.remove(token);
        Ok(())
    }
}
