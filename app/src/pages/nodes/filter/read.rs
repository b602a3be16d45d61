//! What somebody has typed into the filter's input so far.

use domain::filter::Operator;
use domain::language::Language;
use domain::nodes::property::Property;

use crate::pages::nodes::names::property_name;

/// How far the typing has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Typed {
    /// No property's name: a text to be found anywhere, or the beginning of a name.
    Text(String),
    /// A property's name, and perhaps the beginning of an operator.
    Property(Property, String),
    /// A property, an operator, and what of the value is there.
    Filter(Property, Operator, String),
}

/// Reads the input: properties by their names on screen or in addresses, in any case.
pub(super) fn read(language: Language, text: &str) -> Typed {
    let text = text.trim_start();
    let named = |property: Property| {
        [property_name(language, property), property.id()].into_iter().filter_map(move |name| {
            let rest = strip_prefix(text, name)?;
            Some((property, name.len(), rest))
        })
    };
    // "Node" begins both "Node ID" and "Node name"; "IP" must not be read out of "IPv6".
    let ends = |(_, _, rest): &(Property, usize, &str)| {
        rest.is_empty() || rest.starts_with(' ') || Operator::split(rest).is_some()
    };
    let longest = Property::ALL.into_iter().flat_map(named).filter(ends).max_by_key(|(_, length, _)| *length);
    let Some((property, _, rest)) = longest else { return Typed::Text(text.trim_end().to_owned()) };
    let rest = rest.trim_start();
    match Operator::split(rest) {
        Some((operator, value)) => Typed::Filter(property, operator, value.trim().to_owned()),
        None if Operator::ALL.into_iter().any(|operator| operator.symbol().starts_with(rest.trim_end())) => {
            Typed::Property(property, rest.trim_end().to_owned())
        }
        None => Typed::Text(text.trim_end().to_owned()),
    }
}

/// What follows a prefix that stands there in any case.
fn strip_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for wanted in prefix.chars() {
        let same = rest.next()?.to_lowercase().eq(wanted.to_lowercase());
        same.then_some(())?;
    }
    Some(rest.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english(text: &str) -> Typed {
        read(Language::En, text)
    }

    #[test]
    fn names_operators_and_values_are_told_apart() {
        assert_eq!(english("web"), Typed::Text("web".to_owned()));
        assert_eq!(english(" node "), Typed::Text("node".to_owned()));
        assert_eq!(english("node name"), Typed::Property(Property::Name, String::new()));
        assert_eq!(english("Node name !"), Typed::Property(Property::Name, "!".to_owned()));
        assert_eq!(english("agent v"), Typed::Text("agent v".to_owned()));
        let version = |operator, value: &str| Typed::Filter(Property::Agent, operator, value.to_owned());
        assert_eq!(english("SSM Agent version < 3.3"), version(Operator::Less, "3.3"));
        assert_eq!(english("agent<=3.3 "), version(Operator::AtMost, "3.3"));
        assert_eq!(english("agent ="), version(Operator::Equals, ""));
    }

    #[test]
    fn a_name_must_end() {
        assert_eq!(english("IPv6"), Typed::Text("IPv6".to_owned()));
        assert_eq!(english("ip: 10."), Typed::Filter(Property::Ip, Operator::Contains, "10.".to_owned()));
        assert_eq!(english("names"), Typed::Text("names".to_owned()));
    }

    #[test]
    fn japanese_names_are_known() {
        let name = property_name(Language::Ja, Property::Name);
        let typed = read(Language::Ja, &format!("{name} ^ 東京"));
        assert_eq!(typed, Typed::Filter(Property::Name, Operator::StartsWith, "東京".to_owned()));
    }

    #[test]
    fn every_operator_is_read_behind_every_japanese_name() {
        for property in Property::ALL {
            let name = property_name(Language::Ja, property);
            for operator in property.kind().operators() {
                let symbol = operator.symbol();
                let meant = Typed::Filter(property, *operator, "3.3".to_owned());
                for typed in [format!("{name} {symbol} 3.3"), format!("{name}{symbol}3.3")] {
                    assert_eq!(read(Language::Ja, &typed), meant, "{typed}");
                }
            }
        }
    }
}
