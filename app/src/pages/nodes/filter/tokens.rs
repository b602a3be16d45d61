//! The texts and filters in force: each can be changed and taken away.

use domain::filter::Join;
use domain::language::Language;
use domain::nodes::property::Filter;
use domain::nodes::query::{NodeQuery, Token};
use leptos::prelude::*;

use super::fields::{FilterForm, TextForm};
use super::href;
use crate::components::icon::Icon;
use crate::components::popover::{Content, LazyPopover};
use crate::page::use_language;
use crate::pages::nodes::names::{property_name, value_name};
use crate::split::split;
use crate::text::{filter as text, table};

/// What is in force, and how it combines.
#[component]
pub(super) fn Tokens(query: Memo<NodeQuery>, go: Callback<NodeQuery>) -> impl IntoView {
    let language = use_language();
    // Sorting or turning a page must not close a filter that is being changed.
    let shown =
        Memo::new(move |_| query.with(|query| (query.texts.clone(), query.filters().to_vec(), query.join)));
    move || {
        let (texts, filters, join) = shown.get();
        let count = texts.len() + filters.len();
        if count == 0 {
            return ().into_any();
        }
        let joint = match join {
            Join::And => text::and(language),
            Join::Or => text::or(language),
        };
        let texts = texts.into_iter().enumerate().map(|(n, text)| (Token::Text(n), Some(text), None));
        let filters =
            filters.into_iter().enumerate().map(|(n, filter)| (Token::Filter(n), None, Some(filter)));
        let tokens = texts
            .chain(filters)
            .enumerate()
            .map(|(place, (token, text, filter))| {
                let joint = (place > 0).then(|| view! { <span class="secondary">{joint}</span> });
                let label = match (&text, &filter) {
                    (_, Some(filter)) => filter_name(language, filter),
                    (text, None) => format!("\u{201c}{}\u{201d}", text.clone().unwrap_or_default()),
                };
                let content = Content::new(move || change(query, go, token, text.clone(), filter.clone()));
                view! {
                    <li>
                        {joint}
                        <span class="token">
                            <LazyPopover summary=label.clone().into_any() label=text::change(language, &label) content />
                            <a
                                class="button button-icon"
                                data-noscroll=""
                                href=move || query.with(|query| href(&query.without(token)))
                                aria-label=text::remove(language, label)
                            >
                                <Icon icon=Icon::Close />
                            </a>
                        </span>
                    </li>
                }
            })
            .collect_view();
        view! {
            <div class="tokens">
                <ul aria-label=text::in_force(language)>{tokens}</ul>
                {(count > 1).then(|| view! { <JoinSwitch query join /> })}
                <a
                    class="button button-link"
                    data-noscroll=""
                    href=move || query.with(|query| href(&query.cleared()))
                >
                    {table::clear_filter(language)}
                </a>
            </div>
        }
        .into_any()
    }
}

/// "SSM Agent version < 3.3".
fn filter_name(language: Language, filter: &Filter) -> String {
    let (property, symbol) = (filter.property(), filter.operator().symbol());
    let value = match filter.value() {
        "" => "-".into(),
        value => value_name(language, property, value),
    };
    format!("{} {symbol} {value}", property_name(language, property))
}

/// All of them must fit, or any.
#[component]
fn JoinSwitch(query: Memo<NodeQuery>, join: Join) -> impl IntoView {
    let language = use_language();
    let choice = move |wanted: Join, label: &'static str| {
        view! {
            <a
                class="join"
                data-noscroll=""
                href=move || query.with(|query| href(&query.joined_by(wanted)))
                aria-current=(join == wanted).then_some("true")
            >
                {label}
            </a>
        }
    };
    view! {
        <span class="joins" role="group" aria-label=text::join(language)>
            {choice(Join::And, text::all(language))}
            {choice(Join::Or, text::any(language))}
        </span>
    }
}

split!(
    node_filter,
    /// Replaces a text or filter by another.
    fn change(
        query: Memo<NodeQuery>,
        go: Callback<NodeQuery>,
        token: Token,
        text: Option<String>,
        filter: Option<Filter>,
    ) -> AnyView {
        let rest = Signal::derive(move || query.with(|query| query.without(token)));
        match filter {
            Some(filter) => view! { <FilterForm rest go start=filter /> }.into_any(),
            None => view! { <TextForm rest go text=text.unwrap_or_default() /> }.into_any(),
        }
    }
);
