//! Her remark on her profile: a text of hers that stands beside it wherever it is shown.

use chrono::{DateTime, Utc};
use jobnet_api::problem::Code;
use jobnet_api::profile::{MAX_REMARK_CHARS, NewRemark, Remark};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{LockType, OnConflict};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QuerySelect};

use super::rows::remark;
use super::time;
use crate::db::Database;
use crate::problem::{Failure, FieldProblem};

/// What cannot be used in it, by JSON pointer; empty when all is well.
pub fn problems(text: &str) -> Vec<(&'static str, FieldProblem)> {
    if text.chars().count() > MAX_REMARK_CHARS {
        vec![("/text", FieldProblem::TooLong(MAX_REMARK_CHARS))]
    } else if text.chars().any(|c| c.is_control() && c != '\n' && c != '\r' && c != '\t') {
        vec![("/text", FieldProblem::ControlCharacters)]
    } else {
        Vec::new()
    }
}

/// Her remark, if she has written one.
///
/// # Errors
/// When the database fails.
pub async fn find(
    connection: &impl ConnectionTrait,
    citizen: i32,
) -> Result<Option<Remark>, Failure> {
    let row = remark::Entity::find_by_id(citizen).one(connection).await?;
    row.map(|row| Ok(Remark { text: row.text, written_at: time(row.written_at)? })).transpose()
}

/// Stores her remark; an empty one takes it back. The same words again keep their time.
///
/// # Errors
/// `Conflict` when another remark is stored than she has seen, and nothing is changed then;
/// `Internal` when the database fails.
pub async fn store(
    database: &Database,
    citizen: i32,
    new: &NewRemark,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let text = new.text.trim();
    let transaction = database.begin_write().await?;
    let stored = remark::Entity::find_by_id(citizen).lock(LockType::Update).one(&transaction);
    let stored = stored.await?.map(|stored| stored.text).unwrap_or_default();
    if stored == text {
        transaction.rollback().await?;
        return Ok(());
    }
    if stored != new.seen {
        transaction.rollback().await?;
        let changed = vec![("/seen", FieldProblem::AnswerChanged)];
        return Err(Failure { fields: changed, ..Failure::new(Code::Conflict) });
    }
    if text.is_empty() {
        remark::Entity::delete_by_id(citizen).exec(&transaction).await?;
    } else {
        let row = remark::ActiveModel {
            citizen_id: Set(citizen),
            text: Set(text.to_owned()),
            written_at: Set(now.timestamp()),
        };
        let replace = OnConflict::column(remark::Column::CitizenId)
            .update_columns([remark::Column::Text, remark::Column::WrittenAt])
            .to_owned();
        remark::Entity::insert(row)
            .on_conflict(replace)
            .exec_without_returning(&transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(())
}
