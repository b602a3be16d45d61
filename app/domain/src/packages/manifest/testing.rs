//! Manifests for tests.

use std::collections::BTreeMap;

use proptest::collection::btree_map;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::{Manifest, ManifestFile};

pub const SUM: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
pub const OTHER_SUM: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

/// Without a fault, as Sekisho writes it.
pub const TEXT: &str = r#"{
  "schemaVersion": "2.0",
  "version": "1.0.1",
  "publisher": "Example",
  "packages": {
    "redhat": {
      "9.*": {
        "_any": {
          "file": "agent.rpm.zip"
        }
      }
    },
    "ubuntu": {
      "_any": {
        "x86_64": {
          "file": "agent.deb.zip"
        }
      }
    }
  },
  "files": {
    "agent.deb.zip": {
      "checksums": {
        "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
      }
    },
    "agent.rpm.zip": {
      "checksums": {
        "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
      }
    }
  }
}
"#;

/// Keys that fall under one another in many ways.
pub const VERSION_KEYS: [&str; 8] = ["7", "7.9", "7.*", "7.9.*", "10.0.*", "10.0.20348", "_any", "*"];

/// Manifests without an error, of few names, so that they meet.
pub fn any_manifest() -> impl Strategy<Value = Manifest> {
    let files: &'static [&'static str] = &["a.zip", "b.zip", "c.zip"];
    let architectures = btree_map(
        select(&["x86_64", "arm64", "386", "arm", "_any"][..]).prop_map(str::to_owned),
        select(files).prop_map(str::to_owned),
        1..4,
    );
    let versions = btree_map(select(&VERSION_KEYS[..]).prop_map(str::to_owned), architectures, 1..4);
    let platforms = select(&["amazon", "ubuntu", "redhat", "windows", "_any"][..]).prop_map(str::to_owned);
    let file = (select(&[SUM, OTHER_SUM][..]), option::of(any::<u64>()), option::of(".{0,8}")).prop_map(
        |(sha256, size, download_location)| ManifestFile {
            sha256: sha256.to_owned(),
            size,
            download_location,
        },
    );
    let described: Vec<_> = files.iter().map(|_| file.clone()).collect();
    let publisher = option::of(".{0,12}");
    (btree_map(platforms, versions, 1..4), described, publisher, "[a-zA-Z0-9._-]{1,12}").prop_map(
        move |(packages, described, publisher, version)| {
            let names = files.iter().map(|name| (*name).to_owned());
            let files: BTreeMap<_, _> = names.zip(described).collect();
            Manifest { version, publisher, package_arn: None, packages, files }
        },
    )
}
