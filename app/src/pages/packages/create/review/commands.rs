//! The same with the AWS CLI.

use domain::packages::cli::{Carried, Version, add_version, create, describe, upload};
use domain::packages::drafts::{Draft, DraftFile, DraftKind};
use domain::packages::location::Location;
use domain::packages::preview::{Preview, ZipPreview};
use leptos::prelude::*;

use crate::components::code_block::CodeBlock;
use crate::components::container::Container;
use crate::page::{use_language, use_page};
use crate::pages::packages::create::steps::Work;
use crate::text::{publish_check, publish_review as text};

/// What would do the same in a pipeline.
#[component]
pub fn Commands(work: Work, preview: Preview) -> impl IntoView {
    let language = use_language();
    let region =
        use_page().with_value(|page| page.aws.as_ref().map(|aws| aws.region.clone()).unwrap_or_default());
    let hint = match work.kind() {
        DraftKind::Simple => text::cli_hint(language),
        DraftKind::Advanced => publish_check::cli_hint(language),
    };
    let code = work.draft.with_untracked(|draft| commands(&region, draft, &preview));
    view! {
        <Container title=text::cli(language) description=hint>
            <CodeBlock code label=text::cli(language) />
        </Container>
    }
    .into_any()
}

fn commands(region: &str, draft: &Draft, preview: &Preview) -> String {
    let contents = &draft.contents;
    let location = Location { bucket: contents.bucket.clone(), prefix: contents.prefix.clone() };
    let base = contents.base.as_ref();
    let number = base.and_then(|base| base.document_version.parse().ok()).unwrap_or_default();
    let stays = |zip: &&ZipPreview| {
        let before = draft.file(&zip.file).and_then(DraftFile::base_zip);
        before.is_some_and(|before| before.sha256 == zip.sha256)
    };
    let (carried, sent): (Vec<_>, Vec<_>) = preview.zips.iter().partition(stays);
    let carried: Vec<_> =
        carried.iter().map(|zip| Carried { file: &zip.name, document_version: number }).collect();
    let sent: Vec<_> = sent.iter().map(|zip| zip.name.as_str()).collect();
    let version = Version {
        package: &contents.name,
        version_name: &contents.version_name,
        location: &location,
        sent: &sent,
        carried: &carried,
    };
    let publish = if base.is_some() { add_version(region, &version) } else { create(region, &version, &[]) };
    if contents.kind == DraftKind::Advanced {
        return [publish, describe(region, &contents.name)].join("\n\n");
    }
    let upload = upload(region, &location, sent);
    [upload, publish, describe(region, &contents.name)].join("\n\n")
}
