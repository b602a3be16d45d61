//! The activation tier in a word.

use domain::language::Language;
use domain::tier::{Tier, TierSetting};
use leptos::prelude::*;

use crate::components::live::use_live;
use crate::components::status::{Badge, StatusKind};
use crate::page::use_language;
use crate::text::tier as text;
use crate::tier::get_tier;

/// The tier's name: "Advanced instances".
#[must_use]
pub fn tier_text(language: Language, tier: Tier) -> &'static str {
    match tier {
        Tier::Standard => text::standard_instances(language),
        Tier::Advanced => text::advanced_instances(language),
    }
}

/// The tier of the account and Region, which leads to its settings; follows changes. Nothing before SSM has told it.
#[component]
pub fn TierBadge() -> impl IntoView {
    let live = use_live("tier");
    let tier = Resource::new(move || live.get(), |_| get_tier());
    let setting = move || tier.with(|tier| tier.as_ref()?.as_ref().ok()?.setting.clone());
    view! {
        <Transition>
            {move || {
                setting()
                    .map(|setting| {
                        view! { <a class="badge-link" href="/nodes/settings"><SettingBadge setting /></a> }
                    })
            }}
        </Transition>
    }
    .into_any()
}

/// A tier that is known.
#[component]
pub fn SettingBadge(
    /// Which, and whether it holds yet.
    setting: TierSetting,
) -> impl IntoView {
    let language = use_language();
    let name = tier_text(language, setting.tier);
    match (setting.pending, setting.tier) {
        (true, _) => {
            view! { <Badge text=text::pending_badge(language, name) kind=StatusKind::Warning /> }.into_any()
        }
        (false, Tier::Advanced) => view! { <Badge text=name kind=StatusKind::Info /> }.into_any(),
        (false, Tier::Standard) => view! { <Badge text=name /> }.into_any(),
    }
}
