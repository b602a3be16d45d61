use axum::body::Body;
use axum::http::Request;

use crate::testing::{Answer, TestEmulator, authorization};

const BUCKET: &str = "sekisho-packages-123456789012";

async fn send(emulator: &TestEmulator, method: &str, path: &str, body: &str) -> Answer {
    send_with(emulator, method, path, &[], body).await
}

async fn send_with(
    emulator: &TestEmulator,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Answer {
    let mut request = Request::builder()
        .method(method)
        .uri(format!("/{path}"))
        .header("host", "localhost")
        .header("content-length", body.len())
        .header("authorization", authorization("AKIAEXAMPLE", "s3"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    emulator.send(request.body(Body::from(body.to_owned())).unwrap()).await
}

fn code(answer: &Answer) -> (u16, &str) {
    (answer.status, answer.element("Code").unwrap_or_default())
}

#[tokio::test]
async fn an_object_is_written_read_and_gone() {
    let emulator = TestEmulator::new().await;
    let path = format!("{BUCKET}/a/../鍵 1");
    let path = path.replace('鍵', "%E9%8D%B5").replace(' ', "%20");
    let put = send(&emulator, "PUT", &path, "hello").await;
    assert_eq!(
        (put.status, put.header("etag")),
        (200, "\"5d41402abc4b2a76b9719d911017c592\""),
        "{}",
        put.body
    );
    let got = send(&emulator, "GET", &path, "").await;
    assert_eq!((got.status, &*got.body), (200, "hello"));
    let part = send_with(&emulator, "GET", &path, &[("range", "bytes=1-2")], "").await;
    assert_eq!((part.status, &*part.body, part.header("content-range")), (206, "el", "bytes 1-2/5"));
    assert_eq!(send(&emulator, "DELETE", &path, "").await.status, 204);
    assert_eq!(code(&send(&emulator, "GET", &path, "").await), (404, "NoSuchKey"));
    let blobs = std::fs::read_dir(emulator.folder().join("blobs")).unwrap();
    assert_eq!(blobs.count(), 0, "nothing is left behind");
}

#[tokio::test]
async fn what_arrives_damaged_is_refused_and_not_kept() {
    let emulator = TestEmulator::new().await;
    let path = format!("{BUCKET}/k");
    let sha = "0".repeat(64);
    for (name, value, wanted) in [
        ("content-md5", "AAAAAAAAAAAAAAAAAAAAAA==", "BadDigest"),
        ("content-md5", "short", "InvalidDigest"),
        ("x-amz-checksum-crc32", "AAAAAA==", "BadDigest"),
        ("x-amz-content-sha256", &*sha, "XAmzContentSHA256Mismatch"),
    ] {
        let answer = send_with(&emulator, "PUT", &path, &[(name, value)], "hello").await;
        assert_eq!(code(&answer), (400, wanted), "{name}");
    }
    assert_eq!(send(&emulator, "GET", &path, "").await.status, 404);
    assert_eq!(std::fs::read_dir(emulator.folder().join("blobs")).unwrap().count(), 0);
}

#[tokio::test]
async fn a_trailing_checksum_is_compared() {
    let emulator = TestEmulator::new().await;
    let put = async |sum: &str| {
        let body = format!("5\r\nhello\r\n0\r\nx-amz-checksum-crc32:{sum}\r\n\r\n");
        let headers = [
            ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
            ("x-amz-decoded-content-length", "5"),
            ("x-amz-trailer", "x-amz-checksum-crc32"),
            ("content-encoding", "aws-chunked"),
        ];
        send_with(&emulator, "PUT", &format!("{BUCKET}/k"), &headers, &body).await
    };
    assert_eq!(code(&put("AAAAAA==").await), (400, "BadDigest"));
    let done = put("NhCmhg==").await;
    assert_eq!((done.status, done.header("x-amz-checksum-crc32")), (200, "NhCmhg=="), "{}", done.body);
    let got = send(&emulator, "GET", &format!("{BUCKET}/k"), "").await;
    assert_eq!(got.body, "hello");
    assert!(
        !got.headers.contains_key("content-encoding"),
        "aws-chunked is of the transfer, not of the object"
    );
}

#[tokio::test]
async fn a_trailer_is_told_by_its_whole_name() {
    let emulator = TestEmulator::new().await;
    let put = async |trailer: &str, sum: &str| {
        let body = format!("5\r\nhello\r\n0\r\nx-amz-checksum-crc32c:{sum}\r\n\r\n");
        let headers = [
            ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
            ("x-amz-decoded-content-length", "5"),
            ("x-amz-trailer", trailer),
        ];
        send_with(&emulator, "PUT", &format!("{BUCKET}/k"), &headers, &body).await
    };
    for trailer in ["x-amz-checksum-crc32c", "x-amz-trailer-signature, X-Amz-Checksum-Crc32c"] {
        assert_eq!(code(&put(trailer, "AAAAAA==").await), (400, "BadDigest"), "{trailer}");
        let done = put(trailer, "mnG7TA==").await;
        assert_eq!((done.status, done.header("x-amz-checksum-crc32c")), (200, "mnG7TA=="), "{}", done.body);
        assert!(!done.headers.contains_key("x-amz-checksum-crc32"));
    }
}

#[tokio::test]
async fn a_request_without_a_signature_for_s3_is_refused() {
    let emulator = TestEmulator::new().await;
    let bare = Request::get(format!("/{BUCKET}")).header("host", "localhost").body(Body::empty()).unwrap();
    assert_eq!(code(&emulator.send(bare).await), (403, "AccessDenied"));
    let other = Request::get(format!("/{BUCKET}"))
        .header("authorization", authorization("AKIAEXAMPLE", "ssm"))
        .body(Body::empty())
        .unwrap();
    assert_eq!(code(&emulator.send(other).await), (400, "AuthorizationHeaderMalformed"));
}

#[tokio::test]
async fn a_link_opens_its_object_until_it_expires() {
    let emulator = TestEmulator::new().await;
    send(&emulator, "PUT", &format!("{BUCKET}/k"), "hello").await;
    let link = |date: &str, expires: &str| {
        let query = format!(
            "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=A%2F20261122%2Fap-northeast-1%2Fs3%2Faws4_request\
             &X-Amz-Date={date}&X-Amz-Expires={expires}&X-Amz-SignedHeaders=host&X-Amz-Signature=00"
        );
        Request::get(format!("/{BUCKET}/k?{query}")).header("host", "localhost").body(Body::empty()).unwrap()
    };
    let answer = emulator.send(link("20261122T010000Z", "60")).await;
    assert_eq!((answer.status, &*answer.body), (200, "hello"));
    for (date, expires, wanted) in [
        ("20261122T005800Z", "60", (403, "AccessDenied")),
        ("20261122T020000Z", "60", (403, "AccessDenied")),
        ("20261122T010000Z", "604801", (400, "AuthorizationQueryParametersError")),
        ("yesterday", "60", (400, "AuthorizationQueryParametersError")),
    ] {
        let answer = emulator.send(link(date, expires)).await;
        assert_eq!(code(&answer), wanted, "{date} {expires}");
    }
    let old = |expires: i64| {
        let query = format!("AWSAccessKeyId=A&Signature=0%2B&Expires={expires}");
        Request::get(format!("/{BUCKET}/k?{query}")).header("host", "localhost").body(Body::empty()).unwrap()
    };
    let now = emulator.now().unix_timestamp();
    assert_eq!(emulator.send(old(now + 60)).await.body, "hello");
    assert_eq!(code(&emulator.send(old(now - 60)).await), (403, "AccessDenied"));
}

#[tokio::test]
async fn a_copy_is_whole_or_not_made() {
    let emulator = TestEmulator::new().await;
    let source = format!("{BUCKET}/source");
    send(&emulator, "PUT", &source, "hello").await;
    let copy = async || {
        let headers = [("x-amz-copy-source", &*source)];
        send_with(&emulator, "PUT", &format!("{BUCKET}/copy"), &headers, "").await
    };
    let copied = copy().await;
    assert_eq!(copied.status, 200, "{}", copied.body);
    assert_eq!(send(&emulator, "DELETE", &format!("{BUCKET}/copy"), "").await.status, 204);
    let (_, blobs) = emulator.state().store().object(BUCKET, "source").await.unwrap().unwrap();
    let blob = emulator.folder().join("blobs").join(&blobs[0].file);
    std::fs::write(&blob, "hell").unwrap();
    assert_eq!(code(&copy().await), (500, "InternalError"), "a shorter file");
    std::fs::remove_file(&blob).unwrap();
    assert_eq!(code(&copy().await), (500, "InternalError"), "no file");
    assert_eq!(code(&send(&emulator, "GET", &format!("{BUCKET}/copy"), "").await), (404, "NoSuchKey"));
    assert_eq!(std::fs::read_dir(emulator.folder().join("blobs")).unwrap().count(), 0);
}

#[tokio::test]
async fn objects_outlive_the_process() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = TestEmulator::open(folder.path()).await;
    send(&emulator, "PUT", &format!("{BUCKET}/k"), "hello").await;
    std::fs::write(folder.path().join("blobs/half.partial"), "cut off").unwrap();
    let again = TestEmulator::open(folder.path()).await;
    assert_eq!(send(&again, "GET", &format!("{BUCKET}/k"), "").await.body, "hello");
    assert_eq!(std::fs::read_dir(folder.path().join("blobs")).unwrap().count(), 1);
}
