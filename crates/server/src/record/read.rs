//! What the record says to the citizen it is about.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike};
use chrono_tz::Europe::Copenhagen;
use jobnet_api::access::{AccessLog, Look, MonthOfLooks};
use jobnet_rules::units::Month;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use super::row;
use crate::db::Database;
use crate::db::registers::word;
use crate::session::{role_key, role_of_key};

/// Whose looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    /// Those of others.
    OfOthers,
    /// Her own, too.
    All,
}

/// Which part of a citizen's record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Whose looks.
    pub looks: Looks,
    /// Only entries before this number.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: u64,
}

/// Who has looked at a citizen's data, newest first, and how often each month.
///
/// # Errors
/// When the database fails or holds what this program cannot have written.
pub async fn of_citizen(
    database: &Database,
    citizen: i32,
    wanted: Wanted,
) -> Result<AccessLog, DbErr> {
    let connection = database.record();
    let of_others =
        of(citizen).filter(row::Column::Role.ne(role_key(jobnet_api::boot::Role::Citizen)));
    let months = months(of_others.clone(), connection).await?;
    let mut page = match wanted.looks {
        Looks::OfOthers => of_others,
        Looks::All => of(citizen),
    };
    if let Some(before) = wanted.before {
        page = page.filter(row::Column::Seq.lt(before));
    }
    let rows = page
        .order_by_desc(row::Column::Seq)
        .limit(wanted.limit.saturating_add(1))
        .all(connection)
        .await?;
    let limit = usize::try_from(wanted.limit).unwrap_or(usize::MAX);
    let next = (rows.len() > limit).then(|| rows.get(limit.wrapping_sub(1))).flatten();
    let next = next.map(|row| row.seq);
    let looks = rows.into_iter().take(limit).map(look).collect::<Result<Vec<_>, _>>()?;
    Ok(AccessLog { looks, months, next })
}

/// Everything the record has about a citizen, newest first: also what was refused. With each
/// whether it was let through.
///
/// # Errors
/// When the database fails or holds what this program cannot have written.
pub async fn all_of_citizen(database: &Database, citizen: i32) -> Result<Vec<(Look, bool)>, DbErr> {
    let rows = row::Entity::find()
        .filter(row::Column::CitizenId.eq(citizen))
        .order_by_desc(row::Column::Seq)
        .all(database.record())
        .await?;
    let with_answer = |row: row::Model| {
        let allowed = row.allowed;
        Ok((look(row)?, allowed))
    };
    rows.into_iter().map(with_answer).collect()
}

/// Looks that were let through; an attempt that was refused has shown nothing.
fn of(citizen: i32) -> Select<row::Entity> {
    row::Entity::find()
        .filter(row::Column::CitizenId.eq(citizen))
        .filter(row::Column::Allowed.eq(true))
}

async fn months(
    rows: Select<row::Entity>,
    connection: &impl ConnectionTrait,
) -> Result<Vec<MonthOfLooks>, DbErr> {
    let times: Vec<i64> =
        rows.select_only().column(row::Column::At).into_tuple().all(connection).await?;
    let mut counts = BTreeMap::<Month, u32>::new();
    for at in times {
        let month = DateTime::from_timestamp_millis(at)
            // The month as she lives it: the page shows the time of each look in Danish time, too.
            .map(|at| at.with_timezone(&Copenhagen))
            .and_then(|at| Month::new(at.year(), at.month()))
            .ok_or_else(|| DbErr::Type(format!("access_log.at holds {at}, which is no time")))?;
        *counts.entry(month).or_default() += 1;
    }
    Ok(counts.into_iter().map(|(month, looks)| MonthOfLooks { month, looks }).collect())
}

fn look(row: row::Model) -> Result<Look, DbErr> {
    Ok(Look {
        number: row.seq,
        at: DateTime::from_timestamp_millis(row.at)
            .ok_or_else(|| DbErr::Type("access_log.at holds no time".to_owned()))?,
        by: row.handle,
        organisation: row.organisation,
        role: role_of_key(&row.role),
        relation: word(&row.relation)?,
        purpose: word(&row.purpose)?,
        reason: row.reason,
        category: word(&row.category)?,
    })
}
