//! What was created: the code and the id, once, and how to use them.

use domain::language::Language;
use leptos::html;
use leptos::prelude::*;
use time::OffsetDateTime;

use super::code::Code;
use super::commands::Commands;
use super::progress::Progress;
use crate::activations::ShownActivation;
use crate::components::alert::Alert;
use crate::components::button::LinkButton;
use crate::components::code_block::CodeBlock;
use crate::components::container::{Container, KeyValue, KeyValues, PageHeader};
use crate::components::copy::CopyButton;
use crate::components::icon::Icon;
use crate::components::leave_guard::guard_leaving;
use crate::components::status::{StatusIndicator, StatusKind};
use crate::components::time::{Time, TimeStyle};
use crate::page::use_language;
use crate::text::{activations as text, registration};

/// The new activation.
#[component]
pub fn Success(
    /// With its code.
    activation: ShownActivation,
) -> impl IntoView {
    let language = use_language();
    let ShownActivation { id, code, region, registration_limit, expires, command } = activation;
    let code = Code::new(code);
    guard_leaving(code.unsaved(), text::leave(language));
    let top = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(top) = top.get() {
            // The form that had the focus is gone. Without focus the message is still announced.
            let _ = top.focus();
        }
    });
    // Before the code is saved, the news is not all good.
    let news = move || {
        let kind = if code.saved().get() { StatusKind::Success } else { StatusKind::Warning };
        view! { <Alert kind>{text::success(language)}</Alert> }
    };
    let (href, description) = (format!("/activations/{id}"), text::commands_description(language).to_owned());
    let facts = Facts { id: id.clone(), region: region.clone(), limit: registration_limit, expires };
    view! {
        <div tabindex="-1" class="focus-target" node_ref=top>
            <PageHeader title=text::success_title(language) />
            {news}
        </div>
        <CodeAndId facts code />
        <Progress id=id.clone() limit=registration_limit />
        <Container title=text::commands_title(language) description>
            <p class="secondary">{text::commands_secret(language)}</p>
            <Commands id code region />
        </Container>
        <details class="expandable">
            <summary>{text::cli_create(language)}</summary>
            <CodeBlock code=Signal::stored(command) label=text::cli_create(language) />
        </details>
        <div class="form-actions">
            // Beside this page: without its code, the commands on it would be lost.
            <a class="button button-link" href=format!("{href}#troubles") target="_blank" rel="external">
                {registration::troubles_title(language)}
            </a>
            // A new document: its form gets a token of its own.
            <a class="button button-normal" href="/activations/new" rel="external">{text::create_another(language)}</a>
            <LinkButton href text=text::open(language) />
        </div>
    }
    .into_any()
}

/// What may be known of the new activation.
#[derive(Clone)]
struct Facts {
    id: String,
    region: String,
    limit: u32,
    expires: OffsetDateTime,
}

#[component]
fn CodeAndId(facts: Facts, code: Code) -> impl IntoView {
    let language = use_language();
    let Facts { id, region, limit, expires } = facts.clone();
    view! {
        <Container title=text::code_and_id(language)>
            <KeyValues>
                <KeyValue label=text::code(language)><CodeValue facts code /></KeyValue>
                <KeyValue label=text::id(language)>
                    <code>{id.clone()}</code>
                    <CopyButton text=Signal::stored(id) label=text::copy_id(language) />
                </KeyValue>
                <KeyValue label=text::region(language)>{region}</KeyValue>
                <KeyValue label=text::limit(language)>{limit}</KeyValue>
                <KeyValue label=text::expires(language)><Time at=expires style=TimeStyle::Both /></KeyValue>
            </KeyValues>
        </Container>
    }
    .into_any()
}

/// The code: revealed on demand, by a native element that needs no script.
#[component]
fn CodeValue(facts: Facts, code: Code) -> impl IntoView {
    let language = use_language();
    let value = Signal::derive(move || code.value().unwrap_or_default());
    let saved = move || {
        let (kind, text) = if code.saved().get() {
            (StatusKind::Success, text::code_saved(language))
        } else {
            (StatusKind::Warning, text::code_not_saved(language))
        };
        view! { <StatusIndicator kind text /> }
    };
    let show_or_hide =
        move || if code.revealed() { text::code_hide(language) } else { text::code_show(language) };
    let shown = move || {
        view! {
            <details
                class="reveal"
                prop:open=move || code.revealed()
                on:toggle:target=move |event| code.reveal(event.target().open())
            >
                <summary>
                    <span class="reveal-mask" aria-hidden="true">"••••••••••••••••••••"</span>
                    <span class="reveal-text">{show_or_hide}</span>
                </summary>
                <code class="secret">{value.get()}</code>
            </details>
        }
    };
    let download = move |_| save_file(language, &facts, code);
    view! {
        <Show when=move || code.value().is_some() fallback=move || text::code_gone(language)>
            {shown}
        </Show>
        <div class="code-actions only-with-script">
            <CopyButton
                text=value
                label=text::code_copy(language)
                labelled=true
                on_copied=Callback::new(move |()| code.save())
                on_failed=Callback::new(move |()| code.reveal(true))
            />
            <button type="button" class="button button-normal" on:click=download>
                <Icon icon=Icon::Download />
                {text::code_download(language)}
            </button>
            <span role="status">{saved}</span>
        </div>
    }
    .into_any()
}

/// Puts code, id and Region into a text file.
#[cfg(feature = "hydrate")]
fn save_file(language: Language, facts: &Facts, code: Code) {
    let Facts { id, region, .. } = facts;
    let Some(value) = untrack(move || code.value()) else { return };
    let lines = [
        (text::code(language), value.as_str()),
        (text::id(language), id.as_str()),
        (text::region(language), region.as_str()),
    ];
    let content: String = lines.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    if super::code::download(&format!("activation-{id}.txt"), &content) {
        code.save();
    }
}

/// On the server nobody presses a button.
#[cfg(not(feature = "hydrate"))]
fn save_file(_language: Language, _facts: &Facts, _code: Code) {}
