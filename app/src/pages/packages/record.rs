//! Who published which version, by whom it is kept, and from which files.

use domain::packages::address::{package as address, segment};
use domain::packages::catalogue::Ownership;
use domain::packages::publications::{Origin, PlannedFile};
use domain::permission::Permission;
use leptos::prelude::*;

use super::file_name::FileName;
use crate::components::button::LinkButton;
use crate::components::container::{Container, KeyValue, KeyValues};
use crate::components::live::use_live;
use crate::components::loaded::{Loaded, followed};
use crate::components::plain_table::PlainTable;
use crate::components::time::{Time, TimeStyle};
use crate::packages::ShownPackage;
use crate::packages::record::{Published, ShownRecord, package_record};
use crate::page::{may, use_language};
use crate::text::package_record as text;

/// What the console knows of how a package came to be; nothing for those of others.
#[component]
pub fn Record(
    /// The package.
    shown: Signal<ShownPackage>,
) -> impl IntoView {
    let (name, ownership) =
        shown.with_untracked(|shown| (shown.package.name.clone(), shown.package.ownership));
    if ownership != Ownership::Own {
        return ().into_any();
    }
    let live = use_live("packages");
    let place = segment(&name);
    let record = Resource::new(move || (place.clone(), live.get()), |(place, _)| package_record(place));
    let show = move |record: Signal<ShownRecord>| {
        let record = followed(move || record.get());
        let name = name.clone();
        move || view! { <Whole name=name.clone() record=record.get() /> }
    };
    view! { <Loaded resource=record children=show /> }.into_any()
}

#[component]
fn Whole(name: String, record: ShownRecord) -> impl IntoView {
    let language = use_language();
    let denied = (!may(Permission::ManagePeople)).then(|| text::hand_over_denied(language).to_owned());
    let hand_over = view! {
        <LinkButton href=format!("{}/owner", address(&name)) text=text::hand_over(language) disabled=denied />
    }
    .into_any();
    let owner = record.owner.unwrap_or_else(|| text::nobody(language).to_owned());
    let published = if record.published.is_empty() {
        view! { <p class="secondary">{text::unknown(language)}</p> }.into_any()
    } else {
        let versions = record.published.into_iter().map(|version| view! { <Version version /> });
        versions.collect_view().into_any()
    };
    view! {
        <Container title=text::title(language) description=text::description(language) actions=hand_over>
            <KeyValues>
                <KeyValue label=text::owner(language)>{owner}</KeyValue>
            </KeyValues>
            {published}
        </Container>
    }
    .into_any()
}

#[component]
fn Version(version: Published) -> impl IntoView {
    let language = use_language();
    let label = match &version.version_name {
        Some(name) => text::version_named(language, name, &version.document_version),
        None => text::version(language, &version.document_version),
    };
    let by = match &version.token {
        Some(token) => text::by_token(language, &version.username, token),
        None => version.username.clone(),
    };
    let rows = version.files.into_iter().map(|file| view! { <File file /> }).collect_view();
    let headings = vec![
        text::made_from(language).into(),
        text::sha256_of_file(language).into(),
        text::zip(language).into(),
        text::sha256_of_zip(language).into(),
    ];
    view! {
        <section class="publication-record" aria-label=label.clone()>
            <h3>{label.clone()}</h3>
            <KeyValues>
                <KeyValue label=text::published_by(language)>{by}</KeyValue>
                <KeyValue label=text::published_at(language)>
                    <Time at=version.at style=TimeStyle::Both />
                </KeyValue>
                <KeyValue label=text::place(language)><code class="code wrap">{version.place}</code></KeyValue>
            </KeyValues>
            <PlainTable label=text::files_of(language, &label) headings>{rows}</PlainTable>
        </section>
    }
    .into_any()
}

#[component]
fn File(file: PlannedFile) -> impl IntoView {
    let language = use_language();
    let (from, sum) = match file.origin {
        Origin::Uploaded { file_name, sha256, .. } => (file_name, Some(sha256)),
        Origin::Carried { document_version } => (text::from_version(language, document_version), None),
        Origin::InPlace { .. } => (text::in_place(language).to_owned(), None),
    };
    view! {
        <tr>
            <th scope="row"><span class="wrap"><FileName name=from /></span></th>
            <td><code class="code wrap">{sum.unwrap_or_else(|| "-".to_owned())}</code></td>
            <td><span class="wrap"><FileName name=file.zip_name /></span></td>
            <td><code class="code wrap">{file.zip_sha256}</code></td>
        </tr>
    }
    .into_any()
}
