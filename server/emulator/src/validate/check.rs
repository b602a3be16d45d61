//! The check itself: every violated constraint, counted and worded as AWS words them.

use serde_json::{Map, Value};

use super::shape::{List, Member, Shape, Text};

/// Why a request's input is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Invalid {
    /// A value is of another type than the model's: AWS answers `SerializationException`.
    Type(String),
    /// Constraints are violated; the sentence counts and names them.
    Constraints(String),
}

/// Checks a request's body against the members of its operation. Unknown members are passed over, as AWS does.
///
/// # Errors
/// [`Invalid`], with every violation named.
pub(crate) fn check(members: &[Member], input: &Value) -> Result<(), Invalid> {
    let mut violations = Vec::new();
    structure(members, input, "", &mut violations)?;
    if violations.is_empty() {
        return Ok(());
    }
    let errors = if violations.len() == 1 { "error" } else { "errors" };
    let count = violations.len();
    Err(Invalid::Constraints(format!("{count} validation {errors} detected: {}", violations.join("; "))))
}

fn structure(members: &[Member], value: &Value, path: &str, found: &mut Vec<String>) -> Result<(), Invalid> {
    let fields = value.as_object().ok_or_else(|| wrong_type(path, "a structure"))?;
    for member in members {
        let path = extend(path, member.name);
        match present(fields, member.name) {
            Some(value) => shape(member.shape, value, &path, found)?,
            None if member.required => {
                found.push(format!(
                    "Value null at '{path}' failed to satisfy constraint: Member must not be null"
                ));
            }
            None => {}
        }
    }
    Ok(())
}

/// A null member counts as absent.
fn present<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    fields.get(name).filter(|value| !value.is_null())
}

fn shape(shape: &Shape, value: &Value, path: &str, found: &mut Vec<String>) -> Result<(), Invalid> {
    match shape {
        Shape::Structure(members) => structure(members, value, path, found),
        Shape::List(rule) => list(rule, value, path, found),
        Shape::Timestamp => value.as_f64().map(|_| ()).ok_or_else(|| wrong_type(path, "a timestamp")),
        Shape::Boolean => value.as_bool().map(|_| ()).ok_or_else(|| wrong_type(path, "true or false")),
        Shape::Integer(min, max) => {
            let number = value.as_i64().ok_or_else(|| wrong_type(path, "an integer"))?;
            found.extend(range(number, *min, *max).map(|rule| violation(value, path, rule)));
            Ok(())
        }
        Shape::Text(rule) => {
            let text = value.as_str().ok_or_else(|| wrong_type(path, "a string"))?;
            found.extend(constraints(rule, text).into_iter().map(|constraint| {
                if rule.sensitive {
                    return format!("Value at '{path}' failed to satisfy constraint: {constraint}");
                }
                violation(value, path, constraint)
            }));
            Ok(())
        }
    }
}

fn list(rule: &List, value: &Value, path: &str, found: &mut Vec<String>) -> Result<(), Invalid> {
    let elements = value.as_array().ok_or_else(|| wrong_type(path, "a list"))?;
    if elements.len() < rule.min {
        let rule = format!("Member must have length greater than or equal to {}", rule.min);
        found.push(violation(value, path, rule));
    }
    if elements.len() > rule.max {
        let rule = format!("Member must have length less than or equal to {}", rule.max);
        found.push(violation(value, path, rule));
    }
    if let Shape::Text(text) = rule.element {
        return text_elements(text, value, elements, path, found);
    }
    for (index, element) in elements.iter().enumerate() {
        shape(rule.element, element, &format!("{path}.{}.member", index + 1), found)?;
    }
    Ok(())
}

/// Strings in a list are reported once for the whole list, with all that each must satisfy.
fn text_elements(
    rule: &Text,
    list: &Value,
    elements: &[Value],
    path: &str,
    found: &mut Vec<String>,
) -> Result<(), Invalid> {
    let mut sound = true;
    for element in elements {
        let text = element.as_str().ok_or_else(|| wrong_type(path, "a list of strings"))?;
        sound &= constraints(rule, text).is_empty();
    }
    if !sound {
        let rule = format!("Member must satisfy constraint: [{}]", all_constraints(rule).join(", "));
        found.push(violation(list, path, rule));
    }
    Ok(())
}

fn constraints(rule: &Text, text: &str) -> Vec<String> {
    let length = text.encode_utf16().count();
    let mut violated = Vec::new();
    if !rule.values.is_empty() && !rule.values.contains(&text) {
        violated.push(enum_rule(rule));
    }
    if length > rule.max {
        violated.push(max_rule(rule));
    }
    if length < rule.min {
        violated.push(min_rule(rule));
    }
    if let Some(pattern) = rule.pattern.filter(|pattern| !pattern.matches(text)) {
        violated.push(format!("Member must satisfy regular expression pattern: {}", pattern.shown()));
    }
    violated
}

fn all_constraints(rule: &Text) -> Vec<String> {
    let mut all = Vec::new();
    if !rule.values.is_empty() {
        all.push(enum_rule(rule));
    }
    if rule.max != usize::MAX {
        all.push(max_rule(rule));
    }
    if rule.min != 0 {
        all.push(min_rule(rule));
    }
    if let Some(pattern) = rule.pattern {
        all.push(format!("Member must satisfy regular expression pattern: {}", pattern.shown()));
    }
    all
}

fn enum_rule(rule: &Text) -> String {
    format!("Member must satisfy enum value set: [{}]", rule.values.join(", "))
}

fn max_rule(rule: &Text) -> String {
    format!("Member must have length less than or equal to {}", rule.max)
}

fn min_rule(rule: &Text) -> String {
    format!("Member must have length greater than or equal to {}", rule.min)
}

fn range(number: i64, min: i64, max: i64) -> Option<String> {
    if number > max {
        Some(format!("Member must have value less than or equal to {max}"))
    } else if number < min {
        Some(format!("Member must have value greater than or equal to {min}"))
    } else {
        None
    }
}

fn violation(value: &Value, path: &str, constraint: String) -> String {
    format!("Value '{}' at '{path}' failed to satisfy constraint: {constraint}", shown(value))
}

/// A value as AWS repeats it: bare strings, lists in brackets.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(elements) => {
            let elements: Vec<_> = elements.iter().map(shown).collect();
            format!("[{}]", elements.join(", "))
        }
        Value::Object(fields) => {
            let fields: Vec<_> = fields
                .iter()
                .map(|(name, value)| format!("{}={}", lower_first(name), shown(value)))
                .collect();
            format!("{{{}}}", fields.join(", "))
        }
        other => other.to_string(),
    }
}

fn extend(path: &str, name: &str) -> String {
    let name = lower_first(name);
    if path.is_empty() { name } else { format!("{path}.{name}") }
}

/// AWS names members by their Java property: `RegistrationLimit` is `registrationLimit`.
fn lower_first(name: &str) -> String {
    let mut signs = name.chars();
    signs.next().map_or_else(String::new, |first| first.to_lowercase().chain(signs).collect())
}

fn wrong_type(path: &str, wanted: &str) -> Invalid {
    let place = if path.is_empty() { "The request".to_owned() } else { format!("Member '{path}'") };
    Invalid::Type(format!("{place} must be {wanted}"))
}

#[cfg(test)]
mod tests;
