//! Choosing another default version, and deleting a version: each asked once more.

use domain::errors::ApiError;
use domain::packages::address::package as address;
use domain::packages::change::ChangeKind;
use domain::packages::cli;
use domain::packages::detail::PackageVersion;
use leptos::prelude::*;

use crate::components::form::FormErrors;
use crate::components::item::NotThere;
use crate::packages::ShownPackage;
use crate::page::use_language;
use crate::pages::packages::cli::use_region;
use crate::pages::packages::confirm::{Confirmation, use_refused};
use crate::pages::packages::frame::{WithPackage, gone, use_version_number};
use crate::text::packages as text;

/// Asks before another version becomes the default.
#[component]
pub fn SetDefaultVersion() -> impl IntoView {
    view! { <OfVersion kind=ChangeKind::DefaultVersion /> }
}

/// Asks before a version is deleted.
#[component]
pub fn DeleteVersion() -> impl IntoView {
    view! { <OfVersion kind=ChangeKind::DeleteVersion /> }
}

#[component]
fn OfVersion(kind: ChangeKind) -> impl IntoView {
    let error = use_refused(kind).map(|(_, error)| error);
    let number = use_version_number();
    let (language, region) = (use_language(), use_region());
    let show = move |shown: Signal<ShownPackage>| {
        let shown = shown.get_untracked();
        let (error, region) = (error.clone(), region.clone());
        match (shown.package.version(number).cloned(), kind) {
            (None, _) => view! { <NotThere gone=gone(language) /> }.into_any(),
            (Some(version), ChangeKind::DefaultVersion) => {
                view! { <SetDefault shown version error region /> }.into_any()
            }
            (Some(version), _) => view! { <Delete shown version error region /> }.into_any(),
        }
    };
    view! { <WithPackage show /> }.into_any()
}

#[component]
fn SetDefault(
    shown: ShownPackage,
    version: PackageVersion,
    error: Option<ApiError>,
    region: String,
) -> impl IntoView {
    let language = use_language();
    let page = address(&shown.package.name);
    let before = shown.package.default_version().map(PackageVersion::label);
    let before = before.map(|label| view! { <li>{text::default_way_back(language, label)}</li> });
    view! {
        <Confirmation
            title=text::set_default(language).to_owned()
            action=format!("{page}/versions/{}/default", version.number)
            back=format!("{page}/versions")
            question=text::default_question(language, version.label(), &shown.package.name)
            submit=text::set_default(language)
            error
            errors=FormErrors::default()
            command=cli::set_default_version(&region, &shown.package.name, version.number)
            shown
        >
            <ul class="consequences">
                <li>{text::default_does(language)}</li>
                <li>{text::default_does_not(language)}</li>
                {before}
            </ul>
        </Confirmation>
    }
    .into_any()
}

#[component]
fn Delete(
    shown: ShownPackage,
    version: PackageVersion,
    error: Option<ApiError>,
    region: String,
) -> impl IntoView {
    let language = use_language();
    let page = address(&shown.package.name);
    view! {
        <Confirmation
            title=text::delete_version(language).to_owned()
            action=format!("{page}/versions/{}/delete", version.number)
            back=format!("{page}/versions")
            question=text::delete_version_question(language, version.label(), &shown.package.name)
            submit=text::delete_version(language)
            error
            errors=FormErrors::default()
            command=cli::delete(&region, &shown.package.name, Some(version.number))
            shown
        >
            <ul class="consequences">
                <li>{text::delete_version_does(language)}</li>
                <li>{text::delete_version_does_not(language)}</li>
                <li>{text::delete_version_final(language)}</li>
            </ul>
        </Confirmation>
    }
    .into_any()
}
