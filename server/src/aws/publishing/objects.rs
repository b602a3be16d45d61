//! Objects that a publication writes, and takes away again. Each says whose it is, so that nobody else's is touched.

use aws_sdk_s3::error::ProvideErrorMetadata as _;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{ChecksumAlgorithm, CompletedMultipartUpload, CompletedPart, MultipartUpload};
use bytes::Bytes;
use domain::errors::ApiError;
use time::OffsetDateTime;

use super::AwsPublishing;
use crate::aws::error::api_error;

/// Metadata by which a publication knows its objects.
const OWNER: &str = "sekisho-publication";

/// A part that is in S3.
#[derive(Clone, Debug)]
pub struct SentPart(CompletedPart);

/// What became of an object that was to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored {
    /// It is there.
    Done,
    /// Another was there already, and still is.
    Exists,
}

/// Whether an object is there, for one publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// There is none.
    Absent,
    /// This publication has written it.
    Own,
    /// Somebody else has.
    Foreign,
}

impl AwsPublishing {
    /// Begins an upload in parts.
    ///
    /// # Errors
    /// `Throttled`, `Upstream`, `Unreachable`.
    pub async fn begin_upload(&self, bucket: &str, key: &str, owner: &str) -> Result<String, ApiError> {
        let request = self.s3.create_multipart_upload().bucket(bucket).key(key);
        let begun = request
            .metadata(OWNER, owner)
            .content_type("application/zip")
            .checksum_algorithm(ChecksumAlgorithm::Crc32)
            .send()
            .await
            .map_err(api_error)?;
        begun.upload_id.ok_or(ApiError::Internal)
    }

    /// Sends a part, numbered from 1; all but the last have at least 5 MiB (S3).
    ///
    /// # Errors
    /// As [`AwsPublishing::begin_upload`].
    pub async fn send_part(
        &self,
        bucket: &str,
        key: &str,
        upload: &str,
        (number, bytes): (i32, Bytes),
    ) -> Result<SentPart, ApiError> {
        let request = self.s3.upload_part().bucket(bucket).key(key).upload_id(upload).part_number(number);
        // The SDK sends a CRC-32 with it; the SHA-256 that a signature takes would be taken for nothing else.
        let sent = request
            .checksum_algorithm(ChecksumAlgorithm::Crc32)
            .body(ByteStream::from(bytes))
            .customize()
            .disable_payload_signing()
            .send()
            .await
            .map_err(api_error)?;
        let part = CompletedPart::builder().part_number(number);
        let part = part.set_e_tag(sent.e_tag).set_checksum_crc32(sent.checksum_crc32);
        Ok(SentPart(part.build()))
    }

    /// Makes an object of the parts, unless there is one.
    ///
    /// # Errors
    /// As [`AwsPublishing::begin_upload`].
    pub async fn complete_upload(
        &self,
        bucket: &str,
        key: &str,
        (upload, owner): (&str, &str),
        mut parts: Vec<SentPart>,
    ) -> Result<Stored, ApiError> {
        parts.sort_by_key(|SentPart(part)| part.part_number);
        let parts = parts.into_iter().map(|SentPart(part)| part).collect();
        let parts = CompletedMultipartUpload::builder().set_parts(Some(parts)).build();
        let request = self.s3.complete_multipart_upload().bucket(bucket).key(key).upload_id(upload);
        let completed = request.multipart_upload(parts).if_none_match("*").send().await;
        self.settled(bucket, key, owner, stored(completed.map(drop))).await
    }

    /// Writes a small object, unless there is one.
    ///
    /// # Errors
    /// As [`AwsPublishing::begin_upload`].
    pub async fn put(&self, bucket: &str, key: &str, owner: &str, text: &str) -> Result<Stored, ApiError> {
        let request = self.s3.put_object().bucket(bucket).key(key).metadata(OWNER, owner);
        let put = request
            .content_type("application/json")
            .if_none_match("*")
            .body(ByteStream::from(text.as_bytes().to_vec()))
            .send()
            .await;
        self.settled(bucket, key, owner, stored(put.map(drop))).await
    }

    /// What became of an object. Where no answer arrives, the SDK asks once more, and S3 refuses what it has done already:
    /// what is this publication's own was written by that.
    async fn settled(
        &self,
        bucket: &str,
        key: &str,
        owner: &str,
        written: Result<Stored, ApiError>,
    ) -> Result<Stored, ApiError> {
        let may_be_done = match &written {
            Ok(stored) => *stored == Stored::Exists,
            Err(error) => matches!(error, ApiError::Upstream { code, .. } if code == "NoSuchUpload"),
        };
        if may_be_done && self.presence(bucket, key, owner).await? == Presence::Own {
            return Ok(Stored::Done);
        }
        written
    }

    /// Whether there is an object, and whose.
    ///
    /// # Errors
    /// As [`AwsPublishing::begin_upload`].
    pub async fn presence(&self, bucket: &str, key: &str, owner: &str) -> Result<Presence, ApiError> {
        Ok(match self.owner(bucket, key).await? {
            None => Presence::Absent,
            Some(Some(found)) if found == owner => Presence::Own,
            Some(_) => Presence::Foreign,
        })
    }

    /// Removes an object if this publication has written it.
    ///
    /// # Errors
    /// As [`AwsPublishing::begin_upload`].
    pub async fn remove_own(&self, bucket: &str, key: &str, owner: &str) -> Result<(), ApiError> {
        if self.presence(bucket, key, owner).await? == Presence::Own {
            self.s3.delete_object().bucket(bucket).key(key).send().await.map_err(api_error)?;
        }
        Ok(())
    }

    /// The publication that has written an object: none where there is no object, `Some(None)` where nobody did.
    async fn owner(&self, bucket: &str, key: &str) -> Result<Option<Option<String>>, ApiError> {
        match self.s3.head_object().bucket(bucket).key(key).send().await {
            Ok(head) => Ok(Some(head.metadata.and_then(|mut metadata| metadata.remove(OWNER)))),
            Err(error) if error.as_service_error().is_some_and(|error| error.is_not_found()) => Ok(None),
            Err(error) => Err(api_error(error)),
        }
    }

    /// The ids of the uploads of an object that were begun since a time and have not ended, whoever began them: S3 does
    /// not tell.
    ///
    /// # Errors
    /// As [`AwsPublishing::begin_upload`].
    pub async fn uploads(
        &self,
        bucket: &str,
        key: &str,
        since: OffsetDateTime,
    ) -> Result<Vec<String>, ApiError> {
        let listed = self.s3.list_multipart_uploads().bucket(bucket).prefix(key).send().await;
        let listed = listed.map_err(api_error)?.uploads.unwrap_or_default();
        let is_meant = |upload: &MultipartUpload| {
            let began = upload.initiated.is_some_and(|at| at.secs() >= since.unix_timestamp());
            upload.key.as_deref() == Some(key) && began
        };
        Ok(listed.into_iter().filter(is_meant).filter_map(|upload| upload.upload_id).collect())
    }

    /// Gives up an upload, if it has not ended.
    ///
    /// # Errors
    /// As [`AwsPublishing::begin_upload`].
    pub async fn abort_upload(&self, bucket: &str, key: &str, upload: &str) -> Result<(), ApiError> {
        let request = self.s3.abort_multipart_upload().bucket(bucket).key(key).upload_id(upload);
        match request.send().await {
            Err(error) if error.code() == Some("NoSuchUpload") => Ok(()),
            aborted => aborted.map(drop).map_err(api_error),
        }
    }
}

/// S3 answers 412 where the condition does not hold, and 409 where somebody else writes at the same time.
fn stored<E>(written: Result<(), aws_sdk_s3::error::SdkError<E>>) -> Result<Stored, ApiError>
where
    E: aws_sdk_s3::error::ProvideErrorMetadata + std::error::Error + 'static,
{
    match written {
        Ok(()) => Ok(Stored::Done),
        Err(error) if matches!(error.code(), Some("PreconditionFailed" | "ConditionalRequestConflict")) => {
            Ok(Stored::Exists)
        }
        Err(error) => Err(api_error(error)),
    }
}
