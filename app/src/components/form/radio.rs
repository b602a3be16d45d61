//! One of a few, each with an explanation.

use leptos::prelude::*;

use super::field::{FormField, field_id};

/// An entry of a [`RadioGroup`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RadioOption {
    /// In the form's data.
    pub value: String,
    /// On screen.
    pub label: String,
    /// What choosing it means.
    pub description: Option<String>,
}

/// One of a few.
#[component]
pub fn RadioGroup(
    /// The control's name in the form's data.
    #[prop(into)]
    name: String,
    /// The group's name on screen.
    #[prop(into)]
    label: String,
    /// The chosen value.
    value: RwSignal<String>,
    /// From top to bottom.
    options: Vec<RadioOption>,
    /// What it is for.
    #[prop(optional_no_strip, into)]
    description: Option<String>,
    /// Which rule the choice breaks.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let group = field_id(&name);
    let first = value.get_untracked();
    let options = options
        .into_iter()
        .map(|option| {
            let id = format!("{group}-{}", option.value);
            let about = option.description.is_some().then(|| format!("{id}-description"));
            let checked = option.value == first;
            let chosen = option.value.clone();
            view! {
                <div class="radio">
                    <input
                        type="radio"
                        id=id.clone()
                        name=name.clone()
                        value=option.value
                        checked=checked
                        aria-describedby=about.clone()
                        on:change=move |_| value.set(chosen.clone())
                    />
                    <div>
                        <label for=id>{option.label}</label>
                        {option.description.map(|text| view! { <p class="field-description" id=about>{text}</p> })}
                    </div>
                </div>
            }
        })
        .collect_view();
    view! {
        <FormField id=group label description error group=true>
            {options}
        </FormField>
    }
    .into_any()
}
