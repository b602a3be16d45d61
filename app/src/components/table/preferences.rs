//! What a person prefers of a table: its columns and how many rows a page has.

use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::components::layout::use_here;
use crate::components::popover::Popover;
use crate::page::{use_language, use_page};
use crate::text::table as text;

/// Rows a page can have.
const PAGE_SIZES: [usize; 4] = [10, 20, 50, 100];
const DEFAULT_PAGE_SIZE: usize = 20;

/// A column to choose.
#[derive(Clone, Copy, Debug)]
pub(super) struct ColumnChoice {
    pub(super) id: &'static str,
    pub(super) heading: &'static str,
    /// Always there.
    pub(super) fixed: bool,
    /// There unless the person has chosen otherwise.
    pub(super) shown: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TablePreferences {
    pub(super) page_size: usize,
    /// Ids of the columns shown.
    pub(super) columns: Vec<&'static str>,
}

/// What the person has chosen for a table.
pub(super) fn use_preferences(table: &str, choices: &[ColumnChoice]) -> TablePreferences {
    use_page().with_value(|page| {
        let stored = |what: &str| page.preferences.get(&format!("{what}.{table}")).map(String::as_str);
        chosen(stored("page_size"), stored("columns"), choices)
    })
}

fn chosen(page_size: Option<&str>, columns: Option<&str>, choices: &[ColumnChoice]) -> TablePreferences {
    let page_size = page_size
        .and_then(|size| size.parse().ok())
        .filter(|size| PAGE_SIZES.contains(size))
        .unwrap_or(DEFAULT_PAGE_SIZE);
    let ids: Option<Vec<&str>> = columns.map(|ids| ids.split(',').collect());
    let shown = |choice: &&ColumnChoice| {
        choice.fixed || ids.as_ref().map_or(choice.shown, |ids| ids.contains(&choice.id))
    };
    TablePreferences { page_size, columns: choices.iter().filter(shown).map(|choice| choice.id).collect() }
}

/// The form behind the cogwheel.
#[component]
pub(super) fn Preferences(
    table: &'static str,
    label: String,
    choices: Vec<ColumnChoice>,
    preferences: TablePreferences,
) -> impl IntoView {
    let language = use_language();
    let next = use_here();
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
    let columns = choices
        .into_iter()
        .filter(|choice| !choice.fixed)
        .map(|choice| {
            view! {
                <label class="choice">
                    <input
                        type="checkbox"
                        name=format!("columns.{table}")
                        value=choice.id
                        checked=preferences.columns.contains(&choice.id)
                    />
                    {choice.heading}
                </label>
            }
        })
        .collect_view();
    let icon = view! { <Icon icon=Icon::Settings /> }.into_any();
    view! {
        <Popover class="preferences" summary=icon label=text::preferences_of(language, label)>
            <form method="post" action="/preferences">
                <input type="hidden" name="next" value=next />
                // Tells "no column" from "not said".
                <input type="hidden" name=format!("columns.{table}") value="" />
                <fieldset>
                    <legend>{text::page_size(language)}</legend>
                    {sizes}
                </fieldset>
                <fieldset>
                    <legend>{text::visible_columns(language)}</legend>
                    {columns}
                </fieldset>
                <button class="button button-primary">{text::confirm(language)}</button>
            </form>
        </Popover>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHOICES: [ColumnChoice; 3] = [
        ColumnChoice { id: "id", heading: "Id", fixed: true, shown: true },
        ColumnChoice { id: "name", heading: "Name", fixed: false, shown: true },
        ColumnChoice { id: "ip", heading: "Address", fixed: false, shown: false },
    ];

    #[test]
    fn without_a_choice_the_usual_columns_show() {
        let preferences = chosen(None, None, &CHOICES);
        assert_eq!((preferences.page_size, preferences.columns), (20, vec!["id", "name"]));
    }

    #[test]
    fn chosen_columns_come_in_the_tables_order() {
        assert_eq!(chosen(None, Some("ip,name"), &CHOICES).columns, ["id", "name", "ip"]);
        assert_eq!(chosen(None, Some(",ip,unknown"), &CHOICES).columns, ["id", "ip"]);
        assert_eq!(chosen(None, Some(""), &CHOICES).columns, ["id"]);
    }

    #[test]
    fn only_offered_page_sizes_count() {
        assert_eq!(chosen(Some("50"), None, &CHOICES).page_size, 50);
        assert_eq!(chosen(Some("1000000"), None, &CHOICES).page_size, 20);
        assert_eq!(chosen(Some("many"), None, &CHOICES).page_size, 20);
    }
}
