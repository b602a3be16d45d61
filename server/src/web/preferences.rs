//! `POST /preferences`: remembers how somebody likes the console, in cookies.

use std::collections::BTreeMap;

use app::page::Scheme;
use app::server::is_time_zone;
use axum::extract::{Form, State};
use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::language::Language;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::Console;
use crate::auth::site_path;

/// A year, in seconds: as long as browsers keep a cookie.
const MAX_AGE: u32 = 365 * 24 * 60 * 60;
/// Longest value, in bytes. Cookies travel with every request.
const MAX_VALUE: usize = 400;

/// Sets a cookie for each known field and leads back to `next`. What is not understood is left out.
pub async fn save(State(console): State<Console>, Form(fields): Form<Vec<(String, String)>>) -> Response {
    let next = fields.iter().find(|(name, _)| name == "next").map_or("/", |(_, next)| next);
    let next = match moved_table(&fields) {
        // Who has moved a column will move more.
        Some(table) => format!("{next}{}preferences={table}", if next.contains('?') { '&' } else { '?' }),
        None => next.to_owned(),
    };
    let mut response = Redirect::to(&site_path(&next)).into_response();
    for (name, value) in preferences(&fields) {
        let value = utf8_percent_encode(&value, NON_ALPHANUMERIC);
        let secure = if console.settings.secure_cookies { "; Secure" } else { "" };
        let cookie = format!("{name}={value}; Path=/; Max-Age={MAX_AGE}; SameSite=Lax{secure}");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
    }
    response
}

/// The fields that are preferences; a field that stands several times, as checkboxes do, becomes a list.
fn preferences(fields: &[(String, String)]) -> BTreeMap<&str, String> {
    let mut preferences: BTreeMap<&str, String> = BTreeMap::new();
    for (name, value) in fields {
        let valid = match name.as_str() {
            "language" => Language::ALL.iter().any(|language| language.tag() == value),
            "scheme" => Scheme::from_name(value).is_some(),
            "time_zone" => is_time_zone(value),
            name => {
                is_table_preference(name)
                    && value.chars().all(|c| c.is_ascii_alphanumeric() || "_-,.".contains(c))
            }
        };
        if !valid {
            continue;
        }
        match preferences.get_mut(name.as_str()) {
            Some(list) if is_table_preference(name) => {
                list.push(',');
                list.push_str(value);
            }
            _ => {
                preferences.insert(name, value.clone());
            }
        }
    }
    move_column(&mut preferences);
    preferences.retain(|_, value| value.len() <= MAX_VALUE);
    preferences
}

/// What a table's buttons without script say: `up.nodes=agent` moves a column in `order.nodes`.
const MOVES: [(&str, isize); 2] = [("up.", -1), ("down.", 1)];

fn moved_table(fields: &[(String, String)]) -> Option<&str> {
    let names = fields.iter().map(|(name, _)| name.as_str()).filter(|name| is_table_preference(name));
    let mut moved = names.filter_map(|name| MOVES.iter().find_map(|(prefix, _)| name.strip_prefix(prefix)));
    moved.next()
}

fn move_column(preferences: &mut BTreeMap<&str, String>) {
    let names: Vec<&str> = preferences.keys().copied().collect();
    for (name, (prefix, step)) in names.iter().flat_map(|name| MOVES.iter().map(move |known| (name, known))) {
        let Some(table) = name.strip_prefix(prefix) else { continue };
        let Some(column) = preferences.remove(name) else { continue };
        if let Some(order) = preferences.get_mut(format!("order.{table}").as_str()) {
            let mut ids: Vec<&str> = order.split(',').collect();
            let from = ids.iter().position(|id| *id == column);
            let to = from.and_then(|from| from.checked_add_signed(*step)).filter(|to| *to < ids.len());
            if let (Some(from), Some(to)) = (from, to) {
                ids.swap(from, to);
                *order = ids.join(",");
            }
        }
    }
}

/// Whether the name is a table's preference: `<what>.<table>`, such as `columns.activations`.
pub fn is_table_preference(name: &str) -> bool {
    let word = |word: &str| {
        (1..=32).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
    };
    name.split_once('.').is_some_and(|(what, table)| word(what) && word(table))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        let fields: Vec<_> =
            fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        preferences(&fields).into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    #[test]
    fn checkboxes_become_a_list() {
        let fields = [
            ("columns.activations", "id"),
            ("page_size.activations", "50"),
            ("columns.activations", "expires"),
        ];
        assert_eq!(
            kept(&fields),
            [
                ("columns.activations".to_owned(), "id,expires".to_owned()),
                ("page_size.activations".to_owned(), "50".to_owned())
            ]
        );
    }

    #[test]
    fn a_button_moves_a_column() {
        let order = ["name", "agent", "ip"].map(|id| ("order.nodes", id));
        let moved = |button: (&'static str, &'static str)| {
            let fields: Vec<_> = order.into_iter().chain([button]).collect();
            kept(&fields)
        };
        let ordered = |ids: &str| [("order.nodes".to_owned(), ids.to_owned())];
        assert_eq!(moved(("up.nodes", "agent")), ordered("agent,name,ip"));
        assert_eq!(moved(("down.nodes", "agent")), ordered("name,ip,agent"));
        assert_eq!(moved(("up.nodes", "name")), ordered("name,agent,ip"));
        assert_eq!(moved(("down.nodes", "colour")), ordered("name,agent,ip"));
        assert_eq!(moved(("up.activations", "name")), ordered("name,agent,ip"));
        let fields = [("up.nodes".to_owned(), "agent".to_owned())];
        assert_eq!((moved_table(&fields), moved_table(&[])), (Some("nodes"), None));
    }

    #[test]
    fn what_is_not_understood_is_left_out() {
        let fields = [
            ("language", "fr"),
            ("scheme", "sepia"),
            ("time_zone", "Mars/Olympus"),
            ("sekisho_session", "x"),
            ("columns.activations", "a;b"),
            ("a.b.c", "x"),
            (".x", "x"),
            ("columns.ACT", "x"),
            ("next", "/"),
        ];
        assert_eq!(kept(&fields), []);
        assert_eq!(kept(&[("columns.nodes", &"x".repeat(401))]), []);
        assert_eq!(kept(&[("language", "ja"), ("scheme", "dark"), ("time_zone", "Asia/Tokyo")]).len(), 3);
    }
}
