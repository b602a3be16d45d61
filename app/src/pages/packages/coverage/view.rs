//! Counts, filters and nodes: the same for a version that there is and for one that is not yet published.

use domain::packages::coverage_page::{CoveragePage, CoverageQuery, CoveredNode, Verdict};
use leptos::prelude::*;

use super::answer::{AnswerText, verdict_kind, verdict_text};
use crate::components::alert::Alert;
use crate::components::container::EmptyState;
use crate::components::loaded::followed;
use crate::components::number::number;
use crate::components::status::{StatusIndicator, StatusKind};
use crate::components::table::{Links, Pagination};
use crate::components::time::{Time, TimeStyle};
use crate::error_text::error_text;
use crate::page::use_language;
use crate::pages::nodes::links;
use crate::text::{packages as text, table};

/// A page of nodes. Its links lead to `path` with the query that they stand for.
#[component]
pub fn CoverageView(
    /// The address of the page that it is part of.
    #[prop(into)]
    path: String,
    /// What that address asks for.
    query: Memo<CoverageQuery>,
    /// The answer.
    page: Signal<CoveragePage>,
) -> impl IntoView {
    let page = followed(move || page.get());
    let base = StoredValue::new(path.clone());
    let href = Callback::new(move |query: CoverageQuery| {
        base.with_value(|path| format!("{path}{}", query.to_query()))
    });
    let pages = Signal::derive(move || page.with(|page| (page.number, page.pages)));
    let links = Links {
        direction: Callback::new(|_| None),
        sorted_by: Callback::new(move |_| href.run(query.get())),
        at_page: Callback::new(move |page| href.run(query.with(|query| query.at_page(page)))),
        cleared: Signal::derive(move || href.run(query.with(CoverageQuery::cleared))),
    };
    view! {
        <Stale page />
        <Counts query page href />
        <Filters path query page links />
        <Nodes page cleared=links.cleared />
        <Pagination links pages />
    }
    .into_any()
}

/// Says so when the nodes are older than they should be, or were never heard of.
#[component]
fn Stale(page: Signal<CoveragePage>) -> impl IntoView {
    let language = use_language();
    let failure = followed(move || page.with(|page| (page.failure.clone(), page.fetched_at)));
    move || {
        let (error, fetched) = failure.get();
        error.map(|error| {
            let age = fetched.map(|at| view! { " "<Time at style=TimeStyle::Both /> });
            view! {
                <Alert kind=StatusKind::Warning title=crate::text::nodes::stale(language).to_owned()>
                    <p>{error_text(language, &error)}{age}</p>
                </Alert>
            }
        })
    }
}

/// How many nodes there are of each verdict; each leads to them.
#[component]
fn Counts(
    query: Memo<CoverageQuery>,
    page: Signal<CoveragePage>,
    href: Callback<CoverageQuery, String>,
) -> impl IntoView {
    let language = use_language();
    let link = move |show: Option<Verdict>| {
        let count = move || match show {
            Some(verdict) => page.with(|page| verdict.count(page.counts)),
            None => page.with(|page| page.total),
        };
        let current = move || query.with(|query| query.show == show).then_some("true");
        let to = move || href.run(query.with(|query| query.showing(show)));
        let label = match show {
            Some(verdict) => view! {
                <StatusIndicator kind=verdict_kind(verdict) text=verdict_text(language, verdict) />
            }
            .into_any(),
            None => text::coverage_all(language).into_any(),
        };
        view! {
            <li>
                <a class="count" data-noscroll="" href=to aria-current=current>
                    <span class="count-number">{move || number(count())}</span>
                    {label}
                </a>
            </li>
        }
    };
    let verdicts = Verdict::ALL.into_iter().rev().map(Some);
    let counts = std::iter::once(None).chain(verdicts).map(link).collect_view();
    view! {
        <nav aria-label=text::coverage_counts(language)>
            <ul class="counts">{counts}</ul>
        </nav>
    }
    .into_any()
}

/// Platform and words, as a form; everything else that the address says goes with it.
#[component]
fn Filters(
    path: String,
    query: Memo<CoverageQuery>,
    page: Signal<CoveragePage>,
    links: Links,
) -> impl IntoView {
    let language = use_language();
    let platforms = followed(move || page.with(|page| page.platforms.clone()));
    let options = move || {
        let chosen = query.with(|query| query.platform.clone());
        platforms
            .get()
            .into_iter()
            .map(|(platform, count)| {
                let selected = chosen.as_deref() == Some(&platform);
                let label = text::platform_count(language, &platform, number(count));
                view! { <option value=platform selected=selected>{label}</option> }
            })
            .collect_view()
    };
    let kept = move || {
        let parameters = query.with(CoverageQuery::parameters).into_iter();
        let kept = parameters.filter(|(name, _)| matches!(*name, "version" | "show"));
        kept.map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view()
    };
    let found = move || {
        query.with(CoverageQuery::is_filtered).then(|| match page.with(|page| page.matched) {
            1 => table::match_one(language).to_owned(),
            count => table::matches(language, number(count)),
        })
    };
    let clear = move || {
        query.with(CoverageQuery::is_filtered).then(|| {
            view! { <a class="button button-link" data-noscroll="" href=links.cleared>{table::clear_filter(language)}</a> }
        })
    };
    view! {
        <form class="table-filters" method="get" action=path role="search">
            {kept}
            <select class="input" name="platform" aria-label=text::any_platform(language)>
                <option value="">{text::any_platform(language)}</option>
                {options}
            </select>
            <input
                class="input filter-text"
                type="search"
                name="q"
                value=move || query.with(|query| query.text.clone())
                placeholder=text::find_nodes(language)
                aria-label=text::find_nodes(language)
                autocomplete="off"
            />
            <button class="button button-normal">{table::apply(language)}</button>
            {clear}
            <span class="match-count" role="status">{found}</span>
        </form>
    }
    .into_any()
}

#[component]
fn Nodes(page: Signal<CoveragePage>, cleared: Signal<String>) -> impl IntoView {
    let language = use_language();
    let nodes = followed(move || page.with(|page| (page.nodes.clone(), page.total)));
    move || {
        let (nodes, total) = nodes.get();
        if total == 0 {
            return view! {
                <EmptyState title=text::no_nodes(language) description=text::no_nodes_hint(language).to_owned() />
            }
            .into_any();
        }
        if nodes.is_empty() {
            return view! {
                <EmptyState title=table::no_matches(language) description=table::no_matches_hint(language)>
                    <a class="button button-normal" href=cleared>{table::clear_filter(language)}</a>
                </EmptyState>
            }
            .into_any();
        }
        let rows = nodes.into_iter().map(|node| view! { <Row node /> }).collect_view();
        view! {
            <div class="table-region" role="region" aria-label=text::coverage(language) tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{text::node(language)}</th>
                            <th scope="col">{text::platform(language)}</th>
                            <th scope="col">{text::coverage(language)}</th>
                            <th scope="col">{text::what_the_agent_does(language)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    }
}

#[component]
fn Row(node: CoveredNode) -> impl IntoView {
    let language = use_language();
    let verdict = Verdict::of(&node.answer);
    let parts = [node.platform_name, node.platform_version];
    let platform = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let name = node.name.map(|name| view! { <div class="secondary">{name}</div> });
    view! {
        <tr>
            <th scope="row" class="nowrap">
                <a class="code" href=links::node(&node.id)>{node.id.clone()}</a>
                {name}
            </th>
            <td>{if platform.is_empty() { "-".to_owned() } else { platform }}</td>
            <td class="nowrap">
                <StatusIndicator kind=verdict_kind(verdict) text=verdict_text(language, verdict) />
            </td>
            <td class="wide"><AnswerText answer=node.answer /></td>
        </tr>
    }
    .into_any()
}
