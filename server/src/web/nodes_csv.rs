//! `GET /nodes.csv`: every node that a query asks for, in the columns that the person sees, as a file for spreadsheets.

use std::convert::Infallible;
use std::sync::Arc;

use app::page::PageContext;
use app::pages::nodes::{columns_shown, value_name};
use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{RawQuery, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use domain::csv::{BYTE_ORDER_MARK, push_line};
use domain::errors::ApiError;
use domain::language::Language;
use domain::nodes::property::Property;
use domain::nodes::query::NodeQuery;
use domain::nodes::{ManagedNode, NodeSnapshot};
use domain::permission::Permission;
use futures::stream;
use time::{OffsetDateTime, UtcOffset};

use super::Console;
use super::errors::api_error;

/// Nodes in one piece of the answer.
const PIECE: usize = 500;

/// `GET /nodes.csv?…`: the query of the list (see [`domain::nodes::query`]), all pages of it. Times are in UTC.
pub async fn download(
    State(console): State<Console>,
    Extension(page): Extension<PageContext>,
    RawQuery(query): RawQuery,
) -> Response {
    if !page.may(Permission::Read) {
        return api_error(&ApiError::Forbidden);
    }
    let now = console.ports.clock.now();
    let query = NodeQuery::parse(&query.unwrap_or_default());
    match console.ports.nodes.snapshot().await {
        Ok(snapshot) => file(&page, snapshot, &query, now),
        Err(error) => api_error(&error),
    }
}

fn file(page: &PageContext, snapshot: Arc<NodeSnapshot>, query: &NodeQuery, now: OffsetDateTime) -> Response {
    let (columns, language) = (columns_shown(page), page.language);
    let mut head = BYTE_ORDER_MARK.to_owned();
    push_line(&mut head, columns.iter().map(|(_, heading)| *heading));
    let columns: Vec<Property> = columns.into_iter().map(|(property, _)| property).collect();

    // The answer goes on with the snapshot that it began with, whatever changes meanwhile.
    let places = snapshot.nodes.places(query, now);
    let pieces = (0..places.len().div_ceil(PIECE)).map(move |piece| {
        let places = places.iter().skip(piece * PIECE).take(PIECE);
        let mut text = String::new();
        for node in places.filter_map(|place| snapshot.nodes.at(*place)) {
            push_node(&mut text, language, &columns, node);
        }
        text
    });
    let pieces = std::iter::once(head).chain(pieces).map(|text| Ok::<_, Infallible>(Bytes::from(text)));
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8; header=present".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file_name(page, now))),
    ];
    (headers, Body::from_stream(stream::iter(pieces))).into_response()
}

fn push_node(text: &mut String, language: Language, columns: &[Property], node: &ManagedNode) {
    let values: Vec<_> = columns
        .iter()
        .map(|column| {
            column
                .text(node)
                .map_or_else(String::new, |value| value_name(language, *column, &value).into_owned())
        })
        .collect();
    push_line(text, values.iter().map(String::as_str));
}

/// With the date where the person is.
fn file_name(page: &PageContext, now: OffsetDateTime) -> String {
    let offset = UtcOffset::from_whole_seconds(page.utc_offset_minutes.saturating_mul(60));
    let date = now.to_offset(offset.unwrap_or(UtcOffset::UTC)).date();
    format!("managed-nodes-{}-{:02}-{:02}.csv", date.year(), u8::from(date.month()), date.day())
}
