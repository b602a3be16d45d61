//! Points in time as a filter's value has them.

use time::{Date, Duration, Month, OffsetDateTime, Time, UtcOffset};

/// The time that a text means.
///
/// A date (`2026-11-22`, its first minute) or a date and time of day (`2026-11-22T10:05`, with seconds if wanted), both in UTC
/// unless an offset follows (`Z`, `+09:00`); or a time before `now` (`45m`, `12h`, `7d`).
#[must_use]
pub fn moment(text: &str, now: OffsetDateTime) -> Option<OffsetDateTime> {
    ago(text).and_then(|time| now.checked_sub(time)).or_else(|| absolute(text))
}

fn ago(text: &str) -> Option<Duration> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let seconds = match unit {
        "m" => 60,
        "h" => 60 * 60,
        "d" => 24 * 60 * 60,
        _ => return None,
    };
    // A hundred years at most: further back there were no nodes.
    let number = digits(number, 1..=6)?;
    Some(Duration::seconds(i64::from(number) * seconds)).filter(|time| time.whole_days() <= 36_525)
}

fn absolute(text: &str) -> Option<OffsetDateTime> {
    let date = text.get(..10)?;
    let (year, rest) = date.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    let month = Month::try_from(u8::try_from(digits(month, 2..=2)?).ok()?).ok()?;
    let year = i32::try_from(digits(year, 4..=4)?).ok()?;
    let date = Date::from_calendar_date(year, month, u8::try_from(digits(day, 2..=2)?).ok()?).ok()?;
    let rest = &text[10..];
    let (time, zone) = match rest.strip_prefix(['T', 't', ' ']) {
        None => ("00:00", rest),
        Some(rest) => rest.split_at(rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len())),
    };
    let mut parts = time.splitn(3, ':').map(|part| u8::try_from(digits(part, 2..=2)?).ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    let time = Time::from_hms(hour, minute, parts.next().unwrap_or(Some(0))?).ok()?;
    Some(date.with_time(time).assume_offset(offset(zone)?).to_offset(UtcOffset::UTC))
}

fn offset(zone: &str) -> Option<UtcOffset> {
    if zone.is_empty() || zone.eq_ignore_ascii_case("z") {
        return Some(UtcOffset::UTC);
    }
    let (sign, rest) = zone.split_at_checked(1)?;
    let sign = match sign {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    let part = |text| i8::try_from(digits(text, 2..=2)?).ok();
    UtcOffset::from_hms(sign * part(hours)?, sign * part(minutes)?, 0).ok()
}

/// A number of digits and nothing else.
fn digits(text: &str, length: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let fits = length.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-11-22 03:00 UTC);

    fn read(text: &str) -> Option<OffsetDateTime> {
        moment(text, NOW)
    }

    #[test]
    fn times_before_now() {
        assert_eq!(read("45m"), Some(datetime!(2026-11-22 02:15 UTC)));
        assert_eq!(read("12h"), Some(datetime!(2026-11-21 15:00 UTC)));
        assert_eq!(read("7d"), Some(datetime!(2026-11-15 03:00 UTC)));
        assert_eq!(read("0d"), Some(NOW));
        for text in ["d", "-7d", "7 d", "7w", "999999d", "", "７d"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn dates_and_times_of_day() {
        assert_eq!(read("2026-11-22"), Some(datetime!(2026-11-22 00:00 UTC)));
        assert_eq!(read("2026-11-22T10:05"), Some(datetime!(2026-11-22 10:05 UTC)));
        assert_eq!(read("2026-11-22 10:05:30Z"), Some(datetime!(2026-11-22 10:05:30 UTC)));
        assert_eq!(read("2026-11-22T10:05+09:00"), Some(datetime!(2026-11-22 01:05 UTC)));
        assert_eq!(read("2026-11-22-03:30"), Some(datetime!(2026-11-22 03:30 UTC)));
        for text in
            ["2026-11-31", "2026-13-01", "2026-11-22T25:00", "2026-11-22T10", "2026-11-22x", "22.11.2026"]
        {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read("2026-11-22T10:05+09"), None);
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(text in ".{0,24}") {
            let _ = read(&text);
        }

        #[test]
        fn what_is_formatted_is_read(seconds in 0_i64..4_102_444_800) {
            let at = OffsetDateTime::from_unix_timestamp(seconds).unwrap();
            let text = at.format(&time::format_description::well_known::Rfc3339).unwrap();
            prop_assert_eq!(read(&text), Some(at));
        }
    }
}
