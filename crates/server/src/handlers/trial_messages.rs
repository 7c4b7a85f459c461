//! What a trial sends, for those who run it. It tells of no citizen.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use axum::{Extension, Json};
use jobnet_api::paths;
use jobnet_api::problem::Problem;
use jobnet_api::trial_messages::TrialMessages;

use super::NO_STORE;
use super::trials::{failure, looked};
use crate::app::App;
use crate::dispatch;
use crate::problem::Failure;
use crate::trials::store;

/// Every message of every arm as its recipient sees it, and when it is sent, with counts by arm.
#[utoipa::path(
    get,
    path = paths::TRIAL_MESSAGES, operation_id = "trial_messages",
    params(("trial" = String, Path, description = "Its key")),
    responses((status = 200, body = TrialMessages), (status = 404, body = Problem))
)]
pub(super) async fn list(
    State(app): State<App>,
    Path(key): Path<String>,
) -> Result<impl IntoResponse, Failure> {
    let database = app.database().read();
    let stored = store::load(database, &key).await.map_err(failure)?;
    let site = app.config().base_url();
    let messages = dispatch::messages(database, &stored, &site).await.map_err(failure)?;
    Ok((NO_STORE, Extension(looked(&key, "messages")), Json(messages)))
}
