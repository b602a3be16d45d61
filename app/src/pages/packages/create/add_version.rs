//! The ways into the wizard from the pages of packages.

use domain::packages::access::ChangeDenied;
use domain::packages::detail::PackageDetail;
use domain::packages::drafts::DraftKind;
use domain::packages::limits::MAX_VERSIONS;
use domain::permission::Permission;
use leptos::prelude::*;

use crate::components::button::{ButtonKind, DisabledButton, LinkButton, SubmitButton};
use crate::page::{may, use_language};
use crate::pages::packages::frame::denied_text;
use crate::text::{publish as text, publish_check, publish_review};

/// Leads to a new package.
#[component]
pub fn CreateLink() -> impl IntoView {
    let language = use_language();
    let denied = (!may(Permission::PublishPackage)).then(|| text::denied(language).to_owned());
    view! {
        <LinkButton
            href="/packages/create"
            text=text::title(language)
            kind=ButtonKind::Primary
            disabled=denied
        />
    }
}

/// Begins a draft of another version of a package, in either way.
#[component]
pub fn AddVersion(
    /// The package.
    package: PackageDetail,
    /// Why it cannot be changed, where it cannot.
    denied: Option<ChangeDenied>,
) -> impl IntoView {
    let language = use_language();
    let label = publish_review::add_version(language);
    let full = package.versions.len() >= MAX_VERSIONS;
    let reason = denied
        .map(|denied| denied_text(language, denied).to_owned())
        .or_else(|| full.then(|| text::no_room_for_version(language, MAX_VERSIONS)));
    if let Some(reason) = reason {
        return view! { <DisabledButton text=label reason /> }.into_any();
    }
    let begin = move |kind: DraftKind, label: &'static str| {
        let base = package.name.clone();
        view! { <BeginVersion kind base label /> }
    };
    view! {
        {begin(DraftKind::Simple, label)}
        {begin(DraftKind::Advanced, publish_check::add_version(language))}
    }
    .into_any()
}

#[component]
fn BeginVersion(kind: DraftKind, base: String, label: &'static str) -> impl IntoView {
    let pending = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        if pending.get_untracked() {
            event.prevent_default();
        }
        pending.set(true);
    };
    view! {
        <form method="post" action="/packages/drafts" on:submit=submit>
            <input type="hidden" name="kind" value=kind.name() />
            <input type="hidden" name="base" value=base />
            <SubmitButton text=label pending kind=ButtonKind::Normal />
        </form>
    }
    .into_any()
}
