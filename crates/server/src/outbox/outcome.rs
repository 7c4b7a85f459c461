//! What came of a message that someone had in hand, and storing it.

use chrono::{DateTime, Utc};
use sea_orm::Condition;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait};
use uuid::Uuid;

use super::queue::{Claim, note};
use super::rows::message;
use super::state::State;
use crate::db::Database;

/// What came of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Came {
    /// It has left.
    Sent,
    /// It was in doubt, and has left.
    FoundSent,
    /// It was in doubt, and has not left.
    FoundUnsent {
        /// When it is tried again.
        again: DateTime<Utc>,
    },
    /// It was in doubt, and nobody can say.
    FoundUnknown {
        /// Why.
        reason: String,
    },
    /// It may have left.
    InDoubt {
        /// Why.
        reason: String,
        /// When it is next looked at.
        again: DateTime<Utc>,
    },
    /// It was refused, and has not left.
    Failed {
        /// Why.
        reason: String,
        /// When it is tried again.
        again: DateTime<Utc>,
    },
    /// It cannot be sent.
    Dead {
        /// Why.
        reason: String,
    },
    /// It lay in the tray and is written anew: to another address.
    TakenBack {
        /// When it is tried again.
        again: DateTime<Utc>,
    },
    /// It is not sent, ever.
    Withdrawn {
        /// Why.
        reason: String,
    },
    /// Nothing: it waits on.
    Released {
        /// When it is next looked at.
        again: DateTime<Utc>,
    },
}

impl Came {
    /// State, event, reason and when it is due.
    fn parts(&self) -> (State, Option<&'static str>, Option<&str>, Option<DateTime<Utc>>) {
        match self {
            Self::Sent => (State::Sent, Some("sent"), None, None),
            Self::FoundSent => (State::Sent, Some("reconciled"), Some("delivered"), None),
            Self::FoundUnsent { again } => {
                (State::Waiting, Some("reconciled"), Some("not_delivered"), Some(*again))
            }
            Self::FoundUnknown { reason } => {
                (State::Unknown, Some("reconciled"), Some(reason), None)
            }
            Self::InDoubt { reason, again } => {
                (State::InDoubt, Some("in_doubt"), Some(reason), Some(*again))
            }
            Self::Failed { reason, again } => {
                (State::Waiting, Some("failed"), Some(reason), Some(*again))
            }
            Self::TakenBack { again } => {
                (State::Waiting, Some("taken_back"), Some("readdressed"), Some(*again))
            }
            Self::Dead { reason } => (State::Dead, Some("dead"), Some(reason), None),
            Self::Withdrawn { reason } => (State::Withdrawn, Some("withdrawn"), Some(reason), None),
            Self::Released { again } => (State::Waiting, None, None, Some(*again)),
        }
    }
}

/// Stores what came of a claim. `false`: someone else has the message since, and what they find
/// counts; only that it has left counts from whoever knows it, unless it was handed over again.
///
/// # Errors
/// When the database fails: what was being handed over is in doubt then.
pub async fn end(
    database: &Database,
    claim: &Claim,
    handed_over: bool,
    came: &Came,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let attempt = claim.attempts + u32::from(handed_over);
    let (state, kind, reason, due) = came.parts();
    let holds = message::Column::LeaseToken.eq(claim.token.clone());
    let which = if *came == Came::Sent {
        let unchanged = message::Column::Attempts.eq(i32::try_from(attempt).unwrap_or(i32::MAX));
        Condition::all().add(unchanged).add(message::Column::State.ne(State::Sent.word()))
    } else {
        Condition::all().add(holds)
    };
    let id = claim.message.id.to_string();
    let transaction = database.begin_write().await?;
    let mut update = message::Entity::update_many()
        .col_expr(message::Column::State, Expr::value(state.word()))
        .col_expr(message::Column::LeaseToken, Expr::value(None::<String>))
        .col_expr(message::Column::LeaseUntil, Expr::value(0_i64))
        .col_expr(message::Column::Reason, Expr::value(reason.map(ToOwned::to_owned)));
    if let Some(due) = due {
        update = update.col_expr(message::Column::DueAt, Expr::value(due.timestamp_millis()));
    }
    let ended =
        update.filter(message::Column::Id.eq(id.clone())).filter(which).exec(&transaction).await?;
    let counts = ended.rows_affected > 0;
    if let (true, Some(kind)) = (counts, kind) {
        note(&transaction, &id, now, kind, attempt, reason).await?;
    }
    transaction.commit().await?;
    Ok(counts)
}

/// Stores what came of a message that had left as far as a tray, and is taken out of it: on the disk,
/// because it is thrown away next.
///
/// # Errors
/// When the database fails: then it must not be thrown away.
pub async fn take_back(
    database: &Database,
    id: Uuid,
    came: &Came,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let (state, kind, reason, due) = came.parts();
    let id = id.to_string();
    let transaction = database.begin_durable().await?;
    let mut update = message::Entity::update_many()
        .col_expr(message::Column::State, Expr::value(state.word()))
        // Whoever put it there and says so only now is late.
        .col_expr(message::Column::Attempts, Expr::col(message::Column::Attempts).add(1))
        .col_expr(message::Column::Reason, Expr::value(reason.map(ToOwned::to_owned)));
    if let Some(due) = due {
        update = update.col_expr(message::Column::DueAt, Expr::value(due.timestamp_millis()));
    }
    update
        .filter(message::Column::Id.eq(id.clone()))
        .filter(message::Column::State.eq(State::Sent.word()))
        .exec(&transaction)
        .await?;
    if let Some(kind) = kind {
        note(&transaction, &id, now, kind, 0, reason).await?;
    }
    transaction.commit().await
}
