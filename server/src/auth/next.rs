//! Where to go after signing in: paths of this console only.

use url::Url;

/// The path and query to go to, if it is one of this console; its overview otherwise.
pub fn local_path(next: &str) -> String {
    let path = site_path(next);
    let page = path.split('?').next().unwrap_or_default();
    if page == "/login" || page == "/logout" { "/".to_owned() } else { path }
}

/// The same, where the sign-in page is as good as any other.
pub fn site_path(next: &str) -> String {
    checked(next).unwrap_or_else(|| "/".to_owned())
}

fn checked(next: &str) -> Option<String> {
    // Browsers strip tabs and line breaks, and take a backslash for a slash: such a path is nobody's honest wish.
    if !next.starts_with('/') || next.contains(|c: char| c.is_control() || c == '\\') {
        return None;
    }
    let base = Url::parse("http://console.invalid").ok()?;
    let url = base.join(next).ok().filter(|url| url.origin() == base.origin())?;
    let path = url.path();
    // `/.//evil.example` leaves a path that is an address of its own.
    if path.starts_with("//") {
        return None;
    }
    Some(match url.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    })
}

/// The query that has the sign-in page lead to `target`.
pub fn next_query(target: &str) -> String {
    url::form_urlencoded::Serializer::new(String::new()).append_pair("next", target).finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn local_paths_are_kept() {
        for path in ["/", "/activations", "/activations?status=active&page=2", "/nodes/mi-0123456789abcdef0"]
        {
            assert_eq!(local_path(path), path);
        }
    }

    #[test]
    fn other_places_are_not() {
        let elsewhere = [
            "",
            "activations",
            "//evil.example",
            "///evil.example",
            "https://evil.example/",
            "/\\evil.example",
            "/\t/evil.example",
            "\t//evil.example",
            "javascript:alert(1)",
            "/.//evil.example",
            "/a/..//evil.example",
            "/login",
            "/login?next=/",
            "/logout",
        ];
        for next in elsewhere {
            assert_eq!(local_path(next), "/", "{next:?}");
        }
    }

    #[test]
    fn the_sign_in_page_is_a_page() {
        assert_eq!(site_path("/login?next=%2Fnodes"), "/login?next=%2Fnodes");
        assert_eq!(site_path("//evil.example"), "/");
    }

    proptest! {
        #[test]
        fn whatever_comes_out_is_a_header_value(next in "/\\PC{0,20}") {
            prop_assert!(site_path(&next).parse::<http::HeaderValue>().is_ok());
        }

        #[test]
        fn nothing_leads_away(next in "[/\\\\.a-z:@?#\\t ]{0,20}") {
            let base = Url::parse("https://console.example/login").unwrap();
            let target = base.join(&local_path(&next)).unwrap();
            prop_assert_eq!(target.origin(), base.origin());
        }
    }
}
