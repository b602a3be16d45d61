//! Step 4: installing the SSM Agent and registering with it.

use domain::registration::{Permit, Route, System};
use leptos::prelude::*;

use super::choice::Choice;
use crate::components::code_block::CodeBlock;
use crate::page::use_language;
use crate::pages::activations::create::{architecture_text, route_text, shell_text};
use crate::text::get_started as text;

/// The commands for the chosen system, with words in the places of code and id.
#[component]
pub(super) fn Agent(choice: Choice) -> impl IntoView {
    let language = use_language();
    let Choice { region, system, .. } = choice;
    view! {
        <p>{text::agent_about(language)}</p>
        <p>{text::agent_words(language)}</p>
        {move || {
            let (system, permit) = (system.get(), Permit::example(&region.get()).ok()?);
            let routes = system
                .routes()
                .iter()
                .map(|&route| view! { <Commands system route permit=permit.clone() /> })
                .collect_view();
            Some(
                view! {
                    <h3>{system.name()}</h3>
                    <p class="secondary">{shell_text(language, system)}</p>
                    {routes}
                },
            )
        }}
        <p>
            {text::agent_then(language)}
            <a href="/nodes">{text::agent_nodes(language)}</a>
            {text::agent_listed(language)}
        </p>
    }
    .into_any()
}

/// One route, the commands for each architecture.
#[component]
fn Commands(system: System, route: Route, permit: Permit) -> impl IntoView {
    let language = use_language();
    let name = route_text(language, system, route);
    let blocks = system
        .architectures()
        .iter()
        .filter_map(|&architecture| Some((architecture, permit.script(system, architecture, route)?)))
        .map(|(architecture, script)| {
            let architecture = architecture_text(language, architecture);
            let label = crate::text::registration::script_label(language, system.name(), architecture, name);
            view! {
                <p class="script-title">{architecture}</p>
                <CodeBlock code=Signal::stored(script.text) label />
            }
        })
        .collect_view();
    let preferred = system.routes().first() == Some(&route);
    view! {
        <details class="expandable" open=preferred>
            <summary>{name}</summary>
            {blocks}
        </details>
    }
    .into_any()
}
