//! A package as a card.

use domain::packages::address::{package as address, short_name};
use domain::packages::catalogue::Package;
use leptos::prelude::*;

use super::columns::{owner, status, version};
use crate::components::container::{KeyValue, KeyValues};
use crate::components::time::{Time, TimeStyle};
use crate::page::use_language;
use crate::text::packages as text;

/// Name, owner, platforms, version, status, when.
pub(super) fn card(package: &Package) -> AnyView {
    let language = use_language();
    let (href, name) = (address(&package.name), short_name(&package.name).to_owned());
    let (owner, platforms, version) = (owner(package), platforms(package), version(package));
    let (status, created) = (status(language, package), package.created);
    view! {
        <h2><a href=href>{name}</a></h2>
        <KeyValues>
            <KeyValue label=text::owner(language)>{owner}</KeyValue>
            <KeyValue label=text::platforms(language)>{platforms}</KeyValue>
            <KeyValue label=text::default_version(language)>{version}</KeyValue>
            <KeyValue label=text::status(language)>{status}</KeyValue>
            <KeyValue label=text::created(language)>
                <Time at=created style=TimeStyle::Absolute />
            </KeyValue>
        </KeyValues>
    }
    .into_any()
}

/// The platform types, or a dash.
pub(super) fn platforms(package: &Package) -> String {
    if package.platforms.is_empty() { "-".to_owned() } else { package.platforms.join(", ") }
}
