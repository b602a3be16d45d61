//! Times in words, in both languages: absolute with the zone, and relative to now.

use time::{Date, Duration, OffsetDateTime, UtcOffset};

use crate::language::Language;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A time as a clock `offset_minutes` east of UTC shows it, with that zone: "November 22, 2026, 10:05 (UTC+9:00)",
/// "2026年11月22日 10:05 (UTC+9:00)". An offset beyond ±24 hours counts as UTC.
#[must_use]
pub fn absolute(language: Language, at: OffsetDateTime, offset_minutes: i32) -> String {
    let offset = UtcOffset::from_whole_seconds(offset_minutes.saturating_mul(60)).unwrap_or(UtcOffset::UTC);
    let local = at.checked_to_offset(offset).unwrap_or(at);
    let (hour, minute, zone) = (local.hour(), local.minute(), zone(local.offset()));
    format!("{} {hour:02}:{minute:02} ({zone})", day(language, local.date()))
}

/// The time of day as a clock `offset_minutes` east of UTC shows it, where it is the same day as `now` there: "5:29 PM", "17:29".
/// On another day the date and the zone stand with it, as in [`absolute`].
#[must_use]
pub fn clock(language: Language, at: OffsetDateTime, now: OffsetDateTime, offset_minutes: i32) -> String {
    let offset = UtcOffset::from_whole_seconds(offset_minutes.saturating_mul(60)).unwrap_or(UtcOffset::UTC);
    let local = |time: OffsetDateTime| time.checked_to_offset(offset).unwrap_or(time);
    let (at_local, now_local) = (local(at), local(now));
    if at_local.date() != now_local.date() {
        return absolute(language, at, offset_minutes);
    }
    let (hour, minute) = (at_local.hour(), at_local.minute());
    match language {
        Language::En => {
            let half = if hour < 12 { "AM" } else { "PM" };
            format!("{}:{minute:02} {half}", (hour + 11) % 12 + 1)
        }
        Language::Ja => format!("{hour}:{minute:02}"),
    }
}

/// A month: "May 2023", "2023年5月".
#[must_use]
pub fn month(language: Language, date: Date) -> String {
    let (year, month) = (date.year(), u8::from(date.month()));
    match language {
        Language::En => format!("{} {year}", MONTHS.get(usize::from(month) - 1).copied().unwrap_or_default()),
        Language::Ja => format!("{year}年{month}月"),
    }
}

/// The date alone, with the separator that belongs before a time of day.
fn day(language: Language, date: Date) -> String {
    let (year, month, day) = (date.year(), u8::from(date.month()), date.day());
    match language {
        Language::En => {
            let month = MONTHS.get(usize::from(month) - 1).copied().unwrap_or_default();
            format!("{month} {day}, {year},")
        }
        Language::Ja => format!("{year}年{month}月{day}日"),
    }
}

/// The zone as AWS's console writes it: `UTC+9:00`, `UTC-3:30`, and `UTC` itself.
#[must_use]
pub fn zone(offset: UtcOffset) -> String {
    let (hours, minutes, _) = offset.as_hms();
    if (hours, minutes) == (0, 0) {
        return "UTC".to_owned();
    }
    let sign = if offset.is_negative() { '-' } else { '+' };
    format!("UTC{sign}{}:{:02}", hours.unsigned_abs(), minutes.unsigned_abs())
}

/// How far a time is from `now`, in its largest unit: "in 23 hours", "3 minutes ago", "3 分前". Less than a minute away
/// either way is "just now".
///
/// What has passed is rounded down, what is to come to the nearest: what is 24 hours away is not 23 a moment later.
#[must_use]
pub fn relative(language: Language, at: OffsetDateTime, now: OffsetDateTime) -> String {
    let difference = at - now;
    let Some((count, unit)) = largest_unit(difference.abs(), difference.is_positive()) else {
        return match language {
            Language::En => "just now",
            Language::Ja => "たった今",
        }
        .to_owned();
    };
    let plural = if count == 1 { "" } else { "s" };
    match (language, difference.is_positive()) {
        (Language::En, true) => format!("in {count} {}{plural}", unit.english()),
        (Language::En, false) => format!("{count} {}{plural} ago", unit.english()),
        (Language::Ja, true) => format!("{count} {}後", unit.japanese()),
        (Language::Ja, false) => format!("{count} {}前", unit.japanese()),
    }
}

#[derive(Clone, Copy)]
enum Unit {
    Minute,
    Hour,
    Day,
    Month,
    Year,
}

impl Unit {
    const fn english(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    const fn japanese(self) -> &'static str {
        match self {
            Self::Minute => "分",
            Self::Hour => "時間",
            Self::Day => "日",
            Self::Month => "か月",
            Self::Year => "年",
        }
    }
}

/// Days up to a month (of 30 days), hours up to two days: "in 30 hours" says more than "in 1 day". Rounded to the
/// nearest or else down.
fn largest_unit(distance: Duration, nearest: bool) -> Option<(i64, Unit)> {
    let count = |unit: Duration| {
        let (distance, unit) = (distance.whole_seconds(), unit.whole_seconds());
        (if nearest { distance + unit / 2 } else { distance }) / unit
    };
    let (minutes, hours, days) = (count(Duration::MINUTE), count(Duration::HOUR), count(Duration::DAY));
    match () {
        () if distance < Duration::MINUTE => None,
        () if minutes < 60 => Some((minutes, Unit::Minute)),
        () if hours < 48 => Some((hours, Unit::Hour)),
        () if days < 60 => Some((days, Unit::Day)),
        () if days < 365 => Some((count(Duration::days(30)), Unit::Month)),
        () => Some((count(Duration::days(365)), Unit::Year)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-11-22 01:05 UTC);

    #[test]
    fn months_stand_alone() {
        let date = time::macros::date!(2023 - 05 - 01);
        assert_eq!(
            (month(Language::En, date), month(Language::Ja, date)),
            ("May 2023".to_owned(), "2023年5月".to_owned())
        );
    }

    #[test]
    fn absolute_times_name_their_zone() {
        assert_eq!(absolute(Language::En, NOW, 540), "November 22, 2026, 10:05 (UTC+9:00)");
        assert_eq!(absolute(Language::Ja, NOW, 540), "2026年11月22日 10:05 (UTC+9:00)");
        assert_eq!(absolute(Language::En, NOW, 0), "November 22, 2026, 01:05 (UTC)");
        assert_eq!(absolute(Language::En, NOW, -210), "November 21, 2026, 21:35 (UTC-3:30)");
        assert_eq!(absolute(Language::Ja, NOW, -30), "2026年11月22日 00:35 (UTC-0:30)");
    }

    #[test]
    fn a_clock_tells_the_day_when_it_is_another() {
        assert_eq!(clock(Language::En, NOW, NOW, 540), "10:05 AM");
        assert_eq!(clock(Language::En, datetime!(2026-11-22 12:30 UTC), NOW, 0), "12:30 PM");
        assert_eq!(clock(Language::En, datetime!(2026-11-22 0:00 UTC), NOW, 0), "12:00 AM");
        assert_eq!(clock(Language::Ja, datetime!(2026-11-22 8:29 UTC), NOW, 540), "17:29");
        assert_eq!(
            clock(Language::Ja, datetime!(2026-11-21 8:29 UTC), NOW, 540),
            "2026年11月21日 17:29 (UTC+9:00)"
        );
        assert_eq!(clock(Language::En, datetime!(2026-11-21 23:30 UTC), NOW, 60), "12:30 AM");
    }

    #[test]
    fn an_impossible_offset_is_utc() {
        assert_eq!(absolute(Language::En, NOW, i32::MAX), "November 22, 2026, 01:05 (UTC)");
    }

    #[test]
    fn relative_times_take_their_largest_unit() {
        let english = |distance| relative(Language::En, NOW + distance, NOW);
        assert_eq!(english(Duration::seconds(59)), "just now");
        assert_eq!(english(Duration::seconds(-59)), "just now");
        assert_eq!(english(Duration::minutes(1)), "in 1 minute");
        assert_eq!(english(Duration::minutes(-3)), "3 minutes ago");
        assert_eq!(english(Duration::hours(47)), "in 47 hours");
        assert_eq!(english(Duration::hours(-48)), "2 days ago");
        assert_eq!(english(Duration::days(59)), "in 59 days");
        assert_eq!(english(Duration::days(60)), "in 2 months");
        assert_eq!(english(Duration::days(-800)), "2 years ago");
    }

    #[test]
    fn what_is_to_come_is_rounded_to_the_nearest_and_what_has_passed_is_rounded_down() {
        let english = |distance| relative(Language::En, NOW + distance, NOW);
        assert_eq!(english(Duration::hours(24) - Duration::SECOND), "in 24 hours");
        assert_eq!(english(Duration::minutes(23 * 60 + 29)), "in 23 hours");
        assert_eq!(english(Duration::hours(1) - Duration::SECOND), "in 1 hour");
        assert_eq!(english(Duration::hours(48) - Duration::SECOND), "in 2 days");
        assert_eq!(english(Duration::days(60) - Duration::SECOND), "in 2 months");
        assert_eq!(english(Duration::days(365) - Duration::SECOND), "in 1 year");
        assert_eq!(english(Duration::SECOND - Duration::hours(24)), "23 hours ago");
        assert_eq!(english(Duration::SECOND - Duration::hours(1)), "59 minutes ago");
    }

    #[test]
    fn relative_times_in_japanese() {
        let japanese = |distance| relative(Language::Ja, NOW + distance, NOW);
        assert_eq!(japanese(Duration::minutes(-3)), "3 分前");
        assert_eq!(japanese(Duration::hours(23)), "23 時間後");
        assert_eq!(japanese(Duration::ZERO), "たった今");
        assert_eq!(japanese(Duration::days(90)), "3 か月後");
    }
}
