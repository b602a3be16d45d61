//! Every package that the account sees: Distributor's five tabs, as cards or as a table.

mod card;
mod columns;
mod toolbar;

use domain::language::Language;
use domain::packages::catalogue::{Ownership, Package, PackagePage};
use domain::packages::query::{PackageQuery, PackageView, SortBy};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::components::alert::Alert;
use crate::components::container::EmptyState;
use crate::components::live::use_live;
use crate::components::loaded::{Loaded, followed};
use crate::components::status::StatusKind;
use crate::components::table::{Links, Page, TableBody, TableFrame, TablePreferences, choices};
use crate::components::time::{Time, TimeStyle};
use crate::error_text::error_text;
use crate::packages::list_packages;
use crate::page::{use_language, use_page};
use crate::text::packages as text;
use columns::columns;
use toolbar::{Toolbar, ViewSwitch};

use super::create::CreateLink;

/// The list's name in preferences.
const TABLE: &str = "packages";

/// The list, following changes.
#[component]
pub fn PackageList() -> impl IntoView {
    let language = use_language();
    let search = use_location().search;
    let columns = StoredValue::new(columns(language));
    let choices = columns.with_value(|columns| choices(columns));
    let preferences = use_page().with_value(|page| TablePreferences::of(page, TABLE, &choices));
    let preferred = preferences.page_size;
    let query = Memo::new(move |_| search.with(|search| PackageQuery::parse(search)).preferring(preferred));
    let live = use_live("packages");
    let packages = Resource::new(
        move || (query.with(PackageQuery::to_query), live.get()),
        |(query, _)| list_packages(query),
    );
    let show = move |packages: Signal<PackagePage>| {
        let packages = followed(move || packages.get());
        let view = Memo::new(move |_| query.with(|query| query.view));
        let preferences = preferences.clone();
        // Cards and rows are different elements: the frame is made anew for the other.
        move || {
            let page = followed(move || packages.with(page));
            let body = TableBody::new(columns.get_value(), &preferences, page);
            let body = match view.get() {
                PackageView::Cards => body.as_cards(page, card::card),
                PackageView::Table => body,
            };
            view! {
                <Stale packages />
                <TableFrame
                    name=TABLE
                    body
                    preferences=preferences.clone()
                    filtered=Signal::derive(move || query.with(PackageQuery::is_filtered))
                    links=links(query)
                    tools=view! { <Toolbar query packages /> }.into_any()
                    title=text::title(language).to_owned()
                    badge=None
                    description=Some(view! { <Age packages /> }.into_any())
                    actions=Some(view! { <ViewSwitch query /><CreateLink /> }.into_any())
                    selection=None
                    empty=ViewFn::from(move || view! { <Empty owner=query.with(|query| query.owner) /> })
                />
            }
            .into_any()
        }
    };
    view! {
        <OwnerTabs query />
        <Loaded resource=packages children=show />
    }
    .into_any()
}

/// Whose packages, in Distributor's words.
#[must_use]
pub fn owner_text(language: Language, owner: Option<Ownership>) -> &'static str {
    match owner {
        Some(Ownership::Amazon) => text::owned_by_amazon(language),
        Some(Ownership::Own) => text::owned_by_me(language),
        Some(Ownership::Shared) => text::shared_with_me(language),
        Some(Ownership::ThirdParty) => text::third_party(language),
        None => text::all(language),
    }
}

#[component]
fn OwnerTabs(query: Memo<PackageQuery>) -> impl IntoView {
    let language = use_language();
    let owners = Ownership::ALL.into_iter().map(Some).chain([None]);
    let tabs = owners
        .map(|owner| {
            let current = move || query.with(|query| query.owner == owner).then_some("page");
            let to = move || query.with(|query| href(&query.of_owner(owner)));
            view! { <li><a class="tab" href=to aria-current=current>{owner_text(language, owner)}</a></li> }
        })
        .collect_view();
    view! {
        <nav class="tabs" aria-label=text::owners(language)>
            <ul>{tabs}</ul>
        </nav>
    }
    .into_any()
}

/// The list's address for a query. The first tab says so too: an address then means the same whatever comes first.
fn href(query: &PackageQuery) -> String {
    format!("/packages{}", query.to_query())
}

fn links(query: Memo<PackageQuery>) -> Links {
    let by = SortBy::from_name;
    Links {
        direction: Callback::new(move |column| {
            by(column).and_then(|by| query.with(|query| query.direction(by)))
        }),
        sorted_by: Callback::new(move |column| {
            query.with(|query| href(&by(column).map_or_else(|| query.clone(), |by| query.sorted_by(by))))
        }),
        at_page: Callback::new(move |page| query.with(|query| href(&query.at_page(page)))),
        cleared: Signal::derive(move || query.with(|query| href(&query.cleared()))),
    }
}

fn page(page: &PackagePage) -> Page<Package> {
    Page {
        rows: page.packages.iter().map(|package| (package.name.clone(), package.clone())).collect(),
        matched: page.matched,
        total: page.total,
        number: page.number,
        pages: page.pages,
    }
}

/// When SSM told.
#[component]
fn Age(packages: Signal<PackagePage>) -> impl IntoView {
    let language = use_language();
    let fetched = followed(move || packages.with(|page| page.fetched_at));
    move || {
        fetched.get().map(|at| view! { {text::last_fetched(language)}" "<Time at style=TimeStyle::Clock /> })
    }
}

/// Says so when the last try failed: what is shown is older than it should be.
#[component]
fn Stale(packages: Signal<PackagePage>) -> impl IntoView {
    let language = use_language();
    let failure = followed(move || packages.with(|page| page.failure.clone()));
    move || {
        failure.get().map(|error| {
            view! {
                <Alert kind=StatusKind::Warning title=text::stale(language).to_owned()>
                    <p>{error_text(language, &error)}</p>
                </Alert>
            }
        })
    }
}

/// A tab without packages.
#[component]
fn Empty(owner: Option<Ownership>) -> impl IntoView {
    let language = use_language();
    let hint = match owner {
        Some(Ownership::Own) => text::empty_own(language),
        Some(Ownership::Shared) => text::empty_shared(language),
        _ => text::empty_others(language),
    };
    view! { <EmptyState title=text::empty(language) description=hint.to_owned() /> }
}
