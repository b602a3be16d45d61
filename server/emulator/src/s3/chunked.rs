//! `aws-chunked`: bodies that carry their checksum at the end.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use bytes::{Buf, Bytes, BytesMut};
use futures::{Stream, StreamExt};

/// The longest line that a chunk's head or a trailer may be.
const LONGEST_LINE: usize = 8 * 1024;

/// The trailers of a body: there once the body has been read to its end.
#[derive(Debug, Clone, Default)]
pub(crate) struct Trailers(Arc<Mutex<HeaderMap>>);

impl Trailers {
    /// A trailer's text.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let trailers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        trailers.get(name)?.to_str().ok().map(str::to_owned)
    }

    fn insert(&self, name: HeaderName, value: HeaderValue) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name, value);
    }
}

enum Place {
    Head,
    Data(u64),
    DataEnd,
    Trailers,
    End,
}

struct Decoder<S> {
    body: S,
    buffer: BytesMut,
    place: Place,
    trailers: Trailers,
}

/// The bytes within a chunked body. Signatures of chunks are passed over, trailers kept in `trailers`.
pub(super) fn decode<S, E>(body: S, trailers: Trailers) -> impl Stream<Item = io::Result<Bytes>> + Send
where
    S: Stream<Item = Result<Bytes, E>> + Send + Unpin,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let decoder = Decoder { body, buffer: BytesMut::new(), place: Place::Head, trailers };
    futures::stream::try_unfold(decoder, |mut decoder| async move {
        Ok(decoder.next().await?.map(|bytes| (bytes, decoder)))
    })
}

impl<S, E> Decoder<S>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    async fn next(&mut self) -> io::Result<Option<Bytes>> {
        loop {
            match self.place {
                Place::Head => {
                    let line = self.line().await?.ok_or_else(cut_off)?;
                    let size = line.split(';').next().unwrap_or_default().trim();
                    let size =
                        u64::from_str_radix(size, 16).map_err(|_| malformed("a chunk without a size"))?;
                    self.place = if size == 0 { Place::Trailers } else { Place::Data(size) };
                }
                Place::Data(left) => {
                    if self.buffer.is_empty() && !self.fill().await? {
                        return Err(cut_off());
                    }
                    let taken = usize::try_from(left).unwrap_or(usize::MAX).min(self.buffer.len());
                    let left = left - taken as u64;
                    self.place = if left == 0 { Place::DataEnd } else { Place::Data(left) };
                    return Ok(Some(self.buffer.split_to(taken).freeze()));
                }
                Place::DataEnd => match self.line().await? {
                    Some(line) if line.is_empty() => self.place = Place::Head,
                    Some(_) => return Err(malformed("a chunk longer than its size")),
                    None => return Err(cut_off()),
                },
                Place::Trailers => match self.line().await? {
                    Some(line) if !line.is_empty() => self.trailer(&line)?,
                    _ => self.place = Place::End,
                },
                Place::End => return Ok(None),
            }
        }
    }

    fn trailer(&self, line: &str) -> io::Result<()> {
        let (name, value) = line.split_once(':').ok_or_else(|| malformed("a trailer without a name"))?;
        let name = name.trim().parse().map_err(|_| malformed("a trailer's name"))?;
        let value = value.trim().parse().map_err(|_| malformed("a trailer's value"))?;
        self.trailers.insert(name, value);
        Ok(())
    }

    /// The next line without its end; `None` when the body ends instead.
    async fn line(&mut self) -> io::Result<Option<String>> {
        loop {
            if let Some(end) = self.buffer.windows(2).position(|pair| pair == b"\r\n") {
                let line = self.buffer.split_to(end);
                self.buffer.advance(2);
                return String::from_utf8(line.to_vec())
                    .map(Some)
                    .map_err(|_| malformed("a line that is no text"));
            }
            if self.buffer.len() > LONGEST_LINE {
                return Err(malformed("a line without an end"));
            }
            if !self.fill().await? {
                return if self.buffer.is_empty() { Ok(None) } else { Err(cut_off()) };
            }
        }
    }

    async fn fill(&mut self) -> io::Result<bool> {
        match self.body.next().await {
            Some(Ok(bytes)) => {
                self.buffer.extend_from_slice(&bytes);
                Ok(true)
            }
            Some(Err(error)) => Err(io::Error::new(io::ErrorKind::UnexpectedEof, error)),
            None => Ok(false),
        }
    }
}

fn cut_off() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "the body ends within a chunk")
}

fn malformed(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("the chunked body has {what}"))
}

#[cfg(test)]
mod tests {
    use futures::TryStreamExt;
    use proptest::prelude::*;

    use super::*;

    const BODY: &str = "4;chunk-signature=00ab\r\nabcd\r\n3\r\nefg\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\
                        x-amz-trailer-signature:00\r\n\r\n";

    fn read(body: &[u8], piece: usize) -> (io::Result<Vec<u8>>, Trailers) {
        let pieces: Vec<_> =
            body.chunks(piece).map(|bytes| Ok::<_, io::Error>(Bytes::copy_from_slice(bytes))).collect();
        let trailers = Trailers::default();
        let stream = Box::pin(decode(futures::stream::iter(pieces), trailers.clone()));
        let read = futures::executor::block_on(stream.try_collect::<Vec<_>>());
        (read.map(|parts| parts.concat()), trailers)
    }

    #[test]
    fn a_body_is_read_whatever_pieces_it_arrives_in() {
        for piece in 1..BODY.len() {
            let (bytes, trailers) = read(BODY.as_bytes(), piece);
            assert_eq!(bytes.unwrap(), b"abcdefg");
            assert_eq!(trailers.get("x-amz-checksum-crc32").as_deref(), Some("AAAAAA=="));
        }
    }

    #[test]
    fn a_body_that_is_cut_off_or_malformed_is_an_error() {
        for length in 0..BODY.find("0\r\nx-amz").unwrap() {
            assert!(read(&BODY.as_bytes()[..length], 7).0.is_err(), "{length}");
        }
        for body in ["zz\r\n", "1\r\nab\r\n0\r\n\r\n", "0\r\nnameless\r\n\r\n"] {
            assert_eq!(read(body.as_bytes(), 7).0.unwrap_err().kind(), io::ErrorKind::InvalidData, "{body}");
        }
    }

    proptest! {
        #[test]
        fn nothing_breaks_it(body in proptest::collection::vec(any::<u8>(), 0..200), piece in 1_usize..50) {
            let _ = read(&body, piece);
        }
    }
}
