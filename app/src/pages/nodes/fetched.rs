//! When SSM last answered about the nodes. Most answers move nothing but last pings, of which no page is told.

use leptos::prelude::*;
use time::OffsetDateTime;

use crate::components::live::use_live;
use crate::components::loaded::followed;

/// How old a last ping that is shown may become, in seconds: the agent reports every few minutes.
const AT_MOST: u64 = 60;

/// When SSM last answered: what a page's data say, or the live stream has told since.
#[must_use]
pub fn use_fetched(
    of_page: impl Fn() -> Option<OffsetDateTime> + Send + Sync + 'static,
) -> Signal<Option<OffsetDateTime>> {
    let told = use_live("fetched");
    followed(move || {
        let told = i64::try_from(told.get()).ok().filter(|at| *at > 0);
        of_page().max(told.and_then(|at| OffsetDateTime::from_unix_timestamp(at).ok()))
    })
}

/// Grows once a minute while SSM answers. What shows last pings and other ages reads it in its resource's source, and so asks
/// again now and then: for what the server has in memory, not SSM.
#[must_use]
pub fn use_minutes() -> Signal<u64> {
    let told = use_live("fetched");
    let asked = Memo::new(move |before: Option<&Asked>| before.copied().unwrap_or_default().told(told.get()));
    Signal::derive(move || asked.get().times)
}

/// How often a page has asked again, and what was told when it last did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Asked {
    times: u64,
    at: u64,
}

impl Asked {
    fn told(self, told: u64) -> Self {
        match self {
            // A page that has just been opened has just asked.
            Self { at: 0, times } => Self { at: told, times },
            Self { at, times } if told.saturating_sub(at) >= AT_MOST => Self { at: told, times: times + 1 },
            recently => recently,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_asks_again_once_a_minute() {
        let told = [0, 1_000, 1_015, 1_059, 1_060, 1_075, 1_119, 5_000, 5_015, 4_000];
        let times = told.iter().scan(Asked::default(), |asked, told| {
            *asked = asked.told(*told);
            Some(asked.times)
        });
        assert_eq!(times.collect::<Vec<_>>(), [0, 0, 0, 0, 1, 1, 1, 2, 2, 2]);
    }
}
