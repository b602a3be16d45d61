//! What tests do to a bucket.

use super::AwsPublishing;

impl AwsPublishing {
    pub async fn make_bucket(&self, bucket: &str) {
        let here = aws_sdk_s3::types::CreateBucketConfiguration::builder()
            .location_constraint(self.region.as_str().into())
            .build();
        self.s3.create_bucket().bucket(bucket).create_bucket_configuration(here).send().await.unwrap();
    }

    /// The keys of the objects, and how many uploads were begun and not ended.
    pub async fn contents(&self, bucket: &str) -> (Vec<String>, usize) {
        let listed = self.s3.list_objects_v2().bucket(bucket).send().await.unwrap();
        let mut keys: Vec<String> =
            listed.contents.unwrap_or_default().into_iter().filter_map(|object| object.key).collect();
        keys.sort();
        let uploads = self.s3.list_multipart_uploads().bucket(bucket).send().await.unwrap();
        (keys, uploads.uploads.unwrap_or_default().len())
    }

    pub async fn object(&self, bucket: &str, key: &str) -> Vec<u8> {
        let object = self.s3.get_object().bucket(bucket).key(key).send().await.unwrap();
        object.body.collect().await.unwrap().to_vec()
    }

    pub async fn overwrite(&self, bucket: &str, key: &str, bytes: &[u8]) {
        self.s3.put_object().bucket(bucket).key(key).body(bytes.to_vec().into()).send().await.unwrap();
    }
}
