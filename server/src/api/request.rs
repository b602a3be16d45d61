//! What a pipeline asks for.

use domain::packages::drafts::{DraftChange, EditedScripts};
use domain::packages::platform::Target;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A publication that is to be begun. Where the account has a package of this name, it gets another version.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublicationRequest {
    /// Name of the package: 3–128 letters, digits, `_`, `-` and `.`; not beginning with `aws`, `amazon` or `amzn`.
    #[schema(example = "Web-Agent")]
    pub name: String,
    /// Name of the version: 1–128 letters, digits, `_`, `-` and `.`. Without one, nodes can install it only as the default.
    #[schema(example = "1.2.3")]
    pub version_name: Option<String>,
    /// Who publishes the software, for the manifest.
    pub publisher: Option<String>,
    /// The S3 bucket that the files go to.
    #[schema(example = "packages")]
    pub bucket: String,
    /// Where in it; by default a folder of the package's and version's names.
    pub prefix: Option<String>,
    /// The software: 1–20 `.deb`, `.rpm` or `.msi` files.
    pub files: Vec<FileRequest>,
}

/// A file that is to be sent.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FileRequest {
    /// Its name.
    #[schema(example = "web-agent_1.2.3_amd64.deb")]
    pub file_name: String,
    /// Its size in bytes.
    #[schema(minimum = 1)]
    pub size: u64,
    /// Nodes that it is for; by default those that the file itself speaks of.
    #[serde(default)]
    pub targets: Vec<TargetBody>,
    /// Its scripts, where they are not to be the generated ones.
    #[serde(default)]
    pub scripts: ScriptsBody,
}

/// Nodes of a platform.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TargetBody {
    /// As in the manifest, such as `ubuntu`, `amazon`, `windows`, `_any`.
    #[schema(example = "ubuntu")]
    pub platform: String,
    /// As in the manifest, such as `22.04`, `7.*`, `_any`.
    #[serde(default = "any")]
    #[schema(example = "_any")]
    pub version: String,
    /// As in the manifest, such as `x86_64`, `arm64`, `_any`.
    #[serde(default = "any")]
    #[schema(example = "x86_64")]
    pub architecture: String,
}

fn any() -> String {
    "_any".to_owned()
}

/// Scripts of a file: `sh`, for `.msi` PowerShell. Those that are left out are generated, but for `update` and `validate`,
/// which are then none.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScriptsBody {
    /// Installs.
    pub install: Option<String>,
    /// Updates in place.
    pub update: Option<String>,
    /// Uninstalls.
    pub uninstall: Option<String>,
    /// Says whether what is installed is sound.
    pub validate: Option<String>,
}

impl PublicationRequest {
    /// Names of package, version and publisher.
    pub fn details(&self, publisher: &str) -> DraftChange {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let given = text(&self.publisher);
        DraftChange::Details {
            name: self.name.clone(),
            version_name: text(&self.version_name),
            publisher: if given.is_empty() { publisher.to_owned() } else { given },
        }
    }
}

impl FileRequest {
    /// What is given of the draft's file of this id.
    pub fn changes(&self, id: &str) -> Vec<DraftChange> {
        let target =
            |target: &TargetBody| Target::new(&target.platform, &target.version, &target.architecture);
        let targets: Vec<_> = self.targets.iter().map(target).collect();
        let ScriptsBody { install, update, uninstall, validate } = self.scripts.clone();
        let scripts = EditedScripts { install, update, uninstall, validate };
        let targets = (!targets.is_empty()).then(|| DraftChange::Targets { file: id.to_owned(), targets });
        let scripts = (scripts != EditedScripts::default())
            .then(|| DraftChange::Scripts { file: id.to_owned(), scripts });
        targets.into_iter().chain(scripts).collect()
    }
}
