//! Counts of what was ruled, by step, arm and channel. Nobody is in them but as one of many.

use std::collections::BTreeMap;

use jobnet_trials::conceal::Telling;
use sea_orm::sea_query::{Expr, ExprTrait, Func, JoinType, Query};
use sea_orm::{ConnectionTrait, DbErr};

use super::row::{PLANNED, same_unit};
use crate::trials::telling::condition;

/// What was ruled of the messages of a step to an arm by a channel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Given to the outbox.
    pub planned: u64,
    /// Withheld, by reason.
    pub withheld: BTreeMap<String, u64>,
}

/// By step, arm and channel, of those whose arm may be told.
///
/// # Errors
/// When the database fails.
pub async fn counts(
    connection: &impl ConnectionTrait,
    trial: i32,
    telling: Telling,
) -> Result<BTreeMap<(String, String, String), Count>, DbErr> {
    let query = Query::select()
        .columns([("d", "step"), ("d", "channel"), ("d", "ruling")])
        .column(("a", "arm"))
        .expr_as(Func::count(Expr::col(("d", "unit"))), "units")
        .from_as("trial_dispatches", "d")
        .join_as(JoinType::InnerJoin, "trial_assignments", "a", same_unit("d"))
        .and_where(Expr::col(("d", "trial_id")).eq(trial))
        .cond_where(condition(telling))
        .group_by_columns([("d", "step"), ("d", "channel"), ("d", "ruling"), ("a", "arm")])
        .take();
    let mut counts: BTreeMap<_, Count> = BTreeMap::new();
    for row in connection.query_all(&query).await? {
        let units: i64 = row.try_get("", "units")?;
        let units = u64::try_from(units).unwrap_or(0);
        let place =
            (row.try_get("", "step")?, row.try_get("", "arm")?, row.try_get("", "channel")?);
        let count = counts.entry(place).or_default();
        let ruling: String = row.try_get("", "ruling")?;
        if ruling == PLANNED {
            count.planned += units;
        } else {
            *count.withheld.entry(ruling).or_default() += units;
        }
    }
    Ok(counts)
}
