//! What a package's pages have in common: the package followed as it changes, its heading, its tabs.

use domain::language::Language;
use domain::packages::access::ChangeDenied;
use domain::packages::address::{package as address, short_name};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};

use super::signed_out::signed_out;
use crate::components::alert::Alert;
use crate::components::button::LinkButton;
use crate::components::container::PageHeader;
use crate::components::item::{Gone, Item, if_there};
use crate::components::live::use_live;
use crate::components::status::StatusKind;
use crate::packages::{ShownPackage, get_package};
use crate::page::use_language;
use crate::text::packages as text;

/// The package's place in the page's address.
pub(super) fn use_segment() -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("name")).unwrap_or_default())
}

/// The version's number in the page's address.
pub(super) fn use_version_number() -> u64 {
    let params = use_params_map();
    params
        .with_untracked(|params| params.get("version"))
        .and_then(|number| number.parse().ok())
        .unwrap_or_default()
}

/// Loads the package that the address names and shows it; says so where there is none.
#[component]
pub fn WithPackage<F>(
    /// Shows it.
    show: F,
) -> impl IntoView
where
    F: Fn(Signal<ShownPackage>) -> AnyView + Clone + Send + Sync + 'static,
{
    if let Some(again) = signed_out() {
        return again;
    }
    let language = use_language();
    let (segment, live) = (use_segment(), use_live("packages"));
    let package = Resource::new(
        move || (segment.get(), live.get()),
        |(segment, _)| async move { if_there(get_package(segment).await) },
    );
    let id = |shown: &ShownPackage| shown.package.name.clone();
    view! { <Item resource=package id gone=gone(language) show /> }.into_any()
}

/// What is said where there is no such package or version, or no longer.
pub(super) fn gone(language: Language) -> Gone {
    Gone {
        title: text::not_found_title(language),
        description: text::not_found(language),
        list: "/packages",
        back: text::back_to_list(language),
    }
}

/// A package's page with one of its tabs.
#[component]
pub fn PackageTab<F>(
    /// What the tab holds.
    show: F,
) -> impl IntoView
where
    F: Fn(Signal<ShownPackage>) -> AnyView + Clone + Send + Sync + 'static,
{
    let language = use_language();
    let with_head = move |shown: Signal<ShownPackage>| {
        let first = shown.get_untracked();
        let page = address(&first.package.name);
        let denied = first.denied.map(|denied| denied_text(language, denied).to_owned());
        let actions = view! {
            <LinkButton href=format!("{page}/delete") text=text::delete_package(language) disabled=denied />
        }
        .into_any();
        view! {
            <PageHeader title=short_name(&first.package.name) actions />
            <Tabs page />
            {show(shown)}
        }
        .into_any()
    };
    view! { <WithPackage show=with_head /> }.into_any()
}

#[component]
fn Tabs(page: String) -> impl IntoView {
    let language = use_language();
    let path = use_location().pathname;
    let tab = move |page: &str, rest: &str, label: &'static str| {
        let href = format!("{page}{rest}");
        let rest = if rest.is_empty() { None } else { Some(rest.trim_start_matches('/').to_owned()) };
        // Segments: "", "packages", the package, the tab.
        let current = move || {
            path.with(|path| path.split('/').nth(3).filter(|tab| !tab.is_empty()) == rest.as_deref())
                .then_some("page")
        };
        view! { <li><a class="tab" href=href aria-current=current>{label}</a></li> }
    };
    view! {
        <nav class="tabs" aria-label=text::tabs(language)>
            <ul>
                {tab(&page, "", text::details(language))}
                {tab(&page, "/versions", text::versions(language))}
                {tab(&page, "/permissions", text::permissions(language))}
                {tab(&page, "/coverage", text::coverage(language))}
            </ul>
        </nav>
    }
    .into_any()
}

/// Why somebody may not change a package.
#[must_use]
pub fn denied_text(language: Language, denied: ChangeDenied) -> &'static str {
    match denied {
        ChangeDenied::Role => text::denied_role(language),
        ChangeDenied::NotOwn => text::denied_not_own(language),
        ChangeDenied::NotTheirs => text::denied_not_theirs(language),
        ChangeDenied::Name => text::denied_name(language),
    }
}

/// In place of a form that somebody may not send.
#[component]
pub fn Denied(denied: ChangeDenied) -> impl IntoView {
    let language = use_language();
    view! { <Alert kind=StatusKind::Info>{denied_text(language, denied)}</Alert> }
}
