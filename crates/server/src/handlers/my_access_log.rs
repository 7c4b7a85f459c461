//! Who has looked at the citizen's data.

use axum::Json;
use axum::extract::{Query, State};
use axum::response::IntoResponse;
use jobnet_api::access::AccessLog;
use jobnet_api::paths;
use jobnet_api::problem::Problem;
use serde::Deserialize;
use utoipa::IntoParams;

use super::NO_STORE;
use crate::access::CitizenId;
use crate::app::App;
use crate::problem::Failure;
use crate::record::{self, Looks, Wanted};

/// How many looks one answer holds.
const PAGE: u64 = 100;

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Parameters {
    /// Only looks before this number: `next` of the answer before.
    before: Option<i64>,
    /// Her own looks, too.
    own: Option<bool>,
}

/// Who has looked at her data, newest first, and how often each month.
#[utoipa::path(
    get,
    path = paths::MY_ACCESS_LOG, operation_id = "my_access_log",
    params(Parameters),
    responses(
        (status = 200, body = AccessLog),
        (status = 400, body = Problem),
    )
)]
pub(super) async fn get(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
    Query(parameters): Query<Parameters>,
) -> Result<impl IntoResponse, Failure> {
    let looks = if parameters.own == Some(true) { Looks::All } else { Looks::OfOthers };
    let wanted = Wanted { looks, before: parameters.before, limit: PAGE };
    let log = record::of_citizen(app.database(), citizen, wanted).await?;
    Ok((NO_STORE, Json(log)))
}
