//! Changing the tags of nodes.

use domain::nodes::actions::ActionKind;
use domain::nodes::tags_in_use::KeyInUse;
use leptos::prelude::*;

use super::page::{ActionPage, Filled};
use crate::components::alert::Alert;
use crate::components::container::Container;
use crate::components::form::{FormField, TagEditor, TagRows, field_id};
use crate::components::status::StatusKind;
use crate::error_text::error_text;
use crate::nodes::actions::TagsOfNodes;
use crate::page::use_language;
use crate::text::{common, node_actions as text};

/// The form: what the nodes have now, each key to be removed by a checkbox, and rows to add or overwrite.
#[component]
pub fn EditNodeTags() -> impl IntoView {
    let language = use_language();
    view! { <ActionPage kind=ActionKind::Tags description=text::tags_description(language) fields /> }
}

fn fields(filled: &Filled) -> AnyView {
    let language = use_language();
    let rows = TagRows::new(filled.form.tags.clone());
    let errors = filled.errors;
    let present = filled.start.tags.clone().map(|tags| {
        view! { <Present tags removed=filled.form.remove.clone() /> }
    });
    view! {
        <Container title=text::present_tags(language)>{present}</Container>
        <Container title=text::change_tags(language)>
            <div class="form">
                <FormField
                    id=format!("{}-group", field_id("tags"))
                    label=text::add_tags(language)
                    description=text::add_tags_description(language).to_owned()
                    group=true
                >
                    <TagEditor name="tags" rows errors />
                </FormField>
            </div>
        </Container>
    }
    .into_any()
}

/// The tags that the nodes have now.
#[component]
fn Present(tags: TagsOfNodes, removed: Vec<String>) -> impl IntoView {
    let language = use_language();
    let failures = tags.failures.map(|(count, error)| {
        let title = text::tags_unread(language, count);
        view! { <Alert kind=StatusKind::Warning title>{error_text(language, &error)}</Alert> }
    });
    let read = tags.read;
    let row = move |key: KeyInUse| {
        let removed = removed.contains(&key.key);
        view! { <Key key_in_use=key read removed /> }
    };
    let table = if tags.keys.is_empty() {
        view! { <p class="secondary">{common::tags_none(language)}</p> }.into_any()
    } else {
        let rows = tags.keys.into_iter().map(row).collect_view();
        view! {
            <div class="table-region table-short" tabindex="0" role="region" aria-label=text::present_tags(language)>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{common::tag_key(language)}</th>
                            <th scope="col">{common::tag_value(language)}</th>
                            <th scope="col">{text::on_nodes(language)}</th>
                            <th scope="col">{text::remove(language)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        {failures}
        {table}
    }
    .into_any()
}

/// A key, its values with the number of nodes where they differ, and whether it is to be removed.
#[component]
fn Key(key_in_use: KeyInUse, read: usize, removed: bool) -> impl IntoView {
    let language = use_language();
    let reserved = key_in_use.reserved();
    let KeyInUse { key, values, nodes } = key_in_use;
    let differ = values.len() > 1;
    let values = values
        .into_iter()
        .map(|(value, count)| {
            let value = if value.is_empty() { text::empty_value(language).to_owned() } else { value };
            let count =
                differ.then(|| view! { <span class="secondary">" "{text::of_nodes(language, count)}</span> });
            view! { <li>{value}{count}</li> }
        })
        .collect_view();
    let on =
        if nodes == read { text::on_all(language).to_owned() } else { text::on_some(language, nodes, read) };
    let remove = if reserved {
        view! { <span class="secondary">{text::reserved(language)}</span> }.into_any()
    } else {
        let label = text::remove_key(language, &key);
        view! { <input type="checkbox" name="remove" value=key.clone() checked=removed aria-label=label /> }
            .into_any()
    };
    view! {
        <tr>
            <th scope="row">{key}</th>
            <td><ul class="plain-list">{values}</ul></td>
            <td>{on}</td>
            <td>{remove}</td>
        </tr>
    }
    .into_any()
}
