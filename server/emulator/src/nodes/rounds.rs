//! The fleet's heartbeat: every agent reports once a round, evenly spread over it.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::agent::{Agent, Heard};
use super::client::{CallError, Client};
use super::vault::{Vault, VaultError};
use super::{AnyError, with_causes};

/// The shortest time between two reports of a machine.
const SHORTEST_ROUND: Duration = Duration::from_secs(20);
/// No fleet, however large, makes more reports a second than this.
const REPORTS_PER_SECOND: u32 = 100;
/// How many reports may be on their way at once.
const CONCURRENCY: usize = 32;
/// A machine whose turns fail skips at most so many rounds in a row.
const MOST_SKIPPED: u32 = 7;

/// How long a round lasts with `count` machines: 20 seconds, and longer above 2,000 of them.
pub(super) fn length(count: u32) -> Duration {
    SHORTEST_ROUND.max(Duration::from_secs(u64::from(count.div_ceil(REPORTS_PER_SECOND))))
}

/// The agents that keep on reporting.
pub(super) struct Rounds {
    client: Arc<Client>,
    vault: Vault,
    length: Duration,
    /// Agents that have not reported in this run: they do not wait for their place in the round.
    fresh: VecDeque<Turn>,
    waiting: VecDeque<Turn>,
    reporting: JoinSet<(Turn, Result<Heard, CallError>)>,
    last_turn: Instant,
}

struct Turn {
    agent: Agent,
    failures: u32,
    to_skip: u32,
}

impl Rounds {
    /// Rounds of a length of time, with nobody in them yet.
    pub fn new(client: Arc<Client>, vault: Vault, length: Duration) -> Self {
        Self {
            client,
            vault,
            length,
            fresh: VecDeque::new(),
            waiting: VecDeque::new(),
            reporting: JoinSet::new(),
            last_turn: Instant::now(),
        }
    }

    /// Takes in `agents` as they come and lets them report, until it is dropped or all have stopped for good.
    pub async fn run(mut self, mut agents: mpsc::Receiver<Agent>) {
        let mut more = true;
        while more || self.population() > 0 {
            let (next_turn, may_begin) = (self.next_turn(), self.may_begin());
            tokio::select! {
                agent = agents.recv(), if more => match agent {
                    Some(agent) => self.fresh.push_back(Turn { agent, failures: 0, to_skip: 0 }),
                    None => more = false,
                },
                Some(done) = self.reporting.join_next() => match done {
                    Ok((turn, heard)) => self.finish(turn, heard).await,
                    Err(error) => tracing::error!(%error, "a simulated machine stopped"),
                },
                () = tokio::time::sleep_until(next_turn), if may_begin => self.begin_turn(),
            }
        }
    }

    fn population(&self) -> usize {
        self.fresh.len() + self.waiting.len() + self.reporting.len()
    }

    fn may_begin(&self) -> bool {
        self.reporting.len() < CONCURRENCY && !(self.fresh.is_empty() && self.waiting.is_empty())
    }

    fn next_turn(&self) -> Instant {
        self.last_turn + self.pause()
    }

    /// The time between two turns: a round is shared among all, and fresh agents wait only for each other.
    fn pause(&self) -> Duration {
        if self.fresh.is_empty() {
            self.length / u32::try_from(self.population()).unwrap_or(u32::MAX).max(1)
        } else {
            Duration::from_secs(1) / REPORTS_PER_SECOND
        }
    }

    /// Lets the next agent report, unless it is skipping rounds.
    fn begin_turn(&mut self) {
        // Of the turns that were missed, one is made up for.
        let due = self.next_turn();
        self.last_turn = Instant::now().checked_sub(self.pause()).map_or(due, |earliest| due.max(earliest));
        let Some(mut turn) = self.fresh.pop_front().or_else(|| self.waiting.pop_front()) else { return };
        if turn.to_skip > 0 {
            turn.to_skip -= 1;
            self.waiting.push_back(turn);
            return;
        }
        let client = Arc::clone(&self.client);
        self.reporting.spawn(async move {
            let heard = turn.agent.report(&client).await;
            (turn, heard)
        });
    }

    /// Lets the machine wait for its next turn, unless it has stopped. A failed turn is made again as a whole.
    async fn finish(&mut self, mut turn: Turn, heard: Result<Heard, CallError>) {
        let goes_on = match heard {
            Ok(heard) => self.remember(&mut turn.agent, heard).await.map_err(AnyError::from),
            Err(error) => Err(error.into()),
        };
        match goes_on {
            Ok(false) => return,
            Ok(true) => turn.failures = 0,
            Err(error) => {
                let (node, error) = (turn.agent.instance_id(), with_causes(error.as_ref()));
                tracing::warn!(node, %error, "a report failed");
                turn.to_skip = skipped_after(turn.failures);
                turn.failures += 1;
            }
        }
        self.waiting.push_back(turn);
    }

    /// Remembers what must be known after a restart, and says whether the machine goes on reporting.
    async fn remember(&self, agent: &mut Agent, heard: Heard) -> Result<bool, VaultError> {
        match heard {
            Heard::Alive => {
                if !agent.has_reported() {
                    self.vault.mark_reported(agent.number()).await?;
                    agent.mark_reported();
                }
                Ok(!agent.is_silent())
            }
            Heard::Deregistered => {
                self.vault.mark_deregistered(agent.number()).await?;
                let node = agent.instance_id();
                tracing::info!(node, "a simulated machine was deregistered and hibernates");
                Ok(false)
            }
        }
    }
}

/// How many rounds to skip after one more failure than `failures` in a row: 0, 1, 3, 7.
fn skipped_after(failures: u32) -> u32 {
    2_u32.saturating_pow(failures).saturating_sub(1).min(MOST_SKIPPED)
}

#[cfg(test)]
mod tests {
    use sqlx::SqlitePool;

    use super::super::fleet::Fleet;
    use super::super::sign::NodeKey;
    use super::super::vault::Registration;
    use super::*;
    use crate::clock::SystemClock;

    /// The turn of a machine that registered and has not reported yet.
    async fn first_turn(vault: &Vault) -> Turn {
        let registration = Registration {
            number: 0,
            instance_id: "mi-0123456789abcdef0".to_owned(),
            fingerprint: "f".to_owned(),
            reported: false,
            deregistered: false,
        };
        vault.register(&registration).await.unwrap();
        let machine = Fleet::plan(1).machines.remove(0);
        let agent = Agent::start(machine, registration, Arc::new(NodeKey::generate().unwrap()));
        Turn { agent, failures: 0, to_skip: 0 }
    }

    #[tokio::test]
    async fn what_could_not_be_remembered_is_tried_again() {
        let dir = tempfile::tempdir().unwrap();
        let vault = Vault::open(dir.path()).await.unwrap();
        let client = Client::new("http://127.0.0.1:9", "ap-northeast-1", Arc::new(SystemClock)).unwrap();
        let mut rounds = Rounds::new(Arc::new(client), vault.clone(), SHORTEST_ROUND);
        rounds.waiting.push_back(first_turn(&vault).await);
        let file = dir.path().join("nodes.sqlite");
        let database = SqlitePool::connect(&format!("sqlite://{}", file.display())).await.unwrap();
        let full = "CREATE TRIGGER no_room BEFORE UPDATE ON machine BEGIN SELECT raise(ABORT, 'full'); END";
        for (heard, left) in [(Heard::Alive, 1), (Heard::Deregistered, 0)] {
            sqlx::query(full).execute(&database).await.unwrap();
            let turn = rounds.waiting.pop_front().unwrap();
            rounds.finish(turn, Ok(heard)).await;
            assert_eq!(rounds.waiting[0].failures, 1);
            sqlx::query("DROP TRIGGER no_room").execute(&database).await.unwrap();
            let turn = rounds.waiting.pop_front().unwrap();
            rounds.finish(turn, Ok(heard)).await;
            assert_eq!(rounds.population(), left);
        }
        let known = vault.registrations().await.unwrap();
        assert!(known[&0].reported && known[&0].deregistered);
    }

    #[test]
    fn a_large_fleet_makes_at_most_a_hundred_reports_a_second() {
        assert_eq!(length(17), Duration::from_secs(20));
        assert_eq!(length(2_000), Duration::from_secs(20));
        assert_eq!(length(2_001), Duration::from_secs(21));
        assert_eq!(length(10_000), Duration::from_secs(100));
    }

    #[test]
    fn failures_in_a_row_make_the_pauses_longer_up_to_a_limit() {
        let skipped: Vec<_> = (0..6).map(skipped_after).collect();
        assert_eq!(skipped, [0, 1, 3, 7, 7, 7]);
        assert_eq!(skipped_after(u32::MAX), MOST_SKIPPED);
    }
}
