//! The accounts and Regions: rows that come and go, by buttons of the form where there is no script.

use domain::costs::MAX_PLACES;
use leptos::html;
use leptos::prelude::*;

use super::Work;
use crate::components::icon::Icon;
use crate::page::use_language;
use crate::text::costs as text;

/// Every row, and the button that adds one.
#[component]
pub fn Rows(work: Work, node: NodeRef<html::Form>) -> impl IntoView {
    let language = use_language();
    let parts = work.parts();
    let typed = StoredValue::new(work.fields.get_untracked());
    let rows = RwSignal::new(typed.with_value(|fields| (parts.rows)(fields)));
    let add_button = NodeRef::<html::Button>::new();
    let add = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        rows.update(|rows| {
            if rows.len() < MAX_PLACES as usize {
                rows.push(rows.iter().max().map_or(1, |last| last + 1));
            }
        });
        read_again(node, work);
    };
    let remove = Callback::new(move |number: u32| {
        rows.update(|rows| rows.retain(|row| *row != number));
        if let Some(button) = add_button.get_untracked() {
            // The removed row had the focus; should this fail, it falls to the page.
            let _ = button.focus();
        }
        read_again(node, work);
    });
    let row = move |number: u32| {
        let position =
            move || rows.with(|rows| rows.iter().position(|row| *row == number).unwrap_or_default() + 1);
        let fields = typed.with_value(|fields| (parts.row)(fields, number, work.errors));
        let only = move || rows.with(|rows| rows.len() < 2);
        view! {
            <fieldset class="cost-place">
                <legend>{move || text::place_legend(language, position())}</legend>
                <div class="cost-fields">{fields}</div>
                <button
                    type="submit"
                    class="button button-normal"
                    name="remove"
                    value=number.to_string()
                    hidden=only
                    aria-label=move || text::remove_place_named(language, position())
                    on:click=move |event| {
                        event.prevent_default();
                        remove.run(number);
                    }
                >
                    {text::remove_place(language)}
                </button>
            </fieldset>
        }
    };
    view! {
        <div class="cost-places">
            <For each=move || rows.get() key=|row| *row children=row />
            <button
                type="submit"
                class="button button-normal"
                name="add"
                value="1"
                hidden=move || rows.with(|rows| rows.len() >= MAX_PLACES as usize)
                node_ref=add_button
                on:click=add
            >
                <Icon icon=Icon::Add />
                {text::add_place(language)}
            </button>
        </div>
    }
    .into_any()
}

/// Once the rows are in the page.
#[cfg(feature = "hydrate")]
fn read_again(node: NodeRef<html::Form>, work: Work) {
    request_animation_frame(move || {
        if !work.fields.is_disposed() {
            super::typing::typed(node, work);
        }
    });
}

/// On the server no row comes or goes by a click.
#[cfg(not(feature = "hydrate"))]
fn read_again(_node: NodeRef<html::Form>, _work: Work) {}
