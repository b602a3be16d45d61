//! The Versions tab: every version, which is the default, and the way from one to another.

mod compare;
mod confirm;

pub use compare::CompareVersions;
pub use confirm::{DeleteVersion, SetDefaultVersion};

use domain::packages::access::ChangeDenied;
use domain::packages::address::package as address;
use domain::packages::detail::{PackageDetail, PackageVersion};
use domain::packages::limits::MAX_VERSIONS;
use leptos::prelude::*;

use super::create::AddVersion;
use super::detail::Information;
use super::frame::{PackageTab, denied_text};
use super::status::Status;
use crate::components::button::{ButtonKind, DisabledButton};
use crate::components::container::Container;
use crate::components::loaded::followed;
use crate::components::plain_table::{Heading, PlainTable};
use crate::components::status::{Badge, StatusKind};
use crate::components::time::{Time, TimeStyle};
use crate::packages::ShownPackage;
use crate::page::use_language;
use crate::text::packages as text;

/// The tab.
#[component]
pub fn PackageVersions() -> impl IntoView {
    let show = |shown: Signal<ShownPackage>| {
        let shown = followed(move || shown.get());
        (move || view! { <Versions shown=shown.get() /> }).into_any()
    };
    view! { <PackageTab show /> }.into_any()
}

#[component]
fn Versions(shown: ShownPackage) -> impl IntoView {
    let language = use_language();
    let ShownPackage { package, denied } = shown;
    let count = package.versions.len();
    let rows = package
        .versions
        .iter()
        .map(|version| view! { <Row page=address(&package.name) version=version.clone() denied /> })
        .collect_view();
    let headings = vec![
        text::version_name(language).into(),
        Heading::Number(text::version_no(language)),
        text::added(language).into(),
        text::default_version(language).into(),
        text::status(language).into(),
        text::actions(language).into(),
    ];
    view! {
        <Container
            title=text::versions(language)
            description=text::versions_of(language, count, MAX_VERSIONS)
            actions=view! { <AddVersion package=package.clone() denied /> }.into_any()
        >
            <PlainTable label=text::versions(language) headings>{rows}</PlainTable>
            <p class="secondary">{text::versions_hint(language)}</p>
        </Container>
        <CompareForm package />
    }
    .into_any()
}

#[component]
fn Row(page: String, version: PackageVersion, denied: Option<ChangeDenied>) -> impl IntoView {
    let language = use_language();
    let number = version.number;
    let label = version.label();
    let name = version.name.clone().unwrap_or_else(|| "-".to_owned());
    let denied = denied.map(|denied| denied_text(language, denied));
    let is_default = version.is_default;
    let kept = is_default.then(|| text::default_stays(language)).or(denied);
    let not_again = is_default.then(|| text::is_already_default(language)).or(denied);
    let shown = format!("{page}?version={number}");
    let act = move |rest: &str, text: &'static str, named: String, reason: Option<&'static str>| {
        match reason {
        Some(reason) => view! { <DisabledButton text reason kind=ButtonKind::Link /> }.into_any(),
        None => view! {
            <a class=ButtonKind::Link.class() href=format!("{page}/versions/{number}/{rest}") aria-label=named>{text}</a>
        }
        .into_any(),
    }
    };
    view! {
        <tr>
            <th scope="row"><a href=shown>{name}</a></th>
            <td class="number">{number}</td>
            <td><Time at=version.created style=TimeStyle::Absolute /></td>
            <td>
                {is_default
                    .then(|| view! { <Badge text=text::yes(language) kind=StatusKind::Success /> })}
            </td>
            <td>
                <Status status=version.status />
                <Information version=Some(version.clone()) />
            </td>
            <td>
                <span class="row-actions">
                    {act("default", text::set_default(language), text::set_default_named(language, &label), not_again)}
                    {act("delete", text::delete_version(language), text::delete_version_named(language, &label), kept)}
                </span>
            </td>
        </tr>
    }
    .into_any()
}

/// Two versions to be held against each other.
#[component]
fn CompareForm(package: PackageDetail) -> impl IntoView {
    let language = use_language();
    if package.versions.len() < 2 {
        return ().into_any();
    }
    let from = package.versions.get(1).map(|version| version.number);
    let to = package.versions.first().map(|version| version.number);
    view! {
        <Container title=text::compare(language) description=text::compare_description(language).to_owned()>
            <compare::Choice package from to />
        </Container>
    }
    .into_any()
}
