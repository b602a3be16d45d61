//! A table of a few lines, without filter, sort and pages.

use leptos::prelude::*;

/// The heading of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
    /// Above texts.
    Text(&'static str),
    /// Above figures, which stand at the end of their cells.
    Number(&'static str),
    /// Above buttons: read to those who cannot see what they are.
    Unseen(&'static str),
}

impl From<&'static str> for Heading {
    fn from(text: &'static str) -> Self {
        Self::Text(text)
    }
}

impl Heading {
    fn show(self) -> AnyView {
        match self {
            Self::Text(text) => view! { <th scope="col">{text}</th> }.into_any(),
            Self::Number(text) => view! { <th scope="col" class="number">{text}</th> }.into_any(),
            Self::Unseen(text) => {
                view! { <th scope="col"><span class="visually-hidden">{text}</span></th> }.into_any()
            }
        }
    }
}

/// The table. Where it is wider than its place it is scrolled, by the keyboard too.
#[component]
pub fn PlainTable(
    /// What it is a table of.
    #[prop(into)]
    label: String,
    /// Its columns.
    headings: Vec<Heading>,
    /// Its rows.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="table-scroll" role="region" aria-label=label tabindex="0">
            <table class="plain-table">
                <thead>
                    <tr>{headings.into_iter().map(Heading::show).collect_view()}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
