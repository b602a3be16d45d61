//! A point in time, in the viewer's zone.

use domain::time_text::{absolute, clock, relative};
use leptos::prelude::*;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::components::clock::use_now;
use crate::page::{use_language, use_page};

/// How a time is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimeStyle {
    /// "November 22, 2026, 10:05 (UTC+9:00)".
    #[default]
    Absolute,
    /// "in 23 hours", with the absolute time as its tooltip.
    Relative,
    /// Both, the relative one below.
    Both,
    /// "5:29 PM", with the date on another day, and the absolute time as its tooltip.
    Clock,
}

/// A time, or "-" when there is none.
#[component]
pub fn Time(
    /// When.
    #[prop(into)]
    at: Option<OffsetDateTime>,
    /// How it is written.
    #[prop(optional)]
    style: TimeStyle,
) -> impl IntoView {
    at.map_or_else(|| "-".into_any(), |at| written(at, style).into_any())
}

fn written(at: OffsetDateTime, style: TimeStyle) -> impl IntoView {
    let language = use_language();
    let now = use_now();
    let offset = use_offset(at);
    let absolute_text = move || absolute(language, at, offset.get());
    let relative_text = move || relative(language, at, now.get());
    let datetime = at.format(&Rfc3339).unwrap_or_default();
    let clock_text = move || clock(language, at, now.get(), offset.get());
    let title = matches!(style, TimeStyle::Relative | TimeStyle::Clock).then_some(absolute_text);
    view! {
        <time datetime=datetime title=title>
            {matches!(style, TimeStyle::Absolute | TimeStyle::Both).then_some(absolute_text)}
            {(style == TimeStyle::Relative).then_some(relative_text)}
            {(style == TimeStyle::Clock).then_some(clock_text)}
            {(style == TimeStyle::Both)
                .then(|| view! { <span class="secondary time-relative">{relative_text}</span> })}
        </time>
    }
}

/// Minutes east of UTC where the viewer is, at that time. The server goes by the zone that the browser last told;
/// the browser corrects it once it has taken over, so that both begin with the same text.
fn use_offset(at: OffsetDateTime) -> ReadSignal<i32> {
    let (offset, set_offset) = signal(initial_offset(at));
    #[cfg(feature = "hydrate")]
    Effect::new(move || {
        let date = js_sys::Date::new(&((at.unix_timestamp() as f64) * 1000.0).into());
        let minutes = -date.get_timezone_offset() as i32;
        if minutes != offset.get_untracked() {
            set_offset.set(minutes);
        }
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = set_offset;
    offset
}

#[cfg(feature = "ssr")]
fn initial_offset(at: OffsetDateTime) -> i32 {
    use_page().with_value(|page| crate::server::utc_offset_minutes(&page.time_zone, at))
}

#[cfg(not(feature = "ssr"))]
fn initial_offset(_at: OffsetDateTime) -> i32 {
    use_page().with_value(|page| page.utc_offset_minutes)
}
