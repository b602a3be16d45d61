use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use futures::FutureExt as _;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinHandle;

use super::*;

/// What the poller does.
#[derive(Debug, PartialEq, Eq)]
enum Act {
    Refreshes,
    Sleeps(u64),
}

use Act::{Refreshes, Sleeps};

struct Noted {
    acts: mpsc::UnboundedSender<Act>,
    succeeds: Arc<AtomicBool>,
}

#[async_trait]
impl Refresh for Noted {
    async fn refresh(&self) -> bool {
        self.acts.send(Refreshes).unwrap();
        self.succeeds.load(Ordering::Relaxed)
    }
}

/// A poller whose time passes only when it is let.
struct Running {
    acts: mpsc::UnboundedReceiver<Act>,
    succeeds: Arc<AtomicBool>,
    time: Arc<Semaphore>,
    leading: watch::Sender<bool>,
    states: watch::Sender<FleetState>,
    shutdown: CancellationToken,
    task: JoinHandle<()>,
}

fn run(leads: bool) -> Running {
    let (noted, acts) = mpsc::unbounded_channel();
    let succeeds = Arc::new(AtomicBool::new(true));
    let time = Arc::new(Semaphore::new(0));
    let (leading, leading_receiver) = watch::channel(leads);
    let (states, states_receiver) = watch::channel(FleetState::default());
    let shutdown = CancellationToken::new();
    let refresh = Noted { acts: noted.clone(), succeeds: Arc::clone(&succeeds) };
    let backoff = Backoff::new(Duration::from_secs(2), Box::new(|| 1.0));
    let passing = Arc::clone(&time);
    let sleep: Sleep = Box::new(move |wait| {
        noted.send(Sleeps(wait.as_secs())).unwrap();
        let passing = Arc::clone(&passing);
        async move { passing.acquire().await.unwrap().forget() }.boxed()
    });
    let poller = Poller::new(refresh, backoff, sleep, leading_receiver, states_receiver);
    let task = tokio::spawn(poller.run(shutdown.clone()));
    Running { acts, succeeds, time, leading, states, shutdown, task }
}

impl Running {
    async fn next(&mut self) -> Act {
        self.acts.recv().await.unwrap()
    }

    /// A refresh and the sleep after it, which then passes.
    async fn round(&mut self) -> u64 {
        assert_eq!(self.next().await, Refreshes);
        let Sleeps(seconds) = self.next().await else { panic!("it sleeps after a refresh") };
        self.time.add_permits(1);
        seconds
    }

    fn succeed(&self, succeeds: bool) {
        self.succeeds.store(succeeds, Ordering::Relaxed);
    }

    fn want_refresh(&self) {
        self.states.send_modify(|state| state.refresh_wanted += 1);
    }
}

#[tokio::test]
async fn refreshes_come_at_the_interval_and_back_off_on_failure() {
    let mut running = run(true);
    assert_eq!(running.round().await, 2);
    running.succeed(false);
    let waits = [running.round().await, running.round().await, running.round().await];
    assert_eq!(waits, [4, 8, 16]);
    running.succeed(true);
    assert_eq!([running.round().await, running.round().await], [2, 2]);
}

#[tokio::test]
async fn a_wanted_refresh_does_not_wait_for_the_interval() {
    let mut running = run(true);
    assert_eq!([running.next().await, running.next().await], [Refreshes, Sleeps(2)]);
    running.want_refresh();
    assert_eq!([running.next().await, running.next().await], [Refreshes, Sleeps(2)]);
}

#[tokio::test]
async fn a_wanted_refresh_waits_while_aws_fails() {
    let mut running = run(true);
    running.succeed(false);
    assert_eq!([running.next().await, running.next().await], [Refreshes, Sleeps(4)]);
    running.want_refresh();
    tokio::task::yield_now().await;
    assert!(running.acts.try_recv().is_err());
    running.time.add_permits(1);
    assert_eq!(running.next().await, Refreshes);
}

#[tokio::test]
async fn only_the_leader_polls() {
    let mut running = run(false);
    tokio::task::yield_now().await;
    assert!(running.acts.try_recv().is_err());
    running.leading.send_replace(true);
    assert_eq!([running.next().await, running.next().await], [Refreshes, Sleeps(2)]);
    running.leading.send_replace(false);
    running.time.add_permits(1);
    tokio::task::yield_now().await;
    assert!(running.acts.try_recv().is_err());
    running.leading.send_replace(true);
    assert_eq!(running.next().await, Refreshes);
}

#[tokio::test]
async fn shutdown_ends_it() {
    let mut running = run(true);
    assert_eq!([running.next().await, running.next().await], [Refreshes, Sleeps(2)]);
    running.shutdown.cancel();
    running.task.await.unwrap();
}
