//! Properties of nodes and their values on screen.

use std::borrow::Cow;

use domain::language::Language;
use domain::nodes::PingStatus;
use domain::nodes::property::Property;

use super::ping_text;
use crate::text::nodes as text;

/// What a property is called.
#[must_use]
pub fn property_name(language: Language, property: Property) -> &'static str {
    match property {
        Property::Id => text::node_id(language),
        Property::State => text::node_state(language),
        Property::Name => text::node_name(language),
        Property::Platform => text::platform_type(language),
        Property::OperatingSystem => text::operating_system(language),
        Property::SourceType => text::source_type(language),
        Property::SourceId => text::source_id(language),
        Property::Ping => text::ping_status(language),
        Property::Agent => text::agent_version(language),
        Property::Image => text::image_id(language),
        Property::Computer => text::computer_name(language),
        Property::Ip => text::ip_address(language),
        Property::LastPing => text::last_ping(language),
        Property::Registered => text::registered(language),
        Property::Role => text::iam_role(language),
        Property::Activation => text::activation_id(language),
    }
}

/// What a value is called: AWS's words, or those of its console where it has others.
#[must_use]
pub fn value_name(language: Language, property: Property, value: &str) -> Cow<'_, str> {
    let name = match (property, value) {
        (Property::Ping, value) => PingStatus::from_name(value).map(|status| ping_text(language, status)),
        (Property::Platform, "MacOS") => Some("macOS"),
        (Property::SourceType, "AWS::EC2::Instance") => Some(text::ec2_instance(language)),
        (Property::State, "running") => Some(text::state_running(language)),
        (Property::State, "stopped") => Some(text::state_stopped(language)),
        (Property::State, "stopping") => Some(text::state_stopping(language)),
        (Property::State, "pending") => Some(text::state_pending(language)),
        (Property::State, "shutting-down") => Some(text::state_shutting_down(language)),
        (Property::State, "terminated") => Some(text::state_terminated(language)),
        _ => None,
    };
    name.map_or(Cow::Borrowed(value), Cow::Borrowed)
}

/// Values that have a name of their own.
const NAMED: [(Property, &[&str]); 4] = [
    (Property::Ping, &["Online", "ConnectionLost", "Inactive"]),
    (Property::Platform, &["MacOS"]),
    (Property::SourceType, &["AWS::EC2::Instance"]),
    (Property::State, &["running", "stopped", "stopping", "pending", "shutting-down", "terminated"]),
];

/// AWS's word for a value that was typed, which may be what the screen calls it.
#[must_use]
pub fn value_of(language: Language, property: Property, typed: &str) -> String {
    let named = NAMED.iter().filter(|(known, _)| *known == property).flat_map(|(_, values)| *values);
    // Names are ASCII or have no case: every page would load the tables of other letters for this.
    let mut meant = named.filter(|value| value_name(language, property, value).eq_ignore_ascii_case(typed));
    meant.next().map_or_else(|| typed.to_owned(), |value| (*value).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_named_value_is_found_by_its_name() {
        for language in Language::ALL {
            for (property, values) in NAMED {
                for value in values {
                    let name = value_name(language, property, value);
                    assert!(!name.is_empty());
                    assert_eq!(value_of(language, property, &name), *value);
                }
            }
        }
        assert_eq!(value_of(Language::Ja, Property::Name, "オンライン"), "オンライン");
    }
}
