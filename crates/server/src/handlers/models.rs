//! The models, for everyone.

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use jobnet_api::models::{Models, PublishedModel};
use jobnet_api::paths;
use jobnet_profiling::card::card;
use jobnet_profiling::shipped;

use super::is_known;
use crate::app::App;
use crate::problem::Failure;
use crate::{model_watch, profiles, secret};

/// Every model that is delivered, with its evaluation and what came of its estimates; which of them
/// is used, and on which law.
#[utoipa::path(
    get,
    path = paths::MODELS, operation_id = "models",
    params(("If-None-Match" = Option<String>, Header, description = "The `ETag` of an earlier answer")),
    responses(
        (status = 200, body = Models, headers(("ETag" = String, description = "Covers the whole answer"))),
        (status = 304, description = "Nothing has changed"),
    )
)]
pub(super) async fn list(State(app): State<App>, headers: HeaderMap) -> Result<Response, Failure> {
    let population = app.population().await?;
    let mut published = Vec::new();
    for sealed in shipped::models() {
        published.push(PublishedModel {
            digest: sealed.digest.clone(),
            model: sealed.model.clone(),
            card: card(sealed, shipped::models(), shipped::comparisons()),
            watched: model_watch::newest(app.database().read(), &sealed.digest).await?,
        });
    }
    let models = Models {
        default: app.config().profiling.model.clone(),
        legal_basis: profiles::legal_basis(&app, population, app.today(population)),
        models: published,
    };
    let text = serde_json::to_string(&models).map_err(Failure::internal)?;
    let tag = format!("\"{}\"", secret::hash(&text));
    // Nobody's data: anyone may keep it, and asks whether it is still the same.
    let kept = [
        (CACHE_CONTROL, HeaderValue::from_static("public, no-cache")),
        (ETAG, HeaderValue::from_str(&tag).map_err(Failure::internal)?),
    ];
    if is_known(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    let json = [(CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    Ok((kept, json, text).into_response())
}
