//! What active versions hold: it never changes, so it is asked for once.

use std::collections::VecDeque;
use std::future::Future;

use domain::errors::ApiError;
use domain::packages::catalogue::PackageStatus;
use domain::packages::detail::{PackageContent, PackageVersion};
use tokio::sync::Mutex;

/// Versions that are kept. With a manifest of 64 KB each they take 16 MB at most.
const MOST: usize = 256;

/// A version, told from one of a package of the same name that was deleted before by the second of its creation.
type Key = (String, u64, Option<i64>);

/// The versions that were asked for last.
#[derive(Debug, Default)]
pub struct Contents(Mutex<VecDeque<(Key, PackageContent)>>);

impl Contents {
    /// What a version holds, by `ask` where that is not known.
    ///
    /// # Errors
    /// As `ask`.
    pub async fn get<F>(
        &self,
        name: &str,
        version: &PackageVersion,
        ask: impl FnOnce() -> F,
    ) -> Result<PackageContent, ApiError>
    where
        F: Future<Output = Result<PackageContent, ApiError>>,
    {
        let key =
            (name.to_owned(), version.number, version.created.map(time::OffsetDateTime::unix_timestamp));
        if let Some((_, content)) = self.0.lock().await.iter().find(|(known, _)| *known == key) {
            return Ok(content.clone());
        }
        let content = ask().await?;
        // Without its time of creation a version cannot be told from a later one of the same number.
        if version.status == Some(PackageStatus::Active) && key.2.is_some() {
            let mut kept = self.0.lock().await;
            kept.retain(|(known, _)| *known != key);
            kept.truncate(MOST - 1);
            kept.push_front((key, content.clone()));
        }
        Ok(content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};
    use time::OffsetDateTime;
    use time::macros::datetime;

    const CREATED: OffsetDateTime = datetime!(2026-11-22 03:00 UTC);

    fn version(created: OffsetDateTime, status: PackageStatus) -> PackageVersion {
        PackageVersion {
            number: 1,
            name: None,
            created: Some(created),
            is_default: true,
            status: Some(status),
            status_information: None,
        }
    }

    async fn asked(contents: &Contents, versions: &[PackageVersion]) -> u64 {
        let count = AtomicU64::new(0);
        for version in versions {
            let ask = || async {
                count.fetch_add(1, Ordering::SeqCst);
                Ok(PackageContent { version: 1, manifest: "{}".to_owned(), files: Vec::new() })
            };
            contents.get("tool", version, ask).await.unwrap();
        }
        count.into_inner()
    }

    #[tokio::test]
    async fn an_active_version_is_asked_for_once() {
        let contents = Contents::default();
        let active = version(CREATED, PackageStatus::Active);
        assert_eq!(asked(&contents, &[active.clone(), active.clone(), active]).await, 1);
    }

    #[tokio::test]
    async fn one_that_changes_or_is_another_is_asked_for_again() {
        let contents = Contents::default();
        let creating = version(CREATED, PackageStatus::Creating);
        assert_eq!(asked(&contents, &[creating.clone(), creating]).await, 2);
        let active = version(CREATED, PackageStatus::Active);
        let recreated = version(CREATED + time::Duration::hours(1), PackageStatus::Active);
        assert_eq!(asked(&contents, &[active, recreated]).await, 2);
    }

    #[tokio::test]
    async fn only_so_many_are_kept() {
        let contents = Contents::default();
        let hours = |n: i64| version(CREATED + time::Duration::hours(n), PackageStatus::Active);
        let many: Vec<_> = (0..300).map(hours).collect();
        assert_eq!(asked(&contents, &many).await, 300);
        assert_eq!(contents.0.lock().await.len(), MOST);
        assert_eq!(asked(&contents, &[hours(299)]).await, 0);
        assert_eq!(asked(&contents, &[hours(0)]).await, 1);
    }
}
