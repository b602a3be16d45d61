//! The package's tags, edited where they stand.

use domain::errors::ApiError;
use domain::packages::access::ChangeDenied;
use domain::packages::address::package as address;
use domain::packages::change::{PackageChange, TagChanges, is_reserved_by_aws};
use domain::packages::cli;
use domain::tags::Tag;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::cli::{Command, use_region};
use super::confirm::part_title;
use super::frame::denied_text;
use crate::components::alert::Alert;
use crate::components::button::{LinkButton, SubmitButton};
use crate::components::container::{Container, KeyValue, KeyValues};
use crate::components::form::{ErrorSummary, FormErrors, TagEditor, TagRows};
use crate::components::loaded::followed;
use crate::components::status::StatusKind;
use crate::error_text::error_text;
use crate::packages::ShownPackage;
use crate::page::use_language;
use crate::text::{common, packages as text};

/// Tags, and with `?edit=tags` the form to change them.
#[component]
pub fn Tags(
    /// The package.
    shown: Signal<ShownPackage>,
    /// A change that was sent and not made.
    refused: Option<(PackageChange, ApiError)>,
) -> impl IntoView {
    let refused = refused.and_then(|(change, error)| match change {
        PackageChange::Tags { rows } => Some((rows, error)),
        _ => None,
    });
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|query| query.get("edit")).as_deref() == Some("tags"));
    let refused = StoredValue::new(refused);
    let facts = followed(move || shown.with(|shown| (shown.package.tags.clone(), shown.denied)));
    let name = shown.with_untracked(|shown| shown.package.name.clone());
    // What somebody types is not taken away by tags that change meanwhile.
    let form = move || {
        if !asked.get() {
            // Who has cancelled begins anew.
            refused.set_value(None);
            return None;
        }
        let (tags, denied) = facts.get_untracked();
        match refused.get_value() {
            Some((rows, error)) => Some((rows, Some(error))),
            None if denied.is_none() => Some((editable(tags), None)),
            None => None,
        }
    };
    move || match form() {
        Some((rows, error)) => {
            let present = facts.get_untracked().0;
            view! { <TagsForm name=name.clone() present rows error /> }.into_any()
        }
        None => {
            let (tags, denied) = facts.get();
            view! { <TagPairs name=name.clone() tags denied /> }.into_any()
        }
    }
}

/// Those that somebody may change.
fn editable(mut tags: Vec<Tag>) -> Vec<Tag> {
    tags.retain(|tag| !is_reserved_by_aws(tag));
    tags
}

#[component]
fn TagPairs(name: String, tags: Vec<Tag>, denied: Option<ChangeDenied>) -> impl IntoView {
    let language = use_language();
    let pair = |tag: Tag| {
        let value = if tag.value.is_empty() { "-".to_owned() } else { tag.value };
        view! { <KeyValue label=tag.key>{value}</KeyValue> }
    };
    let pairs = if tags.is_empty() {
        view! { <p class="secondary">{common::tags_none(language)}</p> }.into_any()
    } else {
        view! { <KeyValues>{tags.into_iter().map(pair).collect_view()}</KeyValues> }.into_any()
    };
    let disabled = denied.map(|denied| denied_text(language, denied).to_owned());
    let edit = view! {
        <LinkButton href=format!("{}?edit=tags", address(&name)) text=text::edit_tags(language) disabled />
    }
    .into_any();
    view! { <Container title=text::tags(language) actions=edit>{pairs}</Container> }.into_any()
}

#[component]
fn TagsForm(name: String, present: Vec<Tag>, rows: Vec<Tag>, error: Option<ApiError>) -> impl IntoView {
    let language = use_language();
    let errors = FormErrors::default();
    let failure = error.filter(|error| !errors.take(error)).map(|error| {
        let title = part_title(language, &error);
        view! { <Alert kind=StatusKind::Error title>{error_text(language, &error)}</Alert> }
    });
    let page = address(&name);
    let action = format!("{page}?edit=tags");
    let rows = TagRows::new(rows);
    let region = use_region();
    let command = Signal::derive(move || {
        let TagChanges { set, remove } = TagChanges::between(&present, &rows.tags());
        cli::tag(&region, &name, &set, remove.iter().map(String::as_str))
    });
    view! {
        <form method="post" action=action novalidate=true>
            {failure}
            <ErrorSummary errors label=field_label />
            <Container title=text::tags(language) description=text::tags_description(language).to_owned()>
                <TagEditor name="tags" rows errors />
                <Command command />
                <div class="form-actions">
                    <a class="button button-link" href=page>{common::cancel(language)}</a>
                    <SubmitButton text=text::save(language) />
                </div>
            </Container>
        </form>
    }
    .into_any()
}

fn field_label(field: &str) -> String {
    let language = use_language();
    let row =
        |rest: &str| rest.split('.').next().and_then(|row| row.parse::<usize>().ok()).unwrap_or_default() + 1;
    match field.strip_prefix("tags.") {
        Some(rest) if rest.ends_with(".key") => common::tag_key_row(language, row(rest)),
        Some(rest) => common::tag_value_row(language, row(rest)),
        None => text::tags(language).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_reserved_by_aws_are_no_rows() {
        let tag = |key: &str| Tag { key: key.to_owned(), value: String::new() };
        assert_eq!(editable(vec![tag("aws:cloudformation:stack-id"), tag("team")]), [tag("team")]);
    }
}
