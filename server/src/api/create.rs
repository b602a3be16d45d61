//! Beginning a publication.

use app::packages::drafts::{change, may_add_version};
use app::ports::Drafts as _;
use app::server::Caller;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::{HeaderMap, HeaderName, StatusCode};
use domain::errors::{ApiError, FieldError, Rule};
use domain::packages::catalogue::PackageStatus;
use domain::packages::drafts::{Base, Draft, DraftChange, DraftKind, FileState, NewDraft, NewFile};
use domain::packages::limits::MAX_FILES;
use domain::packages::location::default_prefix;
use domain::packages::name::name_rule;
use domain::packages::publications::Stage;
use time::Duration;

use super::bearer::ByToken;
use super::error::{ErrorBody, Failure, FieldBody, tag};
use super::publications::shown;
use super::request::PublicationRequest;
use super::view::PublicationBody;
use crate::hash::sha256_hex;
use crate::store::StoreError;
use crate::store::api_requests::{ApiRequests, Known, Reserved};
use crate::web::Console;

/// A key that stands for a request: sent twice, it is one publication.
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Longest key, in bytes.
const MAX_KEY: usize = 255;
/// Making a publication takes no longer than this: whoever is still not done with it has ended in the middle.
const MADE_WITHIN: Duration = Duration::seconds(60);

/// The keys, and the one under which something is asked for.
type Key = (ApiRequests, String);

/// Begin a publication.
///
/// Where the account has a package of this name, it gets another version. Next, send each file, then publish. With an
/// `Idempotency-Key`, a request that was sent before leads to the same publication, whatever has become of it; one that
/// has failed is begun anew. While that request is still being answered, another is refused: send it again in a moment.
#[utoipa::path(
    post,
    path = "/api/v1/publications",
    tag = "publications",
    security(("token" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "At most 255 characters; kept for 90 days.")),
    request_body = PublicationRequest,
    responses(
        (status = 201, description = "Begun.", body = PublicationBody),
        (status = 200, description = "Begun before, by the same request under the same key.", body = PublicationBody),
        (status = 401, description = "No token that works.", body = ErrorBody),
        (status = 403, description = "The package is another publisher's.", body = ErrorBody),
        (status = 409, description = "The key was used for another request, or the same is under way.", body = ErrorBody),
        (status = 422, description = "Something is wrong with a field.", body = ErrorBody),
    )
)]
pub async fn create(
    State(console): State<Console>,
    ByToken(caller): ByToken,
    headers: HeaderMap,
    body: Result<Json<PublicationRequest>, JsonRejection>,
) -> Result<(StatusCode, Json<PublicationBody>), Failure> {
    let Json(request) = body.map_err(|error| Failure::new(error.status(), "invalid", error.body_text()))?;
    let fresh = console.ports.random.uuid();
    let key = match key_of(&headers)? {
        None => None,
        Some(key) => {
            let requests = ApiRequests::new(console.store.clone(), console.ports.clock.clone());
            let key = (requests, key);
            if let Some(id) = reserve(&console, &caller, &request, &key, &fresh).await? {
                return Ok((StatusCode::OK, Json(shown(&caller, &id).await?)));
            }
            Some(key)
        }
    };
    // On a task of its own: a client that hangs up does not leave half a publication.
    let making = tokio::spawn(make(console, caller, request, fresh, key));
    let made = making.await.map_err(|_| ApiError::Internal)??;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Lets a key stand for a fresh id; the id that it stands for already, if what was made under it still stands.
async fn reserve(
    console: &Console,
    caller: &Caller,
    request: &PublicationRequest,
    (requests, key): &Key,
    fresh: &str,
) -> Result<Option<String>, Failure> {
    let key = (caller.person.username.as_str(), key.as_str());
    let asked = serde_json::to_string(request).map_err(|_| ApiError::Internal)?;
    let known = match requests.reserve(key, &sha256_hex(&asked), fresh).await.map_err(internal)? {
        Reserved::New => return Ok(None),
        Reserved::Differs => {
            let message = "This Idempotency-Key was used for another request.";
            return Err(Failure::new(StatusCode::CONFLICT, "idempotency_key_reused", message));
        }
        Reserved::Known(known) => known,
    };
    let is_left = match before(console, caller, &known).await? {
        Before::Stands => return Ok(Some(known.id)),
        Before::UnderWay => return Err(under_way().into()),
        Before::Gone => false,
        Before::Over => true,
    };
    if !requests.renew(key, &known, fresh).await.map_err(internal)? {
        return Err(under_way().into());
    }
    if is_left && let Err(error) = remove(console, &known.id).await {
        requests.forget(key, fresh).await.map_err(internal)?;
        return Err(error.into());
    }
    Ok(None)
}

/// What a request has led to before.
enum Before {
    /// A publication that is to be gone on with, or is done.
    Stands,
    /// It is being made at this moment.
    UnderWay,
    /// Nothing that is still there.
    Gone,
    /// A publication that has failed, or was not made to its end.
    Over,
}

async fn before(console: &Console, caller: &Caller, known: &Known) -> Result<Before, ApiError> {
    if !known.made {
        let is_young = console.ports.clock.now() - known.begun <= MADE_WITHIN;
        return Ok(if is_young { Before::UnderWay } else { Before::Over });
    }
    match console.ports.publications.get(&known.id).await {
        Ok(publication) if matches!(publication.stage, Stage::Failed { .. }) => return Ok(Before::Over),
        Ok(_) => return Ok(Before::Stands),
        Err(ApiError::NotFound) => {}
        Err(error) => return Err(error),
    }
    match app::packages::drafts::open(caller, &known.id).await {
        Ok(_) => Ok(Before::Stands),
        Err(ApiError::NotFound) => Ok(Before::Gone),
        Err(error) => Err(error),
    }
}

/// Makes a publication to its end, or not at all.
async fn make(
    console: Console,
    caller: Caller,
    request: PublicationRequest,
    id: String,
    key: Option<Key>,
) -> Result<PublicationBody, Failure> {
    let begun = begin(&console, &caller, id.clone(), &request).await;
    if let Some((requests, key)) = &key {
        let key = (caller.person.username.as_str(), key.as_str());
        if begun.is_err() {
            requests.forget(key, &id).await.map_err(internal)?;
        } else if !requests.made(key, &id).await.map_err(internal)? {
            // It took so long that another request has taken its place.
            remove(&console, &id).await?;
            return Err(under_way().into());
        }
    }
    begun?;
    Ok(shown(&caller, &id).await?)
}

fn under_way() -> ApiError {
    ApiError::Conflict { reason: "the same is being asked for at this moment".to_owned() }
}

async fn begin(
    console: &Console,
    caller: &Caller,
    id: String,
    request: &PublicationRequest,
) -> Result<(), Failure> {
    check(request)?;
    let base = base_of(caller, &request.name).await?;
    if let Some(rule) = caller.rights().await?.name_rule(&request.name) {
        return Err(ApiError::field("name", rule).into());
    }
    let new = NewDraft { base, ..NewDraft::new(DraftKind::Simple) };
    let draft = console.drafts.create_as(id, &caller.person.username, new).await?;
    let id = draft.id.clone();
    let filled = fill(console, caller, draft, request).await;
    if filled.is_err() {
        remove(console, &id).await?;
    }
    filled
}

fn check(request: &PublicationRequest) -> Result<(), ApiError> {
    let required = |field: &str, text: &str| text.is_empty().then(|| (field.to_owned(), Rule::Required));
    let files = match request.files.len() {
        0 => Some(Rule::Required),
        count if count > MAX_FILES => {
            Some(Rule::TooMany { max: u32::try_from(MAX_FILES).unwrap_or(u32::MAX) })
        }
        _ => None,
    };
    let name = name_rule(&request.name).map(|rule| ("name".to_owned(), rule));
    let errors = [name, required("bucket", &request.bucket), files.map(|rule| ("files".to_owned(), rule))];
    let fields: Vec<_> =
        errors.into_iter().flatten().map(|(field, rule)| FieldError { field, rule }).collect();
    if fields.is_empty() { Ok(()) } else { Err(ApiError::Invalid { fields }) }
}

/// The package's last version that is active, where there is such a package.
async fn base_of(caller: &Caller, name: &str) -> Result<Option<Base>, ApiError> {
    let package = match may_add_version(caller, name).await {
        Ok(package) => package,
        Err(ApiError::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let active = package.versions.iter().find(|version| version.status == Some(PackageStatus::Active));
    let version = active.or(package.versions.first()).ok_or(ApiError::NotFound)?;
    Ok(Some(Base { name: name.to_owned(), document_version: version.number.to_string() }))
}

/// Gives the draft all that was asked for.
async fn fill(
    console: &Console,
    caller: &Caller,
    draft: Draft,
    request: &PublicationRequest,
) -> Result<(), Failure> {
    let suffix = draft.id.split('-').next().unwrap_or_default();
    let version = request.version_name.as_deref().unwrap_or_default();
    let prefix = request.prefix.clone().unwrap_or_else(|| default_prefix(&request.name, version, suffix));
    let place = DraftChange::Location { bucket: request.bucket.clone(), prefix };
    let changes = vec![request.details(&draft.contents.publisher), place];
    // Not by `change`: until it has its name, a draft is none that a token with a scope may open.
    let fields = caller.rights().await?.change_errors(&changes);
    if !fields.is_empty() {
        return Err(ApiError::Invalid { fields }.into());
    }
    let mut draft = console.drafts.change(&draft.id, draft.revision, changes).await?;
    let mut ids = Vec::new();
    for (place, file) in request.files.iter().enumerate() {
        let new = NewFile { file_name: file.file_name.clone(), size: file.size };
        let added = console.drafts.add_file(&draft.id, new).await?;
        if let FileState::Refused { reason } = &added.state {
            let message = app::pages::packages::create::refused_text(domain::language::Language::En, reason);
            let field = FieldBody { field: format!("files.{place}"), code: tag(reason, "reason"), message };
            let invalid = Failure::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", field.message.clone());
            return Err(invalid.with_fields(vec![field]));
        }
        ids.push(added.id);
    }
    let changes: Vec<_> = request.files.iter().zip(&ids).flat_map(|(file, id)| file.changes(id)).collect();
    if !changes.is_empty() {
        draft = change(caller, &draft.id, draft.revision, changes)
            .await
            .map_err(|error| by_place(error, &ids))?;
    }
    tracing::info!(id = draft.id, package = request.name, "a publication was begun by token");
    Ok(())
}

/// The errors at the places of the request: the draft knows files by their ids.
fn by_place(error: ApiError, ids: &[String]) -> ApiError {
    let ApiError::Invalid { mut fields } = error else { return error };
    for error in &mut fields {
        for (place, id) in ids.iter().enumerate() {
            if let Some(row) = error.field.strip_prefix(&format!("target.{id}")) {
                error.field = format!("files.{place}.targets{row}");
            } else if let Some(action) = error.field.strip_suffix(&format!(".{id}")) {
                error.field = format!("files.{place}.scripts.{action}");
            }
        }
    }
    ApiError::Invalid { fields }
}

async fn remove(console: &Console, id: &str) -> Result<(), ApiError> {
    match console.drafts.remove(id).await {
        Ok(()) | Err(ApiError::NotFound) => Ok(()),
        Err(error) => Err(error),
    }
}

fn key_of(headers: &HeaderMap) -> Result<Option<String>, Failure> {
    let Some(key) = headers.get(IDEMPOTENCY_KEY) else { return Ok(None) };
    let key = key.to_str().unwrap_or_default().trim();
    if key.is_empty() || key.len() > MAX_KEY {
        let message = format!("An Idempotency-Key has 1 to {MAX_KEY} characters of ASCII.");
        return Err(Failure::new(StatusCode::BAD_REQUEST, "invalid", message));
    }
    Ok(Some(key.to_owned()))
}

fn internal(error: StoreError) -> ApiError {
    tracing::error!(%error, "a pipeline's key cannot be read or written");
    ApiError::Internal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_stand_where_the_request_has_them() {
        let ids = ["a".to_owned(), "b".to_owned()];
        let fields = ["target.b.1.platform", "target.a", "install.b", "name"];
        let error = |field: &str| FieldError { field: field.to_owned(), rule: Rule::Required };
        let error = by_place(ApiError::Invalid { fields: fields.into_iter().map(error).collect() }, &ids);
        let ApiError::Invalid { fields } = error else { panic!("{error:?}") };
        let fields: Vec<_> = fields.iter().map(|error| error.field.as_str()).collect();
        let expected = ["files.1.targets.1.platform", "files.0.targets", "files.1.scripts.install", "name"];
        assert_eq!(fields, expected);
    }

    #[test]
    fn a_key_is_short_and_plain() {
        let key = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(IDEMPOTENCY_KEY, value.parse().unwrap());
            key_of(&headers).ok().flatten()
        };
        assert_eq!(key("build 7").as_deref(), Some("build 7"));
        assert_eq!(key(&"x".repeat(256)), None);
        assert_eq!(key(" "), None);
        assert!(matches!(key_of(&HeaderMap::new()), Ok(None)));
    }
}
