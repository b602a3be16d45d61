//! Page tokens: opaque, sealed, and good only for the request that they continue.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::state::State;
use crate::wire::errors::ServiceError;

const SEAL: usize = 32;

/// Makes and reads the tokens of one operation with one set of filters.
pub(crate) struct Pages {
    key: hmac::Key,
    /// What a token is bound to: the operation and its filters.
    request: String,
}

impl Pages {
    /// The pages of `operation` as narrowed by `filters`.
    ///
    /// # Errors
    /// `InternalServerError` when the store fails.
    pub(crate) async fn of(state: &State, operation: &str, filters: &str) -> Result<Self, ServiceError> {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &state.store().token_key().await?);
        Ok(Self { key, request: format!("{operation}\n{filters}") })
    }

    /// The token that continues after `place`.
    pub(crate) fn token(&self, place: &str) -> String {
        let mut bytes = self.seal(place.as_bytes()).as_ref().to_vec();
        bytes.extend_from_slice(place.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The place that a token continues after; `None` for a token that was not made here for this request.
    pub(crate) fn place(&self, token: &str) -> Option<String> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (seal, place) = bytes.split_at_checked(SEAL)?;
        hmac::verify(&self.key, &self.message(place), seal).ok()?;
        String::from_utf8(place.to_vec()).ok()
    }

    /// The row after which a page of SSM begins: 0 without a token.
    ///
    /// # Errors
    /// `InvalidNextToken`.
    pub(crate) fn row(&self, token: Option<&str>) -> Result<i64, ServiceError> {
        let Some(token) = token else { return Ok(0) };
        self.place(token)
            .and_then(|place| place.parse().ok())
            .ok_or_else(|| ServiceError::new("InvalidNextToken", "The specified token is not valid."))
    }

    fn seal(&self, place: &[u8]) -> hmac::Tag {
        hmac::sign(&self.key, &self.message(place))
    }

    fn message(&self, place: &[u8]) -> Vec<u8> {
        [self.request.as_bytes(), b"\n", place].concat()
    }
}

/// Cuts what was read one row too far to the page's size, and says whether there is more.
pub(crate) fn cut<T>(mut rows: Vec<T>, size: i64) -> (Vec<T>, bool) {
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let more = rows.len() > size;
    rows.truncate(size);
    (rows, more)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(request: &str) -> Pages {
        Pages { key: hmac::Key::new(hmac::HMAC_SHA256, &[7; 32]), request: request.to_owned() }
    }

    #[test]
    fn a_token_leads_back_to_its_place() {
        let pages = pages("A\n");
        assert_eq!(pages.row(Some(&pages.token("41"))), Ok(41));
        assert_eq!(pages.row(None), Ok(0));
    }

    #[test]
    fn a_token_of_another_request_or_changed_is_refused() {
        let token = pages("A\n").token("41");
        assert!(pages("B\n").place(&token).is_none());
        for changed in [format!("{token}A"), token[1..].to_owned(), String::new(), "?".to_owned()] {
            assert!(pages("A\n").row(Some(&changed)).is_err(), "{changed}");
        }
    }
}
