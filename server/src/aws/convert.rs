//! Between the SDK's values and the domain's.

use time::OffsetDateTime;

/// A time, in whole seconds; `None` if it is outside the years that `time` knows.
pub fn time_from_sdk(at: &aws_sdk_ssm::primitives::DateTime) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp(at.secs()).ok()
}

/// The same the other way.
pub fn time_to_sdk(at: OffsetDateTime) -> aws_sdk_ssm::primitives::DateTime {
    aws_sdk_ssm::primitives::DateTime::from_secs(at.unix_timestamp())
}

/// A count; SSM counts in signed numbers, but never below zero.
pub fn count(value: Option<i32>) -> u32 {
    value.and_then(|value| u32::try_from(value).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn times_go_there_and_back_in_whole_seconds() {
        let at = datetime!(2026-11-22 03:04:05.678 UTC);
        assert_eq!(time_from_sdk(&time_to_sdk(at)), Some(datetime!(2026-11-22 03:04:05 UTC)));
        assert_eq!(time_from_sdk(&aws_sdk_ssm::primitives::DateTime::from_secs(i64::MAX)), None);
    }

    #[test]
    fn a_missing_or_negative_count_is_zero() {
        assert_eq!([count(None), count(Some(-1)), count(Some(7))], [0, 0, 7]);
    }
}
