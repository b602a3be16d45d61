//! What is suspicious in a script while it is being written: the server says, as it looks more closely than a browser can.

use domain::packages::scripts::Action;
use domain::packages::scripts::check::Finding;
use leptos::prelude::*;

#[cfg(feature = "hydrate")]
use crate::components::form::once_released;
use crate::pages::packages::create::steps::Work;

/// A pause in writing.
#[cfg(feature = "hydrate")]
const PAUSE: std::time::Duration = std::time::Duration::from_millis(600);

/// The findings of what stands in a field, some moments late; `saved` is the text that came with the page, and its own.
pub fn findings(
    work: Work,
    script: (String, Action),
    value: RwSignal<String>,
    saved: (String, Vec<Finding>),
) -> Signal<Vec<Finding>> {
    let found = RwSignal::new(saved.1.clone());
    #[cfg(feature = "hydrate")]
    Effect::new(move |before: Option<String>| {
        let text = value.get();
        if before.map_or(text == saved.0, |before| before == text) {
            return text;
        }
        if text == saved.0 {
            found.set(saved.1.clone());
        } else if text.trim().is_empty() {
            found.set(Vec::new());
        } else {
            let (asked, (file, action)) = (text.clone(), script.clone());
            let ask = move || {
                leptos::task::spawn_local(async move {
                    let said =
                        crate::packages::drafts::check_script(work.id(), file, action, asked.clone()).await;
                    // Where the server cannot say, what it said last stays.
                    let Ok(said) = said else { return };
                    once_released(move || {
                        if value.try_with_untracked(|now| *now == asked) == Some(true) {
                            found.set(said.clone());
                        }
                    });
                });
            };
            if let Ok(handle) = set_timeout_with_handle(ask, PAUSE) {
                on_cleanup(move || handle.clear());
            }
        }
        text
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = (work, script, value);
    found.into()
}
