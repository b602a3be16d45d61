//! The log: text or JSON on standard error, filtered by `RUST_LOG`.

use std::io::IsTerminal as _;

use tracing::{Level, Metadata};
use tracing_subscriber::filter::{FilterExt as _, filter_fn};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _};

use crate::config::LogFormat;

/// What is logged when `RUST_LOG` does not say. A session that has ended is daily life, not the suspicious activity
/// that its library makes of it; and so are a machine without EC2's metadata service and an object that is not in S3.
const DEFAULT: &str =
    "info,aws_config::imds=error,tower_sessions_core=error,tower_sessions=error,sqlx=warn,s3s=off";

/// These print requests and answers in full at finer levels than `info`, activation codes among them. They never do
/// here, whatever `RUST_LOG` says.
const CAPPED: [&str; 7] = [
    "aws_smithy_runtime",
    "aws_smithy_runtime_api",
    "aws_smithy_http_client",
    "aws_runtime",
    "h2",
    "hyper",
    "s3s",
];

/// Begins to log.
pub fn start(format: LogFormat) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(DEFAULT));
    let filter = filter.and(filter_fn(tells_no_request));
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let lines = match format {
        LogFormat::Text => lines.with_ansi(std::io::stderr().is_terminal()).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    tracing_subscriber::registry().with(lines.with_filter(filter)).init();
    log_panics();
}

/// Panics belong to the log, in its format, under the request's id.
fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let message = panic.payload_as_str().unwrap_or("no message");
        tracing::error!(place, message, "panicked");
    }));
}

/// Whether an event or span is none of those that print whole requests.
fn tells_no_request(metadata: &Metadata<'_>) -> bool {
    *metadata.level() <= Level::INFO
        || !CAPPED.contains(&metadata.target().split("::").next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl Write for Log {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn whole_requests_are_never_printed_however_one_asks() {
        let log = Log::default();
        let writer = log.clone();
        let filter = EnvFilter::new("trace,aws_smithy_runtime::client=trace,hyper=trace");
        let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(move || writer.clone());
        let lines = lines.with_filter(filter.and(filter_fn(tells_no_request)));
        tracing::subscriber::with_default(tracing_subscriber::registry().with(lines), || {
            tracing::trace!(target: "aws_smithy_runtime::client::orchestrator", "a request with its body");
            tracing::debug!(target: "hyper::proto", "a request with its body");
            tracing::info!(target: "aws_smithy_runtime::client", "a client");
            tracing::trace!(target: "server::fleet", "a round");
        });
        let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        assert!(!log.contains("body"), "{log}");
        assert!(log.contains("a client") && log.contains("a round"), "{log}");
    }
}
