//! Pages that show something which goes on.

use leptos::prelude::*;

/// Not written into the attribute itself: elements without anything that changes are not looked into, and `inner_html`
/// would stay an attribute.
const EVERY_TWO_SECONDS: &str = "<meta http-equiv=\"refresh\" content=\"2\">";

/// Loads the page anew every two seconds, where there is no script that would ask.
#[component]
pub fn ReloadWithoutScript() -> impl IntoView {
    view! { <noscript inner_html=EVERY_TWO_SECONDS></noscript> }
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
