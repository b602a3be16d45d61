//! `ListDocuments`, for the packages of one kind of owner.
//!
//! With `Filters` only: `DocumentFilterList` is deprecated, and the two cannot be mixed.

use aws_sdk_ssm::types::{DocumentIdentifier, DocumentKeyValuesFilter};
use domain::errors::ApiError;
use domain::packages::catalogue::{ListedVersion, Ownership, Package};
use domain::tags::Tag;

use super::{given, number, refused};
use crate::aws::convert::time_from_sdk;

/// Most documents in one answer (SSM API: `MaxResults` 1–50).
const PAGE_SIZE: i32 = 50;

pub(super) async fn list(ssm: &aws_sdk_ssm::Client, ownership: Ownership) -> Result<Vec<Package>, ApiError> {
    let filter = |key: &str, value: &str| DocumentKeyValuesFilter::builder().key(key).values(value).build();
    let request = ssm
        .list_documents()
        .filters(filter("DocumentType", "Package"))
        .filters(filter("Owner", ownership.filter()));
    let mut pages = request.into_paginator().page_size(PAGE_SIZE).send();
    let mut packages = Vec::new();
    while let Some(page) = pages.next().await {
        let found = page.map_err(refused)?.document_identifiers.unwrap_or_default();
        packages.extend(found.into_iter().filter_map(|document| package(document, ownership)));
    }
    Ok(packages)
}

/// `None` for what has no name: nothing could be done with it.
fn package(found: DocumentIdentifier, ownership: Ownership) -> Option<Package> {
    let tags = found.tags.unwrap_or_default().into_iter().map(|tag| Tag { key: tag.key, value: tag.value });
    let default_version = number(found.document_version.as_deref()).map(|number| ListedVersion {
        number,
        name: given(found.version_name),
        status: None,
    });
    Some(Package {
        name: found.name?,
        ownership,
        owner: given(found.owner),
        platforms: platforms(found.platform_types),
        default_version,
        newest_version: None,
        created: found.created_date.as_ref().and_then(time_from_sdk),
        tags: tags.collect(),
    })
}

pub(super) fn platforms(types: Option<Vec<aws_sdk_ssm::types::PlatformType>>) -> Vec<String> {
    let types = types.unwrap_or_default().into_iter();
    let mut platforms: Vec<String> = types.map(|platform| platform.as_str().to_owned()).collect();
    platforms.sort();
    platforms
}
