//! The list of packages, with what has become of each.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use app::ports::Clock;
use domain::errors::ApiError;
use domain::packages::address::short_name;
use domain::packages::catalogue::{Catalogue, ListedVersion, Ownership, Package};
use domain::packages::detail::PackageVersion;
use futures::{StreamExt as _, stream};
use time::OffsetDateTime;
use tokio::sync::{Mutex, watch};
use tokio::time::Instant;

use super::PackageSource;
use crate::fleet::FleetState;

/// Packages whose versions are asked for at the same time.
const CONCURRENCY: usize = 8;
/// How long who wants the list waits for the status of packages; what is not known by then shows none.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long what is known of a package whose versions have all settled is believed, where the list shows no change.
const SETTLED_FOR: Duration = Duration::from_secs(600);

/// Keeps the list for a while.
pub struct ListKeeper {
    source: Arc<dyn PackageSource>,
    states: watch::Receiver<FleetState>,
    clock: Arc<dyn Clock>,
    keep: Duration,
    /// Held while asking, so that many who look at once ask once.
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    catalogue: Option<Arc<Catalogue>>,
    /// When SSM was last asked, whether or not it answered, and the word of changes that had come until then.
    asked: Option<(OffsetDateTime, i64)>,
    versions: HashMap<String, Known>,
}

/// The versions of a package, for as long as its list entry stays as it was.
struct Known {
    entry: Package,
    versions: Vec<PackageVersion>,
    at: OffsetDateTime,
}

impl Known {
    fn holds_for(&self, package: &Package, now: OffsetDateTime) -> bool {
        let settled = |version: &PackageVersion| version.status.is_none_or(|status| status.is_settled());
        self.entry == *package && now - self.at < SETTLED_FOR && self.versions.iter().all(settled)
    }
}

impl ListKeeper {
    /// The list of `source`, good for `keep` or until there is word of a change.
    pub fn new(
        source: Arc<dyn PackageSource>,
        states: watch::Receiver<FleetState>,
        clock: Arc<dyn Clock>,
        keep: Duration,
    ) -> Self {
        Self { source, states, clock, keep, kept: Mutex::default() }
    }

    /// The list; asked for anew when it is too old. One that cannot be had anew is older than it should be, and says why.
    ///
    /// # Errors
    /// As [`PackageSource::list`] where there is no older list.
    pub async fn get(&self) -> Result<Arc<Catalogue>, ApiError> {
        let mut kept = self.kept.lock().await;
        let now = self.clock.now();
        let word = self.states.borrow().packages_version;
        let fresh = kept.asked.is_some_and(|(at, known)| now - at < self.keep && known == word);
        if fresh && let Some(catalogue) = &kept.catalogue {
            return Ok(Arc::clone(catalogue));
        }
        let asked = self.ask(&mut kept).await;
        kept.asked = Some((now, word));
        let catalogue = match (asked, &kept.catalogue) {
            (Ok(packages), _) => Catalogue { packages, fetched_at: Some(now), failure: None },
            (Err(error), Some(older)) => Catalogue { failure: Some(error), ..Catalogue::clone(older) },
            (Err(error), None) => return Err(error),
        };
        let catalogue = Arc::new(catalogue);
        kept.catalogue = Some(Arc::clone(&catalogue));
        Ok(catalogue)
    }

    /// Lets the next who looks ask anew, for every package.
    pub async fn forget(&self) {
        let mut kept = self.kept.lock().await;
        kept.asked = None;
        kept.versions.clear();
    }

    async fn ask(&self, kept: &mut Kept) -> Result<Vec<Package>, ApiError> {
        let [amazon, own, shared, third_party] = Ownership::ALL;
        let (amazon, own, shared, third_party) = tokio::try_join!(
            self.source.list(amazon),
            self.source.list(own),
            self.source.list(shared),
            self.source.list(third_party),
        )?;
        let mut packages: Vec<Package> = [amazon, own, shared, third_party].into_iter().flatten().collect();
        packages.sort_by_cached_key(|package| short_name(&package.name).to_lowercase());
        self.ask_versions(&mut kept.versions, &packages).await;
        for package in &mut packages {
            if let Some(known) = kept.versions.get(&package.name) {
                tell(package, &known.versions);
            }
        }
        Ok(packages)
    }

    /// Brings what is known of versions up to date, as far as that is possible in time.
    async fn ask_versions(&self, known: &mut HashMap<String, Known>, packages: &[Package]) {
        let now = self.clock.now();
        known.retain(|name, known| {
            packages.iter().any(|package| package.name == *name && known.holds_for(package, now))
        });
        let unknown: Vec<Package> =
            packages.iter().filter(|package| !known.contains_key(&package.name)).cloned().collect();
        let mut answers = stream::iter(unknown)
            .map(|package| async {
                let versions = self.source.versions(&package.name).await;
                (package, versions)
            })
            .buffer_unordered(CONCURRENCY);
        let deadline = Instant::now() + PATIENCE;
        while let Ok(Some((package, answer))) = tokio::time::timeout_at(deadline, answers.next()).await {
            match answer {
                Ok(versions) => {
                    let name = package.name.clone();
                    known.insert(name, Known { entry: package, versions, at: now });
                }
                Err(error) => tracing::debug!(%error, package.name, "no versions of this package"),
            }
        }
    }
}

/// What the versions say about a package that the list does not.
fn tell(package: &mut Package, versions: &[PackageVersion]) {
    let listed = |version: &PackageVersion| ListedVersion {
        number: version.number,
        name: version.name.clone(),
        status: version.status,
    };
    if let Some(default) = versions.iter().find(|version| version.is_default) {
        package.default_version = Some(listed(default));
    }
    package.newest_version = versions.first().filter(|newest| !newest.is_default).map(listed);
}

#[cfg(test)]
mod tests;
