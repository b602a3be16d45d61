//! The page's time: the server's at first, and moving on in the browser.

use leptos::prelude::*;
use time::OffsetDateTime;

use crate::page::use_page;

/// The time, ticking.
#[derive(Clone, Copy)]
struct Now(ReadSignal<OffsetDateTime>);

/// Lets the page's time move on. Called once, in `App`.
pub fn provide_now() {
    let (now, set_now) = signal(use_page().with_value(|page| page.now));
    provide_context(Now(now));
    #[cfg(feature = "hydrate")]
    tick(now, set_now);
    #[cfg(not(feature = "hydrate"))]
    let _ = set_now;
}

/// Moves on by the browser's clock but starts at the server's: a wrong clock on a desk does not matter.
#[cfg(feature = "hydrate")]
fn tick(now: ReadSignal<OffsetDateTime>, set_now: WriteSignal<OffsetDateTime>) {
    use std::time::Duration;

    const INTERVAL: Duration = Duration::from_secs(20);

    Effect::new(move || {
        let (server, browser) = (now.get_untracked(), js_sys::Date::now());
        let handle = set_interval_with_handle(
            move || {
                let passed = (js_sys::Date::now() - browser).max(0.0);
                set_now.set(server + Duration::from_millis(passed as u64));
            },
            INTERVAL,
        );
        if let Ok(handle) = handle {
            on_cleanup(move || handle.clear());
        }
    });
}

/// Now, by the server's clock; moves on every 20 seconds in the browser.
#[must_use]
pub fn use_now() -> ReadSignal<OffsetDateTime> {
    use_context::<Now>().map_or_else(|| signal(use_page().with_value(|page| page.now)).0, |now| now.0)
}
