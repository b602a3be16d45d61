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
use super::with_causes;

/// The shortest time between two reports of a machine.
const SHORTEST_ROUND: Duration = Duration::from_secs(20);
/// No fleet, however large, makes more reports a second than this.
const REPORTS_PER_SECOND: u32 = 100;
/// How many reports may be on their way at once.
const CONCURRENCY: usize = 32;
/// A machine whose reports fail skips at most so many rounds in a row.
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
    ///
    /// # Errors
    /// When the machines' memory fails.
    pub async fn run(mut self, mut agents: mpsc::Receiver<Agent>) -> Result<(), VaultError> {
        let mut more = true;
        while more || self.population() > 0 {
            let (next_turn, may_begin) = (self.next_turn(), self.may_begin());
            tokio::select! {
                agent = agents.recv(), if more => match agent {
                    Some(agent) => self.fresh.push_back(Turn { agent, failures: 0, to_skip: 0 }),
                    None => more = false,
                },
                Some(done) = self.reporting.join_next() => match done {
                    Ok((turn, heard)) => self.finish(turn, heard).await?,
                    Err(error) => tracing::error!(%error, "a simulated machine stopped"),
                },
                () = tokio::time::sleep_until(next_turn), if may_begin => self.begin_turn(),
            }
        }
        Ok(())
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

    async fn finish(&mut self, mut turn: Turn, heard: Result<Heard, CallError>) -> Result<(), VaultError> {
        let agent = &turn.agent;
        match heard {
            Ok(Heard::Alive) => {
                turn.failures = 0;
                if agent.has_just_begun() {
                    self.vault.mark_reported(agent.number()).await?;
                }
                if agent.is_silent() {
                    return Ok(());
                }
            }
            Ok(Heard::Deregistered) => {
                tracing::info!(
                    node = agent.instance_id(),
                    "a simulated machine was deregistered and hibernates"
                );
                return self.vault.mark_deregistered(agent.number()).await;
            }
            Err(error) => {
                tracing::warn!(node = agent.instance_id(), error = %with_causes(&error), "a report failed");
                turn.to_skip = skipped_after(turn.failures);
                turn.failures += 1;
            }
        }
        self.waiting.push_back(turn);
        Ok(())
    }
}

/// How many rounds to skip after one more failure than `failures` in a row: 0, 1, 3, 7.
fn skipped_after(failures: u32) -> u32 {
    2_u32.saturating_pow(failures).saturating_sub(1).min(MOST_SKIPPED)
}

#[cfg(test)]
mod tests {
    use super::*;

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
