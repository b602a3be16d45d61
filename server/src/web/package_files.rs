//! `GET /packages/{name}/file?version=2&file=tool.zip`: a file of a package, through the console. SSM's own link to it never
//! leaves the server.

use app::page::PageContext;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use domain::errors::ApiError;
use domain::packages::address::name_of;
use domain::permission::Permission;
use serde::Deserialize;

use super::Console;
use super::errors::api_error;

/// Which file.
#[derive(Deserialize)]
pub struct Wanted {
    version: u64,
    file: String,
}

/// Streams the file.
pub async fn download(
    State(console): State<Console>,
    Extension(page): Extension<PageContext>,
    Path(segment): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Response {
    if !page.may(Permission::DownloadPackage) {
        return api_error(&ApiError::Forbidden);
    }
    let Some(name) = name_of(&segment) else { return api_error(&ApiError::NotFound) };
    let file = match console.ports.packages.open(&name, wanted.version, &wanted.file).await {
        Ok(file) => file,
        Err(error) => return api_error(&error),
    };
    let username = page.person.map(|person| person.username);
    tracing::info!(
        username,
        package = name,
        version = wanted.version,
        file = file.name,
        "a file is downloaded"
    );
    let headers = [
        (CONTENT_TYPE, "application/zip".to_owned()),
        (CONTENT_LENGTH, file.size.to_string()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", plain(&file.name))),
    ];
    (headers, file.body).into_response()
}

/// SSM names files by letters, digits and `_ - .` (SSM API: `AttachmentName`); anything else would be for the header to
/// misread.
fn plain(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || "_-.".contains(c) { c } else { '_' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_never_ends_the_header() {
        assert_eq!(plain("tool-1.0_x86.rpm.zip"), "tool-1.0_x86.rpm.zip");
        assert_eq!(plain("a\"; filename=\"b.exe\r\nX: y"), "a___filename__b.exe__X__y");
    }
}
