//! The same with the AWS CLI.

use leptos::prelude::*;

use crate::components::code_block::CodeBlock;
use crate::page::{use_language, use_page};
use crate::text::packages as text;

/// A command to copy into a pipeline.
#[component]
pub fn Command(
    /// The command.
    #[prop(into)]
    command: Signal<String>,
) -> impl IntoView {
    let language = use_language();
    view! {
        <details class="expandable">
            <summary>{text::cli(language)}</summary>
            <CodeBlock code=command label=text::cli(language) />
        </details>
    }
    .into_any()
}

/// The Region that commands name.
pub(super) fn use_region() -> String {
    use_page().with_value(|page| page.aws.as_ref().map(|aws| aws.region.clone()).unwrap_or_default())
}
