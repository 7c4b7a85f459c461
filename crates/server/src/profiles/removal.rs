//! How what belongs to a profile goes: at her wish, with everything that leads to her, or with time.

use chrono::{DateTime, TimeDelta, Utc};
use jobnet_api::access::Category;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, DeleteResult};

use super::rows::{answer, fact, remark, submission};
use crate::db::Database;
use crate::problem::Failure;
use crate::{mailbox, record};

/// Deletes one form that she has sent; one that is not there is gone already.
///
/// # Errors
/// When the database fails.
pub async fn delete_submission(database: &Database, citizen: i32, id: &str) -> Result<(), Failure> {
    let transaction = database.begin_write().await?;
    let which = Condition::all()
        .add(submission::Column::CitizenId.eq(citizen))
        .add(submission::Column::Id.eq(id));
    delete_sent(&transaction, which).await?;
    transaction.commit().await?;
    Ok(())
}

/// Deletes forms that were sent, and that their receipts were opened.
async fn delete_sent(
    connection: &impl ConnectionTrait,
    which: Condition,
) -> Result<DeleteResult, DbErr> {
    let receipts =
        Query::select().column("id").from("profile_submissions").cond_where(which.clone()).take();
    mailbox::forget(connection, receipts).await?;
    submission::Entity::delete_many().filter(which).exec(connection).await
}

/// Deletes everything that belongs to her profile: answers, what she said of facts, what she has
/// sent, and her remark.
///
/// # Errors
/// When the database fails; nothing is deleted then.
pub async fn withdraw(database: &Database, citizen: i32) -> Result<(), Failure> {
    let transaction = database.begin_write().await?;
    forget(&transaction, citizen).await?;
    transaction.commit().await?;
    Ok(())
}

/// The same within a transaction.
///
/// # Errors
/// When the database fails.
pub async fn forget(connection: &impl ConnectionTrait, citizen: i32) -> Result<(), DbErr> {
    answer::Entity::delete_many()
        .filter(answer::Column::CitizenId.eq(citizen))
        .exec(connection)
        .await?;
    fact::Entity::delete_many()
        .filter(fact::Column::CitizenId.eq(citizen))
        .exec(connection)
        .await?;
    let hers = Condition::all().add(submission::Column::CitizenId.eq(citizen));
    delete_sent(connection, hers).await?;
    remark::Entity::delete_by_id(citizen).exec(connection).await?;
    Ok(())
}

/// Deletes what was sent more than so many days ago, and the rest of those who have neither sent nor
/// changed anything since; that it does so is recorded first. How many rows.
///
/// # Errors
/// When the database fails; nothing is deleted then.
pub async fn expire(
    database: &Database,
    keep_days: u32,
    now: DateTime<Utc>,
) -> Result<u64, Failure> {
    let oldest_kept = (now - TimeDelta::days(i64::from(keep_days))).timestamp();
    if !is_any_old(database.read(), oldest_kept).await? {
        return Ok(0);
    }
    let what = format!("older than {keep_days} days");
    record::forgotten(database, Category::Profile, what, now).await?;
    let transaction = database.begin_write().await?;
    let old = Condition::all().add(submission::Column::ReceivedAt.lt(oldest_kept));
    let sent = delete_sent(&transaction, old).await?;
    let answers = answer::Entity::delete_many()
        .filter(idle(answer::Column::CitizenId, oldest_kept))
        .exec(&transaction)
        .await?;
    let facts = fact::Entity::delete_many()
        .filter(idle(fact::Column::CitizenId, oldest_kept))
        .exec(&transaction)
        .await?;
    let remarks = remark::Entity::delete_many()
        .filter(idle(remark::Column::CitizenId, oldest_kept))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    let deleted = [sent, answers, facts, remarks].map(|result| result.rows_affected);
    Ok(deleted.iter().sum())
}

/// Whether there is anything to delete.
async fn is_any_old(connection: &impl ConnectionTrait, oldest_kept: i64) -> Result<bool, DbErr> {
    let old = submission::Column::ReceivedAt.lt(oldest_kept);
    let answers = idle(answer::Column::CitizenId, oldest_kept);
    let facts = idle(fact::Column::CitizenId, oldest_kept);
    let remarks = idle(remark::Column::CitizenId, oldest_kept);
    Ok(submission::Entity::find().filter(old).one(connection).await?.is_some()
        || answer::Entity::find().filter(answers).one(connection).await?.is_some()
        || fact::Entity::find().filter(facts).one(connection).await?.is_some()
        || remark::Entity::find().filter(remarks).one(connection).await?.is_some())
}

/// When the rows of each table were stored.
const TIMES: [(&str, &str); 4] = [
    ("profile_answers", "saved_at"),
    ("profile_facts", "saved_at"),
    ("profile_submissions", "received_at"),
    ("profile_remarks", "written_at"),
];

/// Whether a row is of someone with nothing that is young enough. What is young enough is not
/// deleted, so that the order of the tables makes no difference.
fn idle(citizen: impl ColumnTrait, oldest_kept: i64) -> Condition {
    let is_none_of = |(table, time): (&'static str, &'static str)| {
        let young = Query::select()
            .column("citizen_id")
            .from(table)
            .and_where(Expr::col(time).gte(oldest_kept))
            .take();
        citizen.not_in_subquery(young)
    };
    TIMES.into_iter().map(is_none_of).fold(Condition::all(), Condition::add)
}
