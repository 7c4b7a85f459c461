//! Forgetting what is older than the law wants it kept. The chain stays provable: an entry says up
//! to which row, with that row's hash, before the rows go.

use chrono::{DateTime, TimeDelta, Utc};
use jobnet_api::access::{Category, Purpose, Relation};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use super::chain::Anchor;
use super::writer::{self, Pending};
use super::{Entry, SYSTEM, row};
use crate::db::Database;

/// What a run of retention did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Expired {
    /// How many rows were deleted.
    pub rows: u64,
    /// The last of them.
    pub through: Option<i64>,
}

/// Deletes what is older than so many days, and records that it did.
///
/// # Errors
/// When the database fails; a later run takes up where it stopped.
pub async fn expire(
    database: &Database,
    keep_days: u32,
    now: DateTime<Utc>,
) -> Result<Expired, DbErr> {
    let connection = database.record();
    let oldest_kept = now - TimeDelta::days(i64::from(keep_days));
    // Rows are numbered in the order they were stored; clocks of several servers may differ, so
    // everything before the first row that is young enough goes, and nothing behind it.
    let young = row::Entity::find()
        .filter(row::Column::At.gte(oldest_kept.timestamp_millis()))
        .order_by_asc(row::Column::Seq)
        .one(connection)
        .await?;
    let mut old = row::Entity::find().order_by_desc(row::Column::Seq);
    if let Some(young) = young {
        old = old.filter(row::Column::Seq.lt(young.seq));
    }
    let Some(last) = old.one(connection).await? else { return Ok(Expired::default()) };
    let last = Anchor { seq: last.seq, hash: last.hash };
    let entry = entry(Category::AccessLog, format!("older than {keep_days} days"), now);
    writer::append(connection, &mut None, &[Pending::retention(&entry, &last)]).await?;
    let deleted =
        row::Entity::delete_many().filter(row::Column::Seq.lte(last.seq)).exec(connection).await?;
    Ok(Expired { rows: deleted.rows_affected, through: Some(last.seq) })
}

/// Records that other data which need not be kept any longer are deleted: what, and how old it is.
/// Before they are: then the record may name what failed, and nothing goes unnamed.
///
/// # Errors
/// When the database fails: then nothing may be deleted.
pub async fn forgotten(
    database: &Database,
    category: Category,
    what: String,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let pending = Pending::of(&entry(category, what, now));
    writer::append(database.record(), &mut None, &[pending]).await
}

fn entry(category: Category, criterion: String, at: DateTime<Utc>) -> Entry {
    Entry {
        at,
        handle: SYSTEM.to_owned(),
        organisation: None,
        role: None,
        relation: Relation::Stranger,
        purpose: Purpose::Retention,
        reason: None,
        category,
        criterion: Some(criterion),
        citizen: None,
        allowed: true,
    }
}
