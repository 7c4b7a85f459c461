//! Who is signed in.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
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
pub(super) async fn get(SignedIn(session): SignedIn) -> impl IntoResponse {
    (NO_STORE, Json(of(session)))
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
    let session = session::extend(app.database(), session, app.clock().now()).await?;
    Ok((NO_STORE, Json(of(session))))
}

pub(super) fn of(session: Session) -> Me {
    Me {
        name: session.name,
        roles: vec![session.role],
        persona: session.persona,
        organisation: session.organisation,
        session_ends_at: session.ends_at,
        session_ends_at_the_latest: session.ends_at_the_latest,
    }
}
