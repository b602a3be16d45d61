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
    let folded = NodeRef::<html::Details>::new();
    fold_where_narrow(folded);
    let entry = move |href: &'static str, label: &'static str| {
        let current = move || path.with(|path| current(href, path));
        view! { <li><a href=href aria-current=current>{label}</a></li> }
    };
    view! {
        <div class="side">
            <details open=true node_ref=folded>
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

/// On a narrow screen the navigation stands above the page: it begins folded, and folds when it has led somewhere.
fn fold_where_narrow(folded: NodeRef<html::Details>) {
    const NARROW: f64 = 900.0;
    let path = use_location().pathname;
    Effect::new(move || {
        path.track();
        let narrow =
            window().inner_width().ok().and_then(|width| width.as_f64()).is_some_and(|width| width <= NARROW);
        if narrow && let Some(details) = folded.get() {
            details.set_open(false);
        }
    });
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
