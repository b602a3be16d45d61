//! What has happened to nodes.

use domain::errors::ApiError;
use domain::json::Json;
use domain::nodes::events::{EventKind, FoundEvents, Period};
use leptos::prelude::*;

/// Events of a kind and a period, or of all the time for which they are kept: the newest 1,000.
///
/// # Errors
/// As [`crate::ports::FleetEvents::since`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "nodes/changes", protocol = Json)]
pub async fn list_changes(kind: Option<EventKind>, period: Option<Period>) -> Result<FoundEvents, ApiError> {
    use crate::server::Caller;
    use domain::permission::Permission;

    find(&Caller::require(Permission::Read)?.ports, kind, period).await
}

#[cfg(feature = "ssr")]
async fn find(
    ports: &crate::ports::Ports,
    kind: Option<EventKind>,
    period: Option<Period>,
) -> Result<FoundEvents, ApiError> {
    use domain::nodes::events::KEPT_FOR;

    /// Enough to look back, and small enough for a page.
    const MOST: u32 = 1000;

    let now = ports.clock.now();
    let found = ports.events.since(now - period.map_or(KEPT_FOR, Period::length), kind, MOST).await?;
    let total = match period {
        None => found.total(),
        Some(_) => ports.events.since(now - KEPT_FOR, None, 0).await?.total(),
    };
    Ok(FoundEvents { matched: found.count_of(kind), newest: found.newest, total })
}

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests {
    use std::sync::{Arc, Mutex};

    use async_trait::async_trait;
    use domain::nodes::events::{KEPT_FOR, NodeEvents};
    use time::{Duration, OffsetDateTime};

    use super::*;
    use crate::activations::fakes::{FakeWorld, NOW};
    use crate::ports::{FleetEvents, Ports};

    /// As many of each kind as hours are looked back; notes what it was asked for.
    #[derive(Default)]
    struct Noted(Mutex<Vec<(Duration, Option<EventKind>, u32)>>);

    #[async_trait]
    impl FleetEvents for Noted {
        async fn since(
            &self,
            since: OffsetDateTime,
            kind: Option<EventKind>,
            limit: u32,
        ) -> Result<NodeEvents, ApiError> {
            let back = NOW - since;
            self.0.lock().unwrap().push((back, kind, limit));
            let hours = usize::try_from(back.whole_hours()).unwrap();
            Ok(NodeEvents { newest: Vec::new(), counts: EventKind::ALL.map(|kind| (kind, hours)).to_vec() })
        }
    }

    async fn found(kind: Option<EventKind>, period: Option<Period>) -> (FoundEvents, Arc<Noted>) {
        let noted = Arc::new(Noted::default());
        let ports = Ports { events: noted.clone(), ..FakeWorld::default().ports() };
        (find(&ports, kind, period).await.unwrap(), noted)
    }

    #[tokio::test]
    async fn the_database_leaves_out_what_does_not_fit() {
        let (all, asked) = found(None, None).await;
        assert_eq!((all.matched, all.total), (5 * 168, 5 * 168));
        assert_eq!(*asked.0.lock().unwrap(), [(KEPT_FOR, None, 1000)]);

        let lost = Some(EventKind::ConnectionLost);
        let (found, asked) = found(lost, Some(Period::Day)).await;
        assert_eq!((found.matched, found.total), (24, 5 * 168), "beside all that there are");
        assert_eq!(asked.0.lock().unwrap()[0], (Duration::DAY, lost, 1000));
    }
}
