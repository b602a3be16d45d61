//! Reads the tags of many nodes, a few at a time.

use std::time::Duration;

use domain::errors::ApiError;
use domain::nodes::tags_in_use::keys_in_use;
use domain::tags::Tag;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::TagsOfNodes;
use crate::ports::Ports;

/// Requests on their way at once: SSM throttles an account, not a page.
const CONCURRENCY: usize = 8;
/// A form does not wait longer for the tags; it works without.
const PATIENCE: Duration = Duration::from_secs(10);

/// The tags of these nodes by key, with those of nodes that could not be read left out.
pub async fn read(ports: &Ports, ids: Vec<String>) -> TagsOfNodes {
    let deadline = Instant::now() + PATIENCE;
    let mut answers: Vec<Result<Vec<Tag>, ApiError>> = Vec::with_capacity(ids.len());
    let mut ids = ids.into_iter();
    let mut reading = JoinSet::new();
    loop {
        while reading.len() < CONCURRENCY
            && let Some(id) = ids.next()
        {
            let node_tags = ports.node_tags.clone();
            let late = |_| ApiError::Unreachable { message: "no answer in time".to_owned() };
            reading.spawn(async move {
                tokio::time::timeout_at(deadline, node_tags.tags_now(&id)).await.map_err(late).flatten()
            });
        }
        match reading.join_next().await {
            Some(answer) => answers.push(answer.unwrap_or(Err(ApiError::Internal))),
            None => break,
        }
    }
    summary(&answers)
}

fn summary(answers: &[Result<Vec<Tag>, ApiError>]) -> TagsOfNodes {
    let mut failures = answers.iter().filter_map(|answer| answer.as_ref().err());
    let first = failures.next().cloned();
    TagsOfNodes {
        keys: keys_in_use(answers.iter().filter_map(|answer| answer.as_deref().ok())),
        read: answers.iter().filter(|answer| answer.is_ok()).count(),
        failures: first.map(|error| (1 + failures.count(), error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_that_could_not_be_read_are_counted() {
        let tag = Tag { key: "site".to_owned(), value: "Tokyo".to_owned() };
        let answers = [Ok(vec![tag]), Err(ApiError::Throttled), Ok(Vec::new()), Err(ApiError::NotFound)];
        let summary = summary(&answers);
        assert_eq!((summary.read, summary.failures), (2, Some((2, ApiError::Throttled))));
        assert_eq!(summary.keys.len(), 1);
    }
}
