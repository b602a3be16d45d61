//! `ListObjectsV2` and its predecessor: prefixes, delimiters, pages.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use s3s::dto::*;
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::buckets::{must_exist, owner};
use super::errors::{invalid_argument, store_failed};
use super::headers::{etag, timestamp};
use crate::page::Pages;
use crate::state::State;
use crate::store;

/// S3: the largest page, and the page when none is asked for.
pub(super) const MOST_KEYS: i32 = 1000;
/// What stays as it is in a URL-encoded key.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'/');

/// What is listed.
pub(super) struct Listing<'a> {
    pub(super) bucket: &'a str,
    pub(super) prefix: &'a str,
    pub(super) delimiter: Option<&'a str>,
    pub(super) size: usize,
}

/// Where a page begins: after a key, and after all keys of a common prefix that was told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Place {
    after: String,
    told: Option<String>,
}

/// One page: objects, common prefixes, and where the next begins.
pub(super) struct Page {
    objects: Vec<store::Object>,
    prefixes: Vec<String>,
    next: Option<Place>,
}

impl Place {
    fn token(&self) -> String {
        match &self.told {
            Some(prefix) => format!("p{prefix}"),
            None => format!("k{}", self.after),
        }
    }

    fn of_token(token: &str) -> Option<Self> {
        let rest = token.get(1..)?.to_owned();
        match token.get(..1)? {
            "p" => Some(Self { after: rest.clone(), told: Some(rest) }),
            "k" => Some(Self { after: rest, told: None }),
            _ => None,
        }
    }
}

/// The common prefix that a key is told by, when the delimiter comes in it after the listing's own prefix.
pub(super) fn common_prefix<'a>(key: &'a str, prefix: &str, delimiter: Option<&str>) -> Option<&'a str> {
    let delimiter = delimiter.filter(|delimiter| !delimiter.is_empty())?;
    let at = key.strip_prefix(prefix)?.find(delimiter)?;
    Some(&key[..prefix.len() + at + delimiter.len()])
}

async fn list(state: &State, listing: &Listing<'_>, mut place: Place) -> S3Result<Page> {
    let mut page = Page { objects: Vec::new(), prefixes: Vec::new(), next: None };
    if listing.size == 0 {
        return Ok(page);
    }
    loop {
        let limit = i64::from(MOST_KEYS);
        let found = state.store().objects(listing.bucket, listing.prefix, &place.after, limit).await;
        let found = found.map_err(store_failed)?;
        let last = found.len() < usize::try_from(limit).unwrap_or(usize::MAX);
        for object in found {
            if place.told.as_ref().is_some_and(|told| object.key.starts_with(told)) {
                place.after = object.key;
                continue;
            }
            if page.objects.len() + page.prefixes.len() == listing.size {
                page.next = Some(place);
                return Ok(page);
            }
            place.after.clone_from(&object.key);
            place.told = common_prefix(&object.key, listing.prefix, listing.delimiter).map(str::to_owned);
            match &place.told {
                Some(prefix) => page.prefixes.push(prefix.clone()),
                None => page.objects.push(object),
            }
        }
        if last {
            return Ok(page);
        }
    }
}

/// The size of a page.
///
/// # Errors
/// `InvalidArgument` for a negative one.
pub(super) fn size(wanted: Option<i32>) -> S3Result<i32> {
    match wanted.unwrap_or(MOST_KEYS) {
        0.. => Ok(wanted.unwrap_or(MOST_KEYS).min(MOST_KEYS)),
        _ => Err(invalid_argument("Argument maxKeys must be an integer between 0 and 2147483647")),
    }
}

/// How names are written in an answer.
pub(super) struct Names {
    encode: bool,
}

impl Names {
    pub(super) fn of(encoding: Option<&EncodingType>) -> Self {
        Self { encode: encoding.is_some_and(|encoding| encoding.as_str() == EncodingType::URL) }
    }

    pub(super) fn write(&self, name: &str) -> String {
        if self.encode { utf8_percent_encode(name, ENCODED).to_string() } else { name.to_owned() }
    }

    pub(super) fn optional(&self, name: Option<&String>) -> Option<String> {
        name.map(|name| self.write(name))
    }

    pub(super) fn prefixes(&self, prefixes: &[String]) -> Option<CommonPrefixList> {
        let told = prefixes.iter().map(|prefix| CommonPrefix { prefix: Some(self.write(prefix)) });
        (!prefixes.is_empty()).then(|| told.collect())
    }

    fn objects(&self, objects: Vec<store::Object>, owner: Option<&Owner>) -> Option<ObjectList> {
        let told = objects.into_iter().map(|object| Object {
            checksum_algorithm: Some(vec![ChecksumAlgorithm::from(object.checksum_algorithm)]),
            checksum_type: Some(ChecksumType::from(object.checksum_type)),
            e_tag: etag(&object.etag),
            key: Some(self.write(&object.key)),
            last_modified: timestamp(object.modified_at),
            owner: owner.cloned(),
            size: Some(object.size),
            storage_class: Some(ObjectStorageClass::from_static(ObjectStorageClass::STANDARD)),
            restore_status: None,
        });
        let told: Vec<_> = told.collect();
        (!told.is_empty()).then_some(told)
    }
}

pub(super) async fn list_objects_v2(
    state: &State,
    request: S3Request<ListObjectsV2Input>,
) -> S3Result<S3Response<ListObjectsV2Output>> {
    let input = request.input;
    must_exist(state, &input.bucket).await?;
    let size = size(input.max_keys)?;
    let prefix = input.prefix.clone().unwrap_or_default();
    let filters = format!("{}\n{prefix}\n{}", input.bucket, input.delimiter.as_deref().unwrap_or_default());
    let pages = Pages::of(state, "ListObjectsV2", &filters).await.map_err(|_| s3_error!(InternalError))?;
    let place = match &input.continuation_token {
        Some(token) => pages
            .place(token)
            .and_then(|place| Place::of_token(&place))
            .ok_or_else(|| invalid_argument("The continuation token provided is incorrect"))?,
        None => Place { after: input.start_after.clone().unwrap_or_default(), told: None },
    };
    let listing = Listing {
        bucket: &input.bucket,
        prefix: &prefix,
        delimiter: input.delimiter.as_deref(),
        size: usize::try_from(size).unwrap_or_default(),
    };
    let page = list(state, &listing, place).await?;
    let names = Names::of(input.encoding_type.as_ref());
    let owner = input.fetch_owner.unwrap_or_default().then(|| owner(state));
    Ok(S3Response::new(ListObjectsV2Output {
        key_count: i32::try_from(page.objects.len() + page.prefixes.len()).ok(),
        common_prefixes: names.prefixes(&page.prefixes),
        contents: names.objects(page.objects, owner.as_ref()),
        continuation_token: input.continuation_token,
        delimiter: names.optional(input.delimiter.as_ref()),
        is_truncated: Some(page.next.is_some()),
        max_keys: Some(size),
        next_continuation_token: page.next.map(|place| pages.token(&place.token())),
        prefix: Some(names.write(&prefix)),
        start_after: names.optional(input.start_after.as_ref()),
        encoding_type: input.encoding_type,
        name: Some(input.bucket),
        ..ListObjectsV2Output::default()
    }))
}

pub(super) async fn list_objects(
    state: &State,
    request: S3Request<ListObjectsInput>,
) -> S3Result<S3Response<ListObjectsOutput>> {
    let input = request.input;
    must_exist(state, &input.bucket).await?;
    let size = size(input.max_keys)?;
    let prefix = input.prefix.clone().unwrap_or_default();
    let delimiter = input.delimiter.as_deref();
    let marker = input.marker.clone().unwrap_or_default();
    // A marker that is a common prefix comes from NextMarker: its keys have been told.
    let told = common_prefix(&marker, &prefix, delimiter).filter(|told| *told == marker).map(str::to_owned);
    let listing = Listing {
        bucket: &input.bucket,
        prefix: &prefix,
        delimiter,
        size: usize::try_from(size).unwrap_or_default(),
    };
    let page = list(state, &listing, Place { after: marker, told }).await?;
    let names = Names::of(input.encoding_type.as_ref());
    let next = page.next.as_ref().map(|place| names.write(place.told.as_ref().unwrap_or(&place.after)));
    Ok(S3Response::new(ListObjectsOutput {
        common_prefixes: names.prefixes(&page.prefixes),
        contents: names.objects(page.objects, Some(&owner(state))),
        next_marker: next.filter(|_| delimiter.is_some()),
        delimiter: names.optional(input.delimiter.as_ref()),
        is_truncated: Some(page.next.is_some()),
        marker: Some(names.optional(input.marker.as_ref()).unwrap_or_default()),
        max_keys: Some(size),
        prefix: Some(names.write(&prefix)),
        encoding_type: input.encoding_type,
        name: Some(input.bucket),
        ..ListObjectsOutput::default()
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_told_by_what_comes_before_the_delimiter() {
        assert_eq!(common_prefix("a/b/c", "", Some("/")), Some("a/"));
        assert_eq!(common_prefix("a/b/c", "a/", Some("/")), Some("a/b/"));
        assert_eq!(common_prefix("a/b", "a/", Some("/")), None);
        assert_eq!(common_prefix("a/b", "", None), None);
        assert_eq!(common_prefix("a--b", "", Some("--")), Some("a--"));
    }

    #[test]
    fn a_place_survives_its_token() {
        for place in [
            Place { after: "鍵".to_owned(), told: None },
            Place { after: "a/".to_owned(), told: Some("a/".to_owned()) },
        ] {
            assert_eq!(Place::of_token(&place.token()), Some(place));
        }
        assert_eq!(Place::of_token(""), None);
    }
}
