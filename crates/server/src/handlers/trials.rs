//! Trials, for those who run them: drafts, steps, how a trial goes, and its data. Nothing here tells
//! the next arm, or an outcome by arm.

use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use jobnet_api::access::{Purpose, Relation};
use jobnet_api::paths;
use jobnet_api::problem::{Code, Problem};
use jobnet_api::trial::{Draft, Step, StepTaken, Trial, TrialLine, Watch};
use jobnet_trials::protocol::check::Catalogue;
use jobnet_trials::protocol::life::Refused;

use super::NO_STORE;
use super::body::Body;
use crate::access::{Shown, SignedIn};
use crate::app::App;
use crate::problem::{Failure, FieldProblem};
use crate::trials::export::{self, File};
use crate::trials::store::{self, Stored};
use crate::trials::{TrialError, catalogue, ledger, seed, watch};

/// Every trial, in the order in which they were made.
#[utoipa::path(
    get,
    path = paths::TRIALS, operation_id = "list_trials",
    responses((status = 200, body = Vec<TrialLine>))
)]
pub(super) async fn list(State(app): State<App>) -> Result<impl IntoResponse, Failure> {
    let (mut lines, database) = (Vec::new(), app.database().read());
    let (alarms, now) = (app.metrics().alarms(), app.clock().now());
    for stored in store::list(database).await.map_err(failure)? {
        let protocol = stored.trial.amended();
        let enrolled = ledger::enrolled(database, stored.id).await?;
        lines.push(TrialLine {
            alarm: enrolled > 0
                && alarms.of(database, &stored, enrolled, now).await.map_err(failure)?,
            enrolled,
            state: stored.trial.state(),
            starts: protocol.starts,
            ends: protocol.ends,
            planned: protocol.power.units,
            title: protocol.public.title,
            key: protocol.key,
        });
    }
    Ok((NO_STORE, Extension(seen("list of all trials".to_owned())), Json(lines)))
}

/// What this server can serve to a trial.
#[utoipa::path(
    get,
    path = paths::TRIAL_CATALOGUE, operation_id = "trial_catalogue",
    responses((status = 200, body = Catalogue))
)]
pub(super) async fn catalogue() -> impl IntoResponse {
    (NO_STORE, Json(catalogue::catalogue()))
}

/// A new draft.
#[utoipa::path(
    post,
    path = paths::TRIALS, operation_id = "draft_trial",
    request_body = Draft,
    responses((status = 201, body = Trial), (status = 422, body = Problem))
)]
pub(super) async fn create(
    State(app): State<App>,
    Body(draft): Body<Draft>,
) -> Result<impl IntoResponse, Failure> {
    let trial = save(&app, &Draft { version: 0, ..draft }).await?;
    Ok((StatusCode::CREATED, NO_STORE, Json(trial)))
}

/// One trial.
#[utoipa::path(
    get,
    path = paths::TRIAL, operation_id = "trial",
    params(("trial" = String, Path, description = "Its key")),
    responses((status = 200, body = Trial), (status = 404, body = Problem))
)]
pub(super) async fn get(
    State(app): State<App>,
    Path(key): Path<String>,
) -> Result<impl IntoResponse, Failure> {
    let stored = store::load(app.database().read(), &key).await.map_err(failure)?;
    let trial = told(&app, stored).await?;
    Ok((NO_STORE, Extension(looked(&key, "look")), Json(trial)))
}

/// Change a draft. A change made from another version than the newest is refused.
#[utoipa::path(
    put,
    path = paths::TRIAL, operation_id = "change_trial",
    params(("trial" = String, Path, description = "Its key")),
    request_body = Draft,
    responses(
        (status = 200, body = Trial),
        (status = 404, body = Problem),
        (status = 422, body = Problem, description = "It is locked, or somebody else has changed it"),
    )
)]
pub(super) async fn change(
    State(app): State<App>,
    Path(key): Path<String>,
    Body(draft): Body<Draft>,
) -> Result<impl IntoResponse, Failure> {
    if draft.protocol.key.as_str() != key || draft.version == 0 {
        return Err(Failure::invalid(vec![("/protocol/key", FieldProblem::TrialKey)]));
    }
    Ok((NO_STORE, Json(save(&app, &draft).await?)))
}

async fn save(app: &App, draft: &Draft) -> Result<Trial, Failure> {
    store::save_draft(app.database(), &draft.protocol, draft.version).await.map_err(failure)?;
    let key = draft.protocol.key.as_str();
    told(app, store::load(app.database().read(), key).await.map_err(failure)?).await
}

/// Take a step in its life.
#[utoipa::path(
    post,
    path = paths::TRIAL_STEPS, operation_id = "trial_step",
    params(("trial" = String, Path, description = "Its key")),
    request_body = Step,
    responses(
        (status = 200, body = Trial),
        (status = 404, body = Problem),
        (status = 422, body = Problem, description = "There is no such step from where it is"),
    )
)]
pub(super) async fn step(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Path(key): Path<String>,
    Body(step): Body<Step>,
) -> Result<impl IntoResponse, Failure> {
    let now = app.clock().now();
    let stored = store::take(app.database(), app.keys(), &key, step, &session.handle, now)
        .await
        .map_err(failure)?;
    Ok((NO_STORE, Json(told(&app, stored).await?)))
}

async fn told(app: &App, stored: Stored) -> Result<Trial, Failure> {
    let database = app.database().read();
    let seed = seed::told(database, app.keys(), &stored).await.map_err(failure)?;
    let protocol = stored.trial.protocol().clone();
    let is_draft = stored.events.is_empty();
    let enrolled = ledger::enrolled(database, stored.id).await?;
    Ok(Trial {
        state: stored.trial.state(),
        findings: if is_draft { protocol.check(catalogue::catalogue()) } else { Vec::new() },
        protocol,
        seal: stored.trial.seal().copied(),
        entries: stored
            .events
            .into_iter()
            .map(|told| StepTaken { by: told.by, at: told.entry.at, event: told.entry.event })
            .collect(),
        seed: seed.map(|seed| seed.reveal()),
        enrolled,
        version: stored.version,
    })
}

/// How it goes: the flow of units and the checks of its conduct, without outcomes.
#[utoipa::path(
    get,
    path = paths::TRIAL_WATCH, operation_id = "watch_trial",
    params(("trial" = String, Path, description = "Its key")),
    responses((status = 200, body = Watch), (status = 404, body = Problem))
)]
pub(super) async fn watch(
    State(app): State<App>,
    Path(key): Path<String>,
) -> Result<impl IntoResponse, Failure> {
    let stored = store::load(app.database().read(), &key).await.map_err(failure)?;
    let watch =
        watch::watch(app.database().read(), &stored, app.clock().now()).await.map_err(failure)?;
    Ok((NO_STORE, Extension(looked(&key, "watch")), Json(watch)))
}

/// The protocol as registered, as one readable file; a draft as it is.
#[utoipa::path(
    get,
    path = paths::TRIAL_PROTOCOL, operation_id = "trial_protocol",
    params(("trial" = String, Path, description = "Its key")),
    responses((status = 200, body = jobnet_trials::protocol::Protocol), (status = 404, body = Problem))
)]
pub(super) async fn protocol(
    State(app): State<App>,
    Path(key): Path<String>,
) -> Result<impl IntoResponse, Failure> {
    let stored = store::load(app.database().read(), &key).await.map_err(failure)?;
    let protocol = stored.trial.protocol();
    let mut text = serde_json::to_string_pretty(protocol).map_err(Failure::internal)?;
    text.push('\n');
    let name = format!("{}.json", protocol.key);
    let shown = looked(&key, "protocol");
    Ok((NO_STORE, attachment(&name, "application/json")?, Extension(shown), text))
}

/// Its data under pseudonyms that lead to nobody outside the server, or what their columns mean.
#[utoipa::path(
    get,
    path = paths::TRIAL_EXPORT, operation_id = "export_trial",
    params(
        ("trial" = String, Path, description = "Its key"),
        ("file" = String, Path, description = "`assignments`, `exposures`, `baseline`, `understanding` or `codebook`, with `.csv` or `.parquet`"),
    ),
    responses(
        (status = 200, content_type = "text/csv", body = String, description = "CSV (RFC 4180) or Parquet"),
        (status = 404, body = Problem),
        (status = 422, body = Problem, description = "It holds an outcome, and the trial is not closed"),
    )
)]
pub(super) async fn export(
    State(app): State<App>,
    Path((key, file)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let file: File = file.parse().map_err(|_| Failure::new(Code::NotFound))?;
    let stored = store::load(app.database().read(), &key).await.map_err(failure)?;
    let bytes = export::export(app.database().read(), &stored, file).await.map_err(failure)?;
    let name = format!("{}-{file}", stored.trial.protocol().key);
    let shown = looked(&key, &format!("export {file}"));
    let headers = attachment(&name, file.media_type())?;
    Ok((NO_STORE, headers, Extension(shown), bytes).into_response())
}

/// A look at many whom nobody can name: recorded once, under what was looked at.
pub(super) fn looked(key: &str, what: &str) -> Shown {
    seen(format!("{what} of the trial {key}"))
}

fn seen(what: String) -> Shown {
    Shown {
        citizens: Vec::new(),
        relation: Relation::Stranger,
        purpose: Purpose::Administration,
        reason: None,
        criterion: Some(what),
    }
}

fn attachment(
    name: &str,
    media_type: &'static str,
) -> Result<[(HeaderName, HeaderValue); 2], Failure> {
    let disposition = format!("attachment; filename=\"{name}\"");
    Ok([
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CONTENT_DISPOSITION, disposition.parse().map_err(Failure::internal)?),
    ])
}

/// What the one who runs a trial is told when something cannot be done.
pub(super) fn failure(error: TrialError) -> Failure {
    let problem = match &error {
        TrialError::Unknown(_) => return Failure::new(Code::NotFound),
        TrialError::Taken(_) => ("/protocol/key", FieldProblem::TrialTaken),
        TrialError::Changed { .. } => ("/version", FieldProblem::TrialChanged),
        TrialError::Locked => ("/protocol", FieldProblem::TrialLocked),
        TrialError::SurfaceTaken(_) => ("/step", FieldProblem::SurfaceTaken),
        TrialError::NotClosed(_) => ("/file", FieldProblem::NoSuchStep),
        TrialError::Refused(Refused::Incomplete(_)) => ("/step", FieldProblem::TrialIncomplete),
        TrialError::Refused(Refused::BadOutcome) => {
            ("/amendment/change/outcome", FieldProblem::AmendedOutcome)
        }
        TrialError::Refused(Refused::BadChange(_)) => {
            ("/amendment/change", FieldProblem::AmendedChange)
        }
        TrialError::Refused(Refused::NoReason) => ("/why", FieldProblem::NoWhy),
        TrialError::Refused(
            Refused::NoSuchStep { .. } | Refused::PrimaryOutcome | Refused::OutOfOrder,
        )
        | TrialError::NotRegistered(_) => ("/step", FieldProblem::NoSuchStep),
        TrialError::Refused(Refused::AnotherProtocol { .. } | Refused::Unwritable(_))
        | TrialError::Keys(_)
        | TrialError::Design(_)
        | TrialError::Stored(_)
        | TrialError::Database(_) => return Failure::internal(error),
    };
    Failure::invalid(vec![problem])
}
