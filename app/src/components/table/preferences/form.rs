//! The form behind the cogwheel.

use domain::url_query;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};

use super::{PAGE_SIZES, TablePreferences};
use crate::components::icon::Icon;
use crate::components::popover::{Content, LazyPopover};
use crate::components::table::ColumnChoice;
use crate::page::use_language;
use crate::split::split;
use crate::text::table as text;

/// The cogwheel, and the form behind it.
#[component]
pub(in super::super) fn Preferences(
    table: &'static str,
    label: String,
    choices: Vec<ColumnChoice>,
    preferences: TablePreferences,
) -> impl IntoView {
    let language = use_language();
    let query = use_query_map();
    let open = query.with_untracked(|query| query.get_str("preferences") == Some(table));
    let content = Content::new(move || form(table, choices.clone(), preferences.clone()));
    view! {
        <LazyPopover
            class="preferences"
            summary=view! { <Icon icon=Icon::Settings /> }.into_any()
            label=text::preferences_of(language, label)
            open
            content
        />
    }
}

split!(
    table_preferences,
    fn form(table: &'static str, choices: Vec<ColumnChoice>, preferences: TablePreferences) -> AnyView {
        view! { <Form table choices preferences /> }.into_any()
    }
);

/// Columns are moved by buttons: at once where script runs, else each press sends the form, and the answer shows it open
/// again.
#[component]
fn Form(table: &'static str, choices: Vec<ColumnChoice>, preferences: TablePreferences) -> impl IntoView {
    let language = use_language();
    let sizes = PAGE_SIZES
        .into_iter()
        .map(|size| {
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        name=format!("page_size.{table}")
                        value=size.to_string()
                        checked=size == preferences.page_size
                    />
                    {text::rows(language, size)}
                </label>
            }
        })
        .collect_view();
    view! {
        <form method="post" action="/preferences">
            <input type="hidden" name="next" value=here_without_page() />
            // Tells "no column" from "not said".
            <input type="hidden" name=format!("columns.{table}") value="" />
            // What Enter presses is a form's first button, and that would move a column.
            <button class="visually-hidden" tabindex="-1" aria-hidden="true">{text::confirm(language)}</button>
            <fieldset>
                <legend>{text::page_size(language)}</legend>
                {sizes}
            </fieldset>
            <fieldset>
                <legend>{text::visible_columns(language)}</legend>
                <ColumnOrder table choices preferences />
            </fieldset>
            <button class="button button-primary">{text::confirm(language)}</button>
        </form>
    }
    .into_any()
}

/// This view from its first page, in pages of the size that will be preferred.
fn here_without_page() -> Signal<String> {
    let location = use_location();
    Signal::derive(move || {
        let pairs = url_query::parse(&location.search.get());
        let kept = pairs.iter().filter(|(name, _)| !matches!(name.as_str(), "page" | "size" | "preferences"));
        let query = url_query::format(kept.map(|(name, value)| (name.as_str(), value.as_str())));
        format!("{}{query}", location.pathname.get())
    })
}

/// The columns to choose, each with buttons that move it.
#[component]
fn ColumnOrder(
    table: &'static str,
    choices: Vec<ColumnChoice>,
    preferences: TablePreferences,
) -> impl IntoView {
    let language = use_language();
    let order = RwSignal::new(preferences.order.clone());
    let said = RwSignal::new(String::new());
    let heading =
        move |id: &str| choices.iter().find(|choice| choice.id == id).map_or("", |choice| choice.heading);
    let heading = StoredValue::new(heading);
    let move_by = Callback::new(move |(id, step): (&'static str, isize)| {
        let moved = order.try_update(|order| moved(order, id, step)).flatten();
        if let Some(place) = moved {
            let count = order.with_untracked(Vec::len);
            said.set(text::column_moved(
                language,
                heading.with_value(|heading| heading(id)),
                place + 1,
                count,
            ));
        }
    });
    let row = move |id: &'static str| {
        let heading = heading.with_value(|heading| heading(id));
        let shown = preferences.columns.contains(&id);
        let first = Memo::new(move |_| order.with(|order| order.first() == Some(&id)));
        let last = Memo::new(move |_| order.with(|order| order.last() == Some(&id)));
        view! {
            <li>
                <input type="hidden" name=format!("order.{table}") value=id />
                <label class="choice">
                    <input type="checkbox" name=format!("columns.{table}") value=id checked=shown />
                    {heading}
                </label>
                <MoveButton table id heading step=-1 at_end=first move_by />
                <MoveButton table id heading step=1 at_end=last move_by />
            </li>
        }
    };
    view! {
        <ul class="column-order">
            <For each=move || order.get() key=|id| *id children=row />
        </ul>
        <p class="visually-hidden" role="status">{said}</p>
    }
    .into_any()
}

/// Moves a column one place up (`step` −1) or down (1).
#[component]
fn MoveButton(
    table: &'static str,
    id: &'static str,
    heading: &'static str,
    step: isize,
    at_end: Memo<bool>,
    move_by: Callback<(&'static str, isize)>,
) -> impl IntoView {
    let language = use_language();
    let (name, label, icon) = if step < 0 {
        ("up", text::move_up(language, heading), Icon::Up)
    } else {
        ("down", text::move_down(language, heading), Icon::Down)
    };
    let button = NodeRef::<leptos::html::Button>::new();
    let press = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        move_by.run((id, step));
        // Moving an element takes the focus away from it.
        request_animation_frame(move || {
            if let Some(button) = button.get_untracked() {
                let _ = button.focus();
            }
        });
    };
    view! {
        <button
            node_ref=button
            class="button button-icon"
            name=format!("{name}.{table}")
            value=id
            aria-label=label
            aria-disabled=move || at_end.get().then_some("true")
            on:click=press
        >
            <Icon icon />
        </button>
    }
}

/// Moves an entry, and tells where it is now; nothing where it cannot go further.
fn moved(order: &mut [&'static str], id: &str, step: isize) -> Option<usize> {
    let from = order.iter().position(|known| *known == id)?;
    let to = from.checked_add_signed(step).filter(|to| *to < order.len())?;
    order.swap(from, to);
    Some(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_move_to_the_ends_and_no_further() {
        let mut order = ["a", "b", "c"];
        assert_eq!(moved(&mut order, "b", -1), Some(0));
        assert_eq!(order, ["b", "a", "c"]);
        assert_eq!(moved(&mut order, "b", -1), None);
        assert_eq!(moved(&mut order, "a", 1), Some(2));
        assert_eq!(moved(&mut order, "a", 1), None);
        assert_eq!(moved(&mut order, "x", 1), None);
    }
}
