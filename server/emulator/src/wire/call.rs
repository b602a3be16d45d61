//! One call as an operation sees it.

use axum::body::Bytes;
use axum::http::{HeaderMap, Method, Uri};

use super::sigv4::Authorization;
use crate::state::State;

/// One request with the state it works on.
pub(crate) struct Call {
    pub(crate) state: State,
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The request's signature, when it bears one.
    pub(crate) authorization: Option<Authorization>,
}

impl Call {
    /// A header's text, when it is there and is text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}
