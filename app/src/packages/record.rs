//! Who published what of a package: kept when it was published, whatever SSM still has of it.

use domain::errors::ApiError;
use domain::json::Json;
use domain::packages::publications::{PlannedFile, Publication, Stage};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// What the console knows of a package's making.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownRecord {
    /// The publisher whose it is.
    pub owner: Option<String>,
    /// Everybody to whom it can be handed over; nobody where the caller may not do that.
    pub publishers: Vec<String>,
    /// What was published, the last first.
    pub published: Vec<Published>,
}

/// A version that was published with the console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The document version's number.
    pub document_version: String,
    /// Its name.
    pub version_name: Option<String>,
    /// Who published it.
    pub username: String,
    /// The name of the token by which they did.
    pub token: Option<String>,
    /// When that ended.
    pub at: OffsetDateTime,
    /// Where in S3 the files were put.
    pub place: String,
    /// The zips, and what they were made of.
    pub files: Vec<PlannedFile>,
}

impl Published {
    /// What came of a publication, if it came to something.
    #[must_use]
    pub fn of(publication: Publication) -> Option<Self> {
        let Stage::Published { document_version } = publication.stage else { return None };
        let plan = publication.plan;
        Some(Self {
            document_version,
            version_name: plan.version_name,
            username: publication.username,
            token: publication.token,
            at: publication.ended.unwrap_or(publication.begun),
            place: format!("s3://{}/{}", plan.bucket, plan.prefix),
            files: plan.files,
        })
    }
}

/// Who published what of a package, and whose it is.
///
/// # Errors
/// `NotFound` for an address of no package; as [`crate::ports::Publications::published`], `Unauthenticated`, `Forbidden`.
#[server(endpoint = "packages/record", protocol = Json)]
pub async fn package_record(segment: String) -> Result<ShownRecord, ApiError> {
    use crate::server::Caller;
    use domain::packages::address::name_of;
    use domain::permission::Permission;

    let caller = Caller::require(Permission::Read)?;
    let name = name_of(&segment).ok_or(ApiError::NotFound)?;
    let published = caller.ports.publications.published(&name).await?;
    let publishers = if caller.person.role.allows(Permission::ManagePeople) {
        let people = caller.ports.publishers.rules().await?.people;
        people.into_iter().map(|publisher| publisher.username).collect()
    } else {
        Vec::new()
    };
    Ok(ShownRecord {
        owner: caller.ports.publishers.owner(&name).await?,
        publishers,
        published: published.into_iter().filter_map(Published::of).collect(),
    })
}
