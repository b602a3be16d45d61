//! Sizes as people write them: `512MiB`, `5GiB`.

/// How many bytes that is.
///
/// # Errors
/// A sentence that says how to write it.
pub fn size(text: &str) -> Result<u64, String> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = text.split_at(digits);
    let unit = match unit.trim_start() {
        "" | "B" => Some(1),
        "KiB" => Some(1 << 10),
        "MiB" => Some(1 << 20),
        "GiB" => Some(1 << 30),
        "TiB" => Some(1_u64 << 40),
        _ => None,
    };
    let bytes = number.parse::<u64>().ok().zip(unit).and_then(|(number, unit)| number.checked_mul(unit));
    bytes.ok_or_else(|| "give a whole number with B, KiB, MiB, GiB or TiB, such as 5GiB".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_count_in_1024s() {
        assert_eq!(size("7"), Ok(7));
        assert_eq!(size("512 KiB"), Ok(512 * 1024));
        assert_eq!(size("5GiB"), Ok(5 * 1024 * 1024 * 1024));
    }

    #[test]
    fn other_words_are_refused() {
        for text in ["", "GiB", "5GB", "-1", "1.5GiB", "99999999TiB"] {
            assert!(size(text).unwrap_err().contains("such as 5GiB"), "{text}");
        }
    }
}
