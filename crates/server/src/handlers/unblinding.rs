//! “Vis som borgeren ser det”: what a citizen's account looks like to her, told to her caseworker.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::{Extension, Json};
use jobnet_api::access::Purpose;
use jobnet_api::paths;
use jobnet_api::problem::Problem;
use jobnet_api::unblinding::{NewUnblinding, Unblinding};

use super::NO_STORE;
use super::body::Body;
use super::idempotency::IdempotencyKey;
use crate::access::{CitizenId, Recording, Shown, SignedIn};
use crate::app::App;
use crate::guest;
use crate::problem::Failure;
use crate::relation::Subject;
use crate::trials::unblinding;

/// Say why, and see what a trial decides about her account, unless it would tell what the next citizen
/// gets. The reason is in the record, and she can read it; whether she is in a trial is not said there.
/// The same key and reason give the same answer.
#[utoipa::path(
    post,
    path = paths::CITIZEN_UNBLINDING, operation_id = "see_as_the_citizen_does",
    params(
        ("citizen" = String, Path, description = "Her random id"),
        ("Idempotency-Key" = Option<String>, Header, description = "1–200 visible characters; without it 400, for a citizen who is yours"),
    ),
    request_body = NewUnblinding,
    responses(
        (status = 201, body = Unblinding),
        (status = 404, body = Problem, description = "There is no such citizen, or she is not in your caseload"),
        (status = 409, body = Problem, description = "The key came with another reason or citizen"),
        (status = 422, body = Problem),
    )
)]
pub(super) async fn create(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    CitizenId(citizen): CitizenId,
    Extension(subject): Extension<Subject>,
    Extension(recording): Extension<Recording>,
    IdempotencyKey(key): IdempotencyKey,
    Body(request): Body<NewUnblinding>,
) -> Result<impl IntoResponse, Failure> {
    if let Some(problem) = guest::reason_problem(&request.reason) {
        return Err(Failure::invalid(vec![problem]));
    }
    let (today, now) = (app.today(app.population().await?), app.clock().now());
    let reason = request.reason.trim();
    let asked = unblinding::Asked { citizen, handle: &session.handle, key: &key, reason };
    // A key that came for another citizen or reason shows nothing, and is no look.
    unblinding::first(app.database().read(), asked).await?;
    let shown = Shown {
        citizens: vec![citizen],
        relation: subject.relation,
        purpose: Purpose::Unblinding,
        reason: Some(reason.to_owned()),
        criterion: None,
    };
    recording.write(&shown).await?;
    let told = unblinding::store(&app, asked, today, now).await?;
    Ok((StatusCode::CREATED, NO_STORE, Json(told)))
}
