//! Zips that lie in a bucket, and checks of them, in memory.

use app::ports::Checks;
use async_trait::async_trait;
use domain::errors::ApiError;
use domain::packages::inspection::{
    Check, CheckState, FoundFile, FoundManifest, InspectedZip, Inspection, Place, ZipContents,
};

use super::{NOW, PUBLICATION, World};

/// The checksum of the one zip that lies in the bucket.
pub const ZIP_SUM: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn zip() -> FoundFile {
    FoundFile { name: "tool.zip".to_owned(), size: 7, etag: "\"1\"".to_owned() }
}

#[async_trait]
impl Checks for World {
    async fn place(&self, _: &str, _: &str) -> Result<Place, ApiError> {
        let manifest = Some(FoundManifest::Text { text: "{\"found\": true}".to_owned() });
        Ok(Place { files: vec![zip()], more: false, manifest })
    }

    async fn begin(&self, draft: &str) -> Result<(), ApiError> {
        self.checked.lock().unwrap().push(draft.to_owned());
        Ok(())
    }

    async fn get(&self, draft: &str) -> Result<Option<Check>, ApiError> {
        let zip =
            InspectedZip { file: zip(), sha256: Some(ZIP_SUM.to_owned()), contents: ZipContents::default() };
        let inspection =
            Inspection { bucket: "packages".to_owned(), prefix: "tool".to_owned(), zips: vec![zip] };
        let begun = self.checked.lock().unwrap().iter().any(|begun| begun == draft);
        Ok(begun.then(|| Check {
            id: PUBLICATION.to_owned(),
            draft: draft.to_owned(),
            state: CheckState::Done,
            begun: NOW,
            alive: NOW,
            ended: Some(NOW),
            inspection: Some(inspection),
        }))
    }

    async fn cancel(&self, draft: &str) -> Result<(), ApiError> {
        self.checked.lock().unwrap().retain(|begun| begun != draft);
        Ok(())
    }
}
