//! The ledger as it is read: to prove it, to watch a trial, and to export it. Pseudonyms only; whose
//! they are is not looked up here.

use std::collections::BTreeSet;

use sea_orm::sea_query::{Condition, Expr, ExprTrait, Func, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};

use super::rows::{assignment, baseline, cluster, exclusion, exposure, objection, opening, unit};

/// A unit in the ledger. Times are milliseconds since 1970, UTC.
pub type Assignment = assignment::Model;
/// A cluster, or a region with its share.
pub type Cluster = cluster::Model;
/// What was known of a unit when it was enrolled, as a JSON object.
pub type Baseline = baseline::Model;
/// Why a unit was not enrolled; it may have been later.
pub type Exclusion = exclusion::Model;
/// What was shown to a unit on a day; `text_ids` is a JSON array.
pub type Exposed = exposure::Model;
/// What a unit opened on a day.
pub type Opening = opening::Model;

/// How many units are enrolled.
///
/// # Errors
/// When the database fails.
pub async fn enrolled(connection: &impl ConnectionTrait, trial: i32) -> Result<u64, DbErr> {
    let rows = assignment::Entity::find().filter(assignment::Column::TrialId.eq(trial));
    rows.count(connection).await
}

/// How many of the assignments `a` there are for which this holds.
///
/// # Errors
/// When the database fails.
pub(crate) async fn enrolled_if(
    connection: &impl ConnectionTrait,
    trial: i32,
    holds: Condition,
) -> Result<u64, DbErr> {
    let query = Query::select()
        .expr_as(Func::count(Expr::col(("a", "unit"))), "units")
        .from_as("trial_assignments", "a")
        .and_where(Expr::col(("a", "trial_id")).eq(trial))
        .cond_where(holds)
        .take();
    let row = connection.query_one(&query).await?;
    let units = row.map(|row| row.try_get::<i64>("", "units")).transpose()?;
    Ok(units.and_then(|units| u64::try_from(units).ok()).unwrap_or_default())
}

/// Every unit, in the order of enrolment.
///
/// # Errors
/// When the database fails.
pub async fn assignments(
    connection: &impl ConnectionTrait,
    trial: i32,
) -> Result<Vec<Assignment>, DbErr> {
    in_order(trial).all(connection).await
}

/// Arm, stratum and block of every unit, in the order of enrolment.
///
/// # Errors
/// When the database fails.
pub async fn lots(
    connection: &impl ConnectionTrait,
    trial: i32,
) -> Result<Vec<(String, String, Option<i32>)>, DbErr> {
    let lot = [assignment::Column::Arm, assignment::Column::Stratum, assignment::Column::Block];
    in_order(trial).select_only().columns(lot).into_tuple().all(connection).await
}

fn in_order(trial: i32) -> Select<assignment::Entity> {
    assignment::Entity::find()
        .filter(assignment::Column::TrialId.eq(trial))
        .order_by_asc(assignment::Column::AssignedAt)
        .order_by_asc(assignment::Column::Stratum)
        .order_by_asc(assignment::Column::Seq)
        .order_by_asc(assignment::Column::Unit)
}

/// Every cluster, in the order in which they were drawn.
///
/// # Errors
/// When the database fails.
pub async fn clusters(
    connection: &impl ConnectionTrait,
    trial: i32,
) -> Result<Vec<Cluster>, DbErr> {
    cluster::Entity::find()
        .filter(cluster::Column::TrialId.eq(trial))
        .order_by_asc(cluster::Column::AssignedAt)
        .order_by_asc(cluster::Column::Cluster)
        .all(connection)
        .await
}

/// How many clusters are drawn.
///
/// # Errors
/// When the database fails.
pub(crate) async fn drawn(connection: &impl ConnectionTrait, trial: i32) -> Result<u64, DbErr> {
    let rows = cluster::Entity::find().filter(cluster::Column::TrialId.eq(trial));
    rows.count(connection).await
}

/// What was known of every unit when it was enrolled.
///
/// # Errors
/// When the database fails.
pub async fn baselines(
    connection: &impl ConnectionTrait,
    trial: i32,
) -> Result<Vec<Baseline>, DbErr> {
    baseline::Entity::find()
        .filter(baseline::Column::TrialId.eq(trial))
        .order_by_asc(baseline::Column::Unit)
        .all(connection)
        .await
}

/// Every reason for which a unit was not enrolled. Those who were enrolled later are in it, too:
/// who is excluded in the flow is who is in here and not among the assignments.
///
/// # Errors
/// When the database fails.
pub async fn exclusions(
    connection: &impl ConnectionTrait,
    trial: i32,
) -> Result<Vec<Exclusion>, DbErr> {
    exclusion::Entity::find()
        .filter(exclusion::Column::TrialId.eq(trial))
        .order_by_asc(exclusion::Column::At)
        .order_by_asc(exclusion::Column::Unit)
        .order_by_asc(exclusion::Column::Reason)
        .all(connection)
        .await
}

/// What was shown to whom, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn exposures(
    connection: &impl ConnectionTrait,
    trial: i32,
) -> Result<Vec<Exposed>, DbErr> {
    exposure::Entity::find()
        .filter(exposure::Column::TrialId.eq(trial))
        .order_by_asc(exposure::Column::Day)
        .order_by_asc(exposure::Column::Unit)
        .order_by_asc(exposure::Column::Surface)
        .order_by_asc(exposure::Column::ShownAt)
        .order_by_asc(exposure::Column::Presentation)
        .order_by_asc(exposure::Column::Framing)
        .all(connection)
        .await
}

/// Units that have objected, enrolled or not.
///
/// # Errors
/// When the database fails.
pub async fn objections(
    connection: &impl ConnectionTrait,
    trial: i32,
) -> Result<BTreeSet<String>, DbErr> {
    let rows = objection::Entity::find().filter(objection::Column::TrialId.eq(trial));
    let units = rows.select_only().column(objection::Column::Unit).into_tuple().all(connection);
    Ok(units.await?.into_iter().collect())
}

/// Units that still lead to a citizen: the others have been forgotten. Whose they are is not read.
///
/// # Errors
/// When the database fails.
pub async fn linked(
    connection: &impl ConnectionTrait,
    trial: i32,
) -> Result<BTreeSet<String>, DbErr> {
    let rows = unit::Entity::find().filter(unit::Column::TrialId.eq(trial));
    let units = rows.select_only().column(unit::Column::Unit).into_tuple().all(connection);
    Ok(units.await?.into_iter().collect())
}

/// What was opened by whom.
///
/// # Errors
/// When the database fails.
pub async fn openings(
    connection: &impl ConnectionTrait,
    trial: i32,
) -> Result<Vec<Opening>, DbErr> {
    opening::Entity::find()
        .filter(opening::Column::TrialId.eq(trial))
        .order_by_asc(opening::Column::Day)
        .order_by_asc(opening::Column::Unit)
        .order_by_asc(opening::Column::Opened)
        .all(connection)
        .await
}
