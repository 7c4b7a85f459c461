//! Who is signed in.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use chrono::{DateTime, Utc};
use jobnet_api::boot::Me;
use jobnet_api::paths;

use super::NO_STORE;
use crate::access::SignedIn;
use crate::app::App;
use crate::problem::Failure;
use crate::session::{self, Session};

/// Who is signed in, her roles, and when the session ends. Asking does not keep it alive.
#[utoipa::path(
    get,
    path = paths::ME, operation_id = "me",
    responses((status = 200, body = Me))
)]
pub(super) async fn get(State(app): State<App>, SignedIn(session): SignedIn) -> impl IntoResponse {
    (NO_STORE, Json(of(session, app.clock().now())))
}

/// Keep the session alive: it ends later, but never after the last moment it may have.
#[utoipa::path(
    post,
    path = paths::EXTEND_SESSION, operation_id = "extend_session",
    responses((status = 200, body = Me))
)]
pub(super) async fn extend(
    State(app): State<App>,
    SignedIn(session): SignedIn,
) -> Result<impl IntoResponse, Failure> {
    let now = app.clock().now();
    let session = session::extend(app.database(), session, app.lifetimes(), now).await?;
    Ok((NO_STORE, Json(of(session, now))))
}

pub(super) fn of(session: Session, now: DateTime<Utc>) -> Me {
    Me {
        name: session.name,
        handle: session.handle,
        now,
        roles: vec![session.role],
        persona: session.persona,
        organisation: session.organisation,
        session_ends_at: session.ends_at,
        session_ends_at_the_latest: session.ends_at_the_latest,
    }
}
