//! What to check when the agent has stopped reporting, in order.

use domain::language::Language;
use domain::nodes::PingStatus;
use domain::registration::Installation;
use leptos::prelude::*;

use super::Machine;
use crate::components::code_block::CodeBlock;
use crate::components::container::Container;
use crate::nodes::detail::NodeDetail;
use crate::page::use_language;
use crate::text::node as text;

/// The checks: open while the connection is lost, else behind their heading.
#[component]
pub(super) fn ConnectionLost(
    /// The node.
    detail: Signal<NodeDetail>,
    /// Its machine.
    machine: Machine,
) -> impl IntoView {
    let language = use_language();
    let lost = Memo::new(move |_| detail.with(|detail| is_lost(detail.node.ping_status)));
    let role = Memo::new(move |_| detail.with(|detail| detail.node.iam_role.clone()));
    let id = detail.with_untracked(|detail| detail.node.id.clone());
    move || {
        let checks = checks(language, &machine, &id, role.get());
        if lost.get() {
            view! {
                <Container title=text::lost(language)>
                    <p>{text::lost_now(language)}</p>
                    {checks}
                </Container>
            }
            .into_any()
        } else {
            view! {
                <Container title=text::lost(language)>
                    <details class="expandable">
                        <summary>{text::lost_if(language)}</summary>
                        {checks}
                    </details>
                </Container>
            }
            .into_any()
        }
    }
}

fn is_lost(ping_status: Option<PingStatus>) -> bool {
    matches!(ping_status, Some(PingStatus::ConnectionLost | PingStatus::Inactive))
}

fn checks(language: Language, machine: &Machine, id: &str, role: Option<String>) -> AnyView {
    let region = machine.region.clone();
    let blocks = move |label: &'static str, command: fn(Installation, &str) -> String| {
        let region = region.clone();
        machine.each(move |installation| {
            view! { <CodeBlock code=Signal::stored(command(installation, &region)) label /> }.into_any()
        })
    };
    let log_files = machine.installations.get();
    let log_file = log_files.first().copied().unwrap_or(Installation::Package).log_file();
    let role = role.map(|role| view! { <li>{text::lost_role(language, role)}</li> });
    view! {
        <ol class="steps">
            <li>{text::lost_machine(language)}</li>
            <li>
                {text::lost_agent(language)}
                {blocks(text::start_agent(language), |installation, _| installation.start_agent())}
            </li>
            <li>
                {text::lost_network(language)}
                {blocks(text::try_endpoint(language), Installation::try_endpoint)}
            </li>
            <li>
                {text::lost_log(language, log_file)}
                {blocks(text::read_log(language), |installation, _| installation.read_log().to_owned())}
            </li>
            <li>{text::lost_identity(language, id)}</li>
            {role}
        </ol>
        <p class="secondary">{text::lost_for_long(language)}</p>
    }
    .into_any()
}
