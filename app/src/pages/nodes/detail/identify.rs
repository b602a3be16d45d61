//! Which machine a node is, and which node a machine.

use leptos::prelude::*;

use super::Machine;
use crate::components::code_block::CodeBlock;
use crate::components::container::Container;
use crate::nodes::detail::NodeDetail;
use crate::page::use_language;
use crate::text::node as text;

/// What the machine calls itself, and the commands that tell its node's id.
#[component]
pub(super) fn Identify(
    /// The node.
    detail: Signal<NodeDetail>,
    /// Its machine.
    machine: Machine,
) -> impl IntoView {
    let language = use_language();
    let from_here = move || {
        detail.with(|NodeDetail { node, .. }| {
            let name = node.computer_name.as_deref()?;
            let address = node.ip_address.as_deref().unwrap_or("-");
            Some(view! { <p>{text::identify_from_here(language, name, address)}</p> })
        })
    };
    let commands = machine.each(move |installation| {
        let code = Signal::stored(installation.identify().to_owned());
        view! { <CodeBlock code label=text::identify_command(language) /> }.into_any()
    });
    let installations = machine.installations;
    // Package and snap have the same file, which is told once.
    let files = move || {
        let mut files: Vec<_> = installations.get().iter().map(|one| one.registration_file()).collect();
        files.dedup();
        let file = |file| view! { <p class="secondary">{text::identify_file(language, file)}</p> };
        files.into_iter().map(file).collect_view()
    };
    view! {
        <Container title=text::identify(language) description=text::identify_description(language).to_owned()>
            {from_here}
            {commands}
            {files}
        </Container>
    }
    .into_any()
}
