//! Writing a manifest: the same manifest always gives the same bytes.

use serde_json::Value;

use super::{Manifest, ManifestFile, SCHEMA_VERSION, Versions};

impl Manifest {
    /// The manifest as text: members in the order of AWS's documentation, everything else sorted, two spaces a level,
    /// and a line feed at the end.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut members = vec![
            ("schemaVersion", text(SCHEMA_VERSION)),
            ("packageArn", optional(self.package_arn.as_deref())),
            ("version", text(&self.version)),
            ("publisher", optional(self.publisher.as_deref())),
        ];
        members.retain(|(_, value)| !value.is_empty());
        let packages =
            self.packages.iter().map(|(platform, versions)| (&**platform, platform_text(versions)));
        members.push(("packages", object(packages, 1)));
        let files = self.files.iter().map(|(name, file)| (&**name, file_text(file)));
        members.push(("files", object(files, 1)));
        let mut written = object(members, 0);
        written.push('\n');
        written
    }
}

fn platform_text(versions: &Versions) -> String {
    let versions = versions.iter().map(|(version, architectures)| {
        let architectures = architectures
            .iter()
            .map(|(architecture, file)| (&**architecture, object([("file", text(file))], 4)));
        (&**version, object(architectures, 3))
    });
    object(versions, 2)
}

fn file_text(file: &ManifestFile) -> String {
    let checksums = (!file.sha256.is_empty()).then(|| ("sha256", text(&file.sha256)));
    let mut members = vec![("checksums", object(checksums, 3))];
    members.extend(file.size.map(|size| ("size", size.to_string())));
    members.extend(file.download_location.as_deref().map(|url| ("downloadLocation", text(url))));
    object(members, 2)
}

/// An object whose closing bracket is indented by `level` levels.
fn object<'a>(members: impl IntoIterator<Item = (&'a str, String)>, level: usize) -> String {
    let indent = "  ".repeat(level);
    let members: Vec<_> =
        members.into_iter().map(|(name, value)| format!("{indent}  {}: {value}", text(name))).collect();
    if members.is_empty() { "{}".to_owned() } else { format!("{{\n{}\n{indent}}}", members.join(",\n")) }
}

fn text(text: &str) -> String {
    Value::from(text).to_string()
}

fn optional(value: Option<&str>) -> String {
    value.map(text).unwrap_or_default()
}
