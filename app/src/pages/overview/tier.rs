//! The activation tier, and what it costs in a month.

use domain::tier::{STANDARD_TIER_LIMIT, Tier as ActivationTier, TierSetting};
use leptos::prelude::*;

use crate::components::container::{KeyValue, KeyValues};
use crate::components::number::number;
use crate::page::use_language;
use crate::pages::nodes::settings::MonthlyCost;
use crate::pages::nodes::{SettingBadge, links};
use crate::text::overview as text;

/// The tier, the hybrid nodes that it is about, and what that comes to.
#[component]
pub(super) fn Tier(setting: Option<TierSetting>, hybrid: Option<usize>) -> impl IntoView {
    let language = use_language();
    let Some(setting) = setting else {
        return view! { <p class="secondary">{text::not_fetched(language)}</p> }.into_any();
    };
    let cost = hybrid.map(|nodes| view! { <MonthlyCost tier=setting.tier nodes /> });
    let otherwise = hybrid.filter(|_| setting.tier == ActivationTier::Standard).map(|nodes| {
        view! {
            <KeyValue label=text::monthly_advanced(language)>
                <MonthlyCost tier=ActivationTier::Advanced nodes />
            </KeyValue>
        }
    });
    let limit = (setting.tier == ActivationTier::Standard).then(
        || view! { <span class="secondary">{text::of_limit(language, number(STANDARD_TIER_LIMIT))}</span> },
    );
    let count = hybrid.map(|nodes| view! { <a href=links::hybrid()>{number(nodes)}</a>" "{limit} });
    view! {
        <KeyValues>
            <KeyValue label=crate::text::tier::tier(language)><SettingBadge setting /></KeyValue>
            <KeyValue label=crate::text::tier::hybrid_nodes(language)>{count}</KeyValue>
            <KeyValue label=text::monthly(language)>{cost}</KeyValue>
            {otherwise}
        </KeyValues>
    }
    .into_any()
}
