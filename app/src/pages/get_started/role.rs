//! Step 2: the role that nodes work under.

use domain::errors::ApiError;
use domain::get_started::RoleProgress;
use domain::iam_roles::{DEFAULT_ROLE_NAME, OPTIONAL_POLICIES, REQUIRED_POLICY, create_role_commands};
use leptos::prelude::*;

use super::choice::Choice;
use crate::components::code_block::CodeBlock;
use crate::components::icon::Icon;
use crate::components::status::{StatusIndicator, StatusKind};
use crate::error_text::listed;
use crate::page::{use_language, use_page};
use crate::text::get_started as text;

/// What it must be, what there is, and how to make one.
#[component]
pub(super) fn Role(roles: Signal<Result<RoleProgress, ApiError>>, choice: Choice) -> impl IntoView {
    let language = use_language();
    let aws = use_page().with_value(|page| page.aws.clone());
    let account = aws.as_ref().map_or_else(|| "123456789012".to_owned(), |aws| aws.account.clone());
    // The stand-in has no console of AWS's beside it.
    let iam_console = aws.filter(|aws| !aws.embedded).map(|_| {
        view! {
            <a class="button button-normal" href="https://console.aws.amazon.com/iam/home#/roles" rel="external noopener">
                {text::role_iam(language)}
                <Icon icon=Icon::External />
            </a>
        }
    });
    let commands = Signal::derive(move || create_role_commands(&account, &choice.region.get()));
    view! {
        <p>{text::role_about(language)}</p>
        <ul class="reasons">
            <li>{text::role_trust(language)}</li>
            <li>{text::role_required(language, REQUIRED_POLICY)}</li>
            <li>{text::role_optional(language, listed(language, &OPTIONAL_POLICIES))}</li>
        </ul>
        {move || found(roles.get())}
        <details class="expandable">
            <summary>{text::role_create(language)}</summary>
            <p>{text::role_create_about(language)}</p>
            <CodeBlock code=commands label=text::role_create(language) />
        </details>
        {iam_console.map(|link| view! { <div class="actions">{link}</div> })}
    }
    .into_any()
}

/// Whether the system's default role exists, and how many others would do: those first where they are why the step is
/// done.
fn found(roles: Result<RoleProgress, ApiError>) -> Option<AnyView> {
    let language = use_language();
    // A failure is told beside the step's name.
    let RoleProgress { default, others } = roles.ok()?;
    let (kind, default) = match default {
        None => (StatusKind::Info, text::role_default_missing(language, DEFAULT_ROLE_NAME)),
        Some(role) if role.missing_policies.is_empty() => {
            (StatusKind::Success, text::role_default_ready(language, DEFAULT_ROLE_NAME))
        }
        Some(role) => {
            let missing = listed(language, &role.missing_policies);
            (StatusKind::Warning, text::role_default_incomplete(language, DEFAULT_ROLE_NAME, missing))
        }
    };
    let text = text::role_others(language, others);
    let found = if others > 0 && kind != StatusKind::Success {
        view! {
            <p><StatusIndicator kind=StatusKind::Success text /></p>
            <p><StatusIndicator kind text=default /></p>
        }
        .into_any()
    } else {
        view! {
            <p><StatusIndicator kind text=default /></p>
            <p>{text}</p>
        }
        .into_any()
    };
    Some(found)
}
