//! What the filter's input suggests.

use domain::filter::{FilterProblem, Kind, Operator};
use domain::language::Language;
use domain::nodes::property::{Filter, Property};
use domain::nodes::query::searched;

use super::operator_name;
use super::read::{Typed, read};
use crate::pages::nodes::names::{property_name, value_name, value_of};
use crate::text::filter as text;

/// An entry of the list below the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Suggestion {
    /// What is shown.
    pub label: String,
    /// More about it.
    pub detail: &'static str,
    /// What happens when it is chosen.
    pub then: Then,
}

/// What a suggestion does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Then {
    /// The input goes on with this.
    Type(String),
    /// The list is filtered.
    Filter(Filter),
    /// The list is searched.
    Text(String),
}

/// Ages that times are often compared with.
const AGES: [&str; 6] = ["15m", "1h", "12h", "1d", "7d", "30d"];

/// What fits to what was typed. `values` are those that nodes have of the property that was typed.
pub(super) fn suggest(language: Language, typed: &str, values: &[String]) -> Vec<Suggestion> {
    match read(language, typed) {
        Typed::Text(typed) => properties(language, &typed),
        Typed::Property(property, rest) => {
            operators(language, property, &rest).into_iter().chain(anywhere(language, typed.trim())).collect()
        }
        Typed::Filter(property, operator, value) => {
            self::values(language, property, operator, &value, values)
        }
    }
}

fn properties(language: Language, typed: &str) -> Vec<Suggestion> {
    let lower = typed.to_lowercase();
    let named = Property::ALL.into_iter().filter_map(|property| {
        let name = property_name(language, property);
        let fits = name.to_lowercase().contains(&lower) || property.id().contains(&lower);
        fits.then(|| Suggestion { label: name.to_owned(), detail: "", then: Then::Type(format!("{name} ")) })
    });
    anywhere(language, typed).into_iter().chain(named).collect()
}

/// What was typed may be meant as a text, also where it is a property's name.
fn anywhere(language: Language, typed: &str) -> Option<Suggestion> {
    let text = searched(typed).ok().filter(|text| !text.is_empty())?;
    Some(Suggestion { label: text::use_text(language, typed), detail: "", then: Then::Text(text) })
}

fn operators(language: Language, property: Property, rest: &str) -> Vec<Suggestion> {
    let name = property_name(language, property);
    let fitting = property.kind().operators().iter().filter(|operator| operator.symbol().starts_with(rest));
    fitting
        .map(|operator| Suggestion {
            label: format!("{name} {}", operator.symbol()),
            detail: operator_name(language, property.kind(), *operator),
            then: Then::Type(format!("{name} {} ", operator.symbol())),
        })
        .collect()
}

fn values(
    language: Language,
    property: Property,
    operator: Operator,
    typed: &str,
    values: &[String],
) -> Vec<Suggestion> {
    let (choices, lower) = (property.choices(), typed.to_lowercase());
    let known: Vec<&str> = match property.kind() {
        Kind::Time => AGES.to_vec(),
        _ if !choices.is_empty() => choices.to_vec(),
        _ => values.iter().map(String::as_str).collect(),
    };
    let detail = if property.kind() == Kind::Time { text::ago(language) } else { "" };
    let fitting = known.into_iter().filter_map(|value| {
        let label = value_name(language, property, value);
        let fits = label.to_lowercase().contains(&lower) || value.to_lowercase().contains(&lower);
        let filter = Filter::new(property, operator, value).ok().filter(|_| fits)?;
        Some(Suggestion { label: label.into_owned(), detail, then: Then::Filter(filter) })
    });
    fitting.collect()
}

/// What the input means when it is sent as it is.
pub(super) fn finish(language: Language, typed: &str) -> Result<Then, FilterProblem> {
    match read(language, typed) {
        Typed::Filter(property, operator, value) => {
            Filter::new(property, operator, &value_of(language, property, &value)).map(Then::Filter)
        }
        Typed::Property(property, rest) if rest.is_empty() => {
            Ok(Then::Type(format!("{} ", property_name(language, property))))
        }
        Typed::Text(_) | Typed::Property(..) => searched(typed).map(Then::Text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(typed: &str, values: &[&str]) -> Vec<String> {
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        suggest(Language::En, typed, &values).into_iter().map(|suggestion| suggestion.label).collect()
    }

    #[test]
    fn first_the_properties() {
        assert_eq!(labels("", &[]).len(), Property::ALL.len());
        assert_eq!(labels("agent v", &[]), ["Use: \"agent v\"", "SSM Agent version"]);
        assert_eq!(labels("nothing", &[]), ["Use: \"nothing\""]);
    }

    #[test]
    fn then_the_operators_of_the_property() {
        let ping = "SSM Agent ping status";
        assert_eq!(labels(ping, &[])[..2], [format!("{ping} ="), format!("{ping} !=")]);
        assert_eq!(labels(ping, &[])[2..], [format!("Use: \"{ping}\"")]);
        assert_eq!(labels("registered ", &[]).len(), 5);
        assert_eq!(labels("Node name !", &[])[..2], ["Node name !=", "Node name !:"]);
    }

    #[test]
    fn then_its_values() {
        assert_eq!(labels("ping = ", &[]), ["Online", "Connection lost", "Inactive"]);
        assert_eq!(labels("ping = lost", &[]), ["Connection lost"]);
        assert_eq!(labels("agent < 3.3", &["3.3.1", "3.2.1"]), ["3.3.1"]);
        assert_eq!(labels("last ping < 1", &[]), ["15m", "1h", "12h", "1d"]);
        assert_eq!(labels("ping < ", &[]), [""; 0]);
        let states = ["running", "shutting-down", "stopped", "stopping"];
        assert_eq!(labels("Node state = shutting d", &states), ["Shutting down"]);
        assert_eq!(labels("Node state = STOPP", &states), ["Stopped", "Stopping"]);
    }

    #[test]
    fn what_is_sent_is_a_filter_or_a_text() {
        let lost = Filter::new(Property::Ping, Operator::Equals, "ConnectionLost").unwrap();
        assert_eq!(finish(Language::En, "ping = connection lost"), Ok(Then::Filter(lost)));
        assert_eq!(finish(Language::En, "web 1"), Ok(Then::Text("web 1".to_owned())));
        assert_eq!(finish(Language::En, "Node name web"), Ok(Then::Text("Node name web".to_owned())));
        assert_eq!(finish(Language::En, "agent < new"), Err(FilterProblem::NotVersion));
        assert_eq!(finish(Language::En, "last ping <"), Err(FilterProblem::ValueMissing));
    }

    #[test]
    fn what_is_too_long_is_neither_offered_nor_taken() {
        let long = "x".repeat(257);
        assert_eq!(labels(&long, &[]), [""; 0]);
        assert_eq!(finish(Language::En, &long), Err(FilterProblem::ValueTooLong));
        assert_eq!(finish(Language::En, &format!("Node name : {long}")), Err(FilterProblem::ValueTooLong));
        assert_eq!(finish(Language::En, &long[1..]), Ok(Then::Text(long[1..].to_owned())));
    }
}
