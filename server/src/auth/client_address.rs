//! Which address a request comes from, for slowing down who guesses.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};

/// The client's address as attempts are counted by it: an IPv6 one stands for its /64, which one client owns whole.
pub fn client_address(extensions: &Extensions, headers: &HeaderMap, trust_proxy: bool) -> String {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let forwarded = trust_proxy.then(|| forwarded_for(headers)).flatten();
    forwarded.or(peer).map_or_else(|| "unknown".to_owned(), counted)
}

/// The last address is the one that the proxy itself has seen; those before it are the client's to choose.
fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    let last =
        headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?.rsplit(',').next()?.trim();
    last.parse().ok().or_else(|| last.parse().ok().map(|address: SocketAddr| address.ip()))
}

fn counted(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(peer: &str, forwarded: Option<&str>, trust_proxy: bool) -> String {
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 5000)));
        let mut headers = HeaderMap::new();
        if let Some(forwarded) = forwarded {
            headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        }
        client_address(&extensions, &headers, trust_proxy)
    }

    #[test]
    fn only_a_trusted_proxy_is_believed_and_only_its_own_word() {
        assert_eq!(address("192.0.2.1", Some("203.0.113.9"), false), "192.0.2.1");
        assert_eq!(address("192.0.2.1", Some("198.51.100.7, 203.0.113.9"), true), "203.0.113.9");
        assert_eq!(address("192.0.2.1", Some("nonsense"), true), "192.0.2.1");
        assert_eq!(address("192.0.2.1", None, true), "192.0.2.1");
    }

    #[test]
    fn an_ipv6_network_counts_as_one() {
        assert_eq!(address("2001:db8:1:2:3:4:5:6", None, false), "2001:db8:1:2::/64");
        assert_eq!(address("::ffff:192.0.2.1", None, false), "192.0.2.1");
        assert_eq!(client_address(&Extensions::new(), &HeaderMap::new(), false), "unknown");
    }
}
