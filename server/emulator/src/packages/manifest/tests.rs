use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn sample() -> Value {
    json!({
        "schemaVersion": "2.0",
        "version": "1.0.1",
        "publisher": "Example",
        "packages": {
            "amazon": {"_any": {"x86_64": {"file": "a.zip"}}},
            "windows": {"10.0.*": {"_any": {"file": "w.zip"}}},
        },
        "files": {
            "a.zip": {"checksums": {"sha256": "A".repeat(64)}, "size": 3},
            "w.zip": {"checksums": {"sha256": "0".repeat(64)}},
        },
    })
}

fn read(manifest: &Value) -> Manifest {
    Manifest::read(&manifest.to_string()).unwrap()
}

#[test]
fn a_sound_manifest_tells_its_files_and_platforms() {
    let manifest = read(&sample());
    assert_eq!(manifest.platform_types(), ["Windows", "Linux"]);
    let files = manifest.files(Some("1.0.1")).unwrap();
    assert_eq!(files, [("a.zip", "a".repeat(64)), ("w.zip", "0".repeat(64))].into());
    assert!(manifest.files(None).is_ok(), "a version need not have a name");
}

#[test]
fn what_is_no_manifest_is_refused_at_once() {
    assert!(matches!(Manifest::read("{"), Err(ManifestError::Malformed(_))));
    assert!(matches!(Manifest::read("[]"), Err(ManifestError::Malformed(_))));
    assert!(matches!(Manifest::read("{}"), Err(ManifestError::Malformed(_))));
    assert_eq!(Manifest::read(r#"{"schemaVersion":"2.2"}"#), Err(ManifestError::Schema("2.2".to_owned())));
    let mut large = sample();
    large["publisher"] = json!("x".repeat(LARGEST));
    assert_eq!(Manifest::read(&large.to_string()), Err(ManifestError::TooLarge));
}

#[test]
fn each_fault_is_named() {
    let many: serde_json::Map<_, _> = (0..21)
        .map(|number| (format!("f{number}.zip"), json!({"checksums": {"sha256": "0".repeat(64)}})))
        .chain([("a.zip".to_owned(), sample()["files"]["a.zip"].clone())])
        .chain([("w.zip".to_owned(), sample()["files"]["w.zip"].clone())])
        .collect();
    for (pointer, value, words) in [
        ("/version", json!("1.0.2"), "does not match"),
        ("/version", json!("1 0"), "letters, digits"),
        ("/packages", json!({}), "name no file"),
        ("/packages/amazon/_any/x86_64/file", json!("other.zip"), "'other.zip' is not among"),
        ("/packages/amazon/_any", json!({"sparc": {"file": "a.zip"}}), "architecture 'sparc'"),
        ("/packages", json!({"beos": {"5": {"x86": {"file": "a.zip"}}}}), "platform 'beos'"),
        ("/files/a.zip/checksums", json!({"md5": "0"}), "no SHA-256"),
        ("/files/a.zip/checksums/sha256", json!("xyz"), "no SHA-256"),
        ("/files", Value::Object(many), "names 23 files"),
    ] {
        let mut manifest = sample();
        *manifest.pointer_mut(pointer).unwrap() = value;
        let fault = read(&manifest).files(Some("1.0.1")).unwrap_err();
        assert!(fault.contains(words), "{pointer}: {fault}");
    }
}

proptest! {
    #[test]
    fn nothing_breaks_the_reader(text in ".{0,300}") {
        let _ = Manifest::read(&text);
    }

    #[test]
    fn a_manifest_with_any_member_replaced_is_read_or_refused(index in 0_usize..8, text in ".{0,40}") {
        let pointers = [
            "/schemaVersion", "/version", "/packages", "/packages/amazon", "/packages/amazon/_any/x86_64",
            "/files", "/files/a.zip", "/files/a.zip/checksums/sha256",
        ];
        let mut manifest = sample();
        *manifest.pointer_mut(pointers[index]).unwrap() = json!(text);
        if let Ok(manifest) = Manifest::read(&manifest.to_string()) {
            let _ = manifest.files(None);
        }
    }
}
