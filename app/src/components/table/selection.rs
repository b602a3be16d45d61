//! Choosing rows of a table: checkboxes of a form, which works without script.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::page::use_language;
use crate::text::table as text;

/// The rows that are chosen on the page that is shown.
#[derive(Clone, Copy, Debug)]
pub struct Selection {
    /// The form that the checkboxes belong to; it sends the keys as `id`.
    pub form: &'static str,
    /// Keys of the rows that are chosen.
    pub chosen: RwSignal<BTreeSet<String>>,
}

impl Selection {
    /// Nothing is chosen yet.
    #[must_use]
    pub fn new(form: &'static str) -> Self {
        Self { form, chosen: RwSignal::default() }
    }
}

/// Chooses every row of the page, or none.
#[component]
pub(super) fn SelectPage(selection: Selection, keys: Signal<Vec<String>>) -> impl IntoView {
    let language = use_language();
    let chosen = selection.chosen;
    // What is not on the page cannot be seen to be chosen.
    Effect::new(move || {
        let shown = keys.get();
        if chosen.with_untracked(|chosen| chosen.iter().any(|key| !shown.contains(key))) {
            chosen.update(|chosen| chosen.retain(|key| shown.contains(key)));
        }
    });
    let count = move || chosen.with(BTreeSet::len);
    let all = move || count() > 0 && count() == keys.with(Vec::len);
    let some = move || !all() && count() != 0;
    let choose = move |all: bool| {
        chosen.set(if all { keys.get_untracked().into_iter().collect() } else { BTreeSet::new() });
    };
    view! {
        <th scope="col" class="select">
            <input
                type="checkbox"
                class="only-with-script"
                autocomplete="off"
                aria-label=text::select_page(language)
                prop:checked=all
                prop:indeterminate=some
                on:change:target=move |event| choose(event.target().checked())
            />
        </th>
    }
}

/// Chooses a row.
#[component]
pub(super) fn SelectRow(selection: Selection, key: String) -> impl IntoView {
    let language = use_language();
    let chosen = selection.chosen;
    let is_chosen = {
        let key = key.clone();
        move || chosen.with(|chosen| chosen.contains(&key))
    };
    let choose = {
        let key = key.clone();
        move |choose: bool| {
            chosen.update(|chosen| {
                if choose {
                    chosen.insert(key.clone());
                } else {
                    chosen.remove(&key);
                }
            });
        }
    };
    view! {
        <td class="select">
            <input
                type="checkbox"
                name="id"
                value=key.clone()
                form=selection.form
                autocomplete="off"
                aria-label=text::select_row(language, key)
                prop:checked=is_chosen
                on:change:target=move |event| choose(event.target().checked())
            />
        </td>
    }
}
