//! Protocols and what happened to them: drafts that may be changed, and from registration on events
//! that are only ever added.

use chrono::{DateTime, Utc};
use jobnet_api::arm;
use jobnet_api::trial::Step;
use jobnet_trials::protocol::Protocol;
use jobnet_trials::protocol::life::{Any, Entry, Event, State};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, TryInsertResult,
};

use super::rows::{event, trial};
use super::{TrialError, catalogue, seed};
use crate::db::Database;
use crate::keys::Keyring;

/// A trial as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its number in the database.
    pub id: i32,
    /// Counts every change and every step.
    pub version: u32,
    /// It, in its state.
    pub trial: Any,
    /// What happened to it, oldest first.
    pub events: Vec<Told>,
}

/// An event, and who brought it about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The pseudonym; [`crate::record::SYSTEM`] for a command.
    pub by: String,
    /// When and what.
    pub entry: Entry,
}

/// The version a trial is at, locked until the end of the transaction: a step in its life waits for
/// it, or it waits for the step. `None`: there is no such trial.
///
/// # Errors
/// When the database fails.
pub(crate) async fn version(
    transaction: &DatabaseTransaction,
    trial: i32,
    lock: LockType,
) -> Result<Option<i32>, TrialError> {
    let row = trial::Entity::find_by_id(trial).lock(lock).one(transaction).await?;
    Ok(row.map(|row| row.version))
}

/// Stores a new draft (`version` 0) or another version of one. The version it has then.
///
/// # Errors
/// When the key is taken, somebody else was quicker, or the protocol is locked.
pub async fn save_draft(
    database: &Database,
    protocol: &Protocol,
    version: u32,
) -> Result<u32, TrialError> {
    let key = protocol.key.as_str();
    if key == arm::PREVIEW {
        return Err(TrialError::Taken(key.to_owned()));
    }
    let text = serde_json::to_string(protocol).map_err(TrialError::stored)?;
    let transaction = database.begin_write().await?;
    if version == 0 {
        let row = trial::ActiveModel {
            key: Set(key.to_owned()),
            version: Set(1),
            protocol: Set(text),
            ..Default::default()
        };
        let inserted = trial::Entity::insert(row)
            .on_conflict_do_nothing_on([trial::Column::Key])
            .exec_without_returning(&transaction)
            .await?;
        if !matches!(inserted, TryInsertResult::Inserted(rows) if rows > 0) {
            return Err(TrialError::Taken(key.to_owned()));
        }
        transaction.commit().await?;
        return Ok(1);
    }
    let row = locked(&transaction, key).await?;
    if !events(&transaction, row.id).await?.is_empty() {
        return Err(TrialError::Locked);
    }
    let found = u32::try_from(row.version).map_err(TrialError::stored)?;
    if found != version {
        return Err(TrialError::Changed { asked: version, found });
    }
    let next = row.version + 1;
    let mut row = row.into_active_model();
    row.version = Set(next);
    row.protocol = Set(text);
    trial::Entity::update(row).exec(&transaction).await?;
    transaction.commit().await?;
    Ok(version + 1)
}

/// A trial by its key.
///
/// # Errors
/// When there is none, or the database fails.
pub async fn load(connection: &impl ConnectionTrait, key: &str) -> Result<Stored, TrialError> {
    let row = trial::Entity::find().filter(trial::Column::Key.eq(key)).one(connection).await?;
    read(connection, row.ok_or_else(|| TrialError::Unknown(key.to_owned()))?).await
}

/// Every trial, in the order in which they were made.
///
/// # Errors
/// When the database fails.
pub async fn list(connection: &impl ConnectionTrait) -> Result<Vec<Stored>, TrialError> {
    let rows = trial::Entity::find().order_by_asc(trial::Column::Id).all(connection).await?;
    let mut list = Vec::with_capacity(rows.len());
    for row in rows {
        list.push(read(connection, row).await?);
    }
    Ok(list)
}

/// Takes a step in a trial's life. Registering draws the seed.
///
/// # Errors
/// When there is no such step from where the trial is, another trial decides the same surface, or
/// the database fails. Nothing was changed then.
pub async fn take(
    database: &Database,
    keys: &Keyring,
    key: &str,
    step: Step,
    by: &str,
    now: DateTime<Utc>,
) -> Result<Stored, TrialError> {
    let transaction = database.begin_write().await?;
    // All of them: two trials that begin at the same moment must see each other.
    let all = trial::Entity::find()
        .order_by_asc(trial::Column::Id)
        .lock(LockType::Update)
        .all(&transaction)
        .await?;
    let row = all.iter().find(|row| row.key == key).cloned();
    let row = row.ok_or_else(|| TrialError::Unknown(key.to_owned()))?;
    let id = row.id;
    let stored = read(&transaction, row.clone()).await?;
    if matches!(step, Step::Start {} | Step::Resume {}) {
        let surface = &stored.trial.protocol().surface;
        for other in all.into_iter().filter(|other| other.id != id) {
            let other = read(&transaction, other).await?;
            let is_on = matches!(other.trial.state(), State::Running | State::Paused);
            if is_on && other.trial.protocol().surface == *surface {
                return Err(TrialError::SurfaceTaken(other.trial.protocol().key.to_string()));
            }
        }
    }
    let event = match step {
        Step::Register {} => {
            let drawn = seed::draw()?;
            let protocol = stored.trial.protocol().digest().map_err(TrialError::stored)?;
            let event = Event::Registered { protocol, seed: drawn.commitment() };
            // The step below is refused unless it is a draft, and nothing is stored then.
            if stored.trial.state() == State::Draft {
                seed::store(&transaction, keys, id, &drawn).await?;
            }
            event
        }
        Step::Start {} => Event::Started {},
        Step::Pause { why } => Event::Paused { why },
        Step::Resume {} => Event::Resumed {},
        Step::Close { why } => Event::Closed { why },
        Step::Report { found } => Event::Reported { found },
        Step::Amend { amendment } => Event::Amended { amendment },
    };
    // Clocks of several servers may differ a little: what follows is not earlier.
    let last = stored.events.last().map_or(now, |told| told.entry.at);
    let at = DateTime::from_timestamp_millis(now.max(last).timestamp_millis()).unwrap_or(now);
    stored.trial.after(catalogue::catalogue(), event.clone(), at)?;
    let new = event::ActiveModel {
        trial_id: Set(id),
        number: Set(i32::try_from(stored.events.len()).map_err(TrialError::stored)?),
        at: Set(at.timestamp_millis()),
        by: Set(by.to_owned()),
        event: Set(serde_json::to_string(&event).map_err(TrialError::stored)?),
    };
    event::Entity::insert(new).exec_without_returning(&transaction).await?;
    trial::Entity::update_many()
        .col_expr(trial::Column::Version, sea_orm::sea_query::Expr::value(row.version + 1))
        .filter(trial::Column::Id.eq(id))
        .exec(&transaction)
        .await?;
    let stored = read(&transaction, trial::Model { version: row.version + 1, ..row }).await?;
    transaction.commit().await?;
    tracing::info!(trial = key, step = event.name(), by, "a trial took a step");
    Ok(stored)
}

/// The row of a trial, which nobody else changes until the end of the transaction.
async fn locked(transaction: &DatabaseTransaction, key: &str) -> Result<trial::Model, TrialError> {
    let row = trial::Entity::find()
        .filter(trial::Column::Key.eq(key))
        .lock(LockType::Update)
        .one(transaction)
        .await?;
    row.ok_or_else(|| TrialError::Unknown(key.to_owned()))
}

async fn events(
    connection: &impl ConnectionTrait,
    id: i32,
) -> Result<Vec<event::Model>, TrialError> {
    let events = event::Entity::find()
        .filter(event::Column::TrialId.eq(id))
        .order_by_asc(event::Column::Number)
        .all(connection)
        .await?;
    Ok(events)
}

pub(super) async fn read(
    connection: &impl ConnectionTrait,
    row: trial::Model,
) -> Result<Stored, TrialError> {
    let protocol = serde_json::from_str(&row.protocol).map_err(TrialError::stored)?;
    let mut told = Vec::new();
    for row in events(connection, row.id).await? {
        let at = DateTime::from_timestamp_millis(row.at)
            .ok_or_else(|| TrialError::stored("trial_events.at is no time"))?;
        let event = serde_json::from_str(&row.event).map_err(TrialError::stored)?;
        told.push(Told { by: row.by, entry: Entry { at, event } });
    }
    let entries: Vec<Entry> = told.iter().map(|told| told.entry.clone()).collect();
    Ok(Stored {
        id: row.id,
        version: u32::try_from(row.version).map_err(TrialError::stored)?,
        trial: Any::replay(protocol, &entries)?,
        events: told,
    })
}
