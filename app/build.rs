//! Turns `locales/{en,ja}/<area>.json` into typed functions, `text::<area>::<key>(language, …)`, and fails when a
//! key or a placeholder stands in one language only.
#![expect(clippy::panic, reason = "a build script reports by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

type Area = BTreeMap<String, String>;

fn main() {
    println!("cargo::rerun-if-changed=locales");
    let english = read(Path::new("locales/en"));
    let japanese = read(Path::new("locales/ja"));
    same_keys("area", "", &english, &japanese);

    let mut code = String::new();
    for (area, en) in &english {
        let ja = &japanese[area];
        same_keys("key", area, en, ja);
        let _ = writeln!(code, "/// Texts of `{area}`.\npub mod {area} {{\n    use super::Language;");
        for (key, en) in en {
            code.push_str(&function(area, key, en, &ja[key]));
        }
        code.push_str("}\n");
    }
    let out = env::var_os("OUT_DIR").unwrap_or_else(|| panic!("OUT_DIR is not set"));
    fs::write(Path::new(&out).join("text.rs"), code).unwrap_or_else(|error| panic!("text.rs: {error}"));
}

fn read(folder: &Path) -> BTreeMap<String, Area> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries
        .map(|entry| entry.unwrap_or_else(|error| panic!("{}: {error}", folder.display())).path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            let area = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let text =
                fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let texts =
                serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            (area, texts)
        })
        .collect()
}

fn same_keys<V>(what: &str, area: &str, en: &BTreeMap<String, V>, ja: &BTreeMap<String, V>) {
    let keys = |map: &BTreeMap<String, V>| map.keys().cloned().collect::<BTreeSet<_>>();
    let odd: Vec<_> = keys(en).symmetric_difference(&keys(ja)).cloned().collect();
    assert!(odd.is_empty(), "locales: {what} in one language only: {area} {odd:?}");
}

fn function(area: &str, key: &str, en: &str, ja: &str) -> String {
    let names = placeholders(en);
    let set = |names: &[String]| names.iter().cloned().collect::<BTreeSet<_>>();
    assert!(
        set(&names) == set(&placeholders(ja)),
        "locales: {area}.{key} has other placeholders in Japanese"
    );
    let select = format!("match language {{ Language::En => {en:?}, Language::Ja => {ja:?} }}");
    let doc = format!("    /// ```text\n    /// {}\n    /// ```", en.replace('\n', " "));
    if names.is_empty() {
        return format!(
            "{doc}\n    #[must_use]\n    pub fn {key}(language: Language) -> &'static str {{ {select} }}\n"
        );
    }
    let parameters: String = names.iter().map(|name| format!(", {name}: impl std::fmt::Display")).collect();
    let values: String =
        names.iter().map(|name| format!("({name:?}, &{name} as &dyn std::fmt::Display), ")).collect();
    format!(
        "{doc}\n    #[must_use]\n    pub fn {key}(language: Language{parameters}) -> String {{ super::fill({select}, &[{values}]) }}\n"
    )
}

/// The names in `{braces}`, each once, in the order of the English text: that of the function's parameters.
fn placeholders(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (name, _) in text.split('{').skip(1).filter_map(|rest| rest.split_once('}')) {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}
