//! The bar above every page: product, account, settings, person.

use domain::permission::Role;
use leptos::prelude::*;

use super::LanguageSwitch;
use super::switches::SchemeSwitch;
use crate::components::container::{KeyValue, KeyValues};
use crate::components::copy::CopyButton;
use crate::components::icon::Icon;
use crate::components::popover::Popover;
use crate::components::status::{Badge, StatusKind};
use crate::page::{AwsCaller, Person, use_language, use_page};
use crate::text::{common, layout as text};

/// Product, AWS account, settings, person.
#[component]
pub(super) fn TopBar() -> impl IntoView {
    let language = use_language();
    let (aws, person) = use_page().with_value(|page| (page.aws.clone(), page.person.clone()));
    let settings = view! { <Icon icon=Icon::Settings /> }.into_any();
    view! {
        <header class="top-bar">
            <a class="product" href="/">
                <Icon icon=Icon::Gate />
                {common::product(language)}
            </a>
            {aws.map(|aws| view! { <Account aws /> })}
            <Popover summary=settings label=text::settings(language)>
                <div class="menu">
                    <div>
                        <p class="field-label">{text::language(language)}</p>
                        <LanguageSwitch />
                    </div>
                    <div>
                        <p class="field-label">{text::appearance(language)}</p>
                        <SchemeSwitch />
                    </div>
                </div>
            </Popover>
            {person.map(|person| view! { <PersonMenu person /> })}
        </header>
    }
    .into_any()
}

/// Whose account this is, with the caller's ARN on demand.
#[component]
fn Account(aws: AwsCaller) -> impl IntoView {
    let language = use_language();
    let summary = view! {
        <span class="visually-hidden">{text::account(language)}</span>
        {aws.embedded.then(|| view! { <Badge text=text::embedded(language) kind=StatusKind::Info /> })}
        <span>{aws.region.clone()}</span>
        <span class="wide">{aws.account.clone()}</span>
    };
    let arn = aws.arn.clone();
    view! {
        <Popover summary=summary.into_any()>
            <div class="menu">
            {aws.embedded.then(|| view! { <p class="secondary">{text::embedded_hint(language)}</p> })}
            <KeyValues>
                <KeyValue label=text::account_id(language)>{aws.account}</KeyValue>
                <KeyValue label=text::region(language)>{aws.region}</KeyValue>
                <KeyValue label=text::caller(language)>
                    <span class="code">{aws.arn}</span>
                    <CopyButton text=Signal::stored(arn) label=text::copy_arn(language) />
                </KeyValue>
            </KeyValues>
        </div>
        </Popover>
    }
    .into_any()
}

/// Who is signed in, and the way out.
#[component]
fn PersonMenu(person: Person) -> impl IntoView {
    let language = use_language();
    let summary = view! {
        <Icon icon=Icon::Person />
        <span class="wide">{person.username.clone()}</span>
    };
    view! {
        <Popover summary=summary.into_any() label=text::signed_in_as(language, &person.username)>
            <div class="menu">
                <KeyValues>
                    <KeyValue label=text::username(language)>{person.username.clone()}</KeyValue>
                    <KeyValue label=text::role(language)>{role_text(language, person.role)}</KeyValue>
                </KeyValues>
                <form method="post" action="/logout">
                    <button class="button button-normal">{text::sign_out(language)}</button>
                </form>
            </div>
        </Popover>
    }
    .into_any()
}

fn role_text(language: domain::language::Language, role: Role) -> &'static str {
    match role {
        Role::Viewer => text::role_viewer(language),
        Role::Publisher => text::role_publisher(language),
        Role::Operator => text::role_operator(language),
        Role::Admin => text::role_admin(language),
    }
}
