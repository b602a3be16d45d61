//! The Permissions tab: with whom the package is shared, and the form to change that.

use domain::errors::ApiError;
use domain::packages::access::ChangeDenied;
use domain::packages::address::{package as address, segment};
use domain::packages::catalogue::Ownership;
use domain::packages::change::{ChangeKind, PackageChange, SharingForm};
use domain::packages::cli;
use domain::packages::detail::SharedAccount;
use domain::packages::sharing::{MAX_ARN_LENGTH, SharingCall};
use leptos::prelude::*;

use super::cli::{Command, use_region};
use super::confirm::{part_title, use_refused};
use super::frame::{Denied, PackageTab, WithPackage, denied_text};
use crate::components::alert::Alert;
use crate::components::button::{LinkButton, SubmitButton};
use crate::components::container::{Container, KeyValue, KeyValues, PageHeader};
use crate::components::copy::CopyButton;
use crate::components::form::{
    ErrorSummary, FormErrors, FormField, RadioGroup, RadioOption, TextArea, field_id,
};
use crate::components::live::use_live;
use crate::components::loaded::Loaded;
use crate::components::plain_table::PlainTable;
use crate::components::status::StatusKind;
use crate::error_text::error_text;
use crate::packages::{ShownPackage, get_sharing};
use crate::page::use_language;
use crate::text::{common, packages as text};

/// Characters that fit in the field: a thousand ids with a space after each.
const MAX_ADD: u32 = 13_000;

/// The tab.
#[component]
pub fn PackagePermissions() -> impl IntoView {
    let show = |shown: Signal<ShownPackage>| {
        let first = shown.get_untracked();
        if first.package.ownership == Ownership::Own {
            view! { <Own first /> }.into_any()
        } else {
            let language = use_language();
            view! {
                <Container title=text::permissions(language)>
                    <p>{text::sharing_of_others(language)}</p>
                </Container>
            }
            .into_any()
        }
    };
    view! { <PackageTab show /> }.into_any()
}

/// The accounts of a package, fetched again when packages change.
fn use_sharing(name: &str) -> Resource<Result<Vec<SharedAccount>, ApiError>> {
    let place = segment(name);
    let live = use_live("packages");
    Resource::new(move || (place.clone(), live.get()), |(place, _)| get_sharing(place))
}

#[component]
fn Own(first: ShownPackage) -> impl IntoView {
    let language = use_language();
    let sharing = use_sharing(&first.package.name);
    let page = address(&first.package.name);
    let disabled = first.denied.map(|denied| denied_text(language, denied).to_owned());
    let edit = view! {
        <LinkButton href=format!("{page}/permissions/edit") text=text::edit(language) disabled />
    }
    .into_any();
    let arn = first.package.arn.clone();
    let by_arn = if arn.len() > MAX_ARN_LENGTH {
        view! { <Alert kind=StatusKind::Warning>{text::arn_too_long(language, MAX_ARN_LENGTH)}</Alert> }
            .into_any()
    } else {
        view! {
            <KeyValues>
                <KeyValue label=text::arn(language)>
                    <span class="code wrap">{arn.clone()}</span>
                    <CopyButton text=Signal::stored(arn) label=text::copy_arn(language) />
                </KeyValue>
            </KeyValues>
        }
        .into_any()
    };
    view! {
        <Container title=text::sharing(language) description=text::sharing_description(language).to_owned() actions=edit>
            <Loaded resource=sharing children=move |accounts| view! { <Accounts accounts /> } />
        </Container>
        <Container title=text::handing_over(language)>
            {by_arn}
            <h3>{text::sharing_allows(language)}</h3>
            <ul class="consequences">
                <li>{text::sharing_allows_install(language)}</li>
                <li>{text::sharing_by_arn(language)}</li>
                <li>{text::sharing_region(language)}</li>
            </ul>
            <h3>{text::sharing_allows_not(language)}</h3>
            <ul class="consequences">
                <li>{text::sharing_not_change(language)}</li>
                <li>{text::sharing_default_only(language)}</li>
                <li>{text::sharing_not_deleted(language)}</li>
            </ul>
        </Container>
    }
    .into_any()
}

#[component]
fn Accounts(accounts: Signal<Vec<SharedAccount>>) -> impl IntoView {
    let language = use_language();
    move || {
        let accounts = accounts.get();
        if accounts.is_empty() {
            return view! { <p>{text::private(language)}</p> }.into_any();
        }
        let everybody = accounts.iter().any(|account| account.id == "all");
        let public = everybody.then(|| {
            view! { <Alert kind=StatusKind::Warning title=text::public(language)><p>{text::public_hint(language)}</p></Alert> }
        });
        let rows = accounts
            .into_iter()
            .map(|account| {
                view! {
                    <tr>
                        <th scope="row">{account.id}</th>
                        <td>{shared_version_text(account.version.as_deref())}</td>
                    </tr>
                }
            })
            .collect_view();
        let headings = vec![text::account_id(language).into(), text::shared_version(language).into()];
        view! {
            {public}
            <PlainTable label=text::accounts(language) headings>{rows}</PlainTable>
        }
        .into_any()
    }
}

/// Which versions an account sees.
fn shared_version_text(version: Option<&str>) -> String {
    let language = use_language();
    match version {
        None | Some("$DEFAULT") => text::shared_default(language).to_owned(),
        Some("$LATEST") => text::shared_latest(language).to_owned(),
        Some("$ALL") => text::shared_all(language).to_owned(),
        Some(number) => text::version_number(language, number),
    }
}

/// The form's page.
#[component]
pub fn EditPermissions() -> impl IntoView {
    let refused = use_refused(ChangeKind::Share);
    let show = move |shown: Signal<ShownPackage>| {
        let ShownPackage { package, denied } = shown.get_untracked();
        let refused = refused.clone();
        let owner = package.owner.unwrap_or_default();
        view! { <Edit name=package.name owner denied refused /> }.into_any()
    };
    view! { <WithPackage show /> }.into_any()
}

#[component]
fn Edit(
    name: String,
    owner: String,
    denied: Option<ChangeDenied>,
    refused: Option<(PackageChange, ApiError)>,
) -> impl IntoView {
    let language = use_language();
    let sharing = use_sharing(&name);
    let form = move |accounts: Signal<Vec<SharedAccount>>| {
        let known: Vec<String> = accounts.get_untracked().into_iter().map(|account| account.id).collect();
        let (form, error) = match refused.clone() {
            // Part of it may have been changed.
            Some((PackageChange::Share(form), error)) => (form.with_known(known), Some(error)),
            _ => {
                let form =
                    SharingForm { shared: !known.is_empty(), keep: known.clone(), known, add: String::new() };
                (form, None)
            }
        };
        view! { <Form name=name.clone() owner=owner.clone() form error /> }
    };
    view! {
        <PageHeader title=text::edit_permissions(language) />
        {match denied {
            Some(denied) => view! { <Denied denied /> }.into_any(),
            None => view! { <Loaded resource=sharing children=form /> }.into_any(),
        }}
    }
    .into_any()
}

#[component]
fn Form(name: String, owner: String, form: SharingForm, error: Option<ApiError>) -> impl IntoView {
    let language = use_language();
    let errors = FormErrors::default();
    // Until something is filled in, the command shares with the account of AWS's own examples.
    let example = [SharingCall { add: vec!["111122223333".to_owned()], remove: Vec::new() }];
    let failure = error.filter(|error| !errors.take(error)).map(|error| {
        let title = part_title(language, &error);
        view! { <Alert kind=StatusKind::Error title>{error_text(language, &error)}</Alert> }
    });
    let page = address(&name);
    let option = |value: &str, label: &'static str, description: &'static str| RadioOption {
        value: value.to_owned(),
        label: label.to_owned(),
        description: Some(description.to_owned()),
    };
    let chosen = RwSignal::new(if form.shared { "shared" } else { "private" }.to_owned());
    let (add, keep) = (RwSignal::new(form.add.clone()), RwSignal::new(form.keep.clone()));
    let known = form
        .known
        .iter()
        .map(|account| {
            let kept = form.keep.contains(account);
            let id = account.clone();
            let tick = move |ticked: bool| {
                keep.update(|keep| {
                    keep.retain(|account| *account != id);
                    keep.extend(ticked.then(|| id.clone()));
                });
            };
            view! {
                <li>
                    <input type="hidden" name="known" value=account.clone() />
                    <label>
                        <input
                            type="checkbox"
                            name="keep"
                            value=account.clone()
                            checked=kept
                            on:change:target=move |event| tick(event.target().checked())
                        />
                        " "{account.clone()}
                    </label>
                </li>
            }
        })
        .collect_view();
    let kept = (!form.known.is_empty()).then(|| {
        view! {
            <FormField
                id=format!("{}-group", field_id("keep"))
                label=text::accounts(language)
                description=text::accounts_keep(language).to_owned()
                group=true
            >
                <ul class="plain-list">{known}</ul>
            </FormField>
        }
    });
    let region = use_region();
    let known_ids = form.known.clone();
    let command = Signal::derive(move || {
        let form = SharingForm {
            shared: chosen.with(|chosen| chosen == "shared"),
            known: known_ids.clone(),
            keep: keep.get(),
            add: add.get(),
        };
        let calls = form.validate(&owner).map(|changes| changes.calls()).unwrap_or_default();
        cli::share(&region, &name, if calls.is_empty() { &example } else { &calls })
    });
    view! {
        <form class="form-page" method="post" action=format!("{page}/permissions/edit") novalidate=true>
            {failure}
            <ErrorSummary errors label=|_| text::accounts_add(use_language()).to_owned() />
            <Container title=text::sharing(language)>
                <div class="form">
                    <RadioGroup
                        name="sharing"
                        label=text::sharing_option(language)
                        value=chosen
                        options=vec![
                            option("private", text::option_private(language), text::option_private_hint(language)),
                            option("shared", text::option_shared(language), text::option_shared_hint(language)),
                        ]
                    />
                    {kept}
                    <TextArea
                        name="add"
                        label=text::accounts_add(language)
                        value=add
                        max=MAX_ADD
                        rows=3
                        description=text::accounts_add_hint(language).to_owned()
                        optional=true
                        error=errors.at("add")
                    />
                </div>
            </Container>
            <Command command />
            <div class="form-actions">
                <a class="button button-link" href=format!("{page}/permissions")>{common::cancel(language)}</a>
                <SubmitButton text=text::save(language) />
            </div>
        </form>
    }
    .into_any()
}
