use super::*;

const DIALECT: Dialect =
    Dialect { invalid_value: "InvalidValue", invalid_activation: "InvalidActivationId", documents: true };

fn filter(key: &str, operator: Operator, value: &str) -> Filter {
    Filter { key: key.to_owned(), operator, values: vec![value.to_owned()] }
}

fn refused(filters: Vec<Filter>) -> &'static str {
    conditions(filters, DIALECT).unwrap_err().code
}

#[test]
fn tag_filters_stand_alone() {
    let (tag, key) = (filter("tag:Env", Operator::Equal, "prod"), filter("tag-key", Operator::Equal, "Env"));
    let both = conditions(vec![tag.clone(), key], DIALECT);
    let expected = [
        Condition::Tag(Presence::Present, "Env".to_owned(), vec!["prod".to_owned()]),
        Condition::TagKey(Presence::Present, vec!["Env".to_owned()]),
    ];
    assert_eq!(both.unwrap(), expected);
    assert_eq!(refused(vec![tag, filter("IamRole", Operator::Equal, "r")]), "InvalidFilterKey");
}

#[test]
fn tags_are_compared_whole() {
    let differs = conditions(vec![filter("tag:Env", Operator::NotEqual, "prod")], DIALECT);
    let expected = Condition::Tag(Presence::Absent, "Env".to_owned(), vec!["prod".to_owned()]);
    assert_eq!(differs.unwrap(), [expected]);
    for operator in [Operator::BeginWith, Operator::LessThan, Operator::GreaterThan] {
        for key in ["tag:Env", "tag-key"] {
            assert_eq!(refused(vec![filter(key, operator, "E")]), "InvalidValue", "{key} {operator:?}");
        }
    }
}

#[test]
fn unknown_keys_are_refused() {
    for key in ["Name", "tag:", "instanceids"] {
        assert_eq!(refused(vec![filter(key, Operator::Equal, "x")]), "InvalidFilterKey", "{key}");
    }
    assert_eq!(refused(vec![filter("DocumentName", Operator::Equal, "x")]), "InvalidDocument");
}

#[test]
fn whole_values_must_be_possible_and_prefixes_need_not() {
    for (key, value, code) in [
        ("InstanceIds", "mi-", "InvalidInstanceId"),
        ("ActivationIds", "751a", "InvalidActivationId"),
        ("PingStatus", "On", "InvalidValue"),
        ("PlatformTypes", "Lin", "InvalidValue"),
        ("ResourceType", "EC2", "InvalidValue"),
        ("SourceTypes", "AWS::", "InvalidValue"),
        ("AssociationStatus", "S", "InvalidValue"),
    ] {
        assert_eq!(refused(vec![filter(key, Operator::Equal, value)]), code, "{key}");
        assert!(conditions(vec![filter(key, Operator::BeginWith, value)], DIALECT).is_ok(), "{key}");
    }
}
