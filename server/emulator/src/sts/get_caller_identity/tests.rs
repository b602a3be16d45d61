use crate::testing::{TestEmulator, form_request};

#[tokio::test]
async fn the_caller_is_the_accounts_user() {
    let emulator = TestEmulator::new().await;
    let answer = emulator.query("sts", "GetCallerIdentity", &[("Version", "2011-06-15")]).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.headers["content-type"], "text/xml");
    assert_eq!(answer.element("Account"), Some("123456789012"));
    assert_eq!(answer.element("Arn"), Some("arn:aws:iam::123456789012:user/sekisho"));
    assert!(answer.element("UserId").is_some_and(|id| id.starts_with("AIDA")));
    assert_eq!(answer.element("RequestId"), answer.headers["x-amzn-requestid"].to_str().ok());
}

#[tokio::test]
async fn the_signature_must_be_there_and_for_sts() {
    let emulator = TestEmulator::new().await;
    let unsigned = emulator.send(form_request("GetCallerIdentity", &[], None)).await;
    assert_eq!((unsigned.status, unsigned.element("Code")), (403, Some("MissingAuthenticationToken")));
    let other = emulator.query("iam", "GetCallerIdentity", &[]).await;
    assert_eq!((other.status, other.element("Code")), (403, Some("SignatureDoesNotMatch")));
    let broken = emulator.send(form_request("GetCallerIdentity", &[], Some("AWS4-HMAC-SHA256 x"))).await;
    assert_eq!((broken.status, broken.element("Code")), (400, Some("IncompleteSignature")));
}
