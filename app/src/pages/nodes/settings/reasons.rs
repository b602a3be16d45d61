//! When the advanced tier is needed: three reasons.

use domain::tier::{HybridNodes, STANDARD_TIER_LIMIT, Tier, TierSetting};
use leptos::prelude::*;

use crate::components::container::Container;
use crate::components::number::number;
use crate::components::status::{StatusIndicator, StatusKind};
use crate::page::use_language;
use crate::text::tier as text;

/// The reasons, each with how things stand.
#[component]
pub(super) fn Reasons(setting: Option<TierSetting>, hybrid: Option<HybridNodes>) -> impl IntoView {
    let language = use_language();
    let advanced = setting.is_some_and(|setting| setting.tier == Tier::Advanced && !setting.pending);
    let count = hybrid.filter(|hybrid| hybrid.fetched_at.is_some()).map(|hybrid| {
        if hybrid.fit_standard() {
            let text =
                text::reason_number_left(language, number(hybrid.count), number(hybrid.left_in_standard()));
            view! { <StatusIndicator kind=StatusKind::Info text /> }
        } else {
            let text = text::reason_number_needed(language, number(hybrid.count));
            view! { <StatusIndicator kind=StatusKind::Warning text /> }
        }
    });
    let possible = move || {
        if advanced {
            view! { <StatusIndicator kind=StatusKind::Success text=text::possible(language) /> }
        } else {
            view! { <StatusIndicator kind=StatusKind::Stopped text=text::not_possible(language) /> }
        }
    };
    view! {
        <Container
            title=text::reasons(language)
            description=text::reasons_description(language).to_owned()
        >
            <ul class="reasons">
                <li><p>{text::reason_number(language, number(STANDARD_TIER_LIMIT))}</p><p>{count}</p></li>
                <li><p>{text::reason_session(language)}</p><p>{possible()}</p></li>
                <li><p>{text::reason_patch(language)}</p><p>{possible()}</p></li>
            </ul>
        </Container>
    }
    .into_any()
}
