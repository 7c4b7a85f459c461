//! The citizen's right to know which trials she is in, and to object.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use jobnet_api::my_trials::{MyTrial, RegisteredTrial};
use jobnet_api::paths;
use jobnet_api::problem::{Code, Problem};

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
    let trials = mine::of_citizen(app.database().read(), app.keys(), citizen).await;
    Ok((NO_STORE, Json(trials.map_err(Failure::internal)?)))
}

/// The register of trials that everyone may read: what proves that lots are drawn as was said. One that
/// is withheld is there once it has ended.
#[utoipa::path(
    get,
    path = paths::TRIAL_REGISTER, operation_id = "trial_register",
    responses((status = 200, body = Vec<RegisteredTrial>))
)]
pub(super) async fn register(State(app): State<App>) -> Result<impl IntoResponse, Failure> {
    let trials = mine::register(app.database().read(), app.keys()).await;
    Ok((NO_STORE, Json(trials.map_err(Failure::internal)?)))
}

/// Object to a trial she is in: from now on she gets the ordinary page. What was drawn for her stays.
/// The same again changes nothing; the answer says since when.
#[utoipa::path(
    put,
    path = paths::MY_TRIAL_OBJECTION, operation_id = "object_to_trial",
    params(("trial" = String, Path, description = "Its key")),
    responses(
        (status = 200, body = MyTrial),
        (status = 404, body = Problem, description = "She is not in it, or may not know of it yet"),
    )
)]
pub(super) async fn object(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
    Path(trial): Path<String>,
) -> Result<impl IntoResponse, Failure> {
    let told = mine::object(app.database(), app.keys(), citizen, &trial, app.clock().now()).await;
    let told = told.map_err(Failure::internal)?.ok_or(Failure::new(Code::NotFound))?;
    Ok((NO_STORE, Json(told)))
}
