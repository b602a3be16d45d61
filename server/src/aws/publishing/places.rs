//! What lies in a folder of a bucket, read where it is.

use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_s3::operation::get_object::{GetObjectError, GetObjectOutput};
use aws_sdk_s3::operation::head_object::HeadObjectError;
use aws_sdk_s3::primitives::ByteStream;
use bytes::Bytes;
use domain::errors::ApiError;
use domain::packages::inspection::{FoundFile, FoundManifest, LISTED_OBJECTS, Place};
use domain::packages::limits::MAX_MANIFEST_BYTES;
use domain::packages::publications::{Origin, Plan};

use super::AwsPublishing;
use crate::aws::error::api_error;

const MANIFEST: &str = "manifest.json";

/// Why an object could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadFailure {
    /// It is not there any longer, or another.
    Changed,
    /// S3 refused, or could not be reached.
    Aws(ApiError),
}

impl AwsPublishing {
    /// The objects of a folder, those of its folders not among them, and its manifest.
    ///
    /// # Errors
    /// `Throttled`, `Upstream`, `Unreachable`.
    pub async fn place(&self, bucket: &str, prefix: &str) -> Result<Place, ApiError> {
        let folder = if prefix.is_empty() { String::new() } else { format!("{prefix}/") };
        let request = self.s3.list_objects_v2().bucket(bucket).prefix(&folder).delimiter("/");
        let mut pages = request.into_paginator().send();
        let (mut place, mut manifest) = (Place::default(), None);
        while let Some(page) = pages.next().await {
            for object in page.map_err(api_error)?.contents.unwrap_or_default() {
                let Some(name) = object.key.as_deref().and_then(|key| key.strip_prefix(&folder)) else {
                    continue;
                };
                let file = FoundFile {
                    name: name.to_owned(),
                    size: object.size.and_then(|size| u64::try_from(size).ok()).unwrap_or_default(),
                    etag: object.e_tag.clone().unwrap_or_default(),
                };
                match name {
                    // The folder itself, as S3's console makes it.
                    "" => {}
                    MANIFEST => manifest = Some(file),
                    _ => place.files.push(file),
                }
            }
            if place.files.len() >= LISTED_OBJECTS {
                place.files.truncate(LISTED_OBJECTS);
                place.more = true;
                break;
            }
        }
        if let Some(found) = manifest {
            place.manifest = self.manifest(bucket, &format!("{folder}{MANIFEST}"), &found).await?;
        }
        Ok(place)
    }

    /// None where it has gone since it was listed.
    async fn manifest(
        &self,
        bucket: &str,
        key: &str,
        found: &FoundFile,
    ) -> Result<Option<FoundManifest>, ApiError> {
        if found.size > MAX_MANIFEST_BYTES as u64 {
            return Ok(Some(FoundManifest::TooLarge { bytes: found.size }));
        }
        let body = match self.open(bucket, key, &found.etag, 0).await {
            Ok(body) => body,
            Err(ReadFailure::Changed) => return Ok(None),
            Err(ReadFailure::Aws(error)) => return Err(error),
        };
        let bytes = body.collect().await.map_err(|error| cut(&error))?.to_vec();
        Ok(Some(match String::from_utf8(bytes) {
            Ok(text) => FoundManifest::Text { text },
            Err(_) => FoundManifest::NotText,
        }))
    }

    /// An object from a byte on, if it is still the one with this entity tag.
    ///
    /// # Errors
    /// [`ReadFailure`].
    pub async fn open(
        &self,
        bucket: &str,
        key: &str,
        etag: &str,
        from: u64,
    ) -> Result<ByteStream, ReadFailure> {
        let range = (from > 0).then(|| format!("bytes={from}-"));
        Ok(self.get(bucket, key, etag, range).await?.body)
    }

    /// Some bytes of an object, if it is still the one with this entity tag; fewer where it ends.
    ///
    /// # Errors
    /// [`ReadFailure`].
    pub async fn range(
        &self,
        bucket: &str,
        key: &str,
        etag: &str,
        bytes: std::ops::Range<u64>,
    ) -> Result<Bytes, ReadFailure> {
        let range = format!("bytes={}-{}", bytes.start, bytes.end.saturating_sub(1));
        let found = self.get(bucket, key, etag, Some(range)).await?;
        let body = found.body.collect().await.map_err(|error| ReadFailure::Aws(cut(&error)))?;
        Ok(body.into_bytes())
    }

    async fn get(
        &self,
        bucket: &str,
        key: &str,
        etag: &str,
        range: Option<String>,
    ) -> Result<GetObjectOutput, ReadFailure> {
        let request = self.s3.get_object().bucket(bucket).key(key).if_match(etag).set_range(range);
        request.send().await.map_err(failure)
    }

    /// The key of a file that the plan takes as it lies there and that is not what it was when the plan was made.
    ///
    /// # Errors
    /// `Throttled`, `Upstream`, `Unreachable`.
    pub async fn changed(&self, plan: &Plan) -> Result<Option<String>, ApiError> {
        for file in &plan.files {
            let Origin::InPlace { etag } = &file.origin else { continue };
            let key = plan.key(&file.zip_name);
            match self.s3.head_object().bucket(&plan.bucket).key(&key).send().await {
                Ok(head) if head.e_tag.as_ref() == Some(etag) => {}
                Ok(_) => return Ok(Some(key)),
                Err(error) if error.as_service_error().is_some_and(HeadObjectError::is_not_found) => {
                    return Ok(Some(key));
                }
                Err(error) => return Err(api_error(error)),
            }
        }
        Ok(None)
    }
}

fn failure(error: SdkError<GetObjectError>) -> ReadFailure {
    match error.code() {
        Some("PreconditionFailed" | "NoSuchKey" | "InvalidRange") => ReadFailure::Changed,
        _ => ReadFailure::Aws(api_error(error)),
    }
}

/// The connection ended within an object.
fn cut(error: &dyn std::error::Error) -> ApiError {
    ApiError::Unreachable { message: error.to_string() }
}
