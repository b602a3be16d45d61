//! The side navigation.

use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::components::icon::Icon;
use crate::page::use_language;
use crate::text::layout as text;

/// How a page belongs to a navigation entry (`aria-current`): it is the entry's, or below it.
fn current(href: &str, path: &str) -> Option<&'static str> {
    let path = path.trim_end_matches('/');
    let href = href.trim_end_matches('/');
    if path == href {
        return Some("page");
    }
    let below = !href.is_empty() && path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/'));
    below.then_some("true")
}

/// Every area of the console; folds away.
#[component]
pub(super) fn Navigation() -> impl IntoView {
    let language = use_language();
    let path = use_location().pathname;
    let navigation = NodeRef::<html::Details>::new();
    fold_where_narrow(navigation);
    let entry = move |href: &'static str, label: &'static str| {
        let current = move || path.with(|path| current(href, path));
        view! { <li><a href=href aria-current=current>{label}</a></li> }
    };
    view! {
        <div class="side">
            <details open=true node_ref=navigation>
                <summary aria-label=text::toggle_navigation(language) title=text::toggle_navigation(language)>
                    <Icon icon=Icon::Menu />
                </summary>
                <nav aria-label=text::navigation(language)>
                    <ul>
                        {entry("/", text::overview(language))}
                        {entry("/get-started", text::get_started(language))}
                    </ul>
                    <h2>{text::hybrid_activations(language)}</h2>
                    <ul>{entry("/activations", text::activations(language))}</ul>
                    <h2>{text::node_management(language)}</h2>
                    <ul>
                        {entry("/nodes", text::managed_nodes(language))}
                        {entry("/packages", text::distributor(language))}
                    </ul>
                    <h2>{text::administration(language)}</h2>
                    <ul>
                        {entry("/settings/publishers", text::publishers(language))}
                        {entry("/tokens", text::tokens(language))}
                    </ul>
                    <h2>{text::costs(language)}</h2>
                    <ul>
                        {entry("/costs/hybrid-activations", text::costs_hybrid_activations(language))}
                        {entry("/costs/distributor", text::costs_distributor(language))}
                        {entry("/costs/estimates", text::saved_estimates(language))}
                    </ul>
                </nav>
            </details>
        </div>
    }
    .into_any()
}

/// On a narrow screen the navigation stands above the page: it begins folded, and folds when it has led somewhere. When the
/// window becomes narrow it folds too, and unfolds once there is room again.
fn fold_where_narrow(navigation: NodeRef<html::Details>) {
    let path = use_location().pathname;
    Effect::new(move || {
        path.track();
        let narrow = is_narrow();
        if narrow && let Some(details) = navigation.get() {
            details.set_open(false);
        }
    });
    Effect::new(move || {
        let was_narrow = StoredValue::new(is_narrow());
        let was_open = StoredValue::new(true);
        let resized = window_event_listener(leptos::ev::resize, move |_| {
            let narrow = is_narrow();
            // Phones change the height while one scrolls: who has unfolded it there wants it so.
            if narrow != was_narrow.get_value()
                && let Some(details) = navigation.get_untracked()
            {
                if narrow {
                    was_open.set_value(details.open());
                }
                details.set_open(!narrow && was_open.get_value());
            }
            was_narrow.set_value(narrow);
        });
        on_cleanup(move || resized.remove());
    });
}

/// Whether the stylesheet puts the navigation above the page.
fn is_narrow() -> bool {
    const NARROW: f64 = 900.0;
    window().inner_width().ok().and_then(|width| width.as_f64()).is_some_and(|width| width <= NARROW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_current_for_its_page_and_those_below() {
        assert_eq!(current("/activations", "/activations"), Some("page"));
        assert_eq!(current("/activations", "/activations/new"), Some("true"));
        assert_eq!(current("/activations", "/activations-old"), None);
        assert_eq!(current("/nodes", "/activations"), None);
    }

    #[test]
    fn the_overview_is_current_only_for_itself() {
        assert_eq!(current("/", "/"), Some("page"));
        assert_eq!(current("/", "/nodes"), None);
    }
}
