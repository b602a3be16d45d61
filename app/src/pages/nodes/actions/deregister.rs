//! Deregistering nodes.

use domain::nodes::PingStatus;
use domain::nodes::actions::ActionKind;
use leptos::prelude::*;

use super::page::{ActionPage, Filled};
use crate::components::alert::Alert;
use crate::components::container::Container;
use crate::components::form::TextInput;
use crate::components::status::StatusKind;
use crate::page::use_language;
use crate::text::node_actions as text;

/// The form: what deregistration does and does not do, and for several nodes their number to be typed.
#[component]
pub fn DeregisterNodes() -> impl IntoView {
    let language = use_language();
    view! { <ActionPage kind=ActionKind::Deregister description=text::deregister_description(language) fields /> }
}

fn fields(filled: &Filled) -> AnyView {
    let language = use_language();
    let confirmation = filled.form.expected_confirmation().map(|expected| {
        view! {
            <div class="form">
                <TextInput
                    name="confirmation"
                    label=text::confirmation(language)
                    value=RwSignal::new(filled.form.confirmation.clone())
                    inputmode="numeric"
                    description=text::confirmation_description(language, expected)
                    error=filled.errors.at("confirmation")
                />
            </div>
        }
    });
    let possible = filled.start.nodes.iter().filter(|node| node.obstacle.is_none());
    let online = possible.filter(|node| node.ping_status == Some(PingStatus::Online)).count();
    let online = (online > 0).then(|| view! { <p>{text::deregister_online(language, online)}</p> });
    view! {
        <Container title=text::deregister_question(language)>
            <ul class="consequences">
                <li>{text::deregister_does(language)}</li>
                <li>{text::deregister_does_not(language)}</li>
                <li>{text::deregister_loses(language)}</li>
            </ul>
            <Alert kind=StatusKind::Warning>
                <p>{text::deregister_final(language)}</p>
                {online}
            </Alert>
            {confirmation}
        </Container>
    }
    .into_any()
}
