//! What surrounds a control.

use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::page::use_language;
use crate::text::common;

/// The id of a field's control in the page.
#[must_use]
pub fn field_id(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' };
    format!("field-{}", name.chars().map(plain).collect::<String>())
}

/// The ids that describe a control, for `aria-describedby`.
#[derive(Clone, Debug)]
pub(super) struct Description {
    id: String,
    described: bool,
    constrained: bool,
    /// Whether the constraint stays beside an error.
    lasting: bool,
}

impl Description {
    pub(super) fn new(id: &str, description: Option<&str>, constraint: Option<&str>) -> Self {
        let (described, constrained) = (description.is_some(), constraint.is_some());
        Self { id: id.to_owned(), described, constrained, lasting: false }
    }

    /// The constraint says more than an error would repeat, and stays beside it.
    pub(super) fn lasting(mut self) -> Self {
        self.lasting = true;
        self
    }

    /// The attribute's value: the error first, since it is what to act on.
    pub(super) fn ids(&self, error: bool) -> Option<String> {
        let constrained = self.constrained && (self.lasting || !error);
        let parts = [(error, "error"), (self.described, "description"), (constrained, "constraint")];
        let ids: Vec<_> =
            parts.iter().filter(|(on, _)| *on).map(|(_, part)| format!("{}-{part}", self.id)).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// Label, description, control, constraint or, in its place, the error. `group` makes it a fieldset, for several controls.
#[component]
pub fn FormField(
    /// The id of the control, by [`field_id`].
    #[prop(into)]
    id: String,
    /// The field's name on screen.
    #[prop(into)]
    label: String,
    /// What it is for.
    #[prop(optional_no_strip, into)]
    description: Option<String>,
    /// What it must be.
    #[prop(optional_no_strip, into)]
    constraint: Option<String>,
    /// Whether it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// Whether it holds several controls.
    #[prop(optional)]
    group: bool,
    /// Which rule its value breaks.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// The control.
    children: Children,
) -> impl IntoView {
    let language = use_language();
    let name = move || {
        view! {
            {label}
            {optional.then(|| view! { <span class="optional">" - "{common::optional(language)}</span> })}
        }
    };
    let ids = (format!("{id}-description"), format!("{id}-constraint"), format!("{id}-error"));
    let control = view! {
        {description.map(|text| view! { <p class="field-description" id=ids.0>{text}</p> })}
        <div class="field-control">{children()}</div>
        <div class="field-error" id=ids.2>
            {move || error.get().map(|text| view! { <Icon icon=Icon::Error /> <span>{text}</span> })}
        </div>
        // An error repeats it.
        {constraint
            .map(|text| {
                view! {
                    <p class="field-constraint" id=ids.1 hidden=move || error.get().is_some()>
                        {text}
                    </p>
                }
            })}
    };
    if group {
        view! {
            <fieldset class="field" id=id>
                <legend class="field-label">{name()}</legend>
                {control}
            </fieldset>
        }
        .into_any()
    } else {
        view! {
            <div class="field">
                <label class="field-label" for=id>{name()}</label>
                {control}
            </div>
        }
        .into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_hold_only_plain_characters() {
        assert_eq!(field_id("tags.2.key"), "field-tags_2_key");
        assert_eq!(field_id("form[tags][0][key]"), "field-form_tags__0__key_");
    }

    #[test]
    fn a_control_is_described_by_what_there_is() {
        let description = Description::new("field-a", Some("What for."), None);
        assert_eq!(description.ids(false).as_deref(), Some("field-a-description"));
        assert_eq!(description.ids(true).as_deref(), Some("field-a-error field-a-description"));
        assert_eq!(Description::new("field-a", None, None).ids(false), None);
    }

    #[test]
    fn an_error_takes_the_place_of_the_constraint() {
        let description = Description::new("field-a", None, Some("At most 3."));
        assert_eq!(description.ids(false).as_deref(), Some("field-a-constraint"));
        assert_eq!(description.ids(true).as_deref(), Some("field-a-error"));
        assert_eq!(description.lasting().ids(true).as_deref(), Some("field-a-error field-a-constraint"));
    }
}
