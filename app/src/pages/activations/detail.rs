//! One activation: what it is, which nodes it has brought, what to do when a registration fails.

mod nodes;

use domain::activations::Activation;
use domain::permission::Permission;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::delete::{DeleteDialog, DeleteDialogState, DeleteLink};
use super::status::Status;
use super::troubles::Troubles;
use crate::activations::get_activation;
use crate::components::button::LinkButton;
use crate::components::clock::use_now;
use crate::components::code_block::CodeBlock;
use crate::components::container::{Container, KeyValue, KeyValues, PageHeader};
use crate::components::copy::CopyButton;
use crate::components::item::{Gone, Item, if_there, use_id};
use crate::components::live::use_live;
use crate::components::role_name::RoleName;
use crate::components::time::{Time, TimeStyle};
use crate::page::{may, use_language, use_page};
use crate::text::activations as text;
use nodes::ActivationNodes;

/// One activation, following it as it changes.
#[component]
pub fn ActivationDetail() -> impl IntoView {
    let language = use_language();
    let (id, live) = (use_id(), use_live("activations"));
    let activation = Resource::new(
        move || (id.get(), live.get()),
        |(id, _)| async move { if_there(get_activation(id).await) },
    );
    let gone = Gone {
        title: text::not_found_title(language),
        description: text::not_found(language),
        list: "/activations",
        back: text::back_to_list(language),
    };
    let show = |activation| view! { <Detail activation /> }.into_any();
    view! { <Item resource=activation id=|activation: &Activation| activation.id.clone() gone show /> }
        .into_any()
}

#[component]
fn Detail(activation: Signal<Activation>) -> impl IntoView {
    let language = use_language();
    let first = activation.get_untracked();
    let deletion = DeleteDialogState::new();
    let navigate = use_navigate();
    let on_deleted = Callback::new(move |()| navigate("/activations", NavigateOptions::default()));
    let copy_denied = (!may(Permission::CreateActivation)).then(|| text::create_denied(language).to_owned());
    let actions = view! {
        <CopyLink id=first.id.clone() denied=copy_denied />
        <DeleteLink activation state=deletion />
    }
    .into_any();
    let title = first.description.clone().unwrap_or_else(|| first.id.clone());
    view! {
        <PageHeader title actions />
        <Container title=text::details_title(language)>
            <Facts activation />
        </Container>
        <ActivationNodes activation />
        <Container title=text::tags(language)>
            <Tags activation />
        </Container>
        <Troubles />
        <Cli activation=first />
        <DeleteDialog state=deletion on_deleted />
    }
    .into_any()
}

#[component]
fn CopyLink(id: String, denied: Option<String>) -> impl IntoView {
    let href = format!("/activations/new?clone={id}");
    let text = text::clone(use_language());
    match denied {
        Some(reason) => view! { <LinkButton href text disabled=reason /> }.into_any(),
        None => view! { <LinkButton href text /> }.into_any(),
    }
}

#[component]
fn Facts(activation: Signal<Activation>) -> impl IntoView {
    let language = use_language();
    let now = use_now();
    let first = activation.get_untracked();
    let status = Memo::new(move |_| activation.with(|activation| activation.status(now.get())));
    let registered = Memo::new(move |_| {
        activation.with(|a| text::registered_of(language, a.registrations, a.registration_limit))
    });
    let given = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    view! {
        <KeyValues>
            <KeyValue label=text::id(language)>
                <code>{first.id.clone()}</code>
                <CopyButton text=Signal::stored(first.id.clone()) label=text::copy_id(language) />
            </KeyValue>
            <KeyValue label=text::status(language)>{move || view! { <Status status=status.get() /> }}</KeyValue>
            <KeyValue label=text::registered(language)><span role="status">{move || registered.get()}</span></KeyValue>
            <KeyValue label=text::expires(language)><Time at=first.expires style=TimeStyle::Both /></KeyValue>
            <KeyValue label=text::created(language)><Time at=first.created style=TimeStyle::Both /></KeyValue>
            <KeyValue label=text::iam_role(language)><RoleName name=first.iam_role /></KeyValue>
            <KeyValue label=text::default_instance_name(language)>{given(first.default_instance_name)}</KeyValue>
            <KeyValue label=text::description(language)>{given(first.description)}</KeyValue>
        </KeyValues>
    }
    .into_any()
}

#[component]
fn Tags(activation: Signal<Activation>) -> impl IntoView {
    let language = use_language();
    let tags = activation.with_untracked(|activation| activation.tags.clone());
    if tags.is_empty() {
        return view! { <p class="secondary">{text::tags_none(language)}</p> }.into_any();
    }
    let pairs = tags
        .into_iter()
        .map(|tag| view! { <KeyValue label=tag.key>{if tag.value.is_empty() { "-".to_owned() } else { tag.value }}</KeyValue> })
        .collect_view();
    view! { <KeyValues>{pairs}</KeyValues> }.into_any()
}

/// The same with the AWS CLI.
#[component]
fn Cli(activation: Activation) -> impl IntoView {
    let language = use_language();
    let region =
        use_page().with_value(|page| page.aws.as_ref().map(|aws| aws.region.clone()).unwrap_or_default());
    let delete = Signal::stored(activation.delete_command(&region));
    view! {
        <details class="expandable">
            <summary>{text::cli_delete(language)}</summary>
            <CodeBlock code=delete label=text::cli_delete(language) />
        </details>
    }
    .into_any()
}
