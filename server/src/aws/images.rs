//! Which image each EC2 instance was launched from: only EC2 tells. Its SDK is by far the largest of all and would take
//! longer to compile than the rest of the program; this one call is made here, signed and sent as the SDKs do.

mod call;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use app::ports::Clock;
use aws_config::SdkConfig;
use domain::errors::ApiError;
use domain::nodes::ManagedNode;
use tokio::sync::Mutex;

use call::Ec2;

/// Instances in one question (EC2 API: a filter has at most 200 values).
const BATCH: usize = 200;
/// Where EC2 has refused, so many refreshes pass before it is asked again.
const REST: u32 = 40;

/// Asks EC2 once about each instance, for as long as it is there: its image never changes.
#[derive(Debug)]
pub(super) struct Images {
    ec2: Ec2,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    /// `None` for what EC2 does not know.
    images: HashMap<String, Option<String>>,
    rest: u32,
}

impl Images {
    pub(super) fn new(config: &SdkConfig, clock: Arc<dyn Clock>) -> Self {
        Self { ec2: Ec2::new(config, clock), known: Mutex::default() }
    }

    /// Fills in the images of EC2 instances, and forgets those of others: what is given is the whole fleet. A failure leaves
    /// the rest without: nodes matter more than their images.
    pub(super) async fn fill(&self, nodes: &mut [ManagedNode]) {
        let mut known = self.known.lock().await;
        known.rest = known.rest.saturating_sub(1);
        let ids = || nodes.iter().filter(|node| node.is_ec2()).map(|node| &node.id);
        let unknown: Vec<String> = ids().filter(|id| !known.images.contains_key(*id)).cloned().collect();
        if known.rest == 0 {
            for batch in unknown.chunks(BATCH) {
                if let Err(failure) = self.ask(batch, &mut known.images).await {
                    tracing::warn!(error = %failure, "EC2 does not tell the images of its instances");
                    known.rest = REST;
                    break;
                }
            }
        }
        for node in nodes.iter_mut().filter(|node| node.is_ec2()) {
            node.image_id = known.images.get(&node.id).cloned().flatten();
        }
        let here: HashSet<&str> = nodes.iter().map(|node| node.id.as_str()).collect();
        known.images.retain(|id, _| here.contains(id.as_str()));
    }

    async fn ask(
        &self,
        ids: &[String],
        images: &mut HashMap<String, Option<String>>,
    ) -> Result<(), ApiError> {
        let mut told = HashMap::new();
        let mut token = None;
        loop {
            let answer = self.ec2.describe_instances(ids, token.as_deref()).await?;
            told.extend(answer.images());
            token = answer.next_token.filter(|token| !token.is_empty());
            if token.is_none() {
                break;
            }
        }
        images.extend(ids.iter().map(|id| (id.clone(), told.remove(id))));
        Ok(())
    }
}

#[cfg(test)]
mod tests;
