//! “Her mangler timer”: a citizen's reports of missing hours, and their list for administrators.

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use axum::{Extension, Json};
use jobnet_api::access::{Purpose, Relation};
use jobnet_api::paths;
use jobnet_api::problem::{Code, Problem};
use jobnet_api::report::{HoursReport, NewHoursReport};

use super::NO_STORE;
use super::body::Body;
use super::idempotency::IdempotencyKey;
use crate::access::{CitizenId, Shown};
use crate::app::App;
use crate::problem::Failure;
use crate::{assemble, reports};

/// Her reports, newest first.
#[utoipa::path(
    get,
    path = paths::MY_HOURS_REPORTS, operation_id = "list_hours_reports",
    responses((status = 200, body = Vec<HoursReport>))
)]
pub(super) async fn list(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
) -> Result<impl IntoResponse, Failure> {
    let reports = reports::of_citizen(app.database().read(), citizen).await?;
    Ok((NO_STORE, Json(reports)))
}

/// Report missing hours. The answer is the receipt; the same key and content give the same one.
#[utoipa::path(
    post,
    path = paths::MY_HOURS_REPORTS, operation_id = "report_hours",
    params(("Idempotency-Key" = String, Header, description = "1–200 visible characters")),
    request_body = NewHoursReport,
    responses(
        (status = 201, body = HoursReport),
        (status = 409, body = Problem, description = "The key came with another content"),
        (status = 422, body = Problem),
    )
)]
pub(super) async fn create(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
    IdempotencyKey(key): IdempotencyKey,
    Body(report): Body<NewHoursReport>,
) -> Result<impl IntoResponse, Failure> {
    let today = app.today(app.population().await?);
    let problems = reports::problems(&report, today);
    if !problems.is_empty() {
        return Err(Failure::invalid(problems));
    }
    let recipient = assemble::authority(app.database().read(), citizen, today)
        .await?
        .ok_or(Failure::new(Code::NotFound))?;
    let receipt = reports::store(
        app.database(),
        reports::Submission { citizen, key: &key, recipient, report },
        app.clock().now(),
    )
    .await?;
    Ok((StatusCode::CREATED, NO_STORE, Json(receipt)))
}

/// Every report as CSV, oldest first.
#[utoipa::path(
    get,
    path = paths::HOURS_REPORTS_CSV, operation_id = "export_hours_reports",
    responses(
        (status = 200, content_type = "text/csv", body = String),
    )
)]
pub(super) async fn export(State(app): State<App>) -> Result<impl IntoResponse, Failure> {
    let synthetic = app.population().await?.synthetic;
    let (csv, citizens) = reports::csv(app.database().read(), synthetic).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8; header=present")),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"hours-reports.csv\""),
        ),
    ];
    let shown = Shown {
        citizens,
        relation: Relation::Stranger,
        purpose: Purpose::Administration,
        reason: None,
        criterion: Some("every report".to_owned()),
    };
    Ok((NO_STORE, headers, Extension(shown), csv))
}
