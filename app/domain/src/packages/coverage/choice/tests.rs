//! The agent's rules, one by one.

use proptest::prelude::*;

use super::*;
use crate::packages::manifest::ManifestFile;
use crate::packages::manifest::testing::{VERSION_KEYS, any_manifest};

/// A manifest with a file of its own for every place, called after it.
fn manifest(places: &[(&str, &str, &str)]) -> Manifest {
    let mut manifest = Manifest::default();
    for (platform, version, architecture) in places {
        let file = format!("{platform}/{version}/{architecture}");
        manifest.files.insert(file.clone(), ManifestFile::default());
        let versions = manifest.packages.entry((*platform).to_owned()).or_default();
        versions.entry((*version).to_owned()).or_default().insert((*architecture).to_owned(), file);
    }
    manifest
}

fn version_taken(keys: &[&str], version: &str) -> Option<String> {
    let places: Vec<_> = keys.iter().map(|key| ("redhat", *key, "_any")).collect();
    choose(&manifest(&places), "redhat", version, "x86_64").ok().map(|choice| choice.keys.version)
}

#[test]
fn the_best_version_is_taken() {
    for (keys, version, taken) in [
        (&["7.9", "7.*", "_any"][..], "7.9", Some("7.9")),
        (&["7.9", "7.*", "_any"], "7.8", Some("7.*")),
        (&["7.*"], "7", Some("7.*")),
        (&["7.*"], "7.9.2009", Some("7.*")),
        (&["7.*"], "70", None),
        (&["7.*"], "17.1", None),
        (&["7.9.*"], "7", None),
        (&["10.0.*", "10.*"], "10.0.20348", Some("10.0.*")),
        (&["10.0.*", "10.0.20348.*", "10.*"], "10.0.20348", Some("10.0.20348.*")),
        (&["9.*", "_any", "*"], "8.10", Some("_any")),
        (&["9.*", "*"], "8.10", Some("*")),
        (&["9"], "9.4", None),
        (&["9*", "9."], "9.4", None),
        (&["_any"], "", Some("_any")),
        // Windows Nano Server: only keys with its word, and the word stays in the version's last part.
        (&["10.0.*", "_any"], "10.0.14393nano", Some("_any")),
        (&["10.0.*nano", "_any"], "10.0.14393nano", Some("10.0.*nano")),
        (&["10.0.14393.*nano"], "10.0.14393nano", None),
        (&["10.0.*nano"], "10.0.14393", None),
    ] {
        assert_eq!(version_taken(keys, version).as_deref(), taken, "{version} of {keys:?}");
    }
}

#[test]
fn the_agent_never_goes_back() {
    let places = [
        ("amazon", "2", "x86_64"),
        ("amazon", "_any", "_any"),
        ("_any", "_any", "_any"),
        ("ubuntu", "22.04", "_any"),
    ];
    let manifest = manifest(&places);
    let file = |platform, version, architecture| choose(&manifest, platform, version, architecture);
    assert_eq!(file("amazon", "2", "x86_64").unwrap().file, "amazon/2/x86_64");
    assert_eq!(file("amazon", "2023", "arm64").unwrap().file, "amazon/_any/_any");
    assert_eq!(file("debian", "12", "arm64").unwrap().file, "_any/_any/_any");
    for (platform, version, architecture, text) in [
        ("amazon", "2", "arm64", "platform: amazon, version 2, architecture arm64"),
        ("ubuntu", "24.04", "x86_64", "platform: ubuntu, version 24.04, architecture x86_64"),
    ] {
        let error = file(platform, version, architecture).unwrap_err().text();
        assert_eq!(error, format!("failed to find platform: no manifest found for {text}"));
    }
}

#[test]
fn a_file_must_be_listed() {
    let mut manifest = manifest(&[("ubuntu", "_any", "_any")]);
    manifest.files.clear();
    let error = choose(&manifest, "ubuntu", "24.04", "x86_64").unwrap_err();
    assert_eq!(error.text(), "failed to find file for &{FileName:ubuntu/_any/_any}");
}

#[test]
fn x86_is_not_what_the_agent_calls_it() {
    let manifest = manifest(&[("windows", "_any", "x86")]);
    assert!(choose(&manifest, "windows", "10.0.20348", "386").is_err());
}

#[test]
fn what_falls_under_what() {
    for (version, general) in
        [("7.9", "7.*"), ("7.9.*", "7.*"), ("7", "7.*"), ("7.*", "_any"), ("7", "*"), ("_any", "*")]
    {
        assert!(version_falls_under(version, general), "{version} {general}");
        assert!(!version_falls_under(general, version), "{general} {version}");
    }
    assert!(!version_falls_under("7.*", "7.*"));
    assert!(!version_falls_under("8", "7.*"));
}

proptest! {
    #[test]
    fn a_file_is_that_of_its_keys_and_an_error_has_a_reason(
        manifest in any_manifest(),
        platform in proptest::sample::select(&["amazon", "ubuntu", "windows", "debian"][..]),
        version in "7|7\\.9|7\\.9\\.1|10\\.0\\.20348|22\\.04|",
        architecture in proptest::sample::select(&["x86_64", "arm64", "386", "arm"][..]),
    ) {
        let platform_key = [platform, ANY].into_iter().find(|key| manifest.packages.contains_key(*key));
        match choose(&manifest, platform, &version, architecture) {
            Ok(Choice { file, keys }) => {
                prop_assert_eq!(Some(&*keys.platform), platform_key);
                prop_assert_eq!(&manifest.packages[&keys.platform][&keys.version][&keys.architecture], &file);
                prop_assert!(keys.architecture == architecture || keys.architecture == ANY);
                // No other key that fits is a better one.
                for other in manifest.packages[&keys.platform].keys() {
                    let fits = *other == version || wildcard_parts(other, &version).is_some();
                    prop_assert!(!fits || !version_falls_under(other, &keys.version), "{other} before {}", keys.version);
                }
            }
            // Somewhere on the one way that the agent takes, nothing fits; other ways do not count.
            Err(_) => {
                let versions = platform_key.map(|key| &manifest.packages[key]);
                let taken = versions.and_then(|versions| Some(&versions[best_version(versions, &version)?]));
                prop_assert!(taken.is_none_or(|taken| !taken.contains_key(architecture) && !taken.contains_key(ANY)));
            }
        }
    }

    #[test]
    fn the_longest_wildcard_wins(version in "(7|10)(\\.(0|9|20348)){0,3}") {
        let places: Vec<_> = VERSION_KEYS.iter().map(|key| ("amazon", *key, "_any")).collect();
        let taken = choose(&manifest(&places), "amazon", &version, "x86_64").unwrap().keys.version;
        let wildcards = VERSION_KEYS.iter().filter(|key| {
            key.strip_suffix('*').is_some_and(|begin| !begin.is_empty() && format!("{version}.").starts_with(begin))
        });
        let longest = wildcards.max_by_key(|key| key.len()).copied();
        let expected = if VERSION_KEYS.contains(&&*version) { Some(&*version) } else { longest };
        prop_assert_eq!(taken, expected.unwrap_or(ANY));
    }
}
