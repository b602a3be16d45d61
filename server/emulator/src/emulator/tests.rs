use std::path::Path;

use super::*;

fn config(folder: &Path) -> EmulatorConfig {
    EmulatorConfig::new(([127, 0, 0, 1], 0).into(), folder)
}

#[tokio::test]
async fn it_serves_until_it_is_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = Emulator::start(config(folder.path())).await.unwrap();
    let url = format!("http://{}/health", emulator.address());
    assert_eq!(reqwest::get(&url).await.unwrap().status(), 200);
    emulator.stop().await;
    assert!(reqwest::get(&url).await.is_err());
}

#[tokio::test]
async fn a_chunked_body_is_read_whole() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = Emulator::start(config(folder.path())).await.unwrap();
    let chunks = futures::stream::iter(["{\"IamRole\"", ":\"Missing\"}"].map(Ok::<_, std::io::Error>));
    let request = reqwest::Client::new()
        .post(format!("http://{}/", emulator.address()))
        .header("x-amz-target", "AmazonSSM.CreateActivation")
        .header("authorization", crate::testing::authorization("AKIAEXAMPLE", "ssm"))
        .body(reqwest::Body::wrap_stream(chunks));
    let body = request.send().await.unwrap().text().await.unwrap();
    assert!(body.contains("Not existing role"), "{body}");
    emulator.stop().await;
}

#[tokio::test]
async fn a_taken_address_is_an_error() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let emulator = Emulator::start(config(one.path())).await.unwrap();
    let taken = EmulatorConfig { listen: emulator.address(), ..config(other.path()) };
    let error = Emulator::start(taken).await.err().unwrap();
    assert!(matches!(error, EmulatorError::Listen { .. }), "{error}");
    assert_eq!(std::fs::read_dir(other.path()).unwrap().count(), 0, "nothing was opened");
    emulator.stop().await;
}

#[tokio::test]
async fn a_folder_is_one_emulators_until_it_is_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = Emulator::start(config(folder.path())).await.unwrap();
    let arriving = folder.path().join("blobs/arriving.partial");
    std::fs::write(&arriving, "x").unwrap();
    let error = Emulator::start(config(folder.path())).await.err().unwrap();
    assert!(matches!(error, EmulatorError::InUse { .. }), "{error}");
    assert!(error.to_string().contains("in use by another sekisho"), "{error}");
    assert!(arriving.exists(), "what the first one is writing is not swept");
    emulator.stop().await;
    Emulator::start(config(folder.path())).await.unwrap().stop().await;
    assert!(!arriving.exists());
}

#[tokio::test]
async fn a_dropped_emulator_keeps_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    drop(Emulator::start(config(folder.path())).await.unwrap());
    let error = Emulator::start(config(folder.path())).await.err().unwrap();
    assert!(matches!(error, EmulatorError::InUse { .. }), "{error}");
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "x").unwrap();
    let error = Emulator::start(config(&file.join("data"))).await.err().unwrap();
    assert!(matches!(error, EmulatorError::DataDir { .. }), "{error}");
}
