//! What she changes of her preparation form, piece by piece.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jobnet_api::paths;
use jobnet_api::problem::{Code, Problem};
use jobnet_api::profile::{NewAnswer, NewFactSay, NewRemark, Said, Saved};
use jobnet_profiling::fact::Fact;
use jobnet_profiling::form::Question;
use serde::de::DeserializeOwned;

use super::NO_STORE;
use super::body::Body;
use crate::access::CitizenId;
use crate::app::App;
use crate::db::registers::word;
use crate::problem::Failure;
use crate::profiles;

/// What an address names.
fn named<T: DeserializeOwned>(text: &str) -> Result<T, Failure> {
    word(text).map_err(|_| Failure::new(Code::NotFound))
}

/// Store an answer. The answer that is stored already is accepted again, whatever edition she has
/// seen.
#[utoipa::path(
    put,
    path = paths::MY_PROFILE_ANSWER, operation_id = "answer_question",
    params(("question" = Question, Path, description = "The question")),
    request_body = NewAnswer,
    responses(
        (status = 200, body = Saved),
        (status = 404, body = Problem, description = "There is no such question"),
        (status = 409, body = Problem, description = "Another edition is stored than she has seen; nothing was changed"),
        (status = 422, body = Problem),
    )
)]
pub(super) async fn answer(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
    Path(question): Path<String>,
    Body(new): Body<NewAnswer>,
) -> Result<impl IntoResponse, Failure> {
    let question: Question = named(&question)?;
    let problems = new.answer.as_ref().map(|answer| profiles::answer_problems(question, answer));
    if let Some(problems) = problems.filter(|problems| !problems.is_empty()) {
        return Err(Failure::invalid(problems));
    }
    let now = app.clock().now();
    let saved = profiles::store_answer(app.database(), citizen, question, new, now).await?;
    Ok((NO_STORE, Json(saved)))
}

/// Say that a fact of the registers is wrong, or that it is not to be used.
#[utoipa::path(
    put,
    path = paths::MY_PROFILE_FACT, operation_id = "say_of_fact",
    params(("fact" = Fact, Path, description = "The fact")),
    request_body = NewFactSay,
    responses(
        (status = 204),
        (status = 404, body = Problem, description = "There is no such fact, or it is never fetched"),
        (status = 409, body = Problem, description = "Something else is stored than she has seen; nothing was changed"),
    )
)]
pub(super) async fn fact(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
    Path(fact): Path<String>,
    Body(new): Body<NewFactSay>,
) -> Result<impl IntoResponse, Failure> {
    let fact: Fact = named(&fact)?;
    if fact == Fact::Origin {
        return Err(Failure::new(Code::NotFound));
    }
    profiles::store_fact(app.database(), citizen, fact, new, app.clock().now()).await?;
    Ok((StatusCode::NO_CONTENT, NO_STORE))
}

/// Write a remark on her profile; an empty one takes it back. It stands beside the profile wherever
/// that is shown.
#[utoipa::path(
    put,
    path = paths::MY_PROFILE_REMARK, operation_id = "remark_on_profile",
    request_body = NewRemark,
    responses(
        (status = 204),
        (status = 409, body = Problem, description = "Another remark is stored than she has seen; nothing was changed"),
        (status = 422, body = Problem),
    )
)]
pub(super) async fn remark(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
    Body(new): Body<NewRemark>,
) -> Result<impl IntoResponse, Failure> {
    let problems = profiles::remark_problems(&new.text);
    if !problems.is_empty() {
        return Err(Failure::invalid(problems));
    }
    profiles::store_remark(app.database(), citizen, &new, app.clock().now()).await?;
    Ok((StatusCode::NO_CONTENT, NO_STORE))
}

/// What she has said against her profile: her remark, and the facts that are wrong. Asking for it
/// enrols her in no trial.
#[utoipa::path(
    get,
    path = paths::MY_PROFILE_SAID, operation_id = "said_of_profile",
    responses((status = 200, body = Said))
)]
pub(super) async fn said(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
) -> Result<impl IntoResponse, Failure> {
    let database = app.database().read();
    let (remark, wrong) = tokio::try_join!(
        profiles::remark(database, citizen),
        profiles::wrong_facts(database, citizen),
    )?;
    Ok((NO_STORE, Json(Said { remark, wrong })))
}
