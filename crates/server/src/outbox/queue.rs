//! The queue: planning, claiming, and what came of each message. Whoever works on a message holds
//! a lease; without it nothing it says of the message counts.
//!
//! ```text
//! waiting ─▶ claimed ─▶ handing_over ─▶ sent
//!    ▲          │            ├─────────▶ dead ──(retry)──▶ waiting
//!    ├──────────┘            ├─────────▶ waiting (refused: later)
//!    └── in_doubt ◀──────────┘ its answer, or the process, was lost
//!            └────▶ sent or unknown
//! ```
//! A letter in the tray is `sent`; until its batch is made it may still become `withdrawn`, or
//! `waiting` to be written anew.
//!
//! It must not know channels' protocols.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, LockBehavior, LockType, OnConflict};
use sea_orm::{
    ActiveValue::NotSet, ActiveValue::Set, Condition, ConnectionTrait, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::kept;
use super::message::{Channel, Planned, Words};
use super::rows::{event, message};
use super::state::State;
use crate::db::Database;

/// A message that someone works on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The message.
    pub message: Planned,
    /// The word of this claim.
    pub token: String,
    /// How often it was handed over, the next time not counted.
    pub attempts: u32,
    /// The word of the claim that ran out before it handed the message over.
    pub left_by: Option<String>,
    /// Of a message in doubt: the word of the claim that handed it over, and when.
    pub handed: Option<(String, DateTime<Utc>)>,
}

fn of_row(row: message::Model, token: &str, was: State) -> Result<Claim, DbErr> {
    let wrong = || DbErr::Type(format!("outbox_messages holds a row it cannot: {}", row.id));
    let time = |at| DateTime::from_timestamp_millis(at).ok_or_else(wrong);
    let handed_at = time(row.handed_at)?;
    Ok(Claim {
        message: Planned {
            id: row.id.parse().map_err(|_| wrong())?,
            citizen: row.citizen_id,
            channel: Channel::of_word(&row.channel).ok_or_else(wrong)?,
            not_before: time(row.not_before)?,
            trial: row.trial,
            step: row.step,
            target: row.target,
        },
        token: token.to_owned(),
        attempts: u32::try_from(row.attempts).unwrap_or(0),
        left_by: row.lease_token.filter(|_| was == State::Claimed),
        handed: row.handed_by.map(|by| (by, handed_at)),
    })
}

/// Plans a message, unless it is planned already: `true` if it was not.
///
/// # Errors
/// When the database fails, and then it is not planned.
pub async fn enqueue(
    database: &Database,
    planned: &Planned,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let transaction = database.begin_write().await?;
    let is_new = enqueue_in(&transaction, planned, now).await?;
    transaction.commit().await?;
    Ok(is_new)
}

/// The same in a transaction of the planner's.
///
/// # Errors
/// When the database fails.
pub async fn enqueue_in(
    transaction: &impl ConnectionTrait,
    planned: &Planned,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let row = message::ActiveModel {
        id: Set(planned.id.to_string()),
        citizen_id: Set(planned.citizen),
        channel: Set(planned.channel.word().to_owned()),
        trial: Set(planned.trial.clone()),
        step: Set(planned.step.clone()),
        target: Set(planned.target.clone()),
        not_before: Set(planned.not_before.timestamp_millis()),
        state: Set(State::Waiting.word().to_owned()),
        attempts: Set(0),
        due_at: Set(planned.not_before.timestamp_millis()),
        lease_token: Set(None),
        lease_until: Set(0),
        handed_by: Set(None),
        handed_at: Set(0),
        reason: Set(None),
        opened_at: Set(None),
        opens: Set(0),
    };
    let known = OnConflict::column(message::Column::Id).do_nothing().to_owned();
    let inserted =
        message::Entity::insert(row).on_conflict(known).exec_without_returning(transaction).await;
    let is_new = match inserted {
        Ok(rows) => rows > 0,
        Err(DbErr::RecordNotInserted) => false,
        Err(error) => return Err(error),
    };
    if is_new {
        note(transaction, &planned.id.to_string(), now, "planned", 0, None).await?;
    }
    Ok(is_new)
}

/// Adds what happened to a message.
pub(super) async fn note(
    connection: &impl ConnectionTrait,
    id: &str,
    now: DateTime<Utc>,
    kind: &str,
    attempt: u32,
    detail: Option<&str>,
) -> Result<(), DbErr> {
    let row = event::ActiveModel {
        number: NotSet,
        message_id: Set(id.to_owned()),
        at: Set(now.timestamp_millis()),
        kind: Set(kind.to_owned()),
        attempt: Set(i32::try_from(attempt).unwrap_or(i32::MAX)),
        detail: Set(detail.map(ToOwned::to_owned)),
    };
    event::Entity::insert(row).exec_without_returning(connection).await?;
    Ok(())
}

/// A message, and how far it is; `None`: there is none of this id.
///
/// # Errors
/// When the database fails, or holds what this program does not write.
pub(super) async fn find(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<(Planned, State)>, DbErr> {
    let Some(row) = message::Entity::find_by_id(id.to_string()).one(connection).await? else {
        return Ok(None);
    };
    let state = State::of_word(&row.state)
        .ok_or_else(|| DbErr::Type(format!("outbox_messages holds the state “{}”", row.state)))?;
    Ok(Some((of_row(row, "", state)?.message, state)))
}

fn in_state(state: State) -> Expr {
    Expr::col((message::Entity, message::Column::State)).eq(state.word())
}

/// Takes messages of a channel that are due, for as long as the lease lasts. What another server
/// holds is passed over.
///
/// # Errors
/// When the database fails, and then none is taken.
pub async fn claim(
    database: &Database,
    channel: Channel,
    most: u64,
    token: &str,
    now: DateTime<Utc>,
    lease: TimeDelta,
) -> Result<Vec<Claim>, DbErr> {
    let at = now.timestamp_millis();
    let due = Condition::any()
        .add(Condition::all().add(in_state(State::Waiting)).add(message::Column::DueAt.lte(at)))
        .add(
            Condition::all().add(in_state(State::Claimed)).add(message::Column::LeaseUntil.lte(at)),
        );
    let which = Condition::all().add(message::Column::Channel.eq(channel.word())).add(due);
    take(database, which, Take { most, to: State::Claimed, token, now, lease }).await
}

/// Takes messages of a channel that were handed over at least `settle` ago by someone who did not
/// say what came of it.
///
/// # Errors
/// When the database fails, and then none is taken.
pub async fn claim_doubtful(
    database: &Database,
    channel: Channel,
    settle: TimeDelta,
    most: u64,
    token: &str,
    now: DateTime<Utc>,
    lease: TimeDelta,
) -> Result<Vec<Claim>, DbErr> {
    let at = now.timestamp_millis();
    let doubtful = Condition::all()
        .add(message::Column::Channel.eq(channel.word()))
        .add(Condition::any().add(in_state(State::HandingOver)).add(in_state(State::InDoubt)))
        .add(message::Column::LeaseUntil.lte(at))
        .add(message::Column::DueAt.lte(at))
        .add(message::Column::HandedAt.lte((now - settle).timestamp_millis()));
    take(database, doubtful, Take { most, to: State::InDoubt, token, now, lease }).await
}

/// How many messages are taken by whom, when, and for how long.
struct Take<'a> {
    most: u64,
    to: State,
    token: &'a str,
    now: DateTime<Utc>,
    lease: TimeDelta,
}

async fn take(database: &Database, which: Condition, how: Take<'_>) -> Result<Vec<Claim>, DbErr> {
    let Take { most, to, token, now, lease } = how;
    let transaction = database.begin_write().await?;
    let rows = message::Entity::find()
        .filter(which)
        .order_by_asc(message::Column::DueAt)
        .limit(most)
        // On SQLite the write transaction itself is the lock.
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(&transaction)
        .await?;
    if rows.is_empty() {
        transaction.rollback().await?;
        return Ok(Vec::new());
    }
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    message::Entity::update_many()
        .col_expr(message::Column::State, Expr::value(to.word()))
        .col_expr(message::Column::LeaseToken, Expr::value(token))
        .col_expr(message::Column::LeaseUntil, Expr::value((now + lease).timestamp_millis()))
        .filter(message::Column::Id.is_in(ids))
        .exec(&transaction)
        .await?;
    let mut claims = Vec::with_capacity(rows.len());
    for row in rows {
        let was = State::of_word(&row.state).unwrap_or(to);
        if to == State::Claimed {
            let attempts = u32::try_from(row.attempts).unwrap_or(0);
            note(&transaction, &row.id, now, "claimed", attempts, None).await?;
        }
        claims.push(of_row(row, token, was)?);
    }
    transaction.commit().await?;
    Ok(claims)
}

/// Marks that a message is about to be handed over and keeps what it says, so that even a power cut
/// does not undo it. `false`: the lease has run out and someone else has it.
///
/// # Errors
/// When the database fails: then it must not be handed over.
pub async fn begin_handing_over(
    database: &Database,
    claim: &Claim,
    words: &Words,
    now: DateTime<Utc>,
    lease: TimeDelta,
) -> Result<bool, DbErr> {
    let attempt = claim.attempts + 1;
    let transaction = database.begin_durable().await?;
    let marked = message::Entity::update_many()
        .col_expr(message::Column::State, Expr::value(State::HandingOver.word()))
        .col_expr(
            message::Column::Attempts,
            Expr::value(i32::try_from(attempt).unwrap_or(i32::MAX)),
        )
        .col_expr(message::Column::HandedBy, Expr::value(claim.token.clone()))
        .col_expr(message::Column::HandedAt, Expr::value(now.timestamp_millis()))
        .col_expr(message::Column::LeaseUntil, Expr::value((now + lease).timestamp_millis()))
        .filter(message::Column::Id.eq(claim.message.id.to_string()))
        .filter(message::Column::LeaseToken.eq(claim.token.clone()))
        .filter(in_state(State::Claimed))
        .exec(&transaction)
        .await?;
    if marked.rows_affected == 0 {
        transaction.rollback().await?;
        return Ok(false);
    }
    let id = claim.message.id.to_string();
    kept::keep(&transaction, &id, words).await?;
    note(&transaction, &id, now, "handing_over", attempt, None).await?;
    transaction.commit().await?;
    Ok(true)
}

/// How many messages of these channels still have to be dealt with: those that are due, and those
/// in doubt or in someone's hands.
///
/// # Errors
/// When the database fails.
pub async fn unfinished(
    connection: &impl ConnectionTrait,
    channels: &[Channel],
    now: DateTime<Utc>,
) -> Result<Unfinished, DbErr> {
    let of = message::Column::Channel.is_in(channels.iter().map(|channel| channel.word()));
    let begun = [State::Claimed, State::HandingOver, State::InDoubt].map(State::word);
    let waiting = message::Entity::find()
        .filter(of.clone())
        .filter(in_state(State::Waiting))
        .filter(message::Column::NotBefore.lte(now.timestamp_millis()))
        .count(connection)
        .await?;
    let begun = message::Entity::find()
        .filter(of)
        .filter(message::Column::State.is_in(begun))
        .count(connection)
        .await?;
    Ok(Unfinished { waiting, begun })
}

/// What [`unfinished`] counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// Their time has come.
    pub waiting: u64,
    /// In someone's hands, or in doubt.
    pub begun: u64,
}
