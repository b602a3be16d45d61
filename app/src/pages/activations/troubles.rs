//! What to do when a registration fails: each of the agent's errors with its cause and its cure.

use domain::language::Language;
use domain::registration::{AgentError, endpoint};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::components::container::Container;
use crate::page::{use_language, use_page};
use crate::text::registration as text;

/// The query parameter with what somebody has pasted.
const PARAMETER: &str = "problem";

/// The errors, to be searched by pasting what the agent says.
#[component]
pub fn Troubles() -> impl IntoView {
    let language = use_language();
    let region =
        use_page().with_value(|page| page.aws.as_ref().map(|aws| aws.region.clone()).unwrap_or_default());
    let query = use_query_map();
    let pasted = RwSignal::new(query.with_untracked(|query| query.get(PARAMETER)).unwrap_or_default());
    let found = Memo::new(move |_| {
        pasted.with(|pasted| {
            AgentError::ALL.into_iter().filter(|error| error.is_in(pasted)).collect::<Vec<_>>()
        })
    });
    let url = endpoint(&region);
    let none = text::troubles_none(language, &url);
    let nothing_pasted = move || pasted.with(|pasted| pasted.trim().is_empty());
    let said = move || match found.with(Vec::len) {
        0 => none.clone(),
        count if nothing_pasted() => text::troubles_known(language, count),
        count => text::troubles_count(language, count),
    };
    let row = move |error: AgentError| {
        view! { <Trouble error url=url.clone() /> }
    };
    view! {
        <div id="troubles">
            <Container title=text::troubles_title(language) description=text::troubles_description(language).to_owned()>
                <form class="troubles-search" role="search" on:submit=|event| event.prevent_default()>
                    <label class="field-label" for="troubles-text">{text::troubles_find(language)}</label>
                    <input
                        class="input"
                        id="troubles-text"
                        type="search"
                        name=PARAMETER
                        value=pasted.get_untracked()
                        autocomplete="off"
                        on:input:target=move |event| pasted.set(event.target().value())
                    />
                    <button class="button button-normal only-without-script">{text::troubles_search(language)}</button>
                </form>
                <p class="secondary" role="status">{said}</p>
                <div class="expandables">
                    <For each=move || found.get() key=|error| error.name() children=row />
                </div>
            </Container>
        </div>
    }
    .into_any()
}

#[component]
fn Trouble(error: AgentError, url: String) -> impl IntoView {
    let language = use_language();
    let (cause, cure) = cause_and_cure(language, error, &url);
    let words = error.words().iter().map(|words| view! { <code>{*words}</code> }).collect_view();
    view! {
        <details class="expandable trouble" id=error.name()>
            <summary>{words}</summary>
            <dl class="trouble-text">
                <dt>{text::cause(language)}</dt>
                <dd>{cause}</dd>
                <dt>{text::cure(language)}</dt>
                <dd>{cure}</dd>
            </dl>
        </details>
    }
    .into_any()
}

fn cause_and_cure(language: Language, error: AgentError, url: &str) -> (&'static str, String) {
    macro_rules! texts {
        ($cause:ident, $cure:ident) => {
            (text::$cause(language), text::$cure(language).to_owned())
        };
    }
    match error {
        AgentError::InvalidActivation => texts!(invalid_activation_cause, invalid_activation_cure),
        AgentError::ActivationExpired => texts!(activation_expired_cause, activation_expired_cure),
        AgentError::ProxyAnswersMetadata => texts!(proxy_answers_metadata_cause, proxy_answers_metadata_cure),
        AgentError::RegistrationLimitExceeded => {
            texts!(registration_limit_exceeded_cause, registration_limit_exceeded_cure)
        }
        AgentError::InvalidPublicKey => texts!(invalid_public_key_cause, invalid_public_key_cure),
        AgentError::AlreadyRegistered => texts!(already_registered_cause, already_registered_cure),
        AgentError::FingerprintMismatch => texts!(fingerprint_mismatch_cause, fingerprint_mismatch_cure),
        AgentError::TooManyUpdates => texts!(too_many_updates_cause, too_many_updates_cure),
        AgentError::Unreachable => (text::unreachable_cause(language), text::unreachable_cure(language, url)),
        AgentError::UntrustedCertificate => texts!(untrusted_certificate_cause, untrusted_certificate_cure),
        AgentError::RoleRefused => texts!(role_refused_cause, role_refused_cure),
        AgentError::ChecksumMismatch => texts!(checksum_mismatch_cause, checksum_mismatch_cure),
        AgentError::NodeDeregistered => texts!(node_deregistered_cause, node_deregistered_cure),
        AgentError::InternalServerError => texts!(internal_server_error_cause, internal_server_error_cure),
        AgentError::NotOneProcess => texts!(not_one_process_cause, not_one_process_cure),
        AgentError::NotRoot => texts!(not_root_cause, not_root_cure),
    }
}
