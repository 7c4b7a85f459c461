//! One citizen, for a caseworker who may see her. Of one who was hers once she sees what was known
//! on the last day of it, and nothing later but what she herself says against her profile.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use chrono::NaiveDate;
use jobnet_api::account::AccountAnswer;
use jobnet_api::casework::CitizenCard;
use jobnet_api::paths;
use jobnet_api::problem::{Code, Problem};
use jobnet_api::profile::{CitizenProfile, SeenSubmission};
use jobnet_api::rights::{CitizenRights, MyRights};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::NO_STORE;
use super::my_account::{self, Parameters};
use crate::access::CitizenId;
use crate::app::App;
use crate::db::registers::{as_of, citizen_facts, word};
use crate::dispatch::danish_day;
use crate::problem::{Failure, FieldProblem};
use crate::relation::Subject;
use crate::{assemble, checklist, profiles, rights};

/// Who she is and how she stands to who asks.
#[utoipa::path(
    get,
    path = paths::CITIZEN, operation_id = "citizen",
    params(("citizen" = String, Path, description = "Her random id")),
    responses(
        (status = 200, body = CitizenCard),
        (status = 404, body = Problem, description = "There is no such citizen, or she must not be seen"),
    )
)]
pub(super) async fn card(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
    Extension(subject): Extension<Subject>,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Failure> {
    let facts = citizen_facts::Entity::find()
        .filter(citizen_facts::Column::CitizenId.eq(citizen))
        .filter(as_of(subject.last_day))
        .one(app.database().read())
        .await?
        .ok_or(Failure::new(Code::NotFound))?;
    let today = app.today(app.population().await?);
    let now = app.clock().now();
    let shares_checklist =
        subject.last_day.is_none() && checklist::is_shared(&app, citizen, today, now).await?;
    let card = CitizenCard {
        citizen: id,
        name: format!("{} {}", facts.first_name, facts.last_name),
        birth_date: facts.birth_date,
        scheme: word(&facts.scheme)?,
        fund: facts.fund,
        job_centre: facts.job_centre,
        caseworker: facts.caseworker,
        relation: subject.relation,
        reason: subject.reason,
        last_day: subject.last_day,
        shares_checklist,
    };
    Ok((NO_STORE, Json(card)))
}

/// Her account: the same answer that she gets herself; of one who was hers once, as it was known then.
#[utoipa::path(
    get,
    path = paths::CITIZEN_ACCOUNT, operation_id = "citizen_account",
    params(("citizen" = String, Path, description = "Her random id"), Parameters),
    responses(
        (status = 200, body = AccountAnswer),
        (status = 404, body = Problem, description = "There is no such citizen, or she must not be seen"),
        (status = 422, body = Problem),
    )
)]
pub(super) async fn account(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
    Extension(subject): Extension<Subject>,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let Some(last_day) = subject.last_day else {
        return Ok(my_account::of(&app, citizen, &parameters).await?.into_response());
    };
    let day = parameters.as_of.as_deref().map_or(Some(last_day), |text| {
        text.parse::<NaiveDate>().ok().filter(|day| *day <= last_day)
    });
    let day = day.ok_or_else(|| Failure::invalid(vec![("/as_of", FieldProblem::NotADate)]))?;
    let facts = assemble::facts(app.database().read(), citizen, day, app.clock().now()).await?;
    let mut facts = facts.ok_or(Failure::new(Code::NotFound))?;
    // Her remarks have no versions: those of a later day go.
    facts.reports.retain(|report| danish_day(report.received_at) <= last_day);
    let account = facts.evaluate().map_err(Failure::internal)?;
    Ok((NO_STORE, Json(account)).into_response())
}

/// Her profile as she has sent it last, with her remark. Read-only, and without the text of the
/// receipt: that and how it is presented to her may tell her arm in a trial.
#[utoipa::path(
    get,
    path = paths::CITIZEN_PROFILE, operation_id = "citizen_profile",
    params(("citizen" = String, Path, description = "Her random id")),
    responses(
        (status = 200, body = CitizenProfile),
        (status = 404, body = Problem, description = "There is no such citizen, or she must not be seen"),
    )
)]
pub(super) async fn profile(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
    Extension(subject): Extension<Subject>,
) -> Result<impl IntoResponse, Failure> {
    let database = app.database().read();
    let was_hers = |at| subject.last_day.is_none_or(|last_day| danish_day(at) <= last_day);
    let submissions = profiles::submissions(database, citizen).await?.into_iter();
    let seen = submissions.filter(|sent| was_hers(sent.received_at)).map(|sent| SeenSubmission {
        received_at: sent.received_at,
        answers: sent.answers,
        facts: sent.facts,
        left_out: sent.left_out,
        marked_wrong: sent.marked_wrong,
        result: sent.result,
    });
    let seen: Vec<_> = seen.collect();
    // Her remark stands beside the profile wherever it is shown, also one of a later day: it is her
    // say in what is read of her, and nothing that was found out about her. Without a profile it
    // stands beside nothing.
    let remark = profiles::remark(database, citizen).await?;
    let remark = remark.filter(|_| subject.last_day.is_none() || !seen.is_empty());
    let kept_days = app.config().profiling.keep_days;
    Ok((NO_STORE, Json(CitizenProfile { submissions: seen, remark, kept_days })))
}

/// Her rights, duties and deadlines, and what has happened: what she sees herself.
#[utoipa::path(
    get,
    path = paths::CITIZEN_RIGHTS, operation_id = "citizen_rights",
    params(("citizen" = String, Path, description = "Her random id")),
    responses(
        (status = 200, body = CitizenRights),
        (status = 404, body = Problem, description = "There is no such citizen, or she must not be seen"),
    )
)]
pub(super) async fn rights(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
    Extension(subject): Extension<Subject>,
) -> Result<impl IntoResponse, Failure> {
    let today = app.today(app.population().await?);
    let day = subject.last_day.unwrap_or(today);
    let found = rights::of_citizen(&app, citizen, day, app.clock().now()).await?;
    let MyRights { timeline, .. } = found.ok_or(Failure::new(Code::NotFound))?;
    Ok((NO_STORE, Json(CitizenRights { timeline })))
}
