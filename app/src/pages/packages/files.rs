//! What a version holds: its manifest as a table of platforms and files, and as it was written.

use domain::packages::address::package as address;
use domain::packages::detail::PackageFile;
use domain::packages::manifest::Row;
use domain::permission::Permission;
use domain::url_query;
use leptos::prelude::*;

use super::detail::Information;
use super::file_name::FileName;
use super::size::size_text;
use super::status::Status;
use crate::components::alert::Alert;
use crate::components::button::{ButtonKind, DisabledButton};
use crate::components::code_block::CodeBlock;
use crate::components::container::{KeyValue, KeyValues};
use crate::components::loaded::followed;
use crate::components::plain_table::{Heading, PlainTable};
use crate::components::status::StatusKind;
use crate::components::time::{Time, TimeStyle};
use crate::error_text::error_text;
use crate::packages::{ShownContent, ShownVersion};
use crate::page::{may, use_language};
use crate::text::packages as text;

/// One version with its files and its manifest.
#[component]
pub fn VersionFiles(
    /// The package.
    name: String,
    /// The version.
    version: Signal<ShownVersion>,
) -> impl IntoView {
    let language = use_language();
    let version = followed(move || version.get());
    move || {
        let ShownVersion { version, content } = version.get();
        let (label, number) = (version.label(), version.number);
        let (status, created) = (version.status, version.created);
        let content = match content {
            Ok(content) => view! { <Contents name=name.clone() version=number content /> }.into_any(),
            Err(error) => view! {
                <Alert kind=StatusKind::Error title=text::content_unread(language)>{error_text(language, &error)}</Alert>
            }
            .into_any(),
        };
        view! {
            <KeyValues>
                <KeyValue label=text::version(language)>{label}</KeyValue>
                <KeyValue label=text::version_no(language)>{number}</KeyValue>
                <KeyValue label=text::status(language)>
                    <Status status />
                    <Information version=Some(version) />
                </KeyValue>
                <KeyValue label=text::added(language)>
                    <Time at=created style=TimeStyle::Both />
                </KeyValue>
            </KeyValues>
            {content}
        }
    }
}

#[component]
fn Contents(name: String, version: u64, content: ShownContent) -> impl IntoView {
    let language = use_language();
    let ShownContent { manifest, publisher, rows, files } = content;
    let publisher = publisher.map(|publisher| view! { <p>{text::publisher(language, publisher)}</p> });
    let table = match rows {
        Some(rows) => view! { <Targets name version rows files /> }.into_any(),
        None => {
            view! { <Alert kind=StatusKind::Warning>{text::manifest_unreadable(language)}</Alert> }.into_any()
        }
    };
    view! {
        {publisher}
        {table}
        <details class="expandable">
            <summary>{text::manifest(language)}</summary>
            <CodeBlock code=Signal::stored(manifest) label=text::manifest(language) />
        </details>
    }
    .into_any()
}

/// Platform, its version, architecture: which file.
#[component]
fn Targets(name: String, version: u64, rows: Vec<Row>, files: Vec<PackageFile>) -> impl IntoView {
    let language = use_language();
    let rows = rows
        .into_iter()
        .map(|row| {
            let present = files.iter().find(|file| file.name == row.file);
            let size = present.map(|file| file.size).or(row.size);
            let sum = row.sha256.or_else(|| present.map(|file| file.sha256.clone()));
            view! {
                <tr>
                    <th scope="row">{row.target.platform}</th>
                    <td>{row.target.version}</td>
                    <td>{row.target.architecture}</td>
                    <td><FileLink name=name.clone() version file=row.file there=present.is_some() /></td>
                    <td class="number nowrap">{size.map_or_else(|| "-".to_owned(), size_text)}</td>
                    <td><code class="wrap">{sum.unwrap_or_else(|| "-".to_owned())}</code></td>
                </tr>
            }
        })
        .collect_view();
    let headings = vec![
        text::platform(language).into(),
        text::platform_version(language).into(),
        text::architecture(language).into(),
        text::file(language).into(),
        Heading::Number(text::size(language)),
        text::sha256(language).into(),
    ];
    view! {
        <PlainTable label=text::targets(language) headings>{rows}</PlainTable>
    }
    .into_any()
}

/// A file's name, leading to the file where SSM has it.
#[component]
fn FileLink(name: String, version: u64, file: String, there: bool) -> impl IntoView {
    let language = use_language();
    if !there {
        return view! { <span class="wrap"><FileName name=file /></span> }.into_any();
    }
    if !may(Permission::DownloadPackage) {
        let reason = text::download_denied(language);
        return view! { <DisabledButton text=file reason kind=ButtonKind::Link /> }.into_any();
    }
    let version = version.to_string();
    let query = url_query::format([("version", version.as_str()), ("file", file.as_str())]);
    let href = format!("{}/file{query}", address(&name));
    // Not by the router: the answer is a file.
    view! { <a class="wrap" href=href rel="external" download=""><FileName name=file /></a> }.into_any()
}
