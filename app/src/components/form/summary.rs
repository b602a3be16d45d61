//! What is wrong with a form, above it: takes the focus when an attempt fails, and leads to each field.

use domain::errors::FieldError;
use leptos::html;
use leptos::prelude::*;

use super::FormErrors;
use super::field::field_id;
use crate::components::icon::Icon;
use crate::error_text::rule_text;
use crate::page::use_language;
use crate::text::common;

/// The list of broken rules, each a link to its field; nothing when there are none.
#[component]
pub fn ErrorSummary(
    /// The form's errors.
    errors: FormErrors,
    /// Counts failed attempts: the summary takes the focus each time it changes.
    #[prop(optional, into)]
    attempt: Signal<u32>,
    /// A field's name on screen.
    label: fn(&str) -> String,
    /// A field's control, where it is not [`field_id`] of the field's name.
    #[prop(default = field_id)]
    target: fn(&str) -> String,
) -> impl IntoView {
    let language = use_language();
    let node = NodeRef::<html::Div>::new();
    Effect::new(move |before: Option<u32>| {
        let now = attempt.get();
        if before.is_some_and(|before| before != now)
            && let Some(summary) = node.get()
        {
            // Without focus the summary is still announced, being an alert.
            let _ = summary.focus();
        }
        now
    });
    let item = move |error: FieldError| {
        let href = format!("#{}", target(&error.field));
        view! { <li><a href=href rel="external">{label(&error.field)}</a>": "{rule_text(language, &error.rule)}</li> }
    };
    view! {
        <div class="error-summary" role="alert" tabindex="-1" node_ref=node>
            {move || {
                let all = errors.all().get();
                let title = match all.len() {
                    0 => return None,
                    1 => common::error_summary_one(language).to_owned(),
                    count => common::error_summary(language, count),
                };
                Some(
                    view! {
                        <div class="alert alert-error">
                            <Icon icon=Icon::Error />
                            <div class="alert-content">
                                <p class="alert-title">{title}</p>
                                <ul>{all.into_iter().map(item).collect_view()}</ul>
                            </div>
                        </div>
                    },
                )
            }}
        </div>
    }
    .into_any()
}
