//! What was ruled of a message: one row for each unit, step and channel. And of whom nothing is yet.

use chrono::{DateTime, NaiveDate};
use jobnet_trials::protocol::Key;
use sea_orm::QueryResult;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement};

use super::danish_day;
use crate::trials::TrialError;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "trial_dispatches")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub trial_id: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub unit: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub step: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel: String,
    /// The first day on which it could be sent.
    pub due_on: Date,
    /// Milliseconds since 1970.
    pub ruled_at: i64,
    /// [`PLANNED`], or why it is withheld.
    pub ruling: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// It was given to the outbox.
pub(super) const PLANNED: &str = "planned";

/// The same unit as that of an assignment `a`.
pub(super) fn same_unit(table: &'static str) -> Condition {
    Condition::all()
        .add(Expr::col((table, "trial_id")).equals(("a", "trial_id")))
        .add(Expr::col((table, "unit")).equals(("a", "unit")))
}

/// The assignments `a` of a trial of which nothing is ruled of a step yet: for [`drawn`].
pub(super) fn unruled(trial: i32, step: &Key) -> SelectStatement {
    let ruled = Query::select()
        .expr(Expr::value(1))
        .from_as("trial_dispatches", "d")
        .cond_where(same_unit("d"))
        .and_where(Expr::col(("d", "step")).eq(step.as_str()))
        .take();
    Query::select()
        .columns([("a", "arm"), ("a", "assigned_at")])
        .from_as("trial_assignments", "a")
        .and_where(Expr::col(("a", "trial_id")).eq(trial))
        .and_where(Expr::exists(ruled).not())
        .take()
}

/// The arm of such an assignment, and the day of it in Denmark.
///
/// # Errors
/// When the database holds what this program does not write.
pub(super) fn drawn(row: &QueryResult) -> Result<(Key, NaiveDate), TrialError> {
    let arm: String = row.try_get("", "arm")?;
    let at = DateTime::from_timestamp_millis(row.try_get("", "assigned_at")?)
        .ok_or_else(|| TrialError::stored("a time that is none"))?;
    Ok((arm.parse().map_err(TrialError::stored)?, danish_day(at)))
}
