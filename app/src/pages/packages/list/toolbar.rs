//! Words, platform and tag to look for, and the choice between cards and table.

use std::time::Duration;

use domain::packages::catalogue::PackagePage;
use domain::packages::query::{PackageQuery, PackageView};
use domain::tags::Tag;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::href;
use crate::components::icon::Icon;
use crate::components::loaded::followed;
use crate::components::number::number;
use crate::page::use_language;
use crate::text::{packages as text, table};

/// How long typing must pause before the list follows.
const PAUSE: Duration = Duration::from_millis(200);

/// A form of everything that can be looked for: sent by itself, or, without script, by its button.
#[component]
pub(super) fn Toolbar(query: Memo<PackageQuery>, packages: Signal<PackagePage>) -> impl IntoView {
    let language = use_language();
    let navigate = use_navigate();
    // The history holds views, not every letter of a search.
    let show = Callback::new(move |query: PackageQuery| {
        navigate(&href(&query), NavigateOptions { replace: true, scroll: false, ..Default::default() });
    });
    let typed = RwSignal::new(query.with_untracked(|query| query.text.clone()));
    let search = move || {
        let text = typed.get_untracked().trim().to_owned();
        show.run(query.with_untracked(|query| PackageQuery { text, page: 1, ..query.clone() }));
    };
    let platforms = followed(move || packages.with(|page| page.platforms.clone()));
    let tags = followed(move || packages.with(|page| tag_choices(&page.tags)));
    let platform = Signal::derive(move || query.with(|query| query.platform.clone()));
    let tag = Signal::derive(move || query.with(|query| query.tag.clone()));
    let by_platform = Callback::new(move |platform| {
        show.run(query.with_untracked(|query| PackageQuery { platform, page: 1, ..query.clone() }));
    });
    let by_tag = Callback::new(move |tag| {
        show.run(query.with_untracked(|query| PackageQuery { tag, page: 1, ..query.clone() }));
    });
    let found = move || {
        query.with(PackageQuery::is_filtered).then(|| match packages.with(|page| page.matched) {
            1 => table::match_one(language).to_owned(),
            count => table::matches(language, number(count)),
        })
    };
    let clear = move || {
        query.with(PackageQuery::is_filtered).then(|| {
            view! {
                <a class="button button-link" data-noscroll="" href=move || query.with(|query| href(&query.cleared()))>
                    {table::clear_filter(language)}
                </a>
            }
        })
    };
    view! {
        <form
            class="table-filters"
            method="get"
            action="/packages"
            role="search"
            on:submit=move |event| {
                event.prevent_default();
                search();
            }
        >
            <SearchBox query typed search=Callback::new(move |()| search()) />
            <Choice parameter="platform" any=text::any_platform(language) values=platforms chosen=platform choose=by_platform />
            <Choice parameter="tag" any=text::any_tag(language) values=tags chosen=tag choose=by_tag />
            <Kept query />
            <button class="button button-normal only-without-script">{table::apply(language)}</button>
            {clear}
            <span class="match-count" role="status">{found}</span>
        </form>
    }
    .into_any()
}

/// What the form sends along without script: everything that it has no field for.
#[component]
fn Kept(query: Memo<PackageQuery>) -> impl IntoView {
    let kept = |name: &&'static str| matches!(*name, "owner" | "view" | "sort" | "desc" | "size");
    move || {
        query.with(|query| {
            let parameters = query.parameters().into_iter().filter(|(name, _)| kept(name));
            parameters
                .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
                .collect_view()
        })
    }
}

#[component]
fn SearchBox(query: Memo<PackageQuery>, typed: RwSignal<String>, search: Callback<()>) -> impl IntoView {
    let language = use_language();
    let pause = StoredValue::new(None::<TimeoutHandle>);
    let type_text = move |value: String| {
        typed.set(value);
        pause.update_value(|pause| {
            if let Some(waiting) = pause.take() {
                waiting.clear();
            }
            let look = move || {
                let _ = search.try_run(());
            };
            *pause = set_timeout_with_handle(look, PAUSE).ok();
        });
    };
    // Follows the address (Back, another tab), but not while somebody types.
    let input = NodeRef::<leptos::html::Input>::new();
    Effect::new(move |first: Option<()>| {
        let text = query.with(|query| query.text.clone());
        if first.is_some() && text != typed.get_untracked().trim() {
            typed.set(text.clone());
            if let Some(input) = input.get_untracked() {
                input.set_value(&text);
            }
        }
    });
    view! {
        <span class="search">
            <Icon icon=Icon::Search />
            <input
                class="input"
                type="search"
                name="q"
                id="search-packages"
                value=typed.get_untracked()
                placeholder=text::find(language)
                aria-label=text::find(language)
                autocomplete="off"
                node_ref=input
                on:input:target=move |event| type_text(event.target().value())
            />
        </span>
    }
    .into_any()
}

/// A choice among values that there are, and the one that was asked for should it not be among them.
#[component]
fn Choice(
    parameter: &'static str,
    any: &'static str,
    values: Signal<Vec<String>>,
    chosen: Signal<Option<String>>,
    choose: Callback<Option<String>>,
) -> impl IntoView {
    let options = move || {
        let chosen = chosen.get();
        let mut values = values.get();
        values.extend(chosen.clone().filter(|chosen| !values.contains(chosen)));
        values
            .into_iter()
            .map(|value| {
                let selected = chosen.as_deref() == Some(&value);
                view! { <option value=value.clone() selected=selected>{value.clone()}</option> }
            })
            .collect_view()
    };
    view! {
        <select
            class="input"
            name=parameter
            aria-label=any
            on:change:target=move |event| choose.run(Some(event.target().value()).filter(|value| !value.is_empty()))
        >
            <option value="">{any}</option>
            {options}
        </select>
    }
    .into_any()
}

/// Keys, and keys with their values.
fn tag_choices(tags: &[Tag]) -> Vec<String> {
    let mut choices: Vec<String> = tags.iter().map(|tag| format!("{}={}", tag.key, tag.value)).collect();
    choices.extend(tags.iter().map(|tag| tag.key.clone()));
    choices.sort();
    choices.dedup();
    choices
}

/// Cards or table.
#[component]
pub(super) fn ViewSwitch(query: Memo<PackageQuery>) -> impl IntoView {
    let language = use_language();
    let link = move |view: PackageView, label: &'static str| {
        let to = move || query.with(|query| href(&query.viewed_as(view)));
        let current = move || query.with(|query| query.view == view).then_some("true");
        view! { <a class="button button-normal" data-noscroll="" href=to aria-current=current>{label}</a> }
    };
    view! {
        <span class="segments" role="group" aria-label=text::view(language)>
            {link(PackageView::Cards, text::cards(language))}
            {link(PackageView::Table, text::table(language))}
        </span>
    }
    .into_any()
}
