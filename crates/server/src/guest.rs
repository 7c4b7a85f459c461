//! Guest access (gæsteadgang): a caseworker may look at a citizen of another fund or job centre
//! for a while, once she has said why.

use chrono::{DateTime, TimeDelta, Utc};
use jobnet_api::access::Category;
use jobnet_api::casework::{MAX_REASON_CHARS, NewGuestAccess};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, QueryOrder};

use crate::cpr;
use crate::db::Database;
use crate::problem::FieldProblem;
use crate::record;
use crate::secret;
use crate::session::{Session, SessionError};

/// How long a reason counts: a working day.
pub const LASTS: TimeDelta = TimeDelta::hours(8);

#[allow(unreachable_pub, reason = "what the entity macros make must be public")]
mod row {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "guest_access")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub citizen_id: i32,
        pub handle: String,
        pub organisation: String,
        pub reason: String,
        pub granted_at: i64,
        pub ends_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What cannot be used in a request, by JSON pointer; empty when all is well.
pub fn problems(request: &NewGuestAccess) -> Vec<(&'static str, FieldProblem)> {
    let mut problems = Vec::new();
    if cpr::parse(&request.cpr).is_err() {
        problems.push(("/cpr", FieldProblem::NotACpr));
    }
    problems.extend(reason_problem(&request.reason));
    problems
}

/// What is wrong with a reason, by JSON pointer. It is kept in the record as it is written: no CPR
/// number may stand in it.
pub fn reason_problem(reason: &str) -> Option<(&'static str, FieldProblem)> {
    let reason = reason.trim();
    let problem = if reason.is_empty() {
        FieldProblem::NoReason
    } else if reason.chars().count() > MAX_REASON_CHARS {
        FieldProblem::TooLong(MAX_REASON_CHARS)
    } else if reason.chars().any(|c| c.is_control() && c != '\n' && c != '\r' && c != '\t') {
        FieldProblem::ControlCharacters
    } else if cpr::stands_in(reason) {
        FieldProblem::CprInText
    } else {
        return None;
    };
    Some(("/reason", problem))
}

/// Gives a caseworker access to a citizen; when it ends. The same reason again while it lasts
/// changes nothing.
///
/// # Errors
/// When the database or the system's randomness fails.
pub async fn give(
    database: &Database,
    session: &Session,
    citizen: i32,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, SessionError> {
    let ends_at = DateTime::from_timestamp(now.timestamp(), 0).unwrap_or(now) + LASTS;
    let transaction = database.begin_write().await?;
    let same = row::Entity::find()
        .filter(row::Column::CitizenId.eq(citizen))
        .filter(row::Column::Handle.eq(&session.handle))
        .filter(row::Column::Reason.eq(reason))
        .filter(row::Column::EndsAt.gt(now.timestamp()))
        .order_by_desc(row::Column::EndsAt)
        .one(&transaction)
        .await?;
    if let Some(ends_at) = same.and_then(|same| DateTime::from_timestamp(same.ends_at, 0)) {
        transaction.rollback().await?;
        return Ok(ends_at);
    }
    let row = row::ActiveModel {
        id: Set(secret::receipt_number()?),
        citizen_id: Set(citizen),
        handle: Set(session.handle.clone()),
        organisation: Set(session.organisation.clone().unwrap_or_default()),
        reason: Set(reason.to_owned()),
        granted_at: Set(now.timestamp()),
        ends_at: Set(ends_at.timestamp()),
    };
    row::Entity::insert(row).exec_without_returning(&transaction).await?;
    transaction.commit().await?;
    Ok(ends_at)
}

/// Deletes what ended longer ago than the record of the looks is kept, which holds the same reasons,
/// and records that it does; how many.
///
/// # Errors
/// When the database fails.
pub async fn expire(database: &Database, keep_days: u32, now: DateTime<Utc>) -> Result<u64, DbErr> {
    let oldest_kept = now - TimeDelta::days(i64::from(keep_days));
    let is_old = row::Column::EndsAt.lt(oldest_kept.timestamp());
    if row::Entity::find().filter(is_old.clone()).one(database.read()).await?.is_none() {
        return Ok(0);
    }
    let what = format!("guest access that ended more than {keep_days} days ago");
    record::forgotten(database, Category::Identity, what, now).await?;
    let transaction = database.begin_write().await?;
    let deleted = row::Entity::delete_many().filter(is_old).exec(&transaction).await?;
    transaction.commit().await?;
    Ok(deleted.rows_affected)
}
