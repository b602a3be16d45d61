//! The boxes of a page: its header, containers, key-value pairs, empty states.

use leptos::prelude::*;

use crate::components::title::set_title;

/// The page's title, in the window and as its `h1`, with its actions.
#[component]
pub fn PageHeader(
    /// The title.
    #[prop(into)]
    title: String,
    /// A line below it.
    #[prop(optional, into)]
    description: Option<String>,
    /// Buttons at its right.
    #[prop(optional, into)]
    actions: Option<AnyView>,
) -> impl IntoView {
    set_title(&title);
    view! {
        <div class="page-header">
            <div>
                <h1>{title}</h1>
                {description.map(|text| view! { <p class="secondary">{text}</p> })}
            </div>
            {actions.map(|actions| view! { <div class="actions">{actions}</div> })}
        </div>
    }
    .into_any()
}

/// A box with a heading.
#[component]
pub fn Container(
    /// Its heading (`h2`).
    #[prop(into)]
    title: String,
    /// A line below the heading.
    #[prop(optional, into)]
    description: Option<String>,
    /// Buttons at its right.
    #[prop(optional, into)]
    actions: Option<AnyView>,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="container">
            <div class="container-header">
                <div>
                    <h2>{title}</h2>
                    {description.map(|text| view! { <p class="secondary">{text}</p> })}
                </div>
                {actions.map(|actions| view! { <div class="actions">{actions}</div> })}
            </div>
            <div class="container-body">{children()}</div>
        </section>
    }
    .into_any()
}

/// Pairs of a name and a value, in columns.
#[component]
pub fn KeyValues(
    /// The [`KeyValue`]s.
    children: Children,
) -> impl IntoView {
    view! { <dl class="key-values">{children()}</dl> }
}

/// A name and its value.
#[component]
pub fn KeyValue(
    /// The name.
    #[prop(into)]
    label: String,
    /// The value.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="key-value">
            <dt>{label}</dt>
            <dd>{children()}</dd>
        </div>
    }
}

/// What stands where things would stand if there were any.
#[component]
pub fn EmptyState(
    /// "No activations".
    #[prop(into)]
    title: String,
    /// What to do about it.
    #[prop(optional, into)]
    description: Option<String>,
    /// A button or link.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <p class="empty-title">{title}</p>
            {description.map(|text| view! { <p>{text}</p> })}
            {children.map(|children| view! { <div class="empty-actions">{children()}</div> })}
        </div>
    }
    .into_any()
}
