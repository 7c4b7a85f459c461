//! The address for whoever operates the server: a listener of its own, which citizens never reach.
//! It tells counts and nothing about anyone.

use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::app::App;
use crate::problem::Failure;

/// What is answered there.
pub fn router(app: &App) -> Router {
    Router::new().route("/metrics", get(metrics)).with_state(app.clone())
}

async fn metrics(State(app): State<App>) -> Result<Response, Failure> {
    let text = app.metrics().text(app.database(), app.clock().now()).await;
    let text = text.map_err(Failure::internal)?;
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(CONTENT_TYPE, kind)], text).into_response())
}
