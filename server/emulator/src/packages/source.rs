//! Where an attachment comes from: an object of S3, or a file of another version.

use percent_encoding::percent_decode_str;

use crate::store::Source;

/// One place to fetch from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// A folder that holds every file by its name.
    Folder { bucket: String, prefix: String },
    /// One object.
    Object { bucket: String, key: String },
    /// A file of a version of a document.
    Attachment { document: String, version: String, file: String },
}

impl Place {
    /// Reads an element of `Attachments`.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it.
    pub(super) fn of(source: &Source) -> Result<Self, String> {
        let wrong = || format!("The attachment source '{}' is not valid for {}.", source.value, source.key);
        match &*source.key {
            "SourceUrl" => {
                let (bucket, prefix) = object(&source.value).ok_or_else(wrong)?;
                Ok(Self::Folder { bucket, prefix: prefix.trim_end_matches('/').to_owned() })
            }
            "S3FileUrl" => {
                let (bucket, key) =
                    object(&source.value).filter(|(_, key)| !key.is_empty()).ok_or_else(wrong)?;
                Ok(Self::Object { bucket, key })
            }
            _ => reference(&source.value).ok_or_else(wrong),
        }
    }

    /// The name of the one file that this is; none for a folder.
    pub(super) fn file(&self) -> Option<&str> {
        match self {
            Self::Folder { .. } => None,
            Self::Object { key, .. } => key.rsplit('/').next(),
            Self::Attachment { file, .. } => Some(file),
        }
    }
}

/// Bucket and key of `s3://bucket/key` or of an HTTP address of S3, by path or by host.
fn object(url: &str) -> Option<(String, String)> {
    let (scheme, rest) = url.split_once("://")?;
    let (first, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (bucket, key) = match scheme {
        "s3" => (first, path.to_owned()),
        "http" | "https" => {
            let path = percent_decode_str(path).decode_utf8().ok()?.into_owned();
            match first.split_once(".s3") {
                Some((bucket, _)) => (bucket, path),
                None => {
                    let (bucket, key) = path.split_once('/').unwrap_or((&path, ""));
                    return (!bucket.is_empty()).then(|| (bucket.to_owned(), key.to_owned()));
                }
            }
        }
        _ => return None,
    };
    (!bucket.is_empty()).then(|| (bucket.to_owned(), key))
}

/// `name/version/file`, the name plain or as an ARN.
fn reference(value: &str) -> Option<Place> {
    let (rest, file) = value.rsplit_once('/')?;
    let (document, version) = rest.rsplit_once('/')?;
    let whole = ![document, version, file].contains(&"");
    whole.then(|| Place::Attachment {
        document: document.to_owned(),
        version: version.to_owned(),
        file: file.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(key: &str, value: &str) -> Option<Place> {
        Place::of(&Source { key: key.to_owned(), value: value.to_owned(), name: None }).ok()
    }

    fn folder(bucket: &str, prefix: &str) -> Option<Place> {
        Some(Place::Folder { bucket: bucket.to_owned(), prefix: prefix.to_owned() })
    }

    #[test]
    fn a_folder_is_written_in_any_of_s3s_ways() {
        for url in [
            "s3://b/Kinesis-Agent",
            "s3://b/Kinesis-Agent/",
            "https://s3.ap-northeast-1.amazonaws.com/b/Kinesis-Agent",
            "https://b.s3.ap-northeast-1.amazonaws.com/Kinesis%2DAgent",
            "http://127.0.0.1:4610/b/Kinesis-Agent",
        ] {
            assert_eq!(read("SourceUrl", url), folder("b", "Kinesis-Agent"), "{url}");
        }
        assert_eq!(read("SourceUrl", "s3://b"), folder("b", ""));
        for url in ["b/p", "ftp://b/p", "s3://", "https://s3.amazonaws.com/"] {
            assert_eq!(read("SourceUrl", url), None, "{url}");
        }
    }

    #[test]
    fn a_file_is_named_by_the_end_of_its_key() {
        let place = read("S3FileUrl", "s3://b/p/a.zip").unwrap();
        assert_eq!(place.file(), Some("a.zip"));
        assert_eq!(read("S3FileUrl", "s3://b/"), None);
    }

    #[test]
    fn a_reference_names_document_version_and_file() {
        let arn = "arn:aws:ssm:ap-northeast-1:210987654321:document/Tool";
        let place = read("AttachmentReference", &format!("{arn}/3/a.zip")).unwrap();
        let (document, version, file) = (arn.to_owned(), "3".to_owned(), "a.zip".to_owned());
        assert_eq!(place, Place::Attachment { document, version, file });
        assert_eq!(read("AttachmentReference", "Tool/a.zip"), None);
        assert_eq!(read("AttachmentReference", "Tool//a.zip"), None);
    }
}
