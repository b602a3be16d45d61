//! One box to tick.

use leptos::html;
use leptos::prelude::*;

use super::field::field_id;
use crate::components::icon::Icon;

/// A box to tick, with its sentence. Its value in the form's data is `yes`.
#[component]
pub fn Checkbox(
    /// The control's name in the form's data.
    #[prop(into)]
    name: String,
    /// The sentence.
    #[prop(into)]
    label: String,
    /// Which rule its state breaks.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// The control, to ask whether it is ticked.
    node: NodeRef<html::Input>,
) -> impl IntoView {
    let id = field_id(&name);
    let describing = format!("{id}-error");
    let described = describing.clone();
    view! {
        <div class="field">
            <div class="choice">
                <input
                    type="checkbox"
                    id=id.clone()
                    name=name
                    value="yes"
                    aria-describedby=move || error.get().is_some().then(|| described.clone())
                    aria-invalid=move || error.get().is_some().then_some("true")
                    node_ref=node
                />
                <label for=id>{label}</label>
            </div>
            <div class="field-error" id=describing>
                {move || error.get().map(|text| view! { <Icon icon=Icon::Error /> <span>{text}</span> })}
            </div>
        </div>
    }
    .into_any()
}
