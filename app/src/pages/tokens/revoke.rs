//! Revoking a token: the question, on a page of its own.

use domain::errors::ApiError;
use domain::permission::Permission;
use domain::publishers::Token;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::components::alert::Alert;
use crate::components::button::SubmitButton;
use crate::components::container::{Container, PageHeader};
use crate::components::loaded::Loaded;
use crate::components::status::StatusKind;
use crate::error_text::error_text;
use crate::page::{may, use_language};
use crate::text::{common, tokens as text};
use crate::tokens::{TokenList, TokenOutcome, list_tokens};

/// Asks whether to revoke a token.
#[component]
pub fn RevokeToken() -> impl IntoView {
    let language = use_language();
    let outcome = SharedValue::new(use_context::<TokenOutcome>).into_inner();
    let failure = match outcome {
        Some(TokenOutcome::NotRevoked(error)) => Some(view! {
            <Alert kind=StatusKind::Error title=text::not_revoked(language)>{error_text(language, &error)}</Alert>
        }),
        _ => None,
    };
    let params = use_params_map();
    let show = move |list: Signal<TokenList>| {
        let id = params.with_untracked(|params| params.get("id")).unwrap_or_default();
        let found = list.with_untracked(|list| list.tokens.iter().find(|token| token.id == id).cloned());
        match found {
            Some(token) => view! { <Question token /> }.into_any(),
            None => {
                view! { <Alert kind=StatusKind::Info>{error_text(language, &ApiError::NotFound)}</Alert> }
                    .into_any()
            }
        }
    };
    let body = if may(Permission::PublishPackage) {
        let tokens = Resource::new(|| (), |()| list_tokens());
        view! { <Loaded resource=tokens children=show /> }.into_any()
    } else {
        view! { <Alert kind=StatusKind::Info>{text::denied(language)}</Alert> }.into_any()
    };
    view! {
        <PageHeader title=text::revoke_title(language) />
        {failure}
        {body}
    }
    .into_any()
}

#[component]
fn Question(token: Token) -> impl IntoView {
    let language = use_language();
    view! {
        <Container title=text::revoke_question(language, &token.name)>
            <p>{text::revoke_does(language)}</p>
            <form method="post" action=format!("/tokens/{}/revoke", token.id)>
                <div class="form-actions">
                    <a class="button button-link" href="/tokens">{common::cancel(language)}</a>
                    <SubmitButton text=text::revoke(language) />
                </div>
            </form>
        </Container>
    }
    .into_any()
}
