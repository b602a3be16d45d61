//! What the forms have in common: the chosen nodes, what is wrong, and the buttons. They are posted by the browser itself,
//! with or without script, so that there is one way only; the answer leads to the action that was begun.

use domain::errors::ApiError;
use domain::nodes::actions::{ActionForm, ActionKind, ChosenNode, MAX_NODES};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::chosen::{Chosen, Impossible};
use super::{denied_text, kind_text};
use crate::components::alert::Alert;
use crate::components::button::SubmitButton;
use crate::components::container::{Container, EmptyState, PageHeader};
use crate::components::form::{ErrorSummary, FormErrors, field_id};
use crate::components::loaded::Skeleton;
use crate::components::status::StatusKind;
use crate::error_text::error_text;
use crate::nodes::actions::{ActionRefused, ActionStart, start_action};
use crate::page::{may, use_language};
use crate::text::{activations, common, node_actions as text};

/// A form as it is shown: what it is about, what it holds, and what is wrong with it.
#[derive(Clone)]
pub struct Filled {
    /// What is known of the nodes, roles and tags.
    pub start: ActionStart,
    /// What was filled in, with those nodes to which it can be done.
    pub form: ActionForm,
    /// The broken rules.
    pub errors: FormErrors,
}

/// The page of one kind of action; `fields` are its own part of the form.
#[component]
pub fn ActionPage(
    /// What is done.
    kind: ActionKind,
    /// A line below the title.
    description: &'static str,
    /// The form's own fields.
    fields: fn(&Filled) -> AnyView,
) -> impl IntoView {
    let language = use_language();
    let refused = SharedValue::new(use_context::<ActionRefused>).into_inner();
    let refused = refused.filter(|refused| refused.form.kind == kind);
    // Somebody whose session has ended gets what they filled in back; who may not act gets no form to begin with.
    let allowed = refused.is_some() || may(kind.permission());
    let query = use_query_map();
    let given = refused.as_ref().map(|refused| refused.form.ids.clone());
    let ids = Memo::new(move |_| {
        given.clone().unwrap_or_else(|| query.with(|query| query.get_all("id")).unwrap_or_default())
    });
    let start = Resource::new(
        move || ids.get(),
        move |ids| async move { if allowed { start_action(kind, ids).await } else { Err(ApiError::Forbidden) } },
    );
    let shown = move |start: Result<ActionStart, ApiError>| {
        match (start, refused.clone()) {
        (_, None) if !allowed => {
            view! { <Alert kind=StatusKind::Info>{denied_text(language, kind)}</Alert> }.into_any()
        }
        (Ok(start), None) if start.nodes.is_empty() => view! { <NothingChosen /> }.into_any(),
        (Err(error), None) => view! {
            <Alert kind=StatusKind::Error title=text::not_prepared(language)>{error_text(language, &error)}</Alert>
        }
        .into_any(),
        (Ok(start), None) => {
            let form = ActionForm::new(kind, Vec::new());
            view! { <Form start form error=None fields /> }.into_any()
        }
        (start, Some(ActionRefused { form, error })) => {
            let start = start.unwrap_or_else(|_| without_facts(&form));
            // The token as it was: it has begun nothing yet.
            let start = ActionStart { submission: form.submission.clone(), ..start };
            view! { <Form start form error=Some(error) fields /> }.into_any()
        }
    }
    };
    view! {
        <PageHeader title=kind_text(language, kind) description=description />
        <Suspense fallback=|| view! { <Skeleton /> }>
            {move || {
                let shown = shown.clone();
                Suspend::new(async move { shown(start.await) })
            }}
        </Suspense>
    }
    .into_any()
}

/// The nodes by their ids alone, no more than a form takes: this may be shown to anybody.
fn without_facts(form: &ActionForm) -> ActionStart {
    let node = |id: &String| ChosenNode {
        id: id.clone(),
        name: None,
        computer_name: None,
        ping_status: None,
        iam_role: None,
        obstacle: None,
    };
    ActionStart {
        nodes: form.ids.iter().take(MAX_NODES as usize).map(node).collect(),
        submission: form.submission.clone(),
        roles: None,
        tags: None,
    }
}

#[component]
fn NothingChosen() -> impl IntoView {
    let language = use_language();
    view! {
        <EmptyState title=text::nothing_chosen(language) description=text::nothing_chosen_hint(language).to_owned()>
            <a class="button button-normal" href="/nodes">{text::back_to_list(language)}</a>
        </EmptyState>
    }
    .into_any()
}

#[component]
fn Form(
    start: ActionStart,
    form: ActionForm,
    error: Option<ApiError>,
    fields: fn(&Filled) -> AnyView,
) -> impl IntoView {
    let language = use_language();
    let kind = form.kind;
    let (possible, impossible): (Vec<_>, Vec<_>) =
        start.nodes.iter().cloned().partition(|node| node.obstacle.is_none());
    let errors = FormErrors::default();
    let failure = error.filter(|error| !errors.take(error));
    let ids: Vec<String> = possible.iter().map(|node| node.id.clone()).collect();
    let hidden =
        ids.iter().map(|id| view! { <input type="hidden" name="id" value=id.clone() /> }).collect_view();
    let cancel = match ids.as_slice() {
        [id] if impossible.is_empty() => format!("/nodes/{id}"),
        _ => "/nodes".to_owned(),
    };
    let filled = Filled { form: ActionForm { ids, ..form }, start, errors };
    let count = possible.len();
    let inner = (count > 0).then(|| fields(&filled));
    view! {
        <form class="form-page" method="post" action=format!("/nodes/{}", kind.name()) novalidate=true>
            {failure.map(|error| view! { <Failure error /> })}
            <ErrorSummary errors label=field_label />
            <input type="hidden" name="submission" value=filled.start.submission.clone() />
            {hidden}
            <Impossible kind nodes=impossible />
            {if count == 0 {
                view! { <Alert kind=StatusKind::Info>{text::nothing_possible(language)}</Alert> }.into_any()
            } else {
                view! {
                    <div id=field_id("id")>
                        <Container title=text::chosen(language, count)>
                            <Chosen kind nodes=possible />
                        </Container>
                    </div>
                    {inner}
                }
                .into_any()
            }}
            <div class="form-actions">
                <a class="button button-link" href=cancel>{common::cancel(language)}</a>
                {(count > 0).then(|| view! { <SubmitButton text=submit_text(language, kind) /> })}
            </div>
        </form>
    }
    .into_any()
}

fn submit_text(language: domain::language::Language, kind: ActionKind) -> &'static str {
    match kind {
        ActionKind::Deregister => text::deregister_submit(language),
        ActionKind::Role => text::role_submit(language),
        ActionKind::Tags => text::tags_submit(language),
    }
}

/// What went wrong with the whole, and the way back in for somebody whose session has ended.
#[component]
fn Failure(error: ApiError) -> impl IntoView {
    let language = use_language();
    let sign_in = (error == ApiError::Unauthenticated).then(|| {
        view! {
            <p>{text::sign_in_again(language)}</p>
            <p><a href="/login" target="_blank" rel="external">{activations::sign_in(language)}</a></p>
        }
    });
    view! {
        <Alert kind=StatusKind::Error title=text::not_begun(language)>
            <p>{error_text(language, &error)}</p>
            {sign_in}
        </Alert>
    }
}

/// A field's name on screen.
fn field_label(field: &str) -> String {
    let language = use_language();
    let row =
        |rest: &str| rest.split('.').next().and_then(|row| row.parse::<usize>().ok()).unwrap_or_default() + 1;
    match field {
        "id" => text::nodes(language).to_owned(),
        "confirmation" => text::confirmation(language).to_owned(),
        "iam_role" => text::new_role(language).to_owned(),
        field => match field.strip_prefix("tags.") {
            Some(rest) if rest.ends_with(".key") => common::tag_key_row(language, row(rest)),
            Some(rest) => common::tag_value_row(language, row(rest)),
            None => text::add_tags(language).to_owned(),
        },
    }
}
