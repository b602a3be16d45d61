//! The operations that are answered; `s3s` says `NotImplemented` for any other.

use async_trait::async_trait;
use s3s::dto::*;
use s3s::{S3, S3Request, S3Response, S3Result};

use super::{buckets, copy, delete, get, list_objects, list_uploads, multipart, put};
use crate::state::State;

/// One account's S3.
pub(super) struct Backend {
    state: State,
}

impl Backend {
    pub(super) fn new(state: State) -> Self {
        Self { state }
    }
}

/// Each operation goes to the function of its name, in the module of its family.
macro_rules! operations {
    ($($module:ident::$operation:ident($input:ty) -> $output:ty;)*) => {
        #[async_trait]
        impl S3 for Backend {
            $(async fn $operation(&self, request: S3Request<$input>) -> S3Result<S3Response<$output>> {
                $module::$operation(&self.state, request).await
            })*
        }
    };
}

operations! {
    buckets::create_bucket(CreateBucketInput) -> CreateBucketOutput;
    buckets::delete_bucket(DeleteBucketInput) -> DeleteBucketOutput;
    buckets::get_bucket_location(GetBucketLocationInput) -> GetBucketLocationOutput;
    buckets::head_bucket(HeadBucketInput) -> HeadBucketOutput;
    buckets::list_buckets(ListBucketsInput) -> ListBucketsOutput;
    copy::copy_object(CopyObjectInput) -> CopyObjectOutput;
    copy::upload_part_copy(UploadPartCopyInput) -> UploadPartCopyOutput;
    delete::delete_object(DeleteObjectInput) -> DeleteObjectOutput;
    delete::delete_objects(DeleteObjectsInput) -> DeleteObjectsOutput;
    get::get_object(GetObjectInput) -> GetObjectOutput;
    get::head_object(HeadObjectInput) -> HeadObjectOutput;
    list_objects::list_objects(ListObjectsInput) -> ListObjectsOutput;
    list_objects::list_objects_v2(ListObjectsV2Input) -> ListObjectsV2Output;
    list_uploads::list_multipart_uploads(ListMultipartUploadsInput) -> ListMultipartUploadsOutput;
    list_uploads::list_parts(ListPartsInput) -> ListPartsOutput;
    multipart::abort_multipart_upload(AbortMultipartUploadInput) -> AbortMultipartUploadOutput;
    multipart::complete_multipart_upload(CompleteMultipartUploadInput) -> CompleteMultipartUploadOutput;
    multipart::create_multipart_upload(CreateMultipartUploadInput) -> CreateMultipartUploadOutput;
    put::put_object(PutObjectInput) -> PutObjectOutput;
    put::upload_part(UploadPartInput) -> UploadPartOutput;
}
