//! How to register the node's machine anew.

use domain::nodes::ManagedNode;
use domain::nodes::actions::ActionKind;
use domain::permission::Permission;
use leptos::prelude::*;

use super::Machine;
use crate::components::button::LinkButton;
use crate::components::code_block::CodeBlock;
use crate::components::container::Container;
use crate::page::{may, use_language};
use crate::pages::nodes::actions::{denied_text, form_href, single_text};
use crate::text::{activations, node as text};

/// The three steps: another activation, the commands, and the former node deregistered.
#[component]
pub(super) fn RegisterAnew(
    /// The former node.
    node: ManagedNode,
    /// Its machine.
    machine: Machine,
) -> impl IntoView {
    let language = use_language();
    let (create, create_href) = match &node.activation_id {
        Some(id) => (text::anew_like(language), format!("/activations/new?clone={id}")),
        None => (text::anew_create(language), "/activations/new".to_owned()),
    };
    let create_denied =
        (!may(Permission::CreateActivation)).then(|| activations::create_denied(language).to_owned());
    let kind = ActionKind::Deregister;
    let deregister_denied = (!may(kind.permission())).then(|| denied_text(language, kind).to_owned());
    let region = machine.region.clone();
    let commands = machine.each(move |installation| {
        let code = Signal::stored(installation.register_anew(&region));
        view! { <CodeBlock code label=text::register_anew(language) /> }.into_any()
    });
    view! {
        <Container title=text::anew(language) description=text::anew_description(language).to_owned()>
            <ol class="steps">
                <li>
                    <p>{text::anew_activation(language)}</p>
                    <LinkButton text=create href=create_href disabled=create_denied />
                </li>
                <li>
                    <p>{text::anew_run(language)}</p>
                    {commands}
                    <p>{text::anew_failed(language)}</p>
                    <p class="secondary">{text::anew_no_agent(language)}</p>
                </li>
                <li>
                    <p>{text::anew_deregister(language)}</p>
                    <LinkButton
                        text=single_text(language, kind)
                        href=form_href(kind, &node.id)
                        disabled=deregister_denied
                    />
                </li>
            </ol>
        </Container>
    }
    .into_any()
}
