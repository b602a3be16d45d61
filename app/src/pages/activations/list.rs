//! Every activation, with what it is still good for.

use std::sync::Arc;

use domain::activations::{Activation, ActivationStatus};
use domain::language::Language;
use domain::permission::Permission;
use leptos::prelude::*;

use super::delete::{DeleteDialog, DeleteDialogState, DeleteLink};
use super::status::{Status, status_text};
use crate::activations::list_activations;
use crate::components::button::{ButtonKind, DisabledButton, LinkButton};
use crate::components::clock::use_now;
use crate::components::container::EmptyState;
use crate::components::copy::CopyButton;
use crate::components::live::use_live;
use crate::components::loaded::Loaded;
use crate::components::role_name::RoleName;
use crate::components::table::{Column, SelectFilter, Table, TableSpec};
use crate::components::time::{Time, TimeStyle};
use crate::page::{may, use_language};
use crate::text::activations as text;

/// The list, following changes.
#[component]
pub fn ActivationList() -> impl IntoView {
    let language = use_language();
    let live = use_live("activations");
    let activations = Resource::new(move || live.get(), |_| list_activations());
    let deletion = DeleteDialogState::new();
    let on_deleted = Callback::new(move |()| activations.refetch());
    let show = move |activations: Signal<Vec<Activation>>| {
        let now = use_now();
        // A row changes with its activation, and when time changes its status.
        let rows = Memo::new(move |_| {
            let row = |activation: &Activation| Row {
                status: activation.status(now.get()),
                activation: activation.clone(),
            };
            activations.with(|activations| activations.iter().map(row).collect::<Vec<_>>())
        });
        view! {
            <Table
                spec=spec(language, deletion)
                rows
                title=text::title(language)
                description=text::list_description(language).into_any()
                actions=create_button(language, ButtonKind::Primary)
                empty=move || view! { <Empty /> }
            />
        }
    };
    view! {
        <Loaded resource=activations children=show />
        <DeleteDialog state=deletion on_deleted />
    }
    .into_any()
}

/// An activation and its status at the moment.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    activation: Activation,
    status: ActivationStatus,
}

fn create_button(language: Language, kind: ButtonKind) -> AnyView {
    let (href, text) = ("/activations/new", text::create(language));
    if may(Permission::CreateActivation) {
        view! { <LinkButton href text kind /> }.into_any()
    } else {
        view! { <DisabledButton text reason=text::create_denied(language) kind /> }.into_any()
    }
}

/// Nothing yet: what to do first.
#[component]
fn Empty() -> impl IntoView {
    let language = use_language();
    view! {
        <EmptyState title=text::empty(language) description=text::empty_hint(language).to_owned()>
            {create_button(language, ButtonKind::Normal)}
        </EmptyState>
    }
    .into_any()
}

fn spec(language: Language, deletion: DeleteDialogState) -> TableSpec<Row> {
    let mut columns = facts(language);
    columns.push(
        Column::new("actions", text::actions(language), move |row: &Row| {
            view! { <RowActions activation=row.activation.clone() deletion /> }.into_any()
        })
        .class("actions"),
    );
    TableSpec::new("activations", |row| row.activation.id.clone(), columns)
        .ordered("created", true)
        .search(search_text)
        .filter(SelectFilter {
            parameter: "status",
            any: text::status_any(language),
            options: ActivationStatus::ALL
                .map(|status| (status.name(), status_text(language, status)))
                .to_vec(),
            matches: Arc::new(|row, name| row.status.name() == name),
        })
}

/// The columns that tell something.
fn facts(language: Language) -> Vec<Column<Row>> {
    vec![
        Column::new("id", text::id(language), move |row: &Row| id(language, &row.activation.id))
            .row_header()
            .sorted_by(|a, b| a.activation.id.cmp(&b.activation.id)),
        Column::new("status", text::status(language), |row: &Row| {
            view! { <Status status=row.status /> }.into_any()
        })
        .class("nowrap")
        .sorted_by(|a, b| a.status.cmp(&b.status)),
        // Here it is seen without scrolling on a small screen too.
        Column::new("expires", text::expires(language), |row: &Row| {
            view! { <Time at=row.activation.expires style=TimeStyle::Both /> }.into_any()
        })
        .sorted_by(|a, b| a.activation.expires.cmp(&b.activation.expires)),
        text_column("description", text::description(language), |a| a.description.as_deref()),
        Column::new("registered", text::registered(language), move |row: &Row| {
            let activation = &row.activation;
            text::registered_of(language, activation.registrations, activation.registration_limit).into_any()
        })
        .class("narrow")
        .sorted_by(|a, b| a.activation.registrations.cmp(&b.activation.registrations)),
        text_column("name", text::default_instance_name(language), |a| a.default_instance_name.as_deref())
            .class("narrow"),
        Column::new("role", text::iam_role(language), |row: &Row| {
            view! { <RoleName name=row.activation.iam_role.clone() /> }.into_any()
        })
        .class("role-name")
        .sorted_by(|a, b| a.activation.iam_role.cmp(&b.activation.iam_role)),
        Column::new("tags", text::tags(language), |row: &Row| tags_text(&row.activation).into_any())
            .class("tags"),
        Column::new("created", text::created(language), |row: &Row| {
            view! { <Time at=row.activation.created style=TimeStyle::Absolute /> }.into_any()
        })
        .sorted_by(|a, b| a.activation.created.cmp(&b.activation.created)),
    ]
}

/// The id, which leads to the activation, and can be copied.
fn id(language: Language, id: &str) -> AnyView {
    let id = id.to_owned();
    view! {
        <span class="activation-id">
            <a class="code" href=format!("/activations/{id}")>{id.clone()}</a>
            <CopyButton text=Signal::stored(id) label=text::copy_id(language) />
        </span>
    }
    .into_any()
}

/// A column of plain text that may be missing.
fn text_column(id: &'static str, heading: &'static str, get: fn(&Activation) -> Option<&str>) -> Column<Row> {
    Column::new(id, heading, move |row: &Row| get(&row.activation).unwrap_or("-").to_owned().into_any())
        .sorted_by(match id {
            "description" => |a, b| a.activation.description.cmp(&b.activation.description),
            _ => |a, b| a.activation.default_instance_name.cmp(&b.activation.default_instance_name),
        })
}

fn tags_text(activation: &Activation) -> String {
    if activation.tags.is_empty() {
        return "-".to_owned();
    }
    activation.tags.iter().map(|tag| format!("{}: {}", tag.key, tag.value)).collect::<Vec<_>>().join(", ")
}

/// What the text filter looks through.
fn search_text(row: &Row, text: &mut String) {
    let activation = &row.activation;
    let parts = [
        Some(&activation.id),
        activation.description.as_ref(),
        activation.default_instance_name.as_ref(),
        Some(&activation.iam_role),
    ];
    for part in parts.into_iter().flatten() {
        text.push_str(part);
        text.push(' ');
    }
    text.push_str(&tags_text(activation));
}

/// Clone, delete.
#[component]
fn RowActions(activation: Activation, deletion: DeleteDialogState) -> impl IntoView {
    let language = use_language();
    let id = &activation.id;
    let clone = if may(Permission::CreateActivation) {
        view! {
            <a
                class=ButtonKind::Link.class()
                href=format!("/activations/new?clone={id}")
                aria-label=text::clone_named(language, id)
            >
                {text::clone(language)}
            </a>
        }
        .into_any()
    } else {
        view! {
            <DisabledButton text=text::clone(language) reason=text::create_denied(language) kind=ButtonKind::Link />
        }
        .into_any()
    };
    view! {
        <span class="row-actions">
            {clone}
            <DeleteLink activation=Signal::stored(activation) state=deletion kind=ButtonKind::Link />
        </span>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::tags::Tag;

    #[test]
    fn everything_that_names_an_activation_can_be_searched_for() {
        let row = Row {
            status: ActivationStatus::Active,
            activation: Activation {
                id: "255996e5-f42d-44c8-8fb8-eb17f76696bc".to_owned(),
                description: Some("Tokyo office".to_owned()),
                default_instance_name: Some("bb-ubuntu".to_owned()),
                iam_role: "BB_Hybrid_Activation".to_owned(),
                registration_limit: 1,
                registrations: 0,
                expires: None,
                expired: false,
                created: None,
                tags: vec![Tag { key: "site".to_owned(), value: "東京".to_owned() }],
            },
        };
        let mut text = String::new();
        search_text(&row, &mut text);
        for word in ["255996e5", "Tokyo office", "bb-ubuntu", "BB_Hybrid_Activation", "site: 東京"] {
            assert!(text.contains(word), "{word}: {text}");
        }
    }
}
