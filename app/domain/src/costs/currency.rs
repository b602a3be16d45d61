//! Another currency than the US dollar, by a rate that the person types.

use rust_decimal::Decimal;

/// A currency and what one US dollar is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Currency {
    /// ISO 4217 code, such as `JPY`.
    pub code: String,
    /// Units of it for one US dollar.
    pub rate: Decimal,
}

impl Currency {
    /// Decimal places that amounts of this currency are shown with (ISO 4217, minor unit).
    #[must_use]
    pub fn places(&self) -> u32 {
        places(&self.code)
    }

    /// Whether this is the form of a code: three letters.
    #[must_use]
    pub(super) fn is_code(text: &str) -> bool {
        text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())
    }
}

fn places(code: &str) -> u32 {
    match code {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "VND"
        | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_three_capitals() {
        assert!(Currency::is_code("JPY"));
        for text in ["", "jpy", "YEN!", "JP", "円円円", "J Y"] {
            assert!(!Currency::is_code(text), "{text}");
        }
    }

    #[test]
    fn yen_have_no_decimals() {
        assert_eq!([places("JPY"), places("EUR"), places("KWD")], [0, 2, 3]);
    }
}
