//! The citizen's right to know which trials she is in.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use jobnet_api::my_trials::MyTrial;
use jobnet_api::paths;

use super::NO_STORE;
use crate::access::CitizenId;
use crate::app::App;
use crate::problem::Failure;
use crate::trials::mine;

/// The trials she is in. One that is withheld is there once it has ended.
#[utoipa::path(
    get,
    path = paths::MY_TRIALS, operation_id = "my_trials",
    responses((status = 200, body = Vec<MyTrial>))
)]
pub(super) async fn list(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
) -> Result<impl IntoResponse, Failure> {
    let trials = mine::of_citizen(app.database().read(), citizen).await;
    Ok((NO_STORE, Json(trials.map_err(Failure::internal)?)))
}
