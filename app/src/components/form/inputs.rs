//! Controls of one value: text, long text, date and time, choice from a list.

use leptos::html;
use leptos::prelude::*;

use super::field::{Description, FormField, field_id};
use super::released::when_released;
use crate::components::number::number;
use crate::page::use_language;
use crate::text::common;

/// Lets a signal follow a control from what it holds when the script arrives: typed before, or restored.
macro_rules! follow {
    ($node:ident, $value:ident) => {
        Effect::new(move || {
            if let Some(control) = $node.get() {
                let typed = control.value();
                if typed != $value.get_untracked() {
                    $value.set(typed);
                }
            }
        })
    };
}

/// One line of text, or a number.
#[component]
pub fn TextInput(
    /// The control's name in the form's data.
    #[prop(into)]
    name: String,
    /// The field's name on screen.
    #[prop(into)]
    label: String,
    /// Its value: what is rendered first, then what is typed.
    value: RwSignal<String>,
    /// `text`, `number`, `password`, ….
    #[prop(default = "text")]
    kind: &'static str,
    /// What it is for.
    #[prop(optional_no_strip, into)]
    description: Option<String>,
    /// What it must be.
    #[prop(optional_no_strip, into)]
    constraint: Option<String>,
    /// Whether it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// Which rule its value breaks.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// `inputmode`, such as `numeric`.
    #[prop(optional, into)]
    inputmode: Option<&'static str>,
    /// `autocomplete`; `off` unless given.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Called when the field is left.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let id = field_id(&name);
    let ids = Description::new(&id, description.as_deref(), constraint.as_deref());
    let node = NodeRef::<html::Input>::new();
    follow!(node, value);
    view! {
        <FormField id=id.clone() label description constraint optional error>
            <input
                class="input"
                id=id.clone()
                name=name
                type=kind
                value=value.get_untracked()
                inputmode=inputmode
                autocomplete=autocomplete
                aria-describedby=move || ids.ids(error.get().is_some())
                aria-invalid=move || error.get().is_some().then_some("true")
                node_ref=node
                on:input:target=move |event| value.set(event.target().value())
                on:blur=move |_| when_released(on_blur)
            />
        </FormField>
    }
    .into_any()
}

/// Several lines of text, with a count of what is left.
#[component]
pub fn TextArea(
    /// The control's name in the form's data.
    #[prop(into)]
    name: String,
    /// The field's name on screen.
    #[prop(into)]
    label: String,
    /// Its value: what is rendered first, then what is typed.
    value: RwSignal<String>,
    /// Most characters (Unicode scalar values, as AWS counts).
    max: u32,
    /// Lines shown.
    #[prop(default = 2)]
    rows: u32,
    /// What it is for.
    #[prop(optional_no_strip, into)]
    description: Option<String>,
    /// What it must be.
    #[prop(optional_no_strip, into)]
    constraint: Option<String>,
    /// Whether it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// Which rule its value breaks.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Called when the field is left.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let language = use_language();
    let id = field_id(&name);
    let ids = Description::new(&id, description.as_deref(), constraint.as_deref());
    let node = NodeRef::<html::Textarea>::new();
    follow!(node, value);
    let count =
        move || value.with(|text| common::characters(language, number(text.chars().count()), number(max)));
    view! {
        <FormField id=id.clone() label description constraint optional error>
            <textarea
                class="input"
                id=id.clone()
                name=name
                rows=rows
                aria-describedby=move || ids.ids(error.get().is_some())
                aria-invalid=move || error.get().is_some().then_some("true")
                node_ref=node
                on:input:target=move |event| value.set(event.target().value())
                on:blur=move |_| when_released(on_blur)
                inner_html=escaped(&value.get_untracked())
            />
            <p class="field-counter">{count}</p>
        </FormField>
    }
    .into_any()
}

/// A date and time in the viewer's zone, which its constraint should name.
#[component]
pub fn DateTimeInput(
    /// The control's name in the form's data.
    #[prop(into)]
    name: String,
    /// The field's name on screen.
    #[prop(into)]
    label: String,
    /// Its value, such as `2026-11-23T10:05`.
    value: RwSignal<String>,
    /// Earliest, written likewise.
    #[prop(optional, into)]
    min: Signal<String>,
    /// Latest, written likewise.
    #[prop(optional, into)]
    max: Signal<String>,
    /// What it is for.
    #[prop(optional_no_strip, into)]
    description: Option<String>,
    /// What it must be, and the zone.
    #[prop(optional, into)]
    constraint: Signal<String>,
    /// Whether it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// Which rule its value breaks.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Called when the field is left.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let id = field_id(&name);
    // No error names the zone.
    let ids = Description::new(&id, description.as_deref(), Some("")).lasting();
    let node = NodeRef::<html::Input>::new();
    follow!(node, value);
    let given = |text: Signal<String>| move || Some(text.get()).filter(|text| !text.is_empty());
    view! {
        <FormField id=id.clone() label description optional error>
            <input
                class="input"
                id=id.clone()
                name=name
                type="datetime-local"
                value=value.get_untracked()
                min=given(min)
                max=given(max)
                aria-describedby=move || ids.ids(error.get().is_some())
                aria-invalid=move || error.get().is_some().then_some("true")
                node_ref=node
                on:input:target=move |event| value.set(event.target().value())
                on:blur=move |_| when_released(on_blur)
            />
            <p class="field-constraint" id=format!("{id}-constraint")>{move || constraint.get()}</p>
        </FormField>
    }
    .into_any()
}

/// An entry of a [`Select`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectOption {
    /// In the form's data.
    pub value: String,
    /// On screen.
    pub label: String,
    /// Whether it can only be seen.
    pub disabled: bool,
}

/// A choice from a list.
#[component]
pub fn Select(
    /// The control's name in the form's data.
    #[prop(into)]
    name: String,
    /// The field's name on screen.
    #[prop(into)]
    label: String,
    /// The chosen value.
    value: RwSignal<String>,
    /// What to choose from.
    #[prop(into)]
    options: Vec<SelectOption>,
    /// What it is for.
    #[prop(optional_no_strip, into)]
    description: Option<String>,
    /// What it must be.
    #[prop(optional_no_strip, into)]
    constraint: Option<String>,
    /// Whether it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// Which rule its value breaks.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Called when the choice changes.
    #[prop(optional, into)]
    on_change: Option<Callback<()>>,
) -> impl IntoView {
    let id = field_id(&name);
    let ids = Description::new(&id, description.as_deref(), constraint.as_deref());
    let node = NodeRef::<html::Select>::new();
    follow!(node, value);
    let first = value.get_untracked();
    let options = options
        .into_iter()
        .map(|option| {
            let selected = option.value == first;
            view! { <option value=option.value selected=selected disabled=option.disabled>{option.label}</option> }
        })
        .collect_view();
    view! {
        <FormField id=id.clone() label description constraint optional error>
            <select
                class="input"
                id=id.clone()
                name=name
                aria-describedby=move || ids.ids(error.get().is_some())
                aria-invalid=move || error.get().is_some().then_some("true")
                node_ref=node
                on:change:target=move |event| {
                    value.set(event.target().value());
                    when_released(on_change);
                }
            >
                {options}
            </select>
        </FormField>
    }
    .into_any()
}

/// A textarea's content as HTML. As a text node, an empty one would come back as a space.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
