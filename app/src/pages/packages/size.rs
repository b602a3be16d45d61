//! Sizes of files.

/// Bytes in units of 1,000, as AWS counts files, with one decimal: "12.3 MB". No line breaks before the unit.
#[must_use]
pub fn size_text(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if bytes < 1000 {
        return format!("{bytes}\u{a0}B");
    }
    let mut divisor = 1000;
    for unit in UNITS {
        let tenths = (u128::from(bytes) * 10 + divisor / 2) / divisor;
        if tenths < 10_000 || unit == "TB" {
            return format!("{}.{}\u{a0}{unit}", tenths / 10, tenths % 10);
        }
        divisor *= 1000;
    }
    bytes.to_string()
}

/// A limit: those of whole GiB in that unit, in which they were set.
#[must_use]
pub fn limit_text(bytes: u64) -> String {
    const GIB: u64 = 1 << 30;
    if bytes >= GIB && bytes.is_multiple_of(GIB) {
        format!("{}\u{a0}GiB", bytes / GIB)
    } else {
        size_text(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_has_its_unit() {
        for (bytes, text) in [
            (0, "0 B"),
            (999, "999 B"),
            (1000, "1.0 kB"),
            (1049, "1.0 kB"),
            (1050, "1.1 kB"),
            (999_949, "999.9 kB"),
            (999_950, "1.0 MB"),
            (1 << 30, "1.1 GB"),
            (u64::MAX, "18446744.1 TB"),
        ] {
            assert_eq!(size_text(bytes), text.replace(' ', "\u{a0}"), "{bytes}");
        }
        assert_eq!([limit_text(1 << 30), limit_text(500_000)], ["1\u{a0}GiB", "500.0\u{a0}kB"]);
    }
}
