//! Two versions held against each other.

use domain::packages::address::{package as address, segment};
use domain::packages::detail::PackageDetail;
use domain::packages::manifest::Row;
use domain::packages::manifest::diff::RowChange;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::components::container::{Container, PageHeader};
use crate::components::loaded::{Loaded, followed};
use crate::components::plain_table::PlainTable;
use crate::components::status::{Badge, StatusKind};
use crate::packages::{Comparison, DiffLine, ShownPackage, compare_versions};
use crate::page::use_language;
use crate::pages::packages::detail::version_text;
use crate::pages::packages::file_name::FileName;
use crate::pages::packages::frame::WithPackage;
use crate::text::packages as text;

/// The page; `?from=1&to=2` names the versions, by default the newest and the one before.
#[component]
pub fn CompareVersions() -> impl IntoView {
    let show =
        |shown: Signal<ShownPackage>| view! { <Compare package=shown.get_untracked().package /> }.into_any();
    view! { <WithPackage show /> }.into_any()
}

#[component]
fn Compare(package: PackageDetail) -> impl IntoView {
    let language = use_language();
    let query = use_query_map();
    let newest = package.versions.first().map_or(1, |version| version.number);
    let before = package.versions.get(1).map_or(newest, |version| version.number);
    let chosen = move |name: &str, otherwise| {
        query.with(|query| query.get(name)).and_then(|number| number.parse::<u64>().ok()).unwrap_or(otherwise)
    };
    let (from, to) = (Memo::new(move |_| chosen("from", before)), Memo::new(move |_| chosen("to", newest)));
    let place = segment(&package.name);
    let comparison = Resource::new(
        move || (place.clone(), from.get(), to.get()),
        |(place, from, to)| compare_versions(place, from, to),
    );
    let choice = move || {
        view! { <Choice package=package.clone() from=Some(from.get()) to=Some(to.get()) /> }
    };
    view! {
        <PageHeader title=text::compare(language) description=text::compare_description(language).to_owned() />
        <Container title=text::versions(language)>{choice}</Container>
        <Loaded resource=comparison children=|comparison| view! { <Differences comparison /> } />
    }
    .into_any()
}

/// A form that chooses both versions.
#[component]
pub(super) fn Choice(package: PackageDetail, from: Option<u64>, to: Option<u64>) -> impl IntoView {
    let language = use_language();
    let select = |name: &'static str, label: &'static str, chosen: Option<u64>| {
        let options = package
            .versions
            .iter()
            .map(|version| {
                let selected = Some(version.number) == chosen;
                view! { <option value=version.number.to_string() selected=selected>{version_text(version)}</option> }
            })
            .collect_view();
        let id = format!("field-{name}");
        view! {
            <div class="field">
                <label class="field-label" for=id.clone()>{label}</label>
                <select class="input" id=id name=name>{options}</select>
            </div>
        }
    };
    view! {
        <form class="choice-form" method="get" action=format!("{}/versions/compare", address(&package.name))>
            {select("from", text::compare_from(language), from)}
            {select("to", text::compare_to(language), to)}
            <button class="button button-normal">{text::compare_show(language)}</button>
        </form>
    }
    .into_any()
}

#[component]
fn Differences(comparison: Signal<Comparison>) -> impl IntoView {
    let language = use_language();
    let comparison = followed(move || comparison.get());
    move || {
        let Comparison { rows, lines } = comparison.get();
        view! {
            <Container title=text::compare_rows(language)><Rows rows /></Container>
            <Container title=text::compare_text(language)><Lines lines /></Container>
        }
    }
}

/// The lines of the table that differ.
#[component]
fn Rows(rows: Option<Vec<RowChange>>) -> impl IntoView {
    let language = use_language();
    let rows = match rows {
        None => return view! { <p>{text::manifest_unreadable(language)}</p> }.into_any(),
        Some(rows) if rows.is_empty() => return view! { <p>{text::compare_same(language)}</p> }.into_any(),
        Some(rows) => rows,
    };
    let row = |change: RowChange| {
        let (kind, label, target, before, after) = match change {
            RowChange::Added { row } => {
                (StatusKind::Success, text::change_added(language), row.target.clone(), None, Some(row))
            }
            RowChange::Removed { row } => {
                (StatusKind::Error, text::change_removed(language), row.target.clone(), Some(row), None)
            }
            RowChange::Changed { before, after } => {
                let target = after.target.clone();
                (StatusKind::Info, text::change_changed(language), target, Some(before), Some(after))
            }
        };
        view! {
            <tr>
                <th scope="row">{target.platform}</th>
                <td>{target.version}</td>
                <td>{target.architecture}</td>
                <td><Badge text=label kind /></td>
                <td><File row=before /></td>
                <td><File row=after /></td>
            </tr>
        }
    };
    let rows = rows.into_iter().map(row).collect_view();
    let headings = vec![
        text::platform(language).into(),
        text::platform_version(language).into(),
        text::architecture(language).into(),
        text::change(language).into(),
        text::before(language).into(),
        text::after(language).into(),
    ];
    view! {
        <PlainTable label=text::compare_rows(language) headings>{rows}</PlainTable>
    }
    .into_any()
}

/// A file's name and the beginning of its checksum, which tells files of one name apart.
#[component]
fn File(row: Option<Row>) -> impl IntoView {
    const ENOUGH: usize = 12;
    let Some(row) = row else { return "-".into_any() };
    let sum = row.sha256.unwrap_or_default();
    let short: String = sum.chars().take(ENOUGH).collect();
    view! { <span class="wrap"><FileName name=row.file /></span>" "<code title=sum>{short}</code> }.into_any()
}

/// The text of both manifests, line by line.
#[component]
fn Lines(lines: Vec<DiffLine>) -> impl IntoView {
    let language = use_language();
    if lines.iter().all(|line| line.before.is_some() && line.after.is_some()) {
        return view! { <p>{text::compare_same_text(language)}</p> }.into_any();
    }
    let count = |is_it: fn(&DiffLine) -> bool| lines.iter().filter(|line| is_it(line)).count();
    let (added, removed) = (count(|line| line.before.is_none()), count(|line| line.after.is_none()));
    let number = |number: Option<usize>| number.map(|number| number.to_string()).unwrap_or_default();
    let row = |line: DiffLine| {
        let (class, sign, said) = match (line.before, line.after) {
            (Some(_), Some(_)) => ("line-same", " ", None),
            (Some(_), None) => ("line-removed", "-", Some(text::change_removed(language))),
            _ => ("line-added", "+", Some(text::change_added(language))),
        };
        view! {
            <tr class=class>
                <td class="line-number">{number(line.before)}</td>
                <td class="line-number">{number(line.after)}</td>
                <td class="line-sign">
                    <span aria-hidden="true">{sign}</span>
                    {said.map(|said| view! { <span class="visually-hidden">{said}</span> })}
                </td>
                <td>{line.text}</td>
            </tr>
        }
    };
    view! {
        <p class="secondary">{text::compare_counts(language, added, removed)}</p>
        <div class="table-scroll" role="region" aria-label=text::compare_text(language) tabindex="0">
            <table class="line-diff code">
                <tbody>{lines.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
