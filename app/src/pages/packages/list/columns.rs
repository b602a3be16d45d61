//! The columns of the table.

use domain::language::Language;
use domain::packages::address::{package as address, short_name};
use domain::packages::catalogue::Package;
use domain::packages::query::SortBy;
use leptos::prelude::*;

use super::card::platforms;
use crate::components::table::Column;
use crate::components::time::{Time, TimeStyle};
use crate::pages::packages::status::Status;
use crate::text::packages as text;

/// Every column, from left to right.
pub(super) fn columns(language: Language) -> Vec<Column<Package>> {
    let sorted = |by: SortBy, heading, cell: fn(&Package) -> AnyView| {
        Column::new(by.name(), heading, cell).sorted_by_server()
    };
    vec![
        sorted(SortBy::Name, text::name(language), |package| {
            let name = short_name(&package.name).to_owned();
            view! { <a href=address(&package.name)>{name}</a> }.into_any()
        })
        .row_header(),
        sorted(SortBy::Owner, text::owner(language), |package| owner(package).into_any()),
        Column::new("platforms", text::platforms(language), |package: &Package| {
            platforms(package).into_any()
        }),
        sorted(SortBy::Version, text::default_version(language), |package| version(package).into_any())
            .class("narrow"),
        Column::new(SortBy::Status.name(), text::status(language), move |package: &Package| {
            status(language, package)
        })
        .sorted_by_server()
        .class("nowrap"),
        sorted(SortBy::Created, text::created(language), |package| {
            view! { <Time at=package.created style=TimeStyle::Absolute /> }.into_any()
        })
        .class("narrow"),
        Column::new("tags", text::tags(language), |package: &Package| tags(package).into_any())
            .class("wide")
            .hidden(),
    ]
}

pub(super) fn owner(package: &Package) -> String {
    package.owner.clone().unwrap_or_else(|| "-".to_owned())
}

pub(super) fn version(package: &Package) -> String {
    package.version().unwrap_or_else(|| "-".to_owned())
}

/// The default version's status, and that of a newer one that nobody can install yet.
pub(super) fn status(language: Language, package: &Package) -> AnyView {
    let default = package.status();
    let newest = package.newest_version.clone().filter(|newest| newest.status != default);
    let newest = newest.and_then(|newest| {
        let label = newest.name.unwrap_or_else(|| newest.number.to_string());
        newest.status.map(|status| {
            view! { <div class="secondary">{text::version_named(language, label)}" "<Status status=Some(status) /></div> }
        })
    });
    view! {
        <Status status=default />
        {newest}
    }
    .into_any()
}

fn tags(package: &Package) -> String {
    if package.tags.is_empty() {
        return "-".to_owned();
    }
    package.tags.iter().map(|tag| format!("{}: {}", tag.key, tag.value)).collect::<Vec<_>>().join(", ")
}
