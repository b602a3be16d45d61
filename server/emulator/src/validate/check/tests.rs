use proptest::prelude::*;
use serde_json::json;

use super::super::{Pattern, optional, required};
use super::*;

static NAME: Pattern = Pattern::new("^[a-z]*$");
static ELEMENT: Shape = Text::length(1, 3).matching(&NAME).shape();
static ELEMENTS: Shape = Shape::List(List { element: &ELEMENT, min: 0, max: 2 });
static VALUE: Shape = Text::length(0, 2).shape();
static PAIR: Shape = Shape::Structure(&[required("Key", &ELEMENT), optional("Value", &VALUE)]);
static PAIRS: Shape = Shape::List(List { element: &PAIR, min: 1, max: 2 });
static COUNT: Shape = Shape::Integer(1, 1000);
static SECRET: Shape = Text::length(20, 250).sensitive().shape();
static COLOUR: Shape = Text::one_of(&["Red", "Blue"]).shape();
static INPUT: &[Member] = &[
    required("IamRole", &ELEMENT),
    optional("RegistrationLimit", &COUNT),
    optional("TagKeys", &ELEMENTS),
    optional("Tags", &PAIRS),
    optional("ActivationCode", &SECRET),
    optional("Colour", &COLOUR),
    optional("ExpirationDate", &Shape::Timestamp),
    optional("Force", &Shape::Boolean),
];

fn message(input: &Value) -> String {
    match check(INPUT, input) {
        Err(Invalid::Constraints(message)) => message,
        other => panic!("expected violated constraints, got {other:?}"),
    }
}

#[test]
fn a_sound_request_passes_and_unknown_members_are_passed_over() {
    let input = json!({
        "IamRole": "abc", "RegistrationLimit": 1000, "TagKeys": ["a"], "Tags": [{"Key": "a", "Value": ""}],
        "Colour": "Red", "ExpirationDate": 1.5, "Force": false, "Unknown": {},
    });
    assert_eq!(check(INPUT, &input), Ok(()));
}

#[test]
fn a_missing_or_null_member_must_not_be_null() {
    let expected = "1 validation error detected: Value null at 'iamRole' failed to satisfy constraint: \
                    Member must not be null";
    assert_eq!(message(&json!({})), expected);
    assert_eq!(message(&json!({"IamRole": null})), expected);
}

#[test]
fn several_violations_are_counted_and_joined() {
    assert_eq!(
        message(&json!({"IamRole": "abcd", "RegistrationLimit": 1001})),
        "2 validation errors detected: Value 'abcd' at 'iamRole' failed to satisfy constraint: \
         Member must have length less than or equal to 3; Value '1001' at 'registrationLimit' failed to \
         satisfy constraint: Member must have value less than or equal to 1000"
    );
}

#[test]
fn strings_in_a_list_are_reported_for_the_list() {
    assert_eq!(
        message(&json!({"IamRole": "a", "TagKeys": ["a", "B"]})),
        "1 validation error detected: Value '[a, B]' at 'tagKeys' failed to satisfy constraint: \
         Member must satisfy constraint: [Member must have length less than or equal to 3, Member must have \
         length greater than or equal to 1, Member must satisfy regular expression pattern: ^[a-z]*$]"
    );
}

#[test]
fn structures_in_a_list_are_numbered_from_one() {
    assert_eq!(
        message(&json!({"IamRole": "a", "Tags": [{"Key": "a"}, {"Key": "B"}]})),
        "1 validation error detected: Value 'B' at 'tags.2.member.key' failed to satisfy constraint: \
         Member must satisfy regular expression pattern: ^[a-z]*$"
    );
    assert!(message(&json!({"IamRole": "a", "Tags": []})).contains("greater than or equal to 1"));
}

#[test]
fn an_enum_names_its_values() {
    assert_eq!(
        message(&json!({"IamRole": "a", "Colour": "Green"})),
        "1 validation error detected: Value 'Green' at 'colour' failed to satisfy constraint: \
         Member must satisfy enum value set: [Red, Blue]"
    );
}

#[test]
fn a_secret_is_not_repeated() {
    assert_eq!(
        message(&json!({"IamRole": "a", "ActivationCode": "hunter2"})),
        "1 validation error detected: Value at 'activationCode' failed to satisfy constraint: \
         Member must have length greater than or equal to 20"
    );
}

#[test]
fn a_value_of_another_type_is_no_constraint() {
    let sound = |member: &str, value: Value| json!({"IamRole": "a", member: value});
    for input in [
        json!([]),
        json!({"IamRole": 1}),
        sound("RegistrationLimit", json!("5")),
        sound("Force", json!("true")),
    ] {
        assert!(matches!(check(INPUT, &input), Err(Invalid::Type(_))), "{input}");
    }
}

proptest! {
    #[test]
    fn a_range_refuses_exactly_what_lies_outside(number in any::<i64>()) {
        let verdict = check(INPUT, &json!({"IamRole": "a", "RegistrationLimit": number}));
        prop_assert_eq!(verdict.is_ok(), (1..=1000).contains(&number));
    }

    #[test]
    fn a_length_counts_utf16_units(text in "[a-z𝒳]{0,6}") {
        let verdict = check(INPUT, &json!({"IamRole": "a", "Tags": [{"Key": "a", "Value": text}]}));
        prop_assert_eq!(verdict.is_ok(), text.encode_utf16().count() <= 2);
    }
}
