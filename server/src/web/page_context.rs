//! The facts of a request that pages are rendered with.

use std::collections::BTreeMap;

use app::page::{PageContext, Person, Scheme};
use app::server::{is_time_zone, utc_offset_minutes};
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};
use domain::language::Language;
use percent_encoding::percent_decode_str;
use tower_sessions::cookie::Cookie;

use super::Console;
use super::preferences::is_table_preference;

/// The facts of a request: what the cookies remember, else what the browser asks for.
pub fn page_context(console: &Console, headers: &HeaderMap, person: Option<Person>) -> PageContext {
    let cookies = cookies(headers);
    let now = console.ports.clock.now();
    let time_zone = cookies.get("time_zone").filter(|zone| is_time_zone(zone)).cloned();
    let time_zone = time_zone.unwrap_or_else(|| "UTC".to_owned());
    let accepted = || {
        let header = headers.get(ACCEPT_LANGUAGE).and_then(|header| header.to_str().ok());
        Language::from_accept_language(header.unwrap_or_default())
    };
    PageContext {
        language: cookies.get("language").and_then(|tag| Language::from_tag(tag)).unwrap_or_else(accepted),
        scheme: cookies.get("scheme").and_then(|name| Scheme::from_name(name)).unwrap_or_default(),
        utc_offset_minutes: utc_offset_minutes(&time_zone, now),
        time_zone,
        now,
        // Whose account it is concerns nobody who has not signed in.
        aws: person.is_some().then(|| console.aws.clone()),
        person,
        preferences: cookies.into_iter().filter(|(name, _)| is_table_preference(name)).collect(),
    }
}

fn cookies(headers: &HeaderMap) -> BTreeMap<String, String> {
    let all = headers.get_all(COOKIE).iter().filter_map(|header| header.to_str().ok());
    let all = all.flat_map(|header| Cookie::split_parse(header.to_owned())).filter_map(Result::ok);
    all.filter_map(|cookie| {
        let value = percent_decode_str(cookie.value()).decode_utf8().ok()?.into_owned();
        Some((cookie.name().to_owned(), value))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_read_from_every_header_and_decoded() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, "time_zone=Asia%2FTokyo; language=ja".parse().unwrap());
        headers.append(COOKIE, "columns.activations=id%2Cname; broken=%FF; ;=".parse().unwrap());
        let cookies = cookies(&headers);
        assert_eq!(cookies["time_zone"], "Asia/Tokyo");
        assert_eq!(cookies["language"], "ja");
        assert_eq!(cookies["columns.activations"], "id,name");
        assert!(!cookies.contains_key("broken"));
    }
}
