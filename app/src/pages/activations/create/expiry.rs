//! The expiry field: the zone in which it is typed, and the earliest and latest time there.

use domain::activations::MAX_EXPIRY_DAYS;
use domain::time_text;
use leptos::prelude::*;
use time::{Duration, OffsetDateTime, UtcOffset};

use crate::components::clock::use_now;
use crate::components::form::{DateTimeInput, FormErrors};
use crate::page::{use_language, use_page};
use crate::text::activations as text;

/// The field, and with it the hidden one that names the zone.
#[component]
pub fn ExpiryField(
    /// As in `datetime-local`.
    value: String,
    /// The zone in which `value` was typed; empty before anything was.
    typed_in: String,
    /// The form's errors.
    errors: FormErrors,
    /// Called when the field is left.
    on_blur: Callback<()>,
) -> impl IntoView {
    let language = use_language();
    let zone = Zone::new(typed_in, &value);
    let value = RwSignal::new(value);
    let now = use_now();
    let latest = move || now.get() + Duration::days(i64::from(MAX_EXPIRY_DAYS));
    let constraint = Signal::derive(move || {
        // Until then, clocks may change.
        let at = value.with(|typed| zone.read(typed)).unwrap_or_else(|| now.get());
        let offset = time_text::zone(utc_offset(zone.offset_at(at)));
        text::field_expires_constraint(language, MAX_EXPIRY_DAYS, zone.name.get(), offset)
    });
    view! {
        <DateTimeInput
            name="expires"
            label=text::field_expires(language)
            value
            min=Signal::derive(move || local(now.get(), zone.offset_at(now.get())))
            max=Signal::derive(move || local(latest(), zone.offset_at(latest())))
            description=text::field_expires_description(language).to_owned()
            constraint
            optional=true
            error=errors.at("expires")
            on_blur
        />
        <input type="hidden" name="time_zone" value=move || zone.name.get() />
    }
    .into_any()
}

/// The zone in which a person types.
#[derive(Clone, Copy)]
struct Zone {
    name: RwSignal<String>,
    /// Minutes east of UTC as the server told, before the browser knows better.
    #[cfg_attr(feature = "ssr", expect(dead_code, reason = "the server knows every zone"))]
    told: i32,
    own: RwSignal<bool>,
}

impl Zone {
    fn new(typed_in: String, typed: &str) -> Self {
        let (zone, told) = use_page().with_value(|page| (page.time_zone.clone(), page.utc_offset_minutes));
        // What was typed for one zone must not be read in another.
        let kept = !typed.is_empty() && !typed_in.is_empty();
        let this =
            Self { name: RwSignal::new(if kept { typed_in } else { zone }), told, own: RwSignal::new(false) };
        #[cfg(feature = "hydrate")]
        Effect::new(move || {
            if let Some(name) = browser::zone().filter(|name| !kept || *name == this.name.get_untracked()) {
                this.name.set(name);
                this.own.set(true);
            }
        });
        this
    }

    /// Minutes east of UTC at a time. The browser's own zone has its daylight saving; of another, only the offset is
    /// known that the server told: the server checks the limits in any case.
    fn offset_at(self, at: OffsetDateTime) -> i32 {
        #[cfg(feature = "hydrate")]
        if self.own.get() {
            return browser::offset_at(at);
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = self.own;
        self.known_offset(at)
    }

    /// The time that was typed, where it can be read here.
    fn read(self, typed: &str) -> Option<OffsetDateTime> {
        #[cfg(feature = "hydrate")]
        if self.own.get() {
            return to_utc(typed, "");
        }
        self.known_time(typed)
    }
}

#[cfg(feature = "ssr")]
impl Zone {
    fn known_offset(self, at: OffsetDateTime) -> i32 {
        self.name.with_untracked(|zone| crate::server::utc_offset_minutes(zone, at))
    }

    fn known_time(self, typed: &str) -> Option<OffsetDateTime> {
        self.name.with_untracked(|zone| crate::server::local_to_utc(typed, zone))
    }
}

#[cfg(not(feature = "ssr"))]
impl Zone {
    fn known_offset(self, _at: OffsetDateTime) -> i32 {
        self.told
    }

    fn known_time(self, _typed: &str) -> Option<OffsetDateTime> {
        None
    }
}

fn utc_offset(minutes: i32) -> UtcOffset {
    UtcOffset::from_whole_seconds(minutes.saturating_mul(60)).unwrap_or(UtcOffset::UTC)
}

/// A time as `datetime-local` has it: "2026-11-23T10:05".
fn local(at: OffsetDateTime, offset_minutes: i32) -> String {
    let at = at.to_offset(utc_offset(offset_minutes));
    let (year, month, day) = (at.year(), u8::from(at.month()), at.day());
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}", at.hour(), at.minute())
}

#[cfg(feature = "hydrate")]
pub use browser::{is_own_zone, to_utc};

/// What the browser knows of its zone.
#[cfg(feature = "hydrate")]
mod browser {
    use time::OffsetDateTime;

    /// IANA name of the browser's zone.
    pub fn zone() -> Option<String> {
        use wasm_bindgen::JsValue;

        let options = js_sys::Intl::DateTimeFormat::default().resolved_options();
        js_sys::Reflect::get(&options, &JsValue::from_str("timeZone")).ok()?.as_string()
    }

    pub fn offset_at(at: OffsetDateTime) -> i32 {
        let date = js_sys::Date::new(&((at.unix_timestamp() as f64) * 1000.0).into());
        -date.get_timezone_offset() as i32
    }

    /// Whether a zone is the browser's.
    pub fn is_own_zone(name: &str) -> bool {
        zone().is_some_and(|own| own == name)
    }

    /// The time that was typed, in the browser's zone.
    pub fn to_utc(text: &str, _zone: &str) -> Option<OffsetDateTime> {
        let milliseconds = js_sys::Date::parse(text);
        if milliseconds.is_nan() {
            return None;
        }
        OffsetDateTime::from_unix_timestamp((milliseconds / 1000.0) as i64).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_time_is_written_as_the_field_has_it() {
        assert_eq!(local(datetime!(2026-11-22 15:05:59 UTC), 540), "2026-11-23T00:05");
        assert_eq!(local(datetime!(2026-11-22 15:05 UTC), -210), "2026-11-22T11:35");
    }
}
