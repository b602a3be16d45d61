//! Members of a request as EC2 writes them: `InstanceId.1`, `Filter.1.Value.2`.

use crate::wire::errors::ServiceError;
use crate::wire::query::Form;

/// Most values of one filter.
const FILTER_VALUES: usize = 200;

/// A filter: its name and the values of which one must fit.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Filter {
    pub(super) name: String,
    pub(super) values: Vec<String>,
}

/// The elements `prefix.1`, `prefix.2`, ….
pub(super) fn list(form: &Form, prefix: &str) -> Vec<String> {
    (1..=form.len()).map_while(|index| form.get(&format!("{prefix}.{index}")).cloned()).collect()
}

/// The filters.
///
/// # Errors
/// `InvalidParameterValue` for one without a name, `FilterLimitExceeded`.
pub(super) fn filters(form: &Form) -> Result<Vec<Filter>, ServiceError> {
    let prefixes = (1..=form.len()).map(|index| format!("Filter.{index}"));
    let begins = |prefix: &String| form.keys().any(|key| key.starts_with(&format!("{prefix}.")));
    prefixes.take_while(begins).map(|prefix| filter(form, &prefix)).collect()
}

fn filter(form: &Form, prefix: &str) -> Result<Filter, ServiceError> {
    let name = form.get(&format!("{prefix}.Name")).ok_or_else(|| {
        ServiceError::new("MissingParameter", "The request must contain the parameter Filter.Name")
    })?;
    let values = list(form, &format!("{prefix}.Value"));
    if values.is_empty() {
        let message = "The filter 'null' is invalid: it has no values";
        return Err(ServiceError::new("InvalidParameterValue", message));
    }
    if values.len() > FILTER_VALUES {
        let message =
            format!("The maximum number of filter values specified on a single call is {FILTER_VALUES}");
        return Err(ServiceError::new("FilterLimitExceeded", message));
    }
    Ok(Filter { name: name.clone(), values })
}

/// How many results a page may have: 5–1000.
///
/// # Errors
/// `InvalidParameterValue`.
pub(super) fn max_results(form: &Form) -> Result<Option<i64>, ServiceError> {
    let Some(text) = form.get("MaxResults") else { return Ok(None) };
    match text.parse() {
        Ok(size @ 5..=1000) => Ok(Some(size)),
        _ => {
            let message = format!(
                "Value ( {text} ) for parameter maxResults is invalid. Expecting a value between 5 and 1000."
            );
            Err(ServiceError::new("InvalidParameterValue", message))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Form {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn filters_are_counted_from_one() {
        let form = form(&[
            ("Filter.1.Name", "instance-id"),
            ("Filter.1.Value.1", "i-1"),
            ("Filter.1.Value.2", "i-2"),
            ("Filter.2.Name", "image-id"),
            ("Filter.2.Value.1", "ami-1"),
            ("Filter.4.Name", "unseen"),
        ]);
        let filters = filters(&form).unwrap();
        let values: Vec<_> =
            filters.iter().map(|filter| (filter.name.as_str(), filter.values.len())).collect();
        assert_eq!(values, [("instance-id", 2), ("image-id", 1)]);
    }

    #[test]
    fn a_filter_has_a_name_and_at_most_200_values() {
        assert_eq!(filters(&form(&[("Filter.1.Value.1", "i-1")])).unwrap_err().code, "MissingParameter");
        assert_eq!(
            filters(&form(&[("Filter.1.Name", "image-id")])).unwrap_err().code,
            "InvalidParameterValue"
        );
        let mut many = form(&[("Filter.1.Name", "instance-id")]);
        many.extend((1..=201).map(|index| (format!("Filter.1.Value.{index}"), "i".to_owned())));
        assert_eq!(filters(&many).unwrap_err().code, "FilterLimitExceeded");
    }

    #[test]
    fn pages_have_between_5_and_1000_results() {
        assert_eq!(max_results(&Form::new()), Ok(None));
        assert_eq!(max_results(&form(&[("MaxResults", "5")])), Ok(Some(5)));
        for size in ["4", "1001", "many"] {
            assert_eq!(
                max_results(&form(&[("MaxResults", size)])).unwrap_err().code,
                "InvalidParameterValue"
            );
        }
    }
}
