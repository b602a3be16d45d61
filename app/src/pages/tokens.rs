//! Tokens for pipelines: made, shown once, listed, revoked.

mod form;
mod list;
mod revoke;

pub use revoke::RevokeToken;

use domain::errors::ApiError;
use domain::permission::Permission;
use domain::publishers::Rights;
use leptos::prelude::*;

use crate::components::alert::Alert;
use crate::components::code_block::CodeBlock;
use crate::components::container::{Container, PageHeader};
use crate::components::loaded::Loaded;
use crate::components::status::StatusKind;
use crate::page::{may, use_language};
use crate::text::tokens as text;
use crate::tokens::{TokenList, TokenOutcome, list_tokens};
use form::TokenFormView;
use list::TokenTable;

/// The page.
#[component]
pub fn Tokens() -> impl IntoView {
    let language = use_language();
    let outcome = SharedValue::new(use_context::<TokenOutcome>).into_inner();
    let body = if let Some(TokenOutcome::Refused { form, error: ApiError::Unauthenticated }) = outcome.clone()
    {
        // Whoever signs in again in another tab sends it once more.
        let submission = form.submission.clone();
        let list = TokenList { tokens: Vec::new(), submission, rights: Rights::default() };
        view! { <TokenFormView list refused=Some((form, ApiError::Unauthenticated)) /> }.into_any()
    } else if may(Permission::PublishPackage) {
        let tokens = Resource::new(|| (), |()| list_tokens());
        let told = outcome.clone().map(|outcome| view! { <Told outcome /> });
        let outcome = StoredValue::new(outcome);
        let show = move |list: Signal<TokenList>| {
            let list = list.get_untracked();
            let refused = match outcome.get_value() {
                Some(TokenOutcome::Refused { form, error }) => Some((form, error)),
                _ => None,
            };
            view! {
                <TokenTable tokens=list.tokens.clone() />
                <TokenFormView list refused />
            }
        };
        view! {
            {told}
            <Loaded resource=tokens children=show />
        }
        .into_any()
    } else {
        view! { <Alert kind=StatusKind::Info>{text::denied(language)}</Alert> }.into_any()
    };
    view! {
        <PageHeader title=text::title(language) description=text::intro(language) />
        {body}
    }
    .into_any()
}

/// What a form has led to, where that is no field's error.
#[component]
fn Told(outcome: TokenOutcome) -> impl IntoView {
    let language = use_language();
    match outcome {
        TokenOutcome::Made { name, secret: Some(secret) } => view! {
            <Container title=text::made(language, name)>
                <Alert kind=StatusKind::Warning>{text::shown_once(language)}</Alert>
                <CodeBlock code=secret label=text::token(language) />
                <p>{text::how_to_use(language)}</p>
            </Container>
        }
        .into_any(),
        TokenOutcome::Made { name, secret: None } => {
            view! { <Alert kind=StatusKind::Info>{text::made_before(language, name)}</Alert> }.into_any()
        }
        // That is told by the page that asks.
        TokenOutcome::NotRevoked(_) | TokenOutcome::Refused { .. } => ().into_any(),
    }
}
