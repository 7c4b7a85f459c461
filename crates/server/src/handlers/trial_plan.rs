//! Planning of a trial: its size, its smallest effect, its power. Nothing is stored.

use axum::Json;
use jobnet_api::paths;
use jobnet_api::problem::Problem;
use jobnet_api::trials::planning::{Plan, Question};

use super::body::Body;
use crate::problem::{Failure, FieldProblem};

/// How many units a trial needs, the smallest effect it finds, or its power; with a curve.
#[utoipa::path(
    post,
    path = paths::TRIAL_PLAN, operation_id = "plan_trial",
    request_body = Question,
    responses(
        (status = 200, body = Plan),
        (status = 422, body = Problem),
    )
)]
pub(super) async fn create(Body(question): Body<Question>) -> Result<Json<Plan>, Failure> {
    // A curve takes tens of milliseconds of computing, which other requests need not wait for.
    let plan = tokio::task::spawn_blocking(move || question.plan());
    let plan = plan.await.map_err(Failure::internal)?.map_err(|problems| {
        let of_field = |problem: jobnet_api::trials::planning::Problem| {
            (problem.field, FieldProblem::Plan(problem.reason))
        };
        Failure::invalid(problems.into_iter().map(of_field).collect())
    })?;
    Ok(Json(plan))
}
