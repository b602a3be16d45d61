//! The filters above a table.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::ViewState;
use super::column::FilterChoice;
use crate::components::icon::Icon;
use crate::components::number::number;
use crate::page::use_language;
use crate::text::table as text;

/// How long typing must pause before the table follows.
const PAUSE: Duration = Duration::from_millis(200);

/// A form of the text to look for and the filters: sent by itself while typing, or, without script, by its button.
#[component]
pub(super) fn Toolbar(
    table: &'static str,
    state: Memo<ViewState>,
    filters: Vec<FilterChoice>,
    href: Callback<ViewState, String>,
    matched: Signal<usize>,
) -> impl IntoView {
    let language = use_language();
    let navigate = use_navigate();
    // The history holds views, not every letter of a search.
    let show = Callback::new(move |state: ViewState| {
        navigate(&href.run(state), NavigateOptions { replace: true, scroll: false, ..Default::default() });
    });
    let (typed, set_typed) = signal(state.with_untracked(|state| state.text.clone()));
    let pause = StoredValue::new(None::<TimeoutHandle>);
    let search = move || {
        show.run(state.with_untracked(|state| state.with_text(&typed.get_untracked())));
    };
    let type_text = move |value: String| {
        set_typed.set(value);
        pause.update_value(|pause| {
            if let Some(waiting) = pause.take() {
                waiting.clear();
            }
            *pause = set_timeout_with_handle(search, PAUSE).ok();
        });
    };
    // Kept by the form when it is sent without script.
    let kept = move || {
        state.with(|state| {
            let sort = state.parameters().into_iter().filter(|(name, _)| matches!(*name, "sort" | "desc"));
            sort.map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view()
        })
    };
    let found = move || {
        state.with(ViewState::is_filtered).then(|| match matched.get() {
            1 => text::match_one(language).to_owned(),
            count => text::matches(language, number(count)),
        })
    };
    let clear = move || {
        state.with(ViewState::is_filtered).then(|| {
            view! {
                <a class="button button-link" data-noscroll="" href=move || href.run(state.with(ViewState::cleared))>
                    {text::clear_filter(language)}
                </a>
            }
        })
    };
    // Follows the URL (Back, "Clear filter"), but not while somebody types.
    let input = NodeRef::<leptos::html::Input>::new();
    Effect::new(move |first: Option<()>| {
        let text = state.with(|state| state.text.clone());
        if first.is_some() && text != typed.get_untracked().trim() {
            set_typed.set(text.clone());
            if let Some(input) = input.get_untracked() {
                input.set_value(&text);
            }
        }
    });
    let selects = filters.into_iter().map(|filter| select(filter, state, show)).collect_view();
    view! {
        <form
            class="table-filters"
            method="get"
            role="search"
            on:submit=move |event| {
                event.prevent_default();
                search();
            }
        >
            <span class="search">
                <Icon icon=Icon::Search />
                <input
                    class="input"
                    type="search"
                    name="q"
                    id=format!("search-{table}")
                    value=typed.get_untracked()
                    placeholder=text::find(language)
                    aria-label=text::find(language)
                    autocomplete="off"
                    node_ref=input
                    on:input:target=move |event| type_text(event.target().value())
                />
            </span>
            {selects}
            {kept}
            <button class="button button-normal only-without-script">{text::apply(language)}</button>
            {clear}
            <span class="match-count" role="status">{found}</span>
        </form>
    }
    .into_any()
}

fn select(filter: FilterChoice, state: Memo<ViewState>, show: Callback<ViewState>) -> impl IntoView {
    let FilterChoice { parameter, any, options } = filter;
    let values: Vec<_> = options.iter().map(|(value, _)| *value).collect();
    let chosen = move || state.with(|state| state.filter(parameter));
    let entries = options
        .into_iter()
        .map(|(value, label)| {
            view! { <option value=value selected=move || chosen() == Some(value)>{label}</option> }
        })
        .collect_view();
    let change = move |value: String| {
        let value = values.iter().find(|known| **known == value).copied();
        show.run(state.with_untracked(|state| state.with_filter(parameter, value)));
    };
    view! {
        <select
            class="input"
            name=parameter
            aria-label=any
            prop:value=move || chosen().unwrap_or_default()
            on:change:target=move |event| change(event.target().value())
        >
            <option value="">{any}</option>
            {entries}
        </select>
    }
}
