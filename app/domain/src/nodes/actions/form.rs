//! The forms by which nodes are acted on, and their rules.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::{ActionKind, MAX_NODES, MAX_REMOVED, NodeAction};
use crate::errors::{ApiError, FieldError, Rule};
use crate::iam_roles::role_rule;
use crate::nodes::is_hybrid_id;
use crate::tags::{self, Tag, TagFields};

/// What a person has filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionForm {
    /// What is to be done.
    pub kind: ActionKind,
    /// The nodes: 1–500 hybrid ones.
    pub ids: Vec<String>,
    /// Deregistering several: their number, typed.
    pub confirmation: String,
    /// Another role: its path and name.
    pub iam_role: String,
    /// Tags: rows to add or overwrite; those left empty do not count.
    pub tags: Vec<Tag>,
    /// Tags: keys to remove, at most 500.
    pub remove: Vec<String>,
    /// Tells a form that is sent twice from two forms: random, made with the form.
    pub submission: String,
}

impl ActionForm {
    /// An empty form for these nodes.
    #[must_use]
    pub const fn new(kind: ActionKind, ids: Vec<String>) -> Self {
        Self {
            kind,
            ids,
            confirmation: String::new(),
            iam_role: String::new(),
            tags: Vec::new(),
            remove: Vec::new(),
            submission: String::new(),
        }
    }

    /// Reads the fields of the form: `id` and `remove` as often as there are nodes and keys, tag rows as
    /// [`TagFields`] has them. Fields with other names are passed over, and so are nodes and keys beyond the first that is
    /// one too many: anybody can send tens of thousands.
    #[must_use]
    pub fn from_fields(kind: ActionKind, fields: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut form = Self::new(kind, Vec::new());
        let (mut rows, mut seen) = (TagFields::default(), HashSet::new());
        for (name, value) in fields {
            match name.as_str() {
                "id" if form.ids.len() <= MAX_NODES as usize && seen.insert(value.clone()) => {
                    form.ids.push(value);
                }
                "remove" if form.remove.len() <= MAX_REMOVED as usize => form.remove.push(value),
                "confirmation" => form.confirmation = value,
                "iam_role" => form.iam_role = value,
                "submission" => form.submission = value,
                _ => rows.take(&name, value),
            }
        }
        form.tags = rows.into_rows();
        form
    }

    /// What must be typed before these nodes are deregistered: their number. Nothing for a single one.
    #[must_use]
    pub fn expected_confirmation(&self) -> Option<String> {
        (self.kind == ActionKind::Deregister && self.ids.len() > 1).then(|| self.ids.len().to_string())
    }

    /// Checks every field.
    ///
    /// # Errors
    /// [`ApiError::Invalid`] with every broken rule at its field.
    pub fn validate(&self) -> Result<NodeAction, ApiError> {
        let mut fields: Vec<FieldError> = self.ids_rule().map(|rule| at("id", rule)).into_iter().collect();
        let action = match self.kind {
            ActionKind::Deregister => self.deregistration(),
            ActionKind::Role => self.role(),
            ActionKind::Tags => self.tag_changes(),
        };
        match action {
            Ok(action) if fields.is_empty() => Ok(action),
            action => {
                fields.extend(action.err().into_iter().flatten());
                Err(ApiError::Invalid { fields })
            }
        }
    }

    fn ids_rule(&self) -> Option<Rule> {
        if self.ids.is_empty() {
            Some(Rule::Required)
        } else if self.ids.len() > MAX_NODES as usize {
            Some(Rule::TooMany { max: MAX_NODES })
        } else if !self.ids.iter().all(|id| is_hybrid_id(id)) {
            Some(Rule::HybridNode)
        } else {
            None
        }
    }

    fn deregistration(&self) -> Result<NodeAction, Vec<FieldError>> {
        match self.expected_confirmation() {
            Some(text) if plain_digits(&self.confirmation) != text => {
                Err(vec![at("confirmation", Rule::Exactly { text })])
            }
            _ => Ok(NodeAction::Deregister),
        }
    }

    fn role(&self) -> Result<NodeAction, Vec<FieldError>> {
        let iam_role = self.iam_role.trim();
        match role_rule(iam_role) {
            Some(rule) => Err(vec![at("iam_role", rule)]),
            None => Ok(NodeAction::Role { iam_role: iam_role.to_owned() }),
        }
    }

    fn tag_changes(&self) -> Result<NodeAction, Vec<FieldError>> {
        let set = tags::validate(&self.tags)?;
        if self.remove.len() > MAX_REMOVED as usize {
            return Err(vec![at("tags", Rule::TooMany { max: MAX_REMOVED })]);
        }
        if set.is_empty() && self.remove.is_empty() {
            return Err(vec![at("tags", Rule::Required)]);
        }
        // What is set anyway need not be removed before.
        let remove = self.remove.iter().filter(|key| set.iter().all(|tag| tag.key != **key)).cloned();
        Ok(NodeAction::Tags { remove: remove.collect(), set })
    }
}

fn at(field: &str, rule: Rule) -> FieldError {
    FieldError { field: field.to_owned(), rule }
}

/// A number as it was typed, without what surrounds it; Japanese keyboards also write wide digits.
fn plain_digits(typed: &str) -> String {
    let plain = |c: char| match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
        c => c,
    };
    typed.trim().chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "mi-0123456789abcdef0";
    const B: &str = "mi-0123456789abcdef1";

    fn form(kind: ActionKind, ids: &[&str]) -> ActionForm {
        ActionForm::new(kind, ids.iter().map(|id| (*id).to_owned()).collect())
    }

    fn tag(key: &str, value: &str) -> Tag {
        Tag { key: key.to_owned(), value: value.to_owned() }
    }

    fn broken(form: &ActionForm) -> Vec<(String, Rule)> {
        match form.validate() {
            Err(ApiError::Invalid { fields }) => fields.into_iter().map(|f| (f.field, f.rule)).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_field_is_read_and_each_node_once() {
        let fields = [
            ("id", A),
            ("id", B),
            ("id", A),
            ("confirmation", "2"),
            ("iam_role", "BB"),
            ("tags[0][key]", "site"),
            ("tags[0][value]", "東京"),
            ("remove", "old"),
            ("remove", "older"),
            ("submission", "token"),
            ("other", "ignored"),
        ];
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let expected = ActionForm {
            confirmation: "2".to_owned(),
            iam_role: "BB".to_owned(),
            tags: vec![tag("site", "東京")],
            remove: vec!["old".to_owned(), "older".to_owned()],
            submission: "token".to_owned(),
            ..form(ActionKind::Tags, &[A, B])
        };
        assert_eq!(ActionForm::from_fields(ActionKind::Tags, fields), expected);
    }

    #[test]
    fn one_node_needs_no_confirmation_and_several_their_number() {
        assert_eq!(form(ActionKind::Deregister, &[A]).validate(), Ok(NodeAction::Deregister));
        let several = form(ActionKind::Deregister, &[A, B]);
        for typed in ["", "1", "yes", "22"] {
            let typed = ActionForm { confirmation: typed.to_owned(), ..several.clone() };
            let expected = ("confirmation".to_owned(), Rule::Exactly { text: "2".to_owned() });
            assert_eq!(broken(&typed), [expected]);
        }
        for typed in ["2", " 2 ", "２"] {
            let typed = ActionForm { confirmation: typed.to_owned(), ..several.clone() };
            assert_eq!(typed.validate(), Ok(NodeAction::Deregister));
        }
        assert_eq!(form(ActionKind::Tags, &[A, B]).expected_confirmation(), None);
    }

    #[test]
    fn only_hybrid_nodes_and_not_too_many() {
        assert_eq!(broken(&form(ActionKind::Deregister, &[]))[0], ("id".to_owned(), Rule::Required));
        let instance = form(ActionKind::Deregister, &["i-0238e4ae9600e8fdd"]);
        assert_eq!(broken(&instance), [("id".to_owned(), Rule::HybridNode)]);
        let ids: Vec<String> = (0..501).map(|n| format!("mi-{n:017x}")).collect();
        let many = ActionForm::new(ActionKind::Deregister, ids);
        assert_eq!(broken(&many)[0], ("id".to_owned(), Rule::TooMany { max: 500 }));
    }

    #[test]
    fn of_tens_of_thousands_no_more_are_read_than_show_that_they_are_too_many() {
        let many = |name: &'static str| (0..60_000).map(move |n| (name.to_owned(), format!("mi-{n:017x}")));
        let nodes = ActionForm::from_fields(ActionKind::Deregister, many("id"));
        assert_eq!(nodes.ids.len(), 501);
        assert_eq!(broken(&nodes)[0], ("id".to_owned(), Rule::TooMany { max: 500 }));
        let one = ("id".to_owned(), A.to_owned());
        let keys = ActionForm::from_fields(ActionKind::Tags, many("remove").chain([one]));
        assert_eq!((keys.remove.len(), keys.ids.len()), (501, 1));
        assert_eq!(broken(&keys), [("tags".to_owned(), Rule::TooMany { max: 500 })]);
    }

    #[test]
    fn a_role_is_named() {
        let role = |name: &str| ActionForm { iam_role: name.to_owned(), ..form(ActionKind::Role, &[A]) };
        assert_eq!(role(" BB ").validate(), Ok(NodeAction::Role { iam_role: "BB".to_owned() }));
        assert_eq!(broken(&role("")), [("iam_role".to_owned(), Rule::Required)]);
        assert_eq!(broken(&role("arn:aws:iam::1:role/x")), [("iam_role".to_owned(), Rule::NotArn)]);
    }

    #[test]
    fn tags_are_set_or_removed() {
        let changes = |tags: Vec<Tag>, remove: &[&str]| ActionForm {
            tags,
            remove: remove.iter().map(|key| (*key).to_owned()).collect(),
            ..form(ActionKind::Tags, &[A])
        };
        assert_eq!(broken(&changes(vec![tag("", "")], &[])), [("tags".to_owned(), Rule::Required)]);
        let reserved = changes(vec![tag("a", "1"), tag("aws:x", "")], &[]);
        assert_eq!(broken(&reserved), [("tags.1.key".to_owned(), Rule::ReservedPrefix)]);
        assert_eq!(
            changes(vec![tag("site", "osaka")], &["site", "old"]).validate(),
            Ok(NodeAction::Tags { set: vec![tag("site", "osaka")], remove: vec!["old".to_owned()] }),
            "what is set is not removed before"
        );
    }
}
