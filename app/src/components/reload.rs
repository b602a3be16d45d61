//! Pages that show something which goes on.

use std::time::Duration;

use leptos::prelude::*;

/// How often a page asks. Only who looks at it is interested, and only the database is asked.
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only the browser asks again"))]
const EVERY: Duration = Duration::from_secs(1);

/// Not written into the attribute itself: elements without anything that changes are not looked into, and `inner_html`
/// would stay an attribute.
const EVERY_TWO_SECONDS: &str = "<meta http-equiv=\"refresh\" content=\"2\">";

/// Loads the page anew every two seconds, where there is no script that would ask.
#[component]
pub fn ReloadWithoutScript() -> impl IntoView {
    view! { <noscript inner_html=EVERY_TWO_SECONDS></noscript> }
}

/// Asks every second while something goes on. Without script, [`ReloadWithoutScript`] does it.
pub fn ask_while(goes_on: Memo<bool>, ask: impl Fn() + Clone + 'static) {
    #[cfg(feature = "hydrate")]
    Effect::new(move || {
        if goes_on.get()
            && let Ok(handle) = set_interval_with_handle(ask.clone(), EVERY)
        {
            on_cleanup(move || handle.clear());
        }
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = (goes_on, ask);
}

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests {
    use super::*;

    #[test]
    fn browsers_without_script_find_an_element() {
        let html = view! { <ReloadWithoutScript /> }.to_html();
        assert_eq!(html, format!("<noscript>{EVERY_TWO_SECONDS}</noscript>"));
    }
}
