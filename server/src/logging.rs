//! The log: text or JSON on standard error, filtered by `RUST_LOG`.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::Directive;

use crate::config::LogFormat;

/// What is logged when `RUST_LOG` does not say. A session that has ended is daily life, not the suspicious activity
/// that its library makes of it; and so is a machine without EC2's metadata service.
const DEFAULT: &str = "info,aws_config::imds=error,tower_sessions_core=error,tower_sessions=error,sqlx=warn";

/// These print requests and answers in full at finer levels, activation codes among them: they never get finer.
const CAPPED: [&str; 6] = [
    "aws_smithy_runtime=info",
    "aws_smithy_runtime_api=info",
    "aws_smithy_http_client=info",
    "aws_runtime=info",
    "h2=info",
    "hyper=info",
];

/// Begins to log.
pub fn start(format: LogFormat) {
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter(EnvFilter::try_from_default_env().ok()))
        .with_writer(std::io::stderr);
    match format {
        LogFormat::Text => builder.with_ansi(std::io::stderr().is_terminal()).init(),
        LogFormat::Json => builder.json().flatten_event(true).init(),
    }
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

fn filter(given: Option<EnvFilter>) -> EnvFilter {
    let filter = given.unwrap_or_else(|| EnvFilter::new(DEFAULT));
    let capped = CAPPED.iter().filter_map(|directive| directive.parse::<Directive>().ok());
    capped.fold(filter, EnvFilter::add_directive)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_prints_whole_requests_stays_capped() {
        let filter = filter(Some(EnvFilter::new("trace,aws_smithy_runtime=trace"))).to_string();
        for directive in CAPPED {
            assert!(filter.contains(directive), "{filter}");
        }
        assert!(!filter.contains("aws_smithy_runtime=trace"), "{filter}");
    }
}
