//! Names of files, which are long and have no spaces.

use leptos::prelude::*;

/// A file's name, which a line may end in after `-`, `.` and `_`.
#[component]
pub fn FileName(
    /// The name.
    name: String,
) -> impl IntoView {
    let part = |part: &str| view! { {part.to_owned()}<wbr /> };
    name.split_inclusive(['-', '.', '_']).map(part).collect_view()
}
