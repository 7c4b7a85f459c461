//! One citizen, for a caseworker who may see her.

use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use axum::{Extension, Json};
use jobnet_api::account::AccountAnswer;
use jobnet_api::casework::CitizenCard;
use jobnet_api::paths;
use jobnet_api::problem::{Code, Problem};
use jobnet_api::profile::{CitizenProfile, SeenSubmission};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::NO_STORE;
use super::my_account::{self, Parameters};
use crate::access::CitizenId;
use crate::app::App;
use crate::db::registers::{FOREVER, citizen_facts, word};
use crate::problem::Failure;
use crate::relation::Subject;
use crate::{checklist, profiles};

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
        .filter(citizen_facts::Column::ValidTo.eq(FOREVER))
        .one(app.database().read())
        .await?
        .ok_or(Failure::new(Code::NotFound))?;
    let today = app.today(app.population().await?);
    let now = app.clock().now();
    let shares_checklist = checklist::is_shared(&app, citizen, today, now).await?;
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
        shares_checklist,
    };
    Ok((NO_STORE, Json(card)))
}

/// Her account: the same answer that she gets herself.
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
    Query(parameters): Query<Parameters>,
) -> Result<impl IntoResponse, Failure> {
    my_account::of(&app, citizen, &parameters).await
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
) -> Result<impl IntoResponse, Failure> {
    let database = app.database().read();
    let submissions = profiles::submissions(database, citizen).await?;
    let seen = submissions.into_iter().map(|sent| SeenSubmission {
        received_at: sent.received_at,
        answers: sent.answers,
        facts: sent.facts,
        left_out: sent.left_out,
        marked_wrong: sent.marked_wrong,
        result: sent.result,
    });
    let remark = profiles::remark(database, citizen).await?;
    let kept_days = app.config().profiling.keep_days;
    Ok((NO_STORE, Json(CitizenProfile { submissions: seen.collect(), remark, kept_days })))
}
