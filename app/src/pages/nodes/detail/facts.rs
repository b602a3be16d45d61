//! Everything that SSM tells of the node.

use domain::nodes::ManagedNode;
use domain::nodes::property::Property;
use leptos::prelude::*;

use crate::components::container::{KeyValue, KeyValues};
use crate::components::copy::CopyButton;
use crate::components::time::{Time, TimeStyle};
use crate::nodes::detail::NodeDetail;
use crate::page::use_language;
use crate::pages::nodes::Ping;
use crate::pages::nodes::columns::image;
use crate::pages::nodes::names::value_name;
use crate::text::{node as text, nodes};

/// The node's properties.
#[component]
pub fn Facts(
    /// The node.
    detail: Signal<NodeDetail>,
) -> impl IntoView {
    let language = use_language();
    let first = detail.get_untracked().node;
    let told = move |field: fn(&ManagedNode) -> Option<String>| {
        Memo::new(move |_| detail.with(|detail| field(&detail.node)).unwrap_or_else(|| "-".to_owned()))
    };
    let named = move |property: Property, field: fn(&ManagedNode) -> Option<String>| {
        let value = told(field);
        move || value.with(|value| value_name(language, property, value).into_owned())
    };
    let ping = Memo::new(move |_| detail.with(|detail| detail.node.ping_status));
    let last_ping = Memo::new(move |_| detail.with(|detail| detail.node.last_ping));
    let address = told(|node| node.ip_address.clone());
    let has_address = move || detail.with(|detail| detail.node.ip_address.is_some());
    let image = image(language, &first);
    let architecture = first.architecture.clone().map(|architecture| {
        view! { <KeyValue label=nodes::architecture(language)>{architecture}</KeyValue> }
    });
    view! {
        <KeyValues>
            <KeyValue label=nodes::node_id(language)>
                <code>{first.id.clone()}</code>
                <CopyButton text=Signal::stored(first.id.clone()) label=text::copy_id(language) />
            </KeyValue>
            <KeyValue label=nodes::node_name(language)>{told(|node| node.name.clone())}</KeyValue>
            <KeyValue label=nodes::ping_status(language)>{move || view! { <Ping status=ping.get() /> }}</KeyValue>
            <KeyValue label=nodes::last_ping(language)>
                {move || view! { <Time at=last_ping.get() style=TimeStyle::Both /> }}
            </KeyValue>
            <KeyValue label=nodes::computer_name(language)>{told(|node| node.computer_name.clone())}</KeyValue>
            <KeyValue label=nodes::ip_address(language)>
                {address}
                <Show when=has_address>
                    <CopyButton text=address label=text::copy_address(language) />
                </Show>
            </KeyValue>
            <KeyValue label=nodes::platform_type(language)>{named(Property::Platform, |node| node.platform_type.clone())}</KeyValue>
            <KeyValue label=nodes::operating_system(language)>{told(operating_system)}</KeyValue>
            {architecture}
            <KeyValue label=nodes::agent_version(language)>{told(|node| node.agent_version.clone())}</KeyValue>
            <KeyValue label=nodes::node_state(language)>{named(Property::State, |node| node.state.clone())}</KeyValue>
            <KeyValue label=nodes::source_type(language)>{named(Property::SourceType, |node| node.source_type.clone())}</KeyValue>
            <KeyValue label=nodes::source_id(language)>{told(|node| node.source_id.clone())}</KeyValue>
            <KeyValue label=nodes::image_id(language)>{image}</KeyValue>
            <KeyValue label=nodes::iam_role(language)>{told(|node| node.iam_role.clone())}</KeyValue>
            <KeyValue label=nodes::activation_id(language)>{activation(first.activation_id)}</KeyValue>
            <KeyValue label=nodes::registered(language)>
                <Time at=first.registered style=TimeStyle::Both />
            </KeyValue>
        </KeyValues>
    }
    .into_any()
}

fn operating_system(node: &ManagedNode) -> Option<String> {
    let name = node.platform_name.as_ref()?;
    Some(node.platform_version.as_ref().map_or_else(|| name.clone(), |version| format!("{name} {version}")))
}

fn activation(id: Option<String>) -> AnyView {
    match id {
        None => "-".into_any(),
        Some(id) => view! { <a class="code" href=format!("/activations/{id}")>{id.clone()}</a> }.into_any(),
    }
}
