//! `ListDocuments`: what the account sees, by owner, name, platform and tag.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{shapes, show};
use crate::page::{Pages, cut};
use crate::ssm::shapes::{ANY, MOST_FILTERS};
use crate::store::{Document, Seen, Tag};
use crate::validate::{List, Member, Shape, Text, optional, required};
use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::json11::Operation;

static KEY: Shape = Text::length(1, 128).shape();
static VALUE: Shape = Text::length(1, 256).shape();
static VALUES: Shape = Shape::List(List { element: &VALUE, min: 0, max: usize::MAX });
static FILTER: Shape = Shape::Structure(&[optional("Key", &KEY), optional("Values", &VALUES)]);
static FILTERS: Shape = Shape::List(List { element: &FILTER, min: 0, max: 6 });
static OLD_KEY: Shape = Text::one_of(&["Name", "Owner", "PlatformTypes", "DocumentType"]).shape();
static OLD_VALUE: Shape = Text::length(1, usize::MAX).shape();
static OLD_FILTER: Shape = Shape::Structure(&[required("key", &OLD_KEY), required("value", &OLD_VALUE)]);
static OLD_FILTERS: Shape = Shape::List(List { element: &OLD_FILTER, min: 1, max: MOST_FILTERS });

const OWNERS: &[&str] = &["Self", "Amazon", "ThirdParty", "Private", "Public"];

pub(crate) struct ListDocuments;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Input {
    document_filter_list: Option<Vec<OldFilter>>,
    filters: Option<Vec<Filter>>,
    max_results: Option<i64>,
    next_token: Option<String>,
}

#[derive(Deserialize)]
struct OldFilter {
    key: String,
    value: String,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Filter {
    key: Option<String>,
    values: Option<Vec<String>>,
}

impl Operation for ListDocuments {
    const NAME: &'static str = "ListDocuments";
    const INPUT: &'static [Member] = &[
        optional("DocumentFilterList", &OLD_FILTERS),
        optional("Filters", &FILTERS),
        optional("MaxResults", &shapes::MAX_RESULTS),
        optional("NextToken", &ANY),
    ];
    type Input = Input;

    async fn run(call: &Call, input: Input) -> Result<Value, ServiceError> {
        let state = &call.state;
        let old = input.document_filter_list.unwrap_or_default().into_iter();
        let old = old.map(|filter| Filter { key: Some(filter.key), values: Some(vec![filter.value]) });
        let filters: Vec<_> = input.filters.unwrap_or_default().into_iter().chain(old).collect();
        let pages = Pages::of(state, Self::NAME, &json!(filters).to_string()).await?;
        let rules = Rules::of(filters)?;
        let (name, id) = place(&pages, input.next_token.as_deref())?;
        let mut found = Vec::new();
        for seen in state.store().documents((&name, id)).await? {
            let tags = show::tags(state, &seen.document).await?;
            if rules.admit(&seen, &tags) {
                found.push((seen, tags));
            }
        }
        let (page, more) = cut(found, input.max_results.unwrap_or(50));
        let shown: Vec<_> = page.iter().map(|(seen, tags)| show::identifier(state, seen, tags)).collect();
        let mut output = json!({"DocumentIdentifiers": shown});
        if let Some((last, _)) = page.last().filter(|_| more) {
            output["NextToken"] = Value::from(pages.token(&token_place(&last.document)));
        }
        Ok(output)
    }
}

/// A document's place in the list, for a token: names of different owners may be the same.
fn token_place(document: &Document) -> String {
    format!("{}\n{}", document.id, document.name)
}

/// The name and id after which a page begins: before all without a token.
///
/// # Errors
/// `InvalidNextToken`.
fn place(pages: &Pages, token: Option<&str>) -> Result<(String, i64), ServiceError> {
    let Some(token) = token else { return Ok((String::new(), 0)) };
    let read = |place: String| -> Option<(String, i64)> {
        let (id, name) = place.split_once('\n')?;
        Some((name.to_owned(), id.parse().ok()?))
    };
    let place = pages.place(token).and_then(read);
    place.ok_or_else(|| ServiceError::new("InvalidNextToken", "The specified token is not valid."))
}

/// The filters, each of its kind.
#[derive(Default)]
struct Rules {
    owner: Option<String>,
    others: Vec<(Kind, Vec<String>)>,
    tag: Option<(String, Vec<String>)>,
}

enum Kind {
    Name,
    Platform,
    DocumentType,
    TargetType,
}

impl Rules {
    fn of(filters: Vec<Filter>) -> Result<Self, ServiceError> {
        let mut rules = Self::default();
        for filter in filters {
            let (key, values) = (filter.key.unwrap_or_default(), filter.values.unwrap_or_default());
            if values.is_empty() {
                return Err(ServiceError::validation(format!("The filter {key} needs a value.")));
            }
            match &*key {
                "Owner" => rules.set_owner(values)?,
                "Name" => rules.others.push((Kind::Name, values)),
                "PlatformTypes" => rules.others.push((Kind::Platform, values)),
                "DocumentType" => rules.others.push((Kind::DocumentType, values)),
                "TargetType" => rules.others.push((Kind::TargetType, values)),
                key => match key.strip_prefix("tag:").filter(|key| !key.is_empty()) {
                    Some(_) if rules.tag.is_some() => {
                        return Err(ServiceError::validation("Only one tag key can be filtered by."));
                    }
                    Some(tag) => rules.tag = Some((tag.to_owned(), values)),
                    None => {
                        let message = format!("The filter key {key} is not valid.");
                        return Err(ServiceError::new("InvalidFilterKey", message));
                    }
                },
            }
        }
        Ok(rules)
    }

    fn set_owner(&mut self, values: Vec<String>) -> Result<(), ServiceError> {
        let mut values = values.into_iter();
        match (values.next(), values.next(), &self.owner) {
            (Some(owner), None, None) if OWNERS.contains(&&*owner) => {
                self.owner = Some(owner);
                Ok(())
            }
            _ => Err(ServiceError::validation(format!(
                "One Owner can be filtered by, which is one of {}.",
                OWNERS.join(", ")
            ))),
        }
    }

    fn admit(&self, seen: &Seen, tags: &[Tag]) -> bool {
        let document = &seen.document;
        // Without an owner the list holds everything but what others share.
        let owned = match &self.owner {
            Some(owner) => *owner == document.access,
            None => document.access != "Private",
        };
        let tagged = self.tag.as_ref().is_none_or(|(key, values)| {
            tags.iter().any(|tag| tag.key == *key && values.contains(&tag.value))
        });
        owned && tagged && self.others.iter().all(|(kind, values)| admits(kind, values, seen))
    }
}

fn admits(kind: &Kind, values: &[String], seen: &Seen) -> bool {
    values.iter().any(|value| match kind {
        Kind::Name => seen.document.name.starts_with(&**value),
        Kind::Platform => seen.version.platform_types.contains(value),
        Kind::DocumentType => seen.document.document_type == *value,
        Kind::TargetType => seen.document.target_type.as_ref() == Some(value),
    })
}
