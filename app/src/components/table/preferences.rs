//! What a person prefers of a table: its columns, their order, and how many rows a page has.

mod form;

pub(super) use form::Preferences;

use super::ColumnChoice;
use crate::page::PageContext;

/// Rows a page can have.
const PAGE_SIZES: [usize; 4] = [10, 20, 50, 100];
const DEFAULT_PAGE_SIZE: usize = 20;

/// What a person prefers of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TablePreferences {
    /// Rows of a page.
    pub page_size: usize,
    /// Ids of the columns shown, from left to right.
    pub columns: Vec<&'static str>,
    /// Ids of all columns that can be moved, from left to right.
    order: Vec<&'static str>,
}

impl TablePreferences {
    /// What the person behind a request has chosen for a table.
    #[must_use]
    pub fn of(page: &PageContext, table: &str, choices: &[ColumnChoice]) -> Self {
        let stored = |what: &str| page.preferences.get(&format!("{what}.{table}")).map(String::as_str);
        chosen(stored("page_size"), stored("columns"), stored("order"), choices)
    }
}

fn chosen(
    page_size: Option<&str>,
    columns: Option<&str>,
    order: Option<&str>,
    choices: &[ColumnChoice],
) -> TablePreferences {
    let page_size = page_size
        .and_then(|size| size.parse().ok())
        .filter(|size| PAGE_SIZES.contains(size))
        .unwrap_or(DEFAULT_PAGE_SIZE);
    let ids: Option<Vec<&str>> = columns.map(|ids| ids.split(',').collect());
    let shown = |choice: &&ColumnChoice| {
        choice.fixed || ids.as_ref().map_or(choice.shown, |ids| ids.contains(&choice.id))
    };
    let order = ordered(order, choices);
    let mut movable = order.iter().filter_map(|id| choices.iter().find(|choice| choice.id == *id));
    // What cannot be moved keeps its place, and the others stand around it.
    let arranged =
        choices.iter().filter_map(|choice| if choice.fixed { Some(choice) } else { movable.next() });
    let columns = arranged.filter(shown).map(|choice| choice.id).collect();
    TablePreferences { page_size, columns, order }
}

/// The movable columns in the order that was chosen; those that it does not name follow the one that they follow by default.
fn ordered(order: Option<&str>, choices: &[ColumnChoice]) -> Vec<&'static str> {
    let movable: Vec<_> = choices.iter().filter(|choice| !choice.fixed).map(|choice| choice.id).collect();
    let mut ordered: Vec<&'static str> = Vec::with_capacity(movable.len());
    for id in order.unwrap_or_default().split(',') {
        if let Some(known) = movable.iter().find(|known| **known == id)
            && !ordered.contains(known)
        {
            ordered.push(known);
        }
    }
    for (place, id) in movable.iter().enumerate() {
        if !ordered.contains(id) {
            let before = movable[..place].last();
            let after = before.and_then(|before| ordered.iter().position(|known| known == before));
            ordered.insert(after.map_or(0, |after| after + 1), id);
        }
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHOICES: [ColumnChoice; 4] = [
        ColumnChoice { id: "id", heading: "Id", fixed: true, shown: true },
        ColumnChoice { id: "name", heading: "Name", fixed: false, shown: true },
        ColumnChoice { id: "ip", heading: "Address", fixed: false, shown: false },
        ColumnChoice { id: "actions", heading: "", fixed: true, shown: true },
    ];

    fn columns(columns: Option<&str>, order: Option<&str>) -> Vec<&'static str> {
        chosen(None, columns, order, &CHOICES).columns
    }

    #[test]
    fn without_a_choice_the_usual_columns_show() {
        let preferences = chosen(None, None, None, &CHOICES);
        assert_eq!((preferences.page_size, preferences.columns), (20, vec!["id", "name", "actions"]));
        assert_eq!(preferences.order, ["name", "ip"]);
    }

    #[test]
    fn chosen_columns_come_in_the_order_chosen() {
        assert_eq!(columns(Some("ip,name"), None), ["id", "name", "ip", "actions"]);
        assert_eq!(columns(Some("ip,name"), Some("ip,name")), ["id", "ip", "name", "actions"]);
        assert_eq!(columns(Some(",ip,unknown"), None), ["id", "ip", "actions"]);
        assert_eq!(columns(Some(""), Some("ip")), ["id", "actions"]);
    }

    #[test]
    fn columns_that_an_older_order_does_not_know_keep_their_place() {
        assert_eq!(ordered(Some("ip"), &CHOICES), ["name", "ip"]);
        assert_eq!(ordered(Some("name"), &CHOICES), ["name", "ip"]);
        assert_eq!(ordered(Some("ip,ip,id,unknown,name"), &CHOICES), ["ip", "name"]);
    }

    #[test]
    fn only_offered_page_sizes_count() {
        let size = |size| chosen(Some(size), None, None, &CHOICES).page_size;
        assert_eq!((size("50"), size("1000000"), size("many")), (50, 20, 20));
    }
}
