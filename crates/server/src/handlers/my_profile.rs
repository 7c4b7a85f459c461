//! Her preparation form as a whole: what she has answered, sent and been told, and how it goes.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jobnet_api::paths;
use jobnet_api::problem::Problem;
use jobnet_api::profile::{MyProfile, NewSubmission, Submission};

use super::NO_STORE;
use super::body::Body;
use super::idempotency::IdempotencyKey;
use crate::access::CitizenId;
use crate::app::App;
use crate::problem::Failure;
use crate::profiles;
use crate::trials::{arm, catalogue};

/// Her form and her profile. Opening it the first time may enrol her in a trial of how a profile is
/// presented.
#[utoipa::path(
    get,
    path = paths::MY_PROFILE, operation_id = "my_profile",
    responses((status = 200, body = MyProfile))
)]
pub(super) async fn get(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
) -> Result<impl IntoResponse, Failure> {
    let population = app.population().await?;
    let (today, now) = (app.today(population), app.clock().now());
    let database = app.database().read();
    let legal_basis = profiles::legal_basis(&app, population, today);
    // What no law allows to be used is not fetched.
    let facts = async {
        match &legal_basis {
            Some(_) => profiles::shown_facts(database, citizen, today).await,
            None => Ok(Vec::new()),
        }
    };
    let (draft, facts, submissions, remark, served) = tokio::join!(
        profiles::draft(database, citizen),
        facts,
        profiles::submissions(database, citizen),
        profiles::remark(database, citizen),
        arm::served_on(&app, catalogue::PROFILE, citizen, today, now),
    );
    let decided = served.and_then(|served| Some((catalogue::profile(&served.arm)?, served.trial)));
    let (presentation, trial) = decided.unzip();
    let profile = MyProfile {
        draft: draft?,
        facts: facts?,
        submissions: submissions?,
        remark: remark?,
        legal_basis,
        model: app.config().profiling.model.clone(),
        presentation: presentation.unwrap_or_default(),
        trial: trial.map(|trial| trial.to_string()),
        kept_days: app.config().profiling.keep_days,
    };
    Ok((NO_STORE, Json(profile)))
}

/// Withdraw: delete her answers, everything she has sent, what was said of it, and her remark. What
/// is gone cannot be brought back; to do it again is safe.
#[utoipa::path(
    delete,
    path = paths::MY_PROFILE, operation_id = "withdraw_profile",
    responses((status = 204))
)]
pub(super) async fn withdraw(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
) -> Result<impl IntoResponse, Failure> {
    profiles::withdraw(app.database(), citizen).await?;
    Ok((StatusCode::NO_CONTENT, NO_STORE))
}

/// Send the form. The answer is the receipt; the same key and content give the same one. Sending it
/// may enrol her in a trial of the receipt's text.
#[utoipa::path(
    post,
    path = paths::MY_PROFILE_SUBMISSIONS, operation_id = "send_form",
    params(("Idempotency-Key" = String, Header, description = "1–200 visible characters")),
    request_body = NewSubmission,
    responses(
        (status = 201, body = Submission),
        (status = 409, body = Problem, description = "There are other answers or facts than she has before her, or the key came with another content"),
        (status = 422, body = Problem, description = "Questions she is asked have no answer"),
    )
)]
pub(super) async fn send(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
    IdempotencyKey(key): IdempotencyKey,
    Body(form): Body<NewSubmission>,
) -> Result<impl IntoResponse, Failure> {
    let population = app.population().await?;
    let (today, now) = (app.today(population), app.clock().now());
    let database = app.database().read();
    if let Some(first) = profiles::sent_before(database, citizen, &key, &form).await? {
        return Ok((StatusCode::CREATED, NO_STORE, Json(first)));
    }
    // Nobody is enrolled by a form that cannot be sent.
    profiles::check_form(database, citizen, &form).await?;
    let basis = profiles::legal_basis(&app, population, today);
    let facts = match &basis {
        Some(_) => profiles::shown_facts(database, citizen, today).await?,
        None => Vec::new(),
    };
    profiles::check_facts(&facts, &form)?;
    let served = arm::served_on(&app, catalogue::RECEIPT, citizen, today, now).await;
    let decided = served.and_then(|served| Some((catalogue::receipt(&served.arm)?, served.trial)));
    let (text, trial) = decided.unzip();
    let sent = profiles::Sent {
        citizen,
        key: &key,
        form: &form,
        model: &app.config().profiling.model,
        basis: basis.as_ref(),
        facts: &facts,
        receipt: (text.unwrap_or_default(), trial.map(|trial| trial.to_string())),
    };
    let receipt = profiles::store_submission(app.database(), sent, now).await?;
    Ok((StatusCode::CREATED, NO_STORE, Json(receipt)))
}

/// Delete one form that she has sent, with what the model said of it. One that is not there is gone
/// already.
#[utoipa::path(
    delete,
    path = paths::MY_PROFILE_SUBMISSION, operation_id = "delete_form",
    params(("submission" = String, Path, description = "Number of its receipt")),
    responses((status = 204))
)]
pub(super) async fn delete_sent(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Failure> {
    profiles::delete_submission(app.database(), citizen, &id).await?;
    Ok((StatusCode::NO_CONTENT, NO_STORE))
}
