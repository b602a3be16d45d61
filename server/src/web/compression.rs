//! What is compressed on its way out, and how much.

use axum::body::HttpBody;
use axum::http::Response;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

/// Brotli's fifth level: a page is a tenth smaller than by the fourth, for a quarter of a millisecond.
const QUALITY: CompressionLevel = CompressionLevel::Precise(5);
/// Largest answer that is compressed, in bytes. Only the module of a development build is larger: 40 MB, for which a browser
/// would wait ten seconds after every change.
const LARGEST: u64 = 8 * 1024 * 1024;

/// Compresses what gets smaller, as the client takes it, and what is not compressed already.
pub fn layer() -> CompressionLayer<impl Predicate> {
    CompressionLayer::new().quality(QUALITY).compress_when(compressible())
}

/// All but archives and fonts, which are compressed already and would only lose their length, and what is too large.
fn compressible() -> impl Predicate {
    DefaultPredicate::new()
        .and(NotForContentType::const_new("application/zip"))
        .and(NotForContentType::const_new("font/"))
        .and(AtMost(LARGEST))
}

/// Answers of at most so many bytes, or of a length that is not known.
#[derive(Clone, Copy)]
struct AtMost(u64);

impl Predicate for AtMost {
    fn should_compress<B: HttpBody>(&self, response: &Response<B>) -> bool {
        response.body().size_hint().exact().is_none_or(|size| size <= self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::http::header::CONTENT_TYPE;

    fn answer(content_type: &str, bytes: usize) -> Response<Body> {
        Response::builder().header(CONTENT_TYPE, content_type).body(Body::from(vec![0; bytes])).unwrap()
    }

    #[test]
    fn pages_and_modules_are_compressed_but_archives_fonts_and_what_is_large_are_not() {
        let largest = usize::try_from(LARGEST).unwrap();
        let compressed = |content_type, bytes| compressible().should_compress(&answer(content_type, bytes));
        assert!(compressed("text/html; charset=utf-8", 20_000));
        assert!(compressed("application/wasm", largest));
        assert!(!compressed("application/wasm", largest + 1));
        assert!(!compressed("application/zip", 20_000));
        assert!(!compressed("font/woff2", 20_000));
        assert!(!compressed("text/html; charset=utf-8", 1), "too little to gain");
    }

    #[test]
    fn what_is_sent_as_it_comes_is_compressed() {
        let body = Body::from_stream(futures::stream::empty::<Result<Vec<u8>, std::io::Error>>());
        let streamed = Response::builder().header(CONTENT_TYPE, "text/csv").body(body).unwrap();
        assert!(compressible().should_compress(&streamed));
    }
}
