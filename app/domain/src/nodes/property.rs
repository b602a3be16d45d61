//! What can be asked of a node: the columns of the list, which are also the properties to filter and sort by.

use std::borrow::Cow;
use std::cmp::Ordering;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::{ManagedNode, PingStatus};
use crate::filter::{self, FilterProblem, Kind, Operator, compare_versions, moment, order_fits, text_fits};

/// A property of a node, in the order of the list's columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Property {
    /// The node's id.
    Id,
    /// The EC2 instance's state.
    State,
    /// The name that the activation gave, or the EC2 `Name` tag.
    Name,
    /// `Linux`, `Windows` or `MacOS`.
    Platform,
    /// The operating system's name and version.
    OperatingSystem,
    /// What kind of machine it is.
    SourceType,
    /// The id under that source type.
    SourceId,
    /// Whether the agent answers.
    Ping,
    /// The SSM Agent's version.
    Agent,
    /// The image that the EC2 instance was launched from.
    Image,
    /// The host name that the agent reports.
    Computer,
    /// The address that the agent reports.
    Ip,
    /// When the agent last reported.
    LastPing,
    /// When the node registered.
    Registered,
    /// The role that the node works under.
    Role,
    /// The activation that the node registered with.
    Activation,
}

impl Property {
    /// Every property, in the order of the list's columns.
    pub const ALL: [Self; 16] = [
        Self::Id,
        Self::State,
        Self::Name,
        Self::Platform,
        Self::OperatingSystem,
        Self::SourceType,
        Self::SourceId,
        Self::Ping,
        Self::Agent,
        Self::Image,
        Self::Computer,
        Self::Ip,
        Self::LastPing,
        Self::Registered,
        Self::Role,
        Self::Activation,
    ];

    /// Its name in addresses and preferences.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::State => "state",
            Self::Name => "name",
            Self::Platform => "platform",
            Self::OperatingSystem => "os",
            Self::SourceType => "source",
            Self::SourceId => "source_id",
            Self::Ping => "ping",
            Self::Agent => "agent",
            Self::Image => "image",
            Self::Computer => "computer",
            Self::Ip => "ip",
            Self::LastPing => "last_ping",
            Self::Registered => "registered",
            Self::Role => "role",
            Self::Activation => "activation",
        }
    }

    /// The property with that name.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|property| property.id() == id)
    }

    /// How its values compare, and so which operators it has.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::State | Self::Platform | Self::SourceType | Self::Ping => Kind::Choice,
            Self::Agent => Kind::Version,
            Self::LastPing | Self::Registered => Kind::Time,
            _ => Kind::Text,
        }
    }

    /// The only values that it can have, where AWS has fixed them.
    #[must_use]
    pub const fn choices(self) -> &'static [&'static str] {
        match self {
            Self::Ping => &["Online", "ConnectionLost", "Inactive"],
            Self::Platform => &["Linux", "Windows", "MacOS"],
            _ => &[],
        }
    }

    /// The value in AWS's words; a time in UTC as RFC 3339 has it.
    #[must_use]
    pub fn text(self, node: &ManagedNode) -> Option<Cow<'_, str>> {
        match self {
            Self::OperatingSystem => node.operating_system().map(Cow::Owned),
            Self::LastPing | Self::Registered => {
                self.time(node).and_then(|at| at.format(&Rfc3339).ok()).map(Cow::Owned)
            }
            _ => self.plain(node).map(Cow::Borrowed),
        }
    }

    /// Whether a node's value fits.
    pub(super) fn fits(
        self,
        node: &ManagedNode,
        operator: Operator,
        value: &str,
        at: OffsetDateTime,
    ) -> bool {
        match self {
            Self::LastPing | Self::Registered => {
                self.time(node).is_some_and(|time| order_fits(operator, time.cmp(&at)))
            }
            Self::OperatingSystem => text_fits(operator, node.operating_system().as_deref(), value),
            _ => text_fits(operator, self.plain(node), value),
        }
    }

    /// Which of two nodes comes first; one without the value stands behind one with it.
    pub(super) fn compare(self, a: &ManagedNode, b: &ManagedNode) -> Ordering {
        fn present_first<T>(a: Option<T>, b: Option<T>, compare: impl Fn(T, T) -> Ordering) -> Ordering {
            match (a, b) {
                (Some(a), Some(b)) => compare(a, b),
                (a, b) => b.is_some().cmp(&a.is_some()),
            }
        }
        match self {
            Self::Agent => present_first(self.plain(a), self.plain(b), compare_versions),
            Self::LastPing | Self::Registered => present_first(self.time(a), self.time(b), |a, b| a.cmp(&b)),
            Self::Ping => present_first(a.ping_status, b.ping_status, |a, b| a.cmp(&b)),
            Self::Ip => present_first(a.ip_address.as_deref(), b.ip_address.as_deref(), compare_addresses),
            Self::OperatingSystem => {
                present_first(a.operating_system(), b.operating_system(), |a, b| compare_texts(&a, &b))
            }
            _ => present_first(self.plain(a), self.plain(b), compare_texts),
        }
    }

    /// Whether a node has the value at all.
    pub(super) fn is_given(self, node: &ManagedNode) -> bool {
        match self {
            Self::OperatingSystem => node.platform_name.is_some() || node.platform_type.is_some(),
            Self::LastPing | Self::Registered => self.time(node).is_some(),
            _ => self.plain(node).is_some(),
        }
    }

    fn time(self, node: &ManagedNode) -> Option<OffsetDateTime> {
        match self {
            Self::LastPing => node.last_ping,
            Self::Registered => node.registered,
            _ => None,
        }
    }

    fn plain(self, node: &ManagedNode) -> Option<&str> {
        match self {
            Self::Id => Some(&node.id),
            Self::State => node.state.as_deref(),
            Self::Name => node.name.as_deref(),
            Self::Platform => node.platform_type.as_deref(),
            Self::SourceType => node.source_type.as_deref(),
            Self::SourceId => node.source_id.as_deref(),
            Self::Ping => node.ping_status.map(PingStatus::name),
            Self::Agent => node.agent_version.as_deref(),
            Self::Image => node.image_id.as_deref(),
            Self::Computer => node.computer_name.as_deref(),
            Self::Ip => node.ip_address.as_deref(),
            Self::Role => node.iam_role.as_deref(),
            Self::Activation => node.activation_id.as_deref(),
            Self::OperatingSystem | Self::LastPing | Self::Registered => None,
        }
    }
}

impl ManagedNode {
    /// The operating system's name and version, or the platform where the agent tells no name.
    #[must_use]
    pub fn operating_system(&self) -> Option<String> {
        let name = self.platform_name.as_ref().or(self.platform_type.as_ref())?;
        Some(
            self.platform_version
                .as_ref()
                .map_or_else(|| name.clone(), |version| format!("{name} {version}")),
        )
    }
}

/// Letter by letter without regard to the case of ASCII letters.
fn compare_texts(a: &str, b: &str) -> Ordering {
    let lower = |byte: u8| byte.to_ascii_lowercase();
    a.bytes().map(lower).cmp(b.bytes().map(lower))
}

/// By number where both are addresses: 10.0.0.9 before 10.0.0.10, IPv4 before IPv6.
fn compare_addresses(a: &str, b: &str) -> Ordering {
    let address = |text: &str| text.parse::<std::net::IpAddr>().ok();
    match (address(a), address(b)) {
        (Some(a), Some(b)) => a.cmp(&b),
        (a_is, b_is) => b_is.is_some().cmp(&a_is.is_some()).then_with(|| compare_texts(a, b)),
    }
}

/// A filter: a property, an operator, and a value that fits both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    property: Property,
    operator: Operator,
    value: String,
}

impl Filter {
    /// A filter, with AWS's spelling of a value that is one of a few.
    ///
    /// # Errors
    /// Why it would make no sense.
    pub fn new(property: Property, operator: Operator, value: &str) -> Result<Self, FilterProblem> {
        let value = value.trim();
        filter::check(property.kind(), operator, value)?;
        let choices = property.choices();
        let value = match choices.iter().find(|choice| choice.eq_ignore_ascii_case(value)) {
            Some(choice) => *choice,
            None if choices.is_empty() || value.is_empty() => value,
            None => return Err(FilterProblem::NotChoice),
        };
        Ok(Self { property, operator, value: value.to_owned() })
    }

    /// Of what.
    #[must_use]
    pub const fn property(&self) -> Property {
        self.property
    }

    /// Compared how.
    #[must_use]
    pub const fn operator(&self) -> Operator {
        self.operator
    }

    /// With what; empty where nodes without the property are asked for.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The value of the query's parameter: the operator and the value, or the value alone where it is to be the same.
    #[must_use]
    pub fn parameter(&self) -> String {
        let plain = self.operator == Operator::Equals && Operator::split(&self.value).is_none();
        if plain { self.value.clone() } else { format!("{}{}", self.operator.symbol(), self.value) }
    }

    /// The filter that a parameter means, if it is one.
    #[must_use]
    pub fn from_parameter(name: &str, value: &str) -> Option<Self> {
        let property = Property::from_id(name)?;
        let (operator, value) = Operator::split(value).unwrap_or((Operator::Equals, value));
        Self::new(property, operator, value).ok()
    }

    /// Whether a node fits, at `now`.
    #[must_use]
    pub fn fits(&self, node: &ManagedNode, now: OffsetDateTime) -> bool {
        self.property.fits(node, self.operator, &self.value, self.moment(now))
    }

    /// The time that the value means, which only filters by time ask for.
    pub(super) fn moment(&self, now: OffsetDateTime) -> OffsetDateTime {
        match self.property.kind() {
            Kind::Time => moment(&self.value, now).unwrap_or(now),
            _ => now,
        }
    }
}

#[cfg(test)]
mod tests;
