//! Deleting a package, its name typed once more.

use domain::packages::address::package as address;
use domain::packages::change::{ChangeKind, PackageChange};
use domain::packages::cli;
use leptos::prelude::*;

use super::cli::use_region;
use super::confirm::{Confirmation, use_refused};
use super::frame::WithPackage;
use crate::components::form::{FormErrors, TextInput};
use crate::packages::ShownPackage;
use crate::page::use_language;
use crate::text::packages as text;

/// The confirmation page.
#[component]
pub fn DeletePackage() -> impl IntoView {
    let refused = use_refused(ChangeKind::Delete);
    let region = use_region();
    let show = move |shown: Signal<ShownPackage>| {
        let (refused, region) = (refused.clone(), region.clone());
        view! { <Confirm shown=shown.get_untracked() refused region /> }.into_any()
    };
    view! { <WithPackage show /> }.into_any()
}

#[component]
fn Confirm(
    shown: ShownPackage,
    refused: Option<(PackageChange, domain::errors::ApiError)>,
    region: String,
) -> impl IntoView {
    let language = use_language();
    let name = shown.package.name.clone();
    let count = shown.package.versions.len();
    let (typed, error) = match refused {
        Some((PackageChange::Delete { confirmation }, error)) => (confirmation, Some(error)),
        _ => (String::new(), None),
    };
    let errors = FormErrors::default();
    let page = address(&name);
    view! {
        <Confirmation
            title=text::delete_package(language).to_owned()
            action=format!("{page}/delete")
            back=page
            question=text::delete_question(language, &name)
            submit=text::delete_package(language)
            error
            errors
            label=|_| text::confirmation(use_language()).to_owned()
            command=cli::delete(&region, &name, None)
            shown
        >
            <ul class="consequences">
                <li>{text::delete_does(language, count)}</li>
                <li>{text::delete_does_not(language)}</li>
                <li>{text::delete_shared(language)}</li>
                <li>{text::delete_final(language)}</li>
            </ul>
            <div class="form">
                <TextInput
                    name="confirmation"
                    label=text::confirmation(language)
                    value=RwSignal::new(typed)
                    description=text::confirmation_description(language, &name)
                    error=errors.at("confirmation")
                />
            </div>
        </Confirmation>
    }
    .into_any()
}
