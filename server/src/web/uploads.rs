//! Files of drafts, as they come: the only requests that may be large and long.

use app::packages::drafts::open;
use app::page::PageContext;
use app::server::Caller;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{post, put};
use axum::{Extension, Json, Router};
use domain::errors::ApiError;
use domain::packages::drafts::{Draft, DraftFile, FileState, Step};
use domain::packages::limits::MAX_FILE_BYTES;
use domain::permission::Permission;

use super::Console;
use super::errors::{api_error, bad_request};
use crate::publish::{FormFile, Receipt, UploadFailure};

/// Where in the file a request's bytes begin, and where an answer says that the file stops: as in the IETF's draft of
/// resumable uploads.
pub const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");
/// How many bytes the file will have.
pub const UPLOAD_LENGTH: HeaderName = HeaderName::from_static("upload-length");
/// The form's field that holds files.
const FILE_FIELD: &str = "file";

/// The routes; whoever merges them sees to it that somebody has signed in.
pub fn routes(console: Console) -> Router {
    Router::new()
        .route("/packages/drafts/{id}/files/{file}", put(receive).head(offset))
        .route("/packages/drafts/{id}/files", post(receive_form))
        .with_state(console)
}

/// `HEAD /packages/drafts/{id}/files/{file}`: how much of the file is there.
async fn offset(
    State(console): State<Console>,
    Extension(page): Extension<PageContext>,
    Path((draft, file)): Path<(String, String)>,
) -> Response {
    if let Err(error) = permitted(&console, page, &draft).await {
        return api_error(&error);
    }
    match console.drafts.offset(&draft, &file).await {
        Ok((received, size)) => {
            (StatusCode::NO_CONTENT, [(UPLOAD_OFFSET, received), (UPLOAD_LENGTH, size)].map(header))
                .into_response()
        }
        Err(error) => api_error(&error),
    }
}

/// `PUT /packages/drafts/{id}/files/{file}`: bytes of an announced file from `Upload-Offset` on, or from its beginning.
///
/// Answers with the file as it then stands: 200 when it is ready, 202 when more is to come, 422 when it is refused. 409
/// when it does not go on where the file stops, which `Upload-Offset` then tells.
async fn receive(
    State(console): State<Console>,
    Extension(page): Extension<PageContext>,
    Path((draft, file)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let Some(offset) = offset_of(&headers) else { return bad_request(&"Upload-Offset is no number") };
    if let Err(error) = permitted(&console, page, &draft).await {
        return api_error(&error);
    }
    // On a task of its own: a browser that goes away must not end what is being written or looked at in the middle.
    let received =
        tokio::spawn(
            async move { console.drafts.receive(&draft, &file, offset, body.into_data_stream()).await },
        );
    match received.await.unwrap_or(Err(UploadFailure::Api(ApiError::Internal))) {
        Ok(Receipt::Partial(file)) => answer(StatusCode::ACCEPTED, &file),
        Ok(Receipt::Whole(file)) => answer(settled(&file), &file),
        Err(UploadFailure::Settled(file)) if offset == file.size => answer(settled(&file), &file),
        Err(UploadFailure::Settled(file)) => answer(StatusCode::CONFLICT, &file),
        Err(UploadFailure::Offset { received }) => {
            (StatusCode::CONFLICT, [header((UPLOAD_OFFSET, received))]).into_response()
        }
        Err(UploadFailure::Broken) => StatusCode::REQUEST_TIMEOUT.into_response(),
        Err(UploadFailure::Api(error)) => api_error(&error),
    }
}

/// `POST /packages/drafts/{id}/files`: a form's files, one after another. The step's page tells what came of each.
async fn receive_form(
    State(console): State<Console>,
    Extension(page): Extension<PageContext>,
    Path(draft): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    if let Err(error) = permitted(&console, page, &draft).await {
        return api_error(&error);
    }
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let boundary = match multer::parse_boundary(text(CONTENT_TYPE).unwrap_or_default()) {
        Ok(boundary) => boundary,
        Err(error) => return bad_request(&error),
    };
    let at_most = text(CONTENT_LENGTH).and_then(|length| length.parse().ok()).unwrap_or(MAX_FILE_BYTES);
    let form = multer::Multipart::new(body.into_data_stream(), boundary);
    let received = tokio::spawn(receive_files(console, draft, at_most, form));
    received.await.unwrap_or_else(|_| api_error(&ApiError::Internal))
}

async fn receive_files(
    console: Console,
    draft: String,
    at_most: u64,
    mut form: multer::Multipart<'static>,
) -> Response {
    let next = format!("/packages/drafts/{draft}/{}", Step::Software.name());
    loop {
        let field = match form.next_field().await {
            Ok(None) => return Redirect::to(&next).into_response(),
            Ok(Some(field)) => field,
            Err(error) => return bad_request(&error),
        };
        // A field where no file was chosen comes with an empty name.
        let name = field.file_name().filter(|name| !name.is_empty()).map(str::to_owned);
        let (Some(name), true) = (name, field.name() == Some(FILE_FIELD)) else { continue };
        match console.drafts.receive_form(&draft, FormFile { name, at_most, bytes: field }).await {
            Ok(_) => {}
            Err(UploadFailure::Api(error)) => return api_error(&error),
            Err(failure) => return bad_request(&format!("{failure:?}")),
        }
    }
}

async fn permitted(console: &Console, page: PageContext, draft: &str) -> Result<Draft, ApiError> {
    let person = page.person.ok_or(ApiError::Unauthenticated)?;
    if !person.role.allows(Permission::PublishPackage) {
        return Err(ApiError::Forbidden);
    }
    let caller =
        Caller { person, region: console.aws.region.clone(), ports: console.ports.clone(), token: None };
    open(&caller, draft).await
}

/// The offset that a request gives, 0 without one; none for what is no number.
pub fn offset_of(headers: &HeaderMap) -> Option<u64> {
    match headers.get(UPLOAD_OFFSET) {
        None => Some(0),
        Some(value) => value.to_str().ok()?.parse().ok(),
    }
}

fn settled(file: &DraftFile) -> StatusCode {
    match file.state {
        FileState::Refused { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    }
}

fn answer(status: StatusCode, file: &DraftFile) -> Response {
    (status, [header((UPLOAD_OFFSET, file.received))], Json(file)).into_response()
}

fn header((name, value): (HeaderName, u64)) -> (HeaderName, HeaderValue) {
    (name, HeaderValue::from(value))
}
