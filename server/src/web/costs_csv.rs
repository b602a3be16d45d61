//! `GET /costs/{calculator}.csv`: an estimate as a file, by the same query as its page.

use app::costs::estimate_csv;
use app::page::PageContext;
use axum::Extension;
use axum::extract::RawQuery;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::costs::{Calculator, Fields};

/// `GET /costs/hybrid-activations.csv`.
pub async fn hybrid_activations(Extension(page): Extension<PageContext>, query: RawQuery) -> Response {
    file(&page, Calculator::HybridActivations, query)
}

/// `GET /costs/distributor.csv`.
pub async fn distributor(Extension(page): Extension<PageContext>, query: RawQuery) -> Response {
    file(&page, Calculator::Distributor, query)
}

/// The file; or the page, which tells what is wrong at its field.
fn file(page: &PageContext, calculator: Calculator, RawQuery(query): RawQuery) -> Response {
    let fields = Fields::from_query(&query.unwrap_or_default());
    let Ok(csv) = estimate_csv(page.language, calculator, &fields) else {
        return Redirect::to(&format!("{}?{}", calculator.path(), fields.to_query())).into_response();
    };
    let name = format!("attachment; filename=\"costs-{}.csv\"", calculator.name());
    let headers = [(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)];
    (headers, csv).into_response()
}
