//! Reads the query protocol's flat parameters into the structure that the tables describe.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::shape::{Member, Shape};

/// The parameters of a query request as the structure of its operation: `Tags.member.1.Key` and so on.
///
/// A number that does not read as one stays a string, which the check then refuses.
pub(crate) fn from_form(members: &[Member], parameters: &BTreeMap<String, String>) -> Value {
    structure(members, parameters, "")
}

fn structure(members: &[Member], parameters: &BTreeMap<String, String>, prefix: &str) -> Value {
    let fields: Map<_, _> = members
        .iter()
        .filter_map(|member| {
            let key = format!("{prefix}{}", member.name);
            Some((member.name.to_owned(), value(member.shape, parameters, &key)?))
        })
        .collect();
    Value::Object(fields)
}

fn value(shape: &Shape, parameters: &BTreeMap<String, String>, key: &str) -> Option<Value> {
    match shape {
        Shape::Text(_) => parameters.get(key).map(|text| Value::String(text.clone())),
        Shape::Boolean => parameters.get(key).map(|text| match &**text {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => Value::String(text.clone()),
        }),
        Shape::Integer(..) | Shape::Timestamp => parameters
            .get(key)
            .map(|text| text.parse::<i64>().map_or_else(|_| Value::String(text.clone()), Value::from)),
        Shape::Structure(members) => {
            let prefix = format!("{key}.");
            holds(parameters, &prefix).then(|| structure(members, parameters, &prefix))
        }
        Shape::List(list) => {
            let elements: Vec<_> = (1..=parameters.len())
                .map_while(|index| value(list.element, parameters, &format!("{key}.member.{index}")))
                .collect();
            (!elements.is_empty()).then_some(Value::Array(elements))
        }
    }
}

fn holds(parameters: &BTreeMap<String, String>, prefix: &str) -> bool {
    parameters.range(prefix.to_owned()..).next().is_some_and(|(key, _)| key.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{List, Text, optional, required};
    use super::*;

    static TEXT: Shape = Text::ANY.shape();
    static NUMBER: Shape = Shape::Integer(1, 10);
    static TAG: Shape = Shape::Structure(&[required("Key", &TEXT), optional("Value", &TEXT)]);
    static TAGS: Shape = Shape::List(List { element: &TAG, min: 0, max: 50 });
    static INPUT: &[Member] =
        &[required("RoleName", &TEXT), optional("MaxItems", &NUMBER), optional("Tags", &TAGS)];

    fn read(pairs: &[(&str, &str)]) -> Value {
        let parameters = pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        from_form(INPUT, &parameters)
    }

    #[test]
    fn members_are_read_by_their_shapes() {
        let input = read(&[
            ("RoleName", "r"),
            ("MaxItems", "5"),
            ("Tags.member.1.Key", "a"),
            ("Tags.member.1.Value", "b"),
            ("Tags.member.2.Key", "c"),
        ]);
        let tags = json!([{"Key": "a", "Value": "b"}, {"Key": "c"}]);
        assert_eq!(input, json!({"RoleName": "r", "MaxItems": 5, "Tags": tags}));
    }

    #[test]
    fn what_is_not_sent_is_absent_and_no_number_stays_text() {
        assert_eq!(read(&[("MaxItems", "many")]), json!({"MaxItems": "many"}));
    }
}
