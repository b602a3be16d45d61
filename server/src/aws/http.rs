//! The SDK's own HTTP client: how AWS is reached, and links to files. Proxies are those of the environment.

use std::time::Duration;

use aws_config::SdkConfig;
use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::{Builder, Connector, proxy::ProxyConfig};
use aws_smithy_runtime_api::client::http::HttpConnectorSettings;
use url::{Host, Url};

const TLS: Provider = Provider::Rustls(CryptoMode::AwsLc);
/// Until the connection stands.
const CONNECT: Duration = Duration::from_secs(3);

/// Reaches what stands on this machine without a proxy, which would look for it on its own.
pub(super) fn past_proxies(config: SdkConfig) -> SdkConfig {
    if is_on_this_machine(&config) {
        config.into_builder().http_client(Builder::new().tls_provider(TLS).build_https()).build()
    } else {
        config
    }
}

/// Sends requests that no SDK makes, and waits this long for an answer to begin.
pub(super) fn connector(config: &SdkConfig, answer: Duration) -> Connector {
    let settings = HttpConnectorSettings::builder().connect_timeout(CONNECT).read_timeout(answer).build();
    let proxies = if is_on_this_machine(config) { ProxyConfig::disabled() } else { ProxyConfig::from_env() };
    Connector::builder()
        .connector_settings(settings)
        .sleep_impl(TokioSleep::new())
        .proxy_config(proxies)
        .tls_provider(TLS)
        .build()
}

fn is_on_this_machine(config: &SdkConfig) -> bool {
    let url = config.endpoint_url().and_then(|endpoint| Url::parse(endpoint).ok());
    match url.as_ref().and_then(Url::host) {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_reached_without_a_proxy() {
        let of = |endpoint: &str| is_on_this_machine(&SdkConfig::builder().endpoint_url(endpoint).build());
        assert!(of("http://127.0.0.1:4610") && of("http://[::1]:4610") && of("http://localhost:4566/"));
        assert!(!of("https://vpce-1.ssm.ap-northeast-1.vpce.amazonaws.com") && !of("http://10.0.0.1"));
        assert!(!of("http://localhost.example.com") && !is_on_this_machine(&SdkConfig::builder().build()));
    }
}
