//! Whether the process lives, and whether it can answer.

use axum::extract::State;
use axum::http::StatusCode;
use jobnet_api::paths;
use jobnet_api::problem::{Code, Problem};

use crate::app::App;
use crate::problem::Failure;

/// The process is alive.
#[utoipa::path(get, path = paths::LIVEZ, responses((status = 204, description = "Alive")))]
pub(super) async fn livez() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// The process can answer: database reached, schema current, not shutting down.
#[utoipa::path(
    get,
    path = paths::READYZ,
    responses((status = 204, description = "Ready"), (status = 503, body = Problem))
)]
pub(super) async fn readyz(State(app): State<App>) -> Result<StatusCode, Failure> {
    let unavailable =
        |why: String| Failure { internal: Some(why), ..Failure::new(Code::Unavailable) };
    if app.is_draining() {
        return Err(Failure::new(Code::Unavailable));
    }
    match app.database().schema_is_current().await {
        Ok(true) => Ok(StatusCode::NO_CONTENT),
        Ok(false) => Err(unavailable("the schema is not the newest".to_owned())),
        Err(error) => Err(unavailable(format!("database: {error}"))),
    }
}
