//! Links to previews, and what they show.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jobnet_api::boot::Boot;
use jobnet_api::paths;
use jobnet_api::problem::{Code, Problem};
use jobnet_api::trial::{MAX_PREVIEW_HOURS, Preview, PreviewAsked};

use super::NO_STORE;
use super::body::Body;
use crate::app::App;
use crate::preview;
use crate::problem::{Failure, FieldProblem};

/// Ask for a link to a preview. Nothing is stored: the link carries what it shows.
#[utoipa::path(
    post,
    path = paths::PREVIEWS, operation_id = "preview_link",
    request_body = PreviewAsked,
    responses((status = 201, body = Preview), (status = 422, body = Problem))
)]
pub(super) async fn create(
    State(app): State<App>,
    Body(asked): Body<PreviewAsked>,
) -> Result<impl IntoResponse, Failure> {
    if !(1..=MAX_PREVIEW_HOURS).contains(&asked.hours) {
        return Err(Failure::invalid(vec![("/hours", FieldProblem::PreviewHours)]));
    }
    let link = preview::link(app.keys(), &asked, app.clock().now());
    Ok((StatusCode::CREATED, NO_STORE, Json(link)))
}

/// What a link shows: the first answer of the page, of a made-up citizen. Whoever has the link may
/// see it; who asks is not looked up, and nothing is noted.
#[utoipa::path(
    get,
    path = paths::PREVIEW, operation_id = "preview",
    params(("token" = String, Path, description = "The token of the link")),
    responses(
        (status = 200, body = Boot),
        (status = 410, body = Problem, description = "The link has ended, or is not whole"),
    )
)]
pub(super) async fn get(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Result<impl IntoResponse, Failure> {
    let now = app.clock().now();
    let shown = preview::read(app.keys(), &token, now).ok_or(Failure::new(Code::Gone))?;
    let today = app.today(app.population().await?);
    let facts =
        preview::facts(shown.citizen, shown.situation, today, now).map_err(Failure::internal)?;
    let boot = Boot {
        today,
        synthetic: true,
        sign_in_at: None,
        personas: Vec::new(),
        me: None,
        account: Some(facts),
        arm: Some(shown.arm()),
        has_checklist: false,
        preview: true,
    };
    Ok((NO_STORE, Json(boot)))
}
