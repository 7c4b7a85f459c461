//! Whether the process lives, and whether it can answer.

use axum::extract::State;
use jobnet_api::paths;
use jobnet_api::problem::{Code, Problem};

use crate::app::App;
use crate::problem::Failure;

/// The process is alive.
#[utoipa::path(get, path = paths::LIVEZ, operation_id = "livez", responses((status = 200, body = String)))]
pub(super) async fn livez() -> &'static str {
    "alive"
}

/// The process can answer: database reached, schema current, not shutting down.
#[utoipa::path(
    get,
    path = paths::READYZ, operation_id = "readyz",
    responses((status = 200, body = String), (status = 503, body = Problem))
)]
pub(super) async fn readyz(State(app): State<App>) -> Result<&'static str, Failure> {
    let unavailable =
        |why: String| Failure { internal: Some(why), ..Failure::new(Code::Unavailable) };
    if app.is_draining() {
        return Err(Failure::new(Code::Unavailable));
    }
    match app.database().schema_is_current().await {
        Ok(true) => Ok("ready"),
        Ok(false) => Err(unavailable("the schema is not the newest".to_owned())),
        Err(error) => Err(unavailable(format!("database: {error}"))),
    }
}
