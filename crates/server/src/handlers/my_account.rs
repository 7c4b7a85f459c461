//! The citizen's account, today or as it stood on a day.

use axum::extract::{Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use chrono::NaiveDate;
use jobnet_api::account::AccountAnswer;
use jobnet_api::paths;
use jobnet_api::problem::{Code, Problem};
use serde::Deserialize;
use utoipa::IntoParams;

use super::NO_STORE;
use crate::access::CitizenId;
use crate::app::App;
use crate::assemble;
use crate::problem::{Failure, FieldProblem};

/// Room for the answer of three years, **bytes**: to grow to it would copy it several times.
const ROOM: usize = 64 * 1024;

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Parameters {
    /// The day, `YYYY-MM-DD`; today without it.
    #[param(value_type = Option<String>, format = Date)]
    pub(super) as_of: Option<String>,
}

/// The citizen's account; with `as_of` from what the registers said on that day.
#[utoipa::path(
    get,
    path = paths::MY_ACCOUNT, operation_id = "my_account",
    params(Parameters),
    responses(
        (status = 200, body = AccountAnswer),
        (status = 404, body = Problem, description = "Nothing was known of her on that day"),
        (status = 422, body = Problem),
    )
)]
pub(super) async fn get(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
    Query(parameters): Query<Parameters>,
) -> Result<impl IntoResponse, Failure> {
    of(&app, citizen, &parameters).await
}

/// The account of a citizen, for herself and for whoever may see her: one answer.
pub(super) async fn of(
    app: &App,
    citizen: i32,
    parameters: &Parameters,
) -> Result<impl IntoResponse + use<>, Failure> {
    let today = app.today(app.population().await?);
    let as_of = match parameters.as_of.as_deref() {
        None => today,
        Some(text) => text
            .parse::<NaiveDate>()
            .ok()
            .filter(|day| *day <= today)
            .ok_or_else(|| Failure::invalid(vec![("/as_of", FieldProblem::NotADate)]))?,
    };
    let facts = assemble::facts(app.database().read(), citizen, as_of, app.clock().now())
        .await?
        .ok_or(Failure::new(Code::NotFound))?;
    // The importer refuses what the rules refuse, so this is a defect, and said to be ours.
    let account = facts.evaluate().map_err(Failure::internal)?;
    let mut body = Vec::with_capacity(ROOM);
    sonic_rs::to_writer(&mut body, &account).map_err(Failure::internal)?;
    Ok((NO_STORE, [(CONTENT_TYPE, "application/json")], body))
}
