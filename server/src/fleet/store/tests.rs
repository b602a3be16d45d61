use std::cmp::Reverse;

use domain::errors::ApiError;
use domain::nodes::ManagedNode;
use domain::nodes::events::{EventKind, KEPT_FOR, NodeEvent, events_between};
use time::Duration;

use super::*;
use crate::fleet::tests::{NOW, node};
use crate::store::testing::{Fresh, fresh_stores};

async fn led_by_a() -> Vec<(FleetStore, &'static str, Fresh)> {
    let mut stores = Vec::new();
    for database in fresh_stores().await {
        let store = FleetStore::new(database.store.pool());
        assert!(store.take_lease("a", NOW, NOW + Duration::seconds(30), false).await.unwrap());
        stores.push((store, database.name, database));
    }
    stores
}

fn written(numbers: std::ops::Range<u32>) -> Diff {
    Diff { written: numbers.map(node).collect(), visible: true, ..Diff::default() }
}

#[tokio::test]
async fn more_nodes_than_one_statement_takes_are_written_and_removed() {
    for (store, name, _database) in led_by_a().await {
        assert!(store.write("a", &written(0..1001), NOW).await.unwrap());
        assert_eq!(store.nodes_since(0).await.unwrap().len(), 1001, "{name}");
        assert!(store.write("a", &written(5..7), NOW).await.unwrap());
        let mut changed = store.nodes_since(1).await.unwrap();
        changed.sort_by(|a, b| a.id.cmp(&b.id));
        assert_eq!(changed, [node(5), node(6)], "{name}");

        let removed = (0..1000).map(|number| node(number).id).collect();
        assert!(store.write("a", &Diff { removed, ..Diff::default() }, NOW).await.unwrap());
        assert_eq!(store.nodes_since(0).await.unwrap(), [node(1000)], "{name}");
        let state = store.state().await.unwrap();
        assert_eq!((state.version, state.removed_version), (3, 3));
    }
}

#[tokio::test]
async fn who_has_lost_the_lease_writes_nothing() {
    for (store, name, _database) in led_by_a().await {
        assert!(store.take_lease("b", NOW, NOW + Duration::seconds(30), true).await.unwrap());
        let before = store.state().await.unwrap();
        assert!(!store.write("a", &written(0..3), NOW).await.unwrap(), "{name}");
        assert!(!store.fail("a", &ApiError::Throttled).await.unwrap(), "{name}");
        assert_eq!(store.state().await.unwrap(), before);
        assert_eq!(store.nodes_since(0).await.unwrap(), []);
    }
}

#[tokio::test]
async fn the_lease_is_one_holders_until_it_expires_or_is_given_back() {
    for (store, name, _database) in led_by_a().await {
        let later = NOW + Duration::seconds(29);
        let take = |holder, now| store.take_lease(holder, now, now + Duration::seconds(30), false);
        assert!(!take("b", later).await.unwrap(), "{name}");
        assert!(take("a", later).await.unwrap(), "{name}");
        assert!(!take("b", later + Duration::seconds(29)).await.unwrap(), "{name}");
        assert!(take("b", later + Duration::seconds(30)).await.unwrap(), "{name}");
        store.give_lease_back("a").await.unwrap();
        assert!(!take("a", later + Duration::seconds(31)).await.unwrap(), "{name}");
        store.give_lease_back("b").await.unwrap();
        assert!(take("a", later + Duration::seconds(31)).await.unwrap(), "{name}");
    }
}

#[tokio::test]
async fn a_failure_is_news_once_and_so_is_another() {
    for (store, name, _database) in led_by_a().await {
        let refused = |request_id: &str| ApiError::Upstream {
            code: "AccessDeniedException".to_owned(),
            message: "not authorized".to_owned(),
            request_id: Some(request_id.to_owned()),
        };
        let failures = [
            ApiError::Throttled,
            ApiError::Throttled,
            refused("1"),
            refused("1"),
            refused("2"),
            ApiError::Throttled,
        ];
        let mut versions = Vec::new();
        for failure in &failures {
            assert!(store.fail("a", failure).await.unwrap(), "{name}");
            store.note_tier_failure(failure, NOW).await.unwrap();
            let state = store.state().await.unwrap();
            assert_eq!((state.failure.as_ref(), state.tier.failure.as_ref()), (Some(failure), Some(failure)));
            versions.push((state.nodes_version, state.tier_version));
        }
        assert_eq!(versions, [(1, 1), (1, 1), (2, 2), (2, 2), (3, 3), (4, 4)], "{name}");
    }
}

#[tokio::test]
async fn a_write_that_fails_halfway_leaves_the_old_snapshot_whole() {
    for (store, name, database) in led_by_a().await {
        store.write("a", &written(0..300), NOW).await.unwrap();
        let before = store.state().await.unwrap();
        // The second batch meets a table that refuses it.
        let full = match name {
            "SQLite" => {
                "CREATE TRIGGER full_up BEFORE INSERT ON fleet_nodes WHEN NEW.id = 'mi-000000000000001f4' \
                 BEGIN SELECT RAISE(ABORT, 'full'); END"
            }
            _ => "ALTER TABLE fleet_nodes ADD CHECK (id <> 'mi-000000000000001f4')",
        };
        sqlx::query(full).execute(&database.store.pool()).await.unwrap();
        assert!(store.write("a", &written(200..600), NOW + Duration::seconds(2)).await.is_err(), "{name}");
        assert_eq!(store.state().await.unwrap(), before, "{name}");
        assert_eq!(store.nodes_since(0).await.unwrap().len(), 300, "{name}");
    }
}

#[test]
fn parameters_are_numbered_through() {
    assert_eq!(parameters(2, 3), "($1, $2, $3), ($4, $5, $6)");
    assert_eq!(parameters(1, 2), "($1, $2)");
}

/// `count` registrations, one a second up to `NOW`.
fn registrations(count: u32) -> Vec<NodeEvent> {
    (0..count).flat_map(|number| events_between(None, Some(&node(number)), NOW)).collect()
}

#[tokio::test]
async fn events_are_kept_counted_and_the_newest_told() {
    for (store, name, _database) in led_by_a().await {
        let mut events = registrations(401);
        events.extend(events_between(Some(&node(7)), None, NOW));
        let diff = Diff { events: events.clone(), ..Diff::default() };
        assert!(store.write("a", &diff, NOW).await.unwrap());
        assert!(store.write("a", &diff, NOW).await.unwrap(), "{name}: the same again is none");
        let since = NOW - Duration::seconds(100);
        let found = store.events(since, None, 3).await.unwrap();
        let expected = [events[401].clone(), events[0].clone(), events[1].clone()];
        let mut newest = found.newest.clone();
        newest.sort_by_key(|event| (Reverse(event.happened), event.change.kind() == EventKind::Registered));
        assert_eq!(newest, expected, "{name}");
        assert_eq!(found.total(), 102);
        assert!(found.counts.contains(&(EventKind::Registered, 101)), "{:?}", found.counts);
        assert!(found.counts.contains(&(EventKind::BackOnline, 0)), "{:?}", found.counts);

        // Those of other kinds are as new, and many more than are asked for.
        let gone = store.events(since, Some(EventKind::Deregistered), 1).await.unwrap();
        assert_eq!(gone.newest, [events[401].clone()], "{name}");
        assert_eq!((gone.counts, store.events(since, None, 0).await.unwrap().newest), (found.counts, vec![]));
    }
}

#[tokio::test]
async fn old_events_go_and_so_do_too_many() {
    for (store, name, _database) in led_by_a().await {
        let events = registrations(1_300);
        let mut transaction = store.pool.begin().await.unwrap();
        events::note(&mut transaction, &events, NOW, 1_000).await.unwrap();
        transaction.commit().await.unwrap();
        let found = store.events(NOW - KEPT_FOR, None, 2_000).await.unwrap();
        assert_eq!((found.newest.len(), found.total()), (1_000, 1_000), "{name}");
        assert_eq!(found.newest.last(), Some(&events[999]), "{name}: the newest stay");

        let later = NOW + KEPT_FOR + Duration::seconds(1);
        let event = events_between(None, Some(&ManagedNode { registered: None, ..node(1) }), later);
        store.write("a", &Diff { events: event.clone(), ..Diff::default() }, later).await.unwrap();
        assert_eq!(store.events(NOW - KEPT_FOR, None, 2_000).await.unwrap().newest, event, "{name}");
    }
}
