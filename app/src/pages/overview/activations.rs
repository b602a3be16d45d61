//! The activations in numbers, and those that somebody should look at.

use domain::activations::{Activation, ActivationStatus};
use domain::costs::grouped_whole;
use domain::language::Language;
use domain::overview::ActivationCounts;
use leptos::prelude::*;

use super::chart::figure;
use crate::components::clock::use_now;
use crate::components::status::{StatusIndicator, StatusKind};
use crate::components::time::{Time, TimeStyle};
use crate::page::use_language;
use crate::pages::activations::status::{Status, status_text};
use crate::text::overview as text;

/// By status, what is left, and by name what expires soon or is used up.
#[component]
pub(super) fn Activations(counts: Signal<ActivationCounts>) -> impl IntoView {
    let language = use_language();
    move || counts.with(|counts| figures(language, counts))
}

fn figures(language: Language, counts: &ActivationCounts) -> impl IntoView + use<> {
    let by_status = counts
        .by_status
        .iter()
        .map(|(status, number)| {
            let kind = match status {
                ActivationStatus::Active => StatusKind::Success,
                ActivationStatus::ExpiringSoon => StatusKind::Warning,
                ActivationStatus::Exhausted => StatusKind::Info,
                ActivationStatus::Expired => StatusKind::Stopped,
            };
            let label = view! { <StatusIndicator kind text=status_text(language, *status) /> }.into_any();
            figure(format!("/activations?status={}", status.name()), label, *number)
        })
        .collect_view();
    let remaining = match counts.remaining {
        1 => text::remaining_one(language).to_owned(),
        remaining => text::remaining(language, grouped_whole(remaining)),
    };
    let attention = (!counts.attention.is_empty()).then(|| {
        let rows = counts.attention.iter().cloned().map(|activation| view! { <Row activation /> });
        view! {
            <h3>{text::attention(language)}</h3>
            <ul class="rows">{rows.collect_view()}</ul>
        }
    });
    view! {
        <ul class="figures">{by_status}</ul>
        <p class="secondary">{remaining}</p>
        {attention}
    }
}

/// An activation that somebody should look at.
#[component]
fn Row(activation: Activation) -> impl IntoView {
    let language = use_language();
    let now = use_now();
    let href = format!("/activations/{}", activation.id);
    let name = activation.description.clone().unwrap_or_else(|| activation.id.clone());
    let expires = activation.expires.map(|at| {
        view! { <span>{text::expires(language)}" "<Time at style=TimeStyle::Relative /></span> }
    });
    let status = move || activation.status(now.get());
    view! {
        <li>
            <a href=href>{name}</a>
            <span>{move || view! { <Status status=status() /> }}</span>
            {expires}
        </li>
    }
    .into_any()
}
