//! What an administrator sees of the outbox, and what she may do: have a dead message tried again.
//! To whom a message goes is not in it.

use chrono::{DateTime, Utc};
use jobnet_api::outbox::{
    MOST_TROUBLED, MessageCount, MessageState, Outbox, Reason, TroubledMessage,
};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{ConnectionTrait, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::queue::note;
use super::rows::message;
use super::state::State;
use crate::db::Database;
use crate::db::registers::word;

/// States in which a message needs someone.
const TROUBLED: [State; 3] = [State::Dead, State::InDoubt, State::Unknown];

/// How many messages are how far, and which need someone.
///
/// # Errors
/// When the database fails, or holds what this program does not write.
pub async fn overview(connection: &impl ConnectionTrait) -> Result<Outbox, DbErr> {
    let counted: Vec<(String, String, i64)> = message::Entity::find()
        .select_only()
        .column(message::Column::Channel)
        .column(message::Column::State)
        .column_as(message::Column::Id.count(), "messages")
        .group_by(message::Column::Channel)
        .group_by(message::Column::State)
        .order_by_asc(message::Column::Channel)
        .order_by_asc(message::Column::State)
        .into_tuple()
        .all(connection)
        .await?;
    let count = |(channel, state, messages): (String, String, i64)| {
        let messages = u32::try_from(messages).unwrap_or(u32::MAX);
        Ok(MessageCount { channel: word(&channel)?, state: word(&state)?, messages })
    };
    let troubled = message::Entity::find()
        .filter(message::Column::State.is_in(TROUBLED.map(State::word)))
        .order_by_desc(message::Column::HandedAt)
        .order_by_asc(message::Column::Id)
        .limit(u64::from(MOST_TROUBLED))
        .all(connection)
        .await?;
    Ok(Outbox {
        counts: counted.into_iter().map(count).collect::<Result<_, DbErr>>()?,
        troubled: troubled.into_iter().map(troubled_message).collect::<Result<_, _>>()?,
    })
}

fn troubled_message(row: message::Model) -> Result<TroubledMessage, DbErr> {
    Ok(TroubledMessage {
        channel: word(&row.channel)?,
        state: word(&row.state)?,
        attempts: u32::try_from(row.attempts).unwrap_or(0),
        handed_at: DateTime::from_timestamp_millis(row.handed_at).filter(|_| row.handed_at > 0),
        id: row.id,
        trial: row.trial,
        step: row.step,
        reason: row.reason.as_deref().map(Reason::of_text),
    })
}

/// What became of asking that a message be tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retried {
    /// It is dead no more, or was not; how far it is.
    Now(MessageState),
    /// It may have left: it is not sent again.
    Doubtful,
    /// There is no such message.
    Nowhere,
}

/// Has a dead message tried again, as often as a new one. Asking twice changes nothing more.
///
/// # Errors
/// When the database fails, and then nothing has changed.
pub async fn retry(database: &Database, id: Uuid, now: DateTime<Utc>) -> Result<Retried, DbErr> {
    let id = id.to_string();
    let transaction = database.begin_write().await?;
    let revived = message::Entity::update_many()
        .col_expr(message::Column::State, Expr::value(State::Waiting.word()))
        .col_expr(message::Column::Attempts, Expr::value(0_i32))
        .col_expr(message::Column::DueAt, Expr::value(now.timestamp_millis()))
        .col_expr(message::Column::Reason, Expr::value(None::<String>))
        .filter(message::Column::Id.eq(id.clone()))
        .filter(message::Column::State.eq(State::Dead.word()))
        .exec(&transaction)
        .await?;
    if revived.rows_affected > 0 {
        note(&transaction, &id, now, "retried", 0, None).await?;
    }
    let row = message::Entity::find_by_id(id).one(&transaction).await?;
    transaction.commit().await?;
    Ok(match row {
        None => Retried::Nowhere,
        Some(row) => match word(&row.state)? {
            MessageState::InDoubt | MessageState::Unknown | MessageState::HandingOver => {
                Retried::Doubtful
            }
            state => Retried::Now(state),
        },
    })
}
