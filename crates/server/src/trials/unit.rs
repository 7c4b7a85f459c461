//! The pseudonyms of citizens in trials: one for each trial, drawn at random, so that without the
//! table that links them nothing leads back.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect,
    TryInsertResult,
};

use super::TrialError;
use super::rows::{baseline, objection, unit};
use crate::db::Database;
use crate::keys::KeyError;
use crate::{checklist, profiles, secret, understanding};

/// Her pseudonym in a trial, made if she has none, and whether it was; locked until the end of the
/// transaction.
pub(super) async fn of_citizen(
    transaction: &DatabaseTransaction,
    trial: i32,
    citizen: i32,
) -> Result<(String, bool), TrialError> {
    let new = secret::unit().map_err(KeyError::Random)?;
    let row = unit::ActiveModel {
        trial_id: Set(trial),
        citizen_id: Set(citizen),
        unit: Set(new.clone()),
    };
    let inserted = unit::Entity::insert(row)
        .on_conflict_do_nothing_on([unit::Column::TrialId, unit::Column::CitizenId])
        .exec_without_returning(transaction)
        .await?;
    if matches!(inserted, TryInsertResult::Inserted(rows) if rows > 0) {
        return Ok((new, true));
    }
    let row =
        unit::Entity::find_by_id((trial, citizen)).lock(LockType::Update).one(transaction).await?;
    let row = row.ok_or_else(|| TrialError::stored("a pseudonym vanished"))?;
    Ok((row.unit, false))
}

/// Notes that a citizen objects to being in a trial: from now on she gets the ordinary page. What
/// was drawn stays, and she is analysed as drawn.
///
/// # Errors
/// When the database fails.
pub async fn object(
    database: &Database,
    trial: i32,
    citizen: i32,
    now: DateTime<Utc>,
) -> Result<(), TrialError> {
    let transaction = database.begin_write().await?;
    let row = objection::ActiveModel {
        trial_id: Set(trial),
        unit: Set(of_citizen(&transaction, trial, citizen).await?.0),
        at: Set(now.timestamp_millis()),
    };
    objection::Entity::insert(row)
        .on_conflict_do_nothing_on([objection::Column::TrialId, objection::Column::Unit])
        .exec_without_returning(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// Takes away what leads from a citizen to her pseudonyms: what is left of her in the ledgers is
/// about nobody in particular. What she answered about her account is gone, and so is her profile:
/// the text of a receipt tells an arm. How many trials she was in.
///
/// # Errors
/// When the database fails.
pub async fn forget(database: &Database, citizen: i32) -> Result<u64, TrialError> {
    let transaction = database.begin_write().await?;
    let units =
        unit::Entity::find().filter(unit::Column::CitizenId.eq(citizen)).all(&transaction).await?;
    for unit in &units {
        baseline::Entity::delete_by_id((unit.trial_id, unit.unit.clone()))
            .exec(&transaction)
            .await?;
    }
    unit::Entity::delete_many()
        .filter(unit::Column::CitizenId.eq(citizen))
        .exec(&transaction)
        .await?;
    understanding::forget(&transaction, citizen).await?;
    checklist::forget(&transaction, citizen).await?;
    profiles::forget(&transaction, citizen).await?;
    transaction.commit().await?;
    Ok(units.len() as u64)
}
