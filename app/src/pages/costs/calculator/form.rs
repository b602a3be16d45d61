//! The form: real, so that it works without script; with script the estimate follows every key.

use leptos::html;
use leptos::prelude::*;

use super::Work;
use super::rows::Rows;
use super::save::SaveFields;
use crate::components::container::Container;
use crate::page::use_language;
use crate::text::costs as text;

/// The form.
#[component]
pub fn CalculatorForm(work: Work) -> impl IntoView {
    let language = use_language();
    let node = NodeRef::<html::Form>::new();
    let parts = work.parts();
    let (settings, prices) = work.fields.with_untracked(|fields| {
        let prices = (parts.prices)(fields, work.fields.into(), work.errors);
        ((parts.settings)(fields, work.errors), prices)
    });
    follow(node, work);
    view! {
        <form
            class="form-page cost-form"
            method="get"
            action=parts.calculator.path()
            novalidate=true
            node_ref=node
            on:input=move |_| typed(node, work)
            on:submit=move |event| submitted(&event, node, work)
        >
            // Enter presses a form's first button, which must be none that adds, removes or saves.
            <button type="submit" class="visually-hidden" tabindex="-1" aria-hidden="true">{text::apply(language)}</button>
            <Container title=text::period_section(language)>
                <div class="form">{settings}</div>
            </Container>
            <Container title=text::places(language)>
                <Rows work node />
            </Container>
            <Container title=text::prices(language)>{prices}</Container>
            <div class="form-actions only-without-script">
                <button type="submit" class="button button-primary">{text::apply(language)}</button>
            </div>
            <SaveFields work />
        </form>
    }
    .into_any()
}

#[cfg(feature = "hydrate")]
use super::typing::{follow, submitted, typed};

/// On the server nobody types.
#[cfg(not(feature = "hydrate"))]
fn follow(_form: NodeRef<html::Form>, _work: Work) {}

/// On the server nobody types.
#[cfg(not(feature = "hydrate"))]
fn typed(_form: NodeRef<html::Form>, _work: Work) {}

/// On the server nothing is ever submitted: the browser sends the form.
#[cfg(not(feature = "hydrate"))]
fn submitted(_event: &leptos::ev::SubmitEvent, _form: NodeRef<html::Form>, _work: Work) {}
