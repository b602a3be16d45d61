//! The first tab: what the package is, and what one of its versions holds.

use domain::packages::address::{package as address, segment};
use domain::packages::catalogue::Ownership;
use domain::packages::change::ChangeKind;
use domain::packages::detail::{PackageDetail, PackageVersion};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::confirm::use_refused;
use super::files::VersionFiles;
use super::frame::PackageTab;
use super::record::Record;
use super::status::Status;
use super::tags::Tags;
use crate::components::container::{Container, KeyValue, KeyValues};
use crate::components::copy::CopyButton;
use crate::components::live::use_live;
use crate::components::loaded::{Loaded, followed};
use crate::components::time::{Time, TimeStyle};
use crate::packages::{ShownPackage, get_version};
use crate::page::use_language;
use crate::pages::packages::list::owner_text;
use crate::text::packages as text;

/// The Package details tab.
#[component]
pub fn PackageDetails() -> impl IntoView {
    let refused = use_refused(ChangeKind::Tags);
    let show = move |shown: Signal<ShownPackage>| {
        let refused = refused.clone();
        view! {
            <Facts shown />
            <Version shown />
            <Record shown />
            <Tags shown refused />
        }
        .into_any()
    };
    view! { <PackageTab show /> }.into_any()
}

#[component]
fn Facts(shown: Signal<ShownPackage>) -> impl IntoView {
    let language = use_language();
    let package = followed(move || shown.with(|shown| shown.package.clone()));
    let facts = move || {
        let package = package.get();
        let default = package.default_version().cloned();
        let (name, arn) = (package.name.clone(), package.arn.clone());
        let own = package.ownership == Ownership::Own;
        let label = default.as_ref().map_or_else(|| "-".to_owned(), PackageVersion::label);
        let status = default.as_ref().and_then(|version| version.status);
        let created = default.as_ref().and_then(|version| version.created);
        view! {
            <KeyValues>
                <KeyValue label=text::name(language)>
                    <span class="wrap">{name.clone()}</span>
                    <CopyButton text=Signal::stored(name) label=text::copy_name(language) />
                </KeyValue>
                <KeyValue label=text::owner(language)>
                    {package.owner.clone().unwrap_or_else(|| "-".to_owned())}
                    " "
                    <span class="secondary">"("{owner_text(language, Some(package.ownership))}")"</span>
                </KeyValue>
                <KeyValue label=text::platforms(language)>{dash(package.platforms.join(", "))}</KeyValue>
                <KeyValue label=text::default_version(language)>
                    {label}
                </KeyValue>
                <KeyValue label=text::status(language)>
                    <Status status />
                    <Information version=default />
                </KeyValue>
                <KeyValue label=text::created(language)>
                    <Time at=created style=TimeStyle::Both />
                </KeyValue>
                {own
                    .then(|| {
                        view! {
                            <KeyValue label=text::arn(language)>
                                <span class="code wrap">{arn.clone()}</span>
                                <CopyButton text=Signal::stored(arn) label=text::copy_arn(language) />
                            </KeyValue>
                        }
                    })}
            </KeyValues>
        }
    };
    view! { <Container title=text::package(language)>{facts}</Container> }.into_any()
}

/// SSM's own words on what has become of a version.
#[component]
pub(super) fn Information(version: Option<PackageVersion>) -> impl IntoView {
    version.and_then(|version| version.status_information).map(|information| {
        view! { <p class="secondary wrap">{information}</p> }
    })
}

fn dash(text: String) -> String {
    if text.is_empty() { "-".to_owned() } else { text }
}

/// The version that the address names (`?version=2`), or the default one, with its files and its manifest.
#[component]
fn Version(shown: Signal<ShownPackage>) -> impl IntoView {
    let language = use_language();
    let query = use_query_map();
    let number = Memo::new(move |_| {
        query.with(|query| query.get("version")).and_then(|number| number.parse::<u64>().ok())
    });
    let name = shown.with_untracked(|shown| shown.package.name.clone());
    let place = segment(&name);
    let live = use_live("packages");
    let version = Resource::new(
        move || (place.clone(), number.get(), live.get()),
        |(place, number, _)| get_version(place, number),
    );
    let package = followed(move || shown.with(|shown| shown.package.clone()));
    view! {
        <Container title=text::contents(language) description=text::contents_description(language).to_owned()>
            {move || view! { <VersionChoice package=package.get() chosen=number.get() /> }}
            <Loaded
                resource=version
                children=move |version| view! { <VersionFiles name=name.clone() version /> }
            />
        </Container>
    }
    .into_any()
}

/// Which version to look at, where there are several.
#[component]
fn VersionChoice(package: PackageDetail, chosen: Option<u64>) -> impl IntoView {
    let language = use_language();
    if package.versions.len() < 2 {
        return ().into_any();
    }
    let options = package
        .versions
        .iter()
        .map(|version| {
            let selected = chosen.map_or(version.is_default, |number| version.number == number);
            view! { <option value=version.number.to_string() selected=selected>{version_text(version)}</option> }
        })
        .collect_view();
    view! {
        <form class="choice-form" method="get" action=address(&package.name)>
            <div class="field">
                <label class="field-label" for="field-version">{text::version(language)}</label>
                <select class="input" id="field-version" name="version">{options}</select>
            </div>
            <button class="button button-normal">{text::show(language)}</button>
        </form>
    }
    .into_any()
}

/// "1.2 (version 2), default".
pub(super) fn version_text(version: &PackageVersion) -> String {
    let language = use_language();
    let label = match &version.name {
        Some(name) => text::version_name_and_number(language, name, version.number),
        None => text::version_number(language, version.number),
    };
    if version.is_default { text::is_default(language, label) } else { label }
}
