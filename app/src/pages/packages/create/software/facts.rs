//! What a file says of itself.

use domain::packages::drafts::DraftFile;
use domain::packages::software::{Software, SoftwareKind};
use leptos::prelude::*;

use crate::components::container::{KeyValue, KeyValues};
use crate::page::use_language;
use crate::pages::packages::size::size_text;
use crate::text::publish_software as text;

/// Dependencies that are shown at once.
const FIRST_DEPENDENCIES: usize = 5;

/// Name, version, architecture and what else the server has read from it.
#[component]
pub fn Facts(file: DraftFile, sha256: String) -> impl IntoView {
    let language = use_language();
    let software = file.software.map(|software| view! { <Read software /> });
    view! {
        <KeyValues>
            {software}
            <KeyValue label=text::size(language)>{size_text(file.size)}</KeyValue>
            <KeyValue label=text::sha256(language)><code class="code">{sha256}</code></KeyValue>
        </KeyValues>
    }
    .into_any()
}

#[component]
fn Read(software: Software) -> impl IntoView {
    let language = use_language();
    let kind = match software.kind {
        SoftwareKind::Deb => text::kind_deb(language),
        SoftwareKind::Rpm => text::kind_rpm(language),
        SoftwareKind::Msi => text::kind_msi(language),
    };
    let version = software.full_version();
    let pair = |label: &'static str, value: Option<String>| {
        value.map(|value| view! { <KeyValue label>{value}</KeyValue> }.into_any())
    };
    let signed = if software.signed { text::signed(language) } else { text::not_signed(language) };
    // A Debian package carries no signature of its own.
    let signed = (software.kind != SoftwareKind::Deb).then(|| signed.to_owned());
    let pairs = [
        pair(text::kind(language), Some(kind.to_owned())),
        pair(text::name(language), Some(software.name)),
        pair(text::version(language), Some(version)),
        pair(text::architecture(language), Some(software.native_architecture)),
        pair(text::publisher(language), software.publisher),
        pair(text::summary(language), software.summary),
        pair(text::product_code(language), software.product_code),
        pair(text::upgrade_code(language), software.upgrade_code),
        pair(text::signature(language), signed),
    ];
    view! {
        {pairs.into_iter().flatten().collect_view()}
        <Dependencies names=software.dependencies />
    }
    .into_any()
}

#[component]
fn Dependencies(names: Vec<String>) -> impl IntoView {
    let language = use_language();
    if names.is_empty() {
        return ().into_any();
    }
    let first = names.iter().take(FIRST_DEPENDENCIES).cloned().collect::<Vec<_>>().join(", ");
    let all = (names.len() > FIRST_DEPENDENCIES).then(|| {
        let count = names.len();
        view! {
            <details class="expandable">
                <summary>{text::all_dependencies(language, count)}</summary>
                <p>{names.join(", ")}</p>
            </details>
        }
    });
    view! { <KeyValue label=text::dependencies(language)>{first}{all}</KeyValue> }.into_any()
}
