//! The flash bar: what has just happened, above the page.

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};

use crate::components::icon::Icon;
use crate::components::status::StatusKind;
use crate::page::use_language;
use crate::text::{common, layout};

/// A message in the flash bar.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Flash {
    id: u64,
    kind: StatusKind,
    text: String,
}

/// The flash bar's messages, newest first.
#[derive(Clone, Copy, Debug)]
pub struct Flashes {
    messages: RwSignal<Vec<Flash>>,
    next: StoredValue<u64>,
}

impl Flashes {
    fn new() -> Self {
        Self { messages: RwSignal::default(), next: StoredValue::new(0) }
    }

    /// Shows a success.
    pub fn success(self, text: impl Into<String>) {
        self.push(StatusKind::Success, text.into());
    }

    /// Shows an error; it stays until dismissed, as do all.
    pub fn error(self, text: impl Into<String>) {
        self.push(StatusKind::Error, text.into());
    }

    /// Shows something worth knowing.
    pub fn info(self, text: impl Into<String>) {
        self.push(StatusKind::Info, text.into());
    }

    fn push(self, kind: StatusKind, text: String) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.messages.update(|messages| {
            // Said twice, it counts once.
            messages.retain(|message| (message.kind, &message.text) != (kind, &text));
            messages.insert(0, Flash { id, kind, text });
        });
    }

    fn dismiss(self, id: u64) {
        self.messages.update(|messages| messages.retain(|message| message.id != id));
    }
}

/// Makes the flash bar available. Called once, by the layout.
pub fn provide_flashes() {
    provide_context(Flashes::new());
}

/// The flash bar's messages, for event handlers in the browser. What a form without script has done is told by
/// the address that it leads to: `?done=activation-deleted`.
#[must_use]
pub fn use_flashes() -> Flashes {
    use_context().unwrap_or_else(Flashes::new)
}

/// The sentence for `?done=…`; only these can be said by an address.
fn done_text(language: domain::language::Language, done: &str) -> Option<&'static str> {
    match done {
        "activation-deleted" => Some(layout::activation_deleted(language)),
        "tier-change-requested" => Some(layout::tier_change_requested(language)),
        "estimate-saved" => Some(layout::estimate_saved(language)),
        "draft-removed" => Some(layout::draft_removed(language)),
        "estimate-deleted" => Some(layout::estimate_deleted(language)),
        "package-tags-changed" => Some(layout::package_tags_changed(language)),
        "package-sharing-changed" => Some(layout::package_sharing_changed(language)),
        "package-default-changed" => Some(layout::package_default_changed(language)),
        "package-version-deleted" => Some(layout::package_version_deleted(language)),
        "package-deleted" => Some(layout::package_deleted(language)),
        "package-owner-set" => Some(layout::package_owner_set(language)),
        "publisher-rule-set" => Some(layout::publisher_rule_set(language)),
        "token-revoked" => Some(layout::token_revoked(language)),
        _ => None,
    }
}

/// The bar itself: empty until there is something to say, so that it is announced when there is.
#[component]
pub fn FlashBar() -> impl IntoView {
    let language = use_language();
    let flashes = use_flashes();
    let (query, location) = (use_query_map(), use_location());
    let done = move || {
        let text = query.with(|query| query.get("done")).and_then(|done| done_text(language, &done))?;
        let rest = move || {
            let mut query = query.get();
            query.remove("done");
            format!("{}{}", location.pathname.get(), query.to_query_string())
        };
        Some(view! {
            <div class="flash flash-success">
                <Icon icon=Icon::Success />
                <p>{text}</p>
                <a class="button button-icon" href=rest aria-label=common::dismiss(language)>
                    <Icon icon=Icon::Close />
                </a>
            </div>
        })
    };
    let message = move |flash: Flash| {
        view! {
            <div class=format!("flash flash-{}", flash.kind.class())>
                <Icon icon=flash.kind.icon() />
                <p>{flash.text}</p>
                <button
                    type="button"
                    class="button button-icon"
                    aria-label=common::dismiss(language)
                    on:click=move |_| flashes.dismiss(flash.id)
                >
                    <Icon icon=Icon::Close />
                </button>
            </div>
        }
    };
    view! {
        <div class="flashes" role="region" aria-label=layout::notifications(language) aria-live="polite">
            {done}
            <For each=move || flashes.messages.get() key=|flash| flash.id children=message />
        </div>
    }
    .into_any()
}
