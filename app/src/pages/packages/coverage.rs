//! The Coverage tab: which file each managed node would get of a version, or the very error that its agent would give.

mod answer;
mod view;

pub use view::CoverageView;

use domain::packages::address::{package as address, segment};
use domain::packages::coverage_page::{CoveragePage, CoverageQuery};
use domain::packages::detail::PackageDetail;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::detail::version_text;
use super::frame::PackageTab;
use crate::components::container::Container;
use crate::components::live::use_live;
use crate::components::loaded::{Loaded, followed};
use crate::packages::{ShownPackage, get_coverage};
use crate::page::use_language;
use crate::text::packages as text;

/// The tab, following the nodes and the package.
#[component]
pub fn PackageCoverage() -> impl IntoView {
    let show = |shown: Signal<ShownPackage>| view! { <Coverage shown /> }.into_any();
    view! { <PackageTab show /> }.into_any()
}

#[component]
fn Coverage(shown: Signal<ShownPackage>) -> impl IntoView {
    let language = use_language();
    let search = use_location().search;
    let query = Memo::new(move |_| search.with(|search| CoverageQuery::parse(search)));
    let name = shown.with_untracked(|shown| shown.package.name.clone());
    let path = format!("{}/coverage", address(&name));
    let place = segment(&name);
    let (nodes, packages) = (use_live("nodes"), use_live("packages"));
    let coverage = Resource::new(
        move || (place.clone(), query.with(CoverageQuery::to_query), nodes.get(), packages.get()),
        |(place, query, ..)| get_coverage(place, query),
    );
    let package = followed(move || shown.with(|shown| shown.package.clone()));
    let here = path.clone();
    let choice = move || {
        let query = query.get();
        view! { <VersionChoice path=here.clone() package=package.get() query /> }
    };
    let view = move |page: Signal<CoveragePage>| view! { <CoverageView path=path.clone() query page /> };
    view! {
        <Container title=text::coverage(language) description=text::coverage_description(language).to_owned()>
            {choice}
            <Loaded resource=coverage children=view />
        </Container>
    }
    .into_any()
}

/// Which version to look at, where there are several. What else the address says goes with it, but the page.
#[component]
fn VersionChoice(path: String, package: PackageDetail, query: CoverageQuery) -> impl IntoView {
    let language = use_language();
    if package.versions.len() < 2 {
        return ().into_any();
    }
    let options = package
        .versions
        .iter()
        .map(|version| {
            let selected = query.version.map_or(version.is_default, |number| version.number == number);
            view! { <option value=version.number.to_string() selected=selected>{version_text(version)}</option> }
        })
        .collect_view();
    let kept = query.at_page(1).parameters().into_iter().filter(|(name, _)| *name != "version");
    let kept =
        kept.map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view();
    view! {
        <form class="choice-form" method="get" action=path>
            {kept}
            <div class="field">
                <label class="field-label" for="field-version">{text::version(language)}</label>
                <select class="input" id="field-version" name="version">{options}</select>
            </div>
            <button class="button button-normal">{text::show(language)}</button>
        </form>
    }
    .into_any()
}
