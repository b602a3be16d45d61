//! `ListDocumentVersions`. Unlike `DescribeDocument` it costs nothing, and tells every version's status at once.

use aws_sdk_ssm::types::DocumentVersionInfo;
use domain::errors::ApiError;
use domain::packages::catalogue::PackageStatus;
use domain::packages::detail::PackageVersion;

use super::{given, number, refused};
use crate::aws::convert::time_from_sdk;

/// Most versions in one answer (SSM API: `MaxResults` 1–50); a package has 25 at most.
const PAGE_SIZE: i32 = 50;

pub(super) async fn versions(ssm: &aws_sdk_ssm::Client, name: &str) -> Result<Vec<PackageVersion>, ApiError> {
    let mut pages = ssm.list_document_versions().name(name).into_paginator().page_size(PAGE_SIZE).send();
    let mut versions = Vec::new();
    while let Some(page) = pages.next().await {
        let found = page.map_err(refused)?.document_versions.unwrap_or_default();
        versions.extend(found.into_iter().filter_map(version));
    }
    versions.sort_by_key(|version: &PackageVersion| std::cmp::Reverse(version.number));
    Ok(versions)
}

fn version(found: DocumentVersionInfo) -> Option<PackageVersion> {
    Some(PackageVersion {
        number: number(found.document_version.as_deref())?,
        name: given(found.version_name),
        created: found.created_date.as_ref().and_then(time_from_sdk),
        is_default: found.is_default_version,
        status: found.status.and_then(|status| PackageStatus::from_name(status.as_str())),
        status_information: given(found.status_information),
    })
}
