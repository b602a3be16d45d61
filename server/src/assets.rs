//! The site's files, which the program hands in: scripts, styles, fonts.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use rust_embed::EmbeddedFile;

use crate::hash::hex;

/// Finds a file of the site by its name, with `/` between folders.
pub type Site = fn(&str) -> Option<EmbeddedFile>;

/// Names carry no hash, so browsers ask each time whether a file has changed; mostly it has not.
const REVALIDATE: &str = "no-cache";
/// Fonts do not change.
const FONTS: &str = "public, max-age=2592000";

/// Where only files stand.
const FOLDERS: [&str; 3] = ["/pkg/", "/fonts/", "/editor/"];

/// Answers requests for the site's files, and lets all others through.
pub async fn serve(State(site): State<Site>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let path = request.uri().path();
    match name(path).filter(|_| reads).and_then(|name| find(site, name, request.headers())) {
        Some(response) => response,
        // Nothing but files stands there; the sign-in page in the place of a script would only puzzle.
        None if FOLDERS.iter().any(|folder| path.starts_with(folder)) => {
            (StatusCode::NOT_FOUND, "There is no such file.\n").into_response()
        }
        None => next.run(request).await,
    }
}

/// The file's name in the site; none for what the build keeps for itself.
fn name(path: &str) -> Option<&str> {
    let name = path.strip_prefix('/')?;
    let hidden = name.split('/').any(|part| part.is_empty() || part.starts_with('.'));
    (!hidden && !name.ends_with(".br")).then_some(name)
}

fn find(site: Site, name: &str, request: &HeaderMap) -> Option<Response> {
    let compressed = accepts_brotli(request).then(|| site(&format!("{name}.br"))).flatten();
    let is_compressed = compressed.is_some();
    let file = compressed.or_else(|| site(name))?;
    Some(answer(name, file, is_compressed, request))
}

fn answer(name: &str, file: EmbeddedFile, is_compressed: bool, request: &HeaderMap) -> Response {
    let etag = format!("\"{}\"", hex(&file.metadata.sha256_hash()[..16]));
    let unchanged = request.get_all(IF_NONE_MATCH).iter().any(|tags| {
        tags.to_str().is_ok_and(|tags| {
            tags.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag || tag.trim() == "*")
        })
    });
    let body = if unchanged { Body::empty() } else { Body::from(file.data) };
    let mut response = Response::new(body);
    if unchanged {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    let headers = response.headers_mut();
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        headers.insert(ETAG, etag);
    }
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    let caching = if name.starts_with("fonts/") { FONTS } else { REVALIDATE };
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.insert(CONTENT_TYPE, content_type(name));
    if is_compressed {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    response
}

fn content_type(name: &str) -> HeaderValue {
    let mime = mime_guess::from_path(name).first_or_octet_stream();
    let text = matches!(mime.type_().as_str(), "text") || mime.subtype() == "javascript";
    let value = if text { format!("{mime}; charset=utf-8") } else { mime.to_string() };
    HeaderValue::from_str(&value).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}

/// Whether the client takes Brotli (RFC 9110 §12.5.3): named, and not with a weight of zero.
fn accepts_brotli(request: &HeaderMap) -> bool {
    request.get_all(ACCEPT_ENCODING).iter().filter_map(|header| header.to_str().ok()).any(|header| {
        header.split(',').any(|coding| {
            let mut parts = coding.split(';').map(str::trim);
            parts.next().is_some_and(|name| name.eq_ignore_ascii_case("br"))
                && !parts.any(|weight| {
                    weight.strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()).is_some_and(|q| q <= 0.0)
                })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::to_bytes;
    use axum::http::HeaderName;
    use rust_embed::Metadata;

    fn file(text: &'static str, mark: u8) -> EmbeddedFile {
        let metadata = Metadata::__rust_embed_new([mark; 32], None, None);
        EmbeddedFile { data: text.as_bytes().into(), metadata }
    }

    fn headers(name: HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, value.parse().unwrap())])
    }

    #[test]
    fn hidden_and_compressed_files_have_no_address() {
        assert_eq!(name("/pkg/sekisho.js"), Some("pkg/sekisho.js"));
        for path in ["/", "/.module", "/pkg/.hidden", "/pkg/../x", "//x", "/pkg/sekisho.js.br", "/pkg/"] {
            assert_eq!(name(path), None, "{path}");
        }
    }

    #[test]
    fn types_are_what_browsers_insist_on() {
        assert_eq!(content_type("pkg/sekisho.wasm"), "application/wasm");
        assert_eq!(content_type("pkg/sekisho.js"), "text/javascript; charset=utf-8");
        assert_eq!(content_type("pkg/sekisho.css"), "text/css; charset=utf-8");
        assert_eq!(content_type("favicon.svg"), "image/svg+xml");
        assert_eq!(content_type("fonts/a.woff2"), "font/woff2");
    }

    #[test]
    fn brotli_is_sent_to_who_takes_it() {
        let accepts = |value| accepts_brotli(&headers(ACCEPT_ENCODING, value));
        assert!(accepts("gzip, deflate, br") && accepts("br;q=0.5") && accepts("BR"));
        assert!(!accepts("gzip") && !accepts("br;q=0, gzip") && !accepts("brotli") && !accepts("*;q=0"));
    }

    #[tokio::test]
    async fn an_unchanged_file_is_not_sent_again() {
        let first = answer("pkg/a.js", file("one", 1), false, &HeaderMap::new());
        assert_eq!(first.headers()[CACHE_CONTROL], "no-cache");
        let etag = first.headers()[ETAG].to_str().unwrap().to_owned();
        assert_eq!(to_bytes(first.into_body(), 100).await.unwrap(), "one");

        let again = answer("pkg/a.js", file("one", 1), false, &headers(IF_NONE_MATCH, &etag));
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        assert!(to_bytes(again.into_body(), 100).await.unwrap().is_empty());

        let changed = answer("pkg/a.js", file("two", 2), false, &headers(IF_NONE_MATCH, &etag));
        assert_eq!(changed.status(), StatusCode::OK);
    }

    #[tokio::test]
    async fn the_compressed_form_has_its_own_tag() {
        let site: Site = |name| match name {
            "a.css" => Some(file("plain", 1)),
            "a.css.br" => Some(file("br", 2)),
            _ => None,
        };
        let plain = find(site, "a.css", &HeaderMap::new()).unwrap();
        let small = find(site, "a.css", &headers(ACCEPT_ENCODING, "br")).unwrap();
        assert_ne!(plain.headers()[ETAG], small.headers()[ETAG]);
        assert!(!plain.headers().contains_key(CONTENT_ENCODING));
        assert_eq!(small.headers()[CONTENT_ENCODING], "br");
        assert_eq!(small.headers()[VARY], "accept-encoding");
        assert_eq!(to_bytes(plain.into_body(), 100).await.unwrap(), "plain");
        assert_eq!(to_bytes(small.into_body(), 100).await.unwrap(), "br");
        assert!(find(site, "b.css", &headers(ACCEPT_ENCODING, "br")).is_none());
    }
}
