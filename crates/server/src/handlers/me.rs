//! Who is signed in.

use axum::Json;
use axum::response::IntoResponse;
use jobnet_api::boot::Me;
use jobnet_api::paths;
use jobnet_api::problem::Problem;

use super::NO_STORE;
use crate::access::SignedIn;
use crate::session::Session;

/// Who is signed in, her roles, and when the session ends.
#[utoipa::path(
    get,
    path = paths::ME, operation_id = "me",
    responses((status = 200, body = Me), (status = 401, body = Problem))
)]
pub(super) async fn get(SignedIn(session): SignedIn) -> impl IntoResponse {
    (NO_STORE, Json(of(session)))
}

pub(super) fn of(session: Session) -> Me {
    Me {
        name: session.name,
        roles: vec![session.role],
        persona: Some(session.persona),
        session_ends_at: session.ends_at,
    }
}
