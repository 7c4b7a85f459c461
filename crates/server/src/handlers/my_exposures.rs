//! The words of a citizen's pages that something was really shown because of a trial.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jobnet_api::arm::Exposure;
use jobnet_api::paths;
use jobnet_api::problem::Problem;
use jobnet_api::profile_exposure::ProfileExposure;

use super::NO_STORE;
use super::body::Body;
use crate::access::CitizenId;
use crate::app::App;
use crate::problem::{Failure, FieldProblem};
use crate::trials::TrialError;
use crate::trials::exposure::{self, Word};

/// Say what was really shown. The same unit, surface and day again changes nothing, but that what
/// was opened is added: it is safe to send again.
#[utoipa::path(
    post,
    path = paths::MY_EXPOSURES, operation_id = "say_what_was_shown",
    request_body = Exposure,
    responses((status = 204), (status = 422, body = Problem))
)]
pub(super) async fn create(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
    Body(shown): Body<Exposure>,
) -> Result<impl IntoResponse, Failure> {
    store(&app, citizen, Word::from(&shown)).await
}

/// The same of her profile and her receipts.
#[utoipa::path(
    post,
    path = paths::MY_PROFILE_EXPOSURES, operation_id = "say_what_was_shown_of_profile",
    request_body = ProfileExposure,
    responses((status = 204), (status = 422, body = Problem))
)]
pub(super) async fn create_of_profile(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
    Body(shown): Body<ProfileExposure>,
) -> Result<impl IntoResponse, Failure> {
    store(&app, citizen, Word::from(&shown)).await
}

async fn store(app: &App, citizen: i32, word: Word) -> Result<impl IntoResponse + use<>, Failure> {
    let problems = exposure::problems(&word);
    if !problems.is_empty() {
        return Err(Failure::invalid(problems));
    }
    match exposure::say(app, citizen, word, app.clock().now()).await {
        Ok(()) => Ok((StatusCode::NO_CONTENT, NO_STORE)),
        Err(TrialError::Unknown(_)) => {
            Err(Failure::invalid(vec![("/trial", FieldProblem::NoTrial)]))
        }
        Err(error) => Err(Failure::internal(error)),
    }
}
