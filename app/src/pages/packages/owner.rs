//! Handing a package over to another publisher.

use domain::packages::address::{package as address, segment};
use domain::packages::catalogue::Ownership;
use domain::permission::Permission;
use leptos::prelude::*;

use super::frame::WithPackage;
use crate::components::alert::Alert;
use crate::components::button::SubmitButton;
use crate::components::container::{Container, PageHeader};
use crate::components::form::{ErrorSummary, FormErrors, Select, SelectOption};
use crate::components::loaded::Loaded;
use crate::components::status::StatusKind;
use crate::error_text::error_text;
use crate::packages::ShownPackage;
use crate::packages::record::{ShownRecord, package_record};
use crate::page::{may, use_language};
use crate::publishers::OwnerRefused;
use crate::text::{common, package_record as text, packages};

/// The form.
#[component]
pub fn PackageOwner() -> impl IntoView {
    let refused = StoredValue::new(SharedValue::new(use_context::<OwnerRefused>).into_inner());
    let show = move |shown: Signal<ShownPackage>| {
        let language = use_language();
        let (name, ownership) =
            shown.with_untracked(|shown| (shown.package.name.clone(), shown.package.ownership));
        let body = if !may(Permission::ManagePeople) {
            view! { <Alert kind=StatusKind::Info>{text::hand_over_denied(language)}</Alert> }.into_any()
        } else if ownership != Ownership::Own {
            view! { <Alert kind=StatusKind::Info>{packages::denied_not_own(language)}</Alert> }.into_any()
        } else {
            let place = segment(&name);
            let record = Resource::new(|| (), move |()| package_record(place.clone()));
            let name = name.clone();
            let children = move |record: Signal<ShownRecord>| {
                view! { <Form name=name.clone() record=record.get_untracked() refused=refused.get_value() /> }
            };
            view! { <Loaded resource=record children /> }.into_any()
        };
        view! {
            <PageHeader title=text::hand_over_title(language, &name) />
            {body}
        }
        .into_any()
    };
    view! { <WithPackage show /> }.into_any()
}

#[component]
fn Form(name: String, record: ShownRecord, refused: Option<OwnerRefused>) -> impl IntoView {
    let language = use_language();
    let errors = FormErrors::default();
    let failure = refused.map(|OwnerRefused(error)| error).filter(|error| !errors.take(error)).map(|error| {
        view! {
            <Alert kind=StatusKind::Error title=packages::not_changed(language)>{error_text(language, &error)}</Alert>
        }
    });
    let option = |value: String, label: String| SelectOption { value, label, disabled: false };
    let nobody = option(String::new(), text::nobody(language).to_owned());
    let people = record.publishers.into_iter().map(|username| option(username.clone(), username));
    let options: Vec<_> = std::iter::once(nobody).chain(people).collect();
    let owner = RwSignal::new(record.owner.unwrap_or_default());
    let page = address(&name);
    let action = format!("{page}/owner");
    view! {
        {failure}
        <form class="form-page" method="post" action=action novalidate=true>
            <ErrorSummary errors label=|_| text::owner(use_language()).to_owned() />
            <Container title=text::owner(language) description=text::hand_over_does(language)>
                <div class="form">
                    <Select name="owner" label=text::owner(language) value=owner options error=errors.at("owner") />
                </div>
            </Container>
            <div class="form-actions">
                <a class="button button-link" href=page>{common::cancel(language)}</a>
                <SubmitButton text=text::hand_over(language) />
            </div>
        </form>
    }
    .into_any()
}
