//! Guest access to a citizen of another fund or job centre.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::{Extension, Json};
use jobnet_api::access::{Purpose, Relation};
use jobnet_api::casework::{GuestAccess, NewGuestAccess};
use jobnet_api::paths;
use jobnet_api::problem::{Code, Problem};
use sea_orm::EntityTrait;

use super::NO_STORE;
use super::body::Body;
use crate::access::{Recording, Shown, SignedIn};
use crate::app::App;
use crate::db::registers::citizens;
use crate::problem::Failure;
use crate::{cpr, guest};

/// Say why, and see the citizen for a working day. The reason is in the record; she can read it.
#[utoipa::path(
    post,
    path = paths::GUEST_ACCESS, operation_id = "guest_access",
    request_body = NewGuestAccess,
    responses(
        (status = 201, body = GuestAccess),
        (status = 404, body = Problem, description = "Nobody has this CPR number"),
        (status = 422, body = Problem),
    )
)]
pub(super) async fn create(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Extension(recording): Extension<Recording>,
    Body(request): Body<NewGuestAccess>,
) -> Result<impl IntoResponse, Failure> {
    let problems = guest::problems(&request);
    if !problems.is_empty() {
        return Err(Failure::invalid(problems));
    }
    let number = cpr::parse(&request.cpr).map_err(Failure::internal)?;
    let citizen = cpr::find(app.database().read(), app.keys(), &number).await?;
    let reason = request.reason.trim();
    let shown = Shown {
        citizens: citizen.into_iter().collect(),
        relation: Relation::Guest,
        purpose: Purpose::GuestAccess,
        reason: Some(reason.to_owned()),
        criterion: Some(format!("CPR number {}", app.keys().index(&number))),
    };
    let row = match citizen {
        Some(citizen) => citizens::Entity::find_by_id(citizen).one(app.database().read()).await?,
        None => None,
    };
    let Some(row) = row else {
        // Recorded, too: trying numbers leaves a trace.
        recording.refuse(&shown).await?;
        return Err(Failure::new(Code::NotFound));
    };
    recording.write(&shown).await?;
    let ends_at = guest::give(app.database(), &session, row.id, reason, app.clock().now())
        .await
        .map_err(Failure::internal)?;
    let access = GuestAccess { citizen: row.public_id, ends_at };
    Ok((StatusCode::CREATED, NO_STORE, Json(access)))
}
