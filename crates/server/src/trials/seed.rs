//! Seeds of trials: drawn when a trial is registered, kept sealed, told when it is reported.

use jobnet_trials::protocol::life::State;
use jobnet_trials::randomise::Seed;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
};

use super::TrialError;
use super::rows::seed;
use super::store::Stored;
use crate::db::Database;
use crate::keys::{KeyError, Keyring, Sealed};

/// A new seed.
///
/// # Errors
/// When the system has no randomness.
pub(super) fn draw() -> Result<Seed, TrialError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(KeyError::Random)?;
    Ok(Seed::new(bytes))
}

/// What a sealed seed is bound to.
fn place(trial: i32) -> String {
    format!("seed of trial {trial}")
}

pub(super) async fn store(
    transaction: &DatabaseTransaction,
    keys: &Keyring,
    trial: i32,
    seed: &Seed,
) -> Result<(), TrialError> {
    let sealed = keys.seal(&seed.reveal(), &place(trial))?;
    let row = seed::ActiveModel {
        trial_id: Set(trial),
        key_id: Set(sealed.key_id),
        sealed: Set(sealed.bytes),
    };
    let anew = OnConflict::column(seed::Column::TrialId)
        .update_columns([seed::Column::KeyId, seed::Column::Sealed])
        .to_owned();
    seed::Entity::insert(row).on_conflict(anew).exec_without_returning(transaction).await?;
    Ok(())
}

/// The seed of a registered trial: for drawing and proving lots, and for nobody to read.
///
/// # Errors
/// When there is none, its key is not in the ring, or the database fails.
pub async fn open(
    connection: &impl ConnectionTrait,
    keys: &Keyring,
    trial: i32,
) -> Result<Seed, TrialError> {
    let row = seed::Entity::find_by_id(trial).one(connection).await?;
    let row = row.ok_or_else(|| TrialError::stored("a registered trial has no seed"))?;
    let sealed = Sealed { key_id: row.key_id, bytes: row.sealed };
    keys.open(&sealed, &place(trial))?.parse().map_err(TrialError::stored)
}

/// The seed of a trial that is reported, to be told; `None` before.
///
/// # Errors
/// As [`open`].
pub async fn told(
    connection: &impl ConnectionTrait,
    keys: &Keyring,
    stored: &Stored,
) -> Result<Option<Seed>, TrialError> {
    match stored.trial.state() {
        State::Reported => Ok(Some(open(connection, keys, stored.id).await?)),
        _ => Ok(None),
    }
}

/// Seals every seed under the active key that is sealed under another one. How many seeds.
///
/// # Errors
/// When the database fails or a seed cannot be opened; then nothing is changed.
pub async fn rotate(database: &Database, keys: &Keyring) -> Result<u64, TrialError> {
    let transaction = database.begin_write().await?;
    let old = seed::Entity::find()
        .filter(seed::Column::KeyId.ne(keys.active_id()))
        .all(&transaction)
        .await?;
    let mut sealed = 0;
    for row in old {
        let seed = open(&transaction, keys, row.trial_id).await?;
        store(&transaction, keys, row.trial_id, &seed).await?;
        sealed += 1;
    }
    transaction.commit().await?;
    Ok(sealed)
}
