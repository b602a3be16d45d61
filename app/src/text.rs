//! The console's texts: a typed function for each, generated from `locales/` by the build script.

use std::fmt::Display;

use domain::language::Language;

include!(concat!(env!("OUT_DIR"), "/text.rs"));

/// Puts values in the place of `{names}`.
fn fill(text: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, tail)) = after.split_once('}') else { break };
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            filled.push_str(&value.to_string());
        }
        rest = tail;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_take_the_place_of_their_names() {
        assert_eq!(fill("{a} of {b}", &[("a", &1), ("b", &"many")]), "1 of many");
        assert_eq!(fill("none", &[]), "none");
        assert_eq!(fill("{a}{a}", &[("a", &"{b}")]), "{b}{b}");
    }
}
