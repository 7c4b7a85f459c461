//! Five questions about a citizen's own account.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use jobnet_api::paths;
use jobnet_api::problem::{Code, Problem};
use jobnet_api::understanding::{Answers, Asked, Judged, Understanding};
use jobnet_rules::understanding::{Question, right_answers};

use super::NO_STORE;
use super::body::Body;
use crate::access::CitizenId;
use crate::app::App;
use crate::problem::Failure;
use crate::trials::arm;
use crate::{assemble, understanding};

/// What she is asked now: nothing unless she is in a trial that runs, and at most once a month.
#[utoipa::path(
    get,
    path = paths::MY_UNDERSTANDING, operation_id = "what_she_is_asked",
    responses((status = 200, body = Understanding))
)]
pub(super) async fn get(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
) -> Result<impl IntoResponse, Failure> {
    let today = app.today(app.population().await?);
    let database = app.database().read();
    let mut asked = Understanding::default();
    if arm::is_in_one(&app, citizen).await.map_err(Failure::internal)?
        && understanding::is_due(database, citizen, today).await?
        && let Some(facts) = assemble::facts(database, citizen, today, app.clock().now()).await?
        && right_answers(&facts.evaluate().map_err(Failure::internal)?.account).is_some()
    {
        asked.questions = Question::ALL
            .map(|question| Asked { question, choices: question.choices().to_vec() })
            .to_vec();
    }
    Ok((NO_STORE, Json(asked)))
}

/// Answer them, or skip them. The answer says what was right.
#[utoipa::path(
    post,
    path = paths::MY_UNDERSTANDING, operation_id = "answer_questions",
    request_body = Answers,
    responses(
        (status = 200, body = Judged),
        (status = 404, body = Problem, description = "She is in no trial that runs"),
        (status = 409, body = Problem, description = "She has given other answers within the month"),
        (status = 422, body = Problem),
    )
)]
pub(super) async fn create(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
    Body(said): Body<Answers>,
) -> Result<impl IntoResponse, Failure> {
    let problems = understanding::problems(&said.answers);
    if !problems.is_empty() {
        return Err(Failure::invalid(problems));
    }
    let (today, now) = (app.today(app.population().await?), app.clock().now());
    if !arm::is_in_one(&app, citizen).await.map_err(Failure::internal)? {
        return Err(Failure::new(Code::NotFound));
    }
    let facts = assemble::facts(app.database().read(), citizen, today, now)
        .await?
        .ok_or(Failure::new(Code::NotFound))?;
    let account = facts.evaluate().map_err(Failure::internal)?.account;
    let judged =
        understanding::judge(&said.answers, &account).ok_or(Failure::new(Code::NotFound))?;
    let stored = understanding::store(app.database(), citizen, judged, today, now).await?;
    Ok((NO_STORE, Json(stored)))
}
