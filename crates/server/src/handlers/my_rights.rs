//! The citizen's timeline of rights, duties and deadlines.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use jobnet_api::paths;
use jobnet_api::problem::{Code, Problem};
use jobnet_api::rights::MyRights;

use super::NO_STORE;
use crate::access::CitizenId;
use crate::app::App;
use crate::problem::Failure;
use crate::rights;

/// Her rights and duties, what is coming, and what has happened: each with the rule it rests on.
#[utoipa::path(
    get,
    path = paths::MY_RIGHTS, operation_id = "my_rights",
    responses(
        (status = 200, body = MyRights),
        (status = 404, body = Problem, description = "Nothing is known of her"),
    )
)]
pub(super) async fn get(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
) -> Result<impl IntoResponse, Failure> {
    let today = app.today(app.population().await?);
    let rights = rights::of_citizen(&app, citizen, today, app.clock().now()).await?;
    Ok((NO_STORE, Json(rights.ok_or(Failure::new(Code::NotFound))?)))
}
