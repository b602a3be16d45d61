//! Headers that tell browsers what not to do.

use std::sync::LazyLock;

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use super::{Settings, leptos_options};

/// What pages may listen to besides this console; `cargo leptos watch` sets the variable for the program that it runs.
static LISTENED_TO: LazyLock<String> =
    LazyLock::new(|| listened_to(std::env::var_os("LEPTOS_WATCH").is_some()));

/// Where the pages of `cargo leptos watch` hear that they have been built anew.
fn listened_to(watched: bool) -> String {
    let port = leptos_options().reload_port;
    if watched { format!(" ws://127.0.0.1:{port} ws://localhost:{port}") } else { String::new() }
}

/// The content security policy of a page: scripts and styles of this console only, inline ones by nonce only.
pub fn content_security_policy(nonce: &str) -> String {
    let listened_to = &*LISTENED_TO;
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'{listened_to}; manifest-src 'self'; form-action 'self'; \
         frame-ancestors 'none'; base-uri 'none'"
    )
}

/// For what is not a page: nothing at all.
const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const FIXED: [(HeaderName, &str); 5] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Not `no-referrer`: browsers would then send `Origin: null` with forms.
    (REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Adds the security headers to every answer. A page brings its own policy, with its nonce.
pub async fn security_headers(State(settings): State<Settings>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if settings.secure_cookies {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(NOTHING));
    response
}

/// Keeps pages and answers out of every cache: they are for one person, and one of them holds a code.
pub async fn never_store(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_listen_to_this_console_alone_unless_they_are_being_written() {
        assert_eq!(listened_to(false), "");
        assert_eq!(listened_to(true), " ws://127.0.0.1:3001 ws://localhost:3001");
        assert!(content_security_policy("abc").contains("connect-src 'self';"));
    }
}
