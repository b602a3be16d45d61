//! `bare-route ADDRESS FILE`: answers `GET /` with the bytes of a file, as HTML.

use std::error::Error;

use axum::Router;
use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(address), Some(file)) = (arguments.next(), arguments.next()) else {
        return Err("usage: bare-route ADDRESS FILE".into());
    };
    let page = Bytes::from(std::fs::read(file)?);
    let answer = move || std::future::ready(([(CONTENT_TYPE, "text/html; charset=utf-8")], page.clone()));
    let route = get(answer);
    let listener = tokio::net::TcpListener::bind(address).await?;
    axum::serve(listener, Router::new().route("/", route)).await?;
    Ok(())
}
