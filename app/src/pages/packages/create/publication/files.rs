//! The zips of a publication, each with how much of it is in S3.

use domain::packages::publications::{Origin, PlannedFile, Publication};
use leptos::prelude::*;

use crate::components::plain_table::PlainTable;
use crate::page::use_language;
use crate::pages::packages::size::size_text;
use crate::text::publication as text;

/// A row a zip.
#[component]
pub fn Files(publication: Signal<Publication>) -> impl IntoView {
    let language = use_language();
    let files = publication.with_untracked(|publication| publication.plan.files.clone());
    let rows = files
        .into_iter()
        .enumerate()
        .map(|(index, file)| {
            let sent = Memo::new(move |_| {
                publication.with(|publication| publication.sent.get(index).copied().unwrap_or_default())
            });
            view! { <File file sent /> }
        })
        .collect_view();
    let headings = vec![
        text::zip(language).into(),
        text::size(language).into(),
        "SHA-256".into(),
        text::sent(language).into(),
    ];
    view! {
        <PlainTable label=text::files(language) headings>{rows}</PlainTable>
    }
    .into_any()
}

#[component]
fn File(file: PlannedFile, sent: Memo<u64>) -> impl IntoView {
    let language = use_language();
    let size = file.zip_size;
    let state = match &file.origin {
        Origin::Carried { document_version } => {
            view! { {text::carried(language, document_version)} }.into_any()
        }
        Origin::InPlace { .. } => view! { {text::in_place(language)} }.into_any(),
        Origin::Uploaded { .. } => {
            let label = text::sent_of(language, &file.zip_name);
            let said = move || text::so_far(language, size_text(sent.get()), size_text(size));
            view! {
                <div class="progress">
                    <progress aria-label=label max=size.to_string() value=move || sent.get().to_string()></progress>
                    <span class="secondary nowrap">{said}</span>
                </div>
            }
            .into_any()
        }
    };
    view! {
        <tr>
            <th scope="row">{file.zip_name}</th>
            <td class="nowrap">{size_text(size)}</td>
            <td><code class="code">{file.zip_sha256}</code></td>
            <td>{state}</td>
        </tr>
    }
    .into_any()
}
