//! Everything that was written to a citizen: receipts of what she has sent, messages that have reached
//! her, and which of them she has opened.
//!
//! It must not know why a message was sent: of a trial nothing is told here.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use jobnet_api::letters::{Letter, LetterKind};
use jobnet_api::outbox::MessageChannel;
use jobnet_messages::Language;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query, SelectStatement};
use sea_orm::{ActiveValue::Set, ConnectionTrait};

use crate::app::App;
use crate::config::OutboxConfig;
use crate::db::Database;
use crate::letters::Dated;
use crate::outbox::message::Channel;
use crate::problem::Failure;
use crate::{outbox, profiles, reports};

#[allow(unreachable_pub, reason = "what the entity macros make must be public")]
mod row {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "letters_read")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub citizen_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub letter: String,
        /// Milliseconds since 1970.
        pub read_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A letter, and itself as a sheet of paper.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    id: String,
    sent_at: DateTime<Utc>,
    sender: String,
    kind: LetterKind,
    sheet: Dated,
}

/// Her letters, the newest first. Receipts are written in `language`; messages are as she got them.
///
/// # Errors
/// When the database fails.
pub async fn list(app: &App, citizen: i32, language: Language) -> Result<Vec<Letter>, Failure> {
    let mut pieces = pieces(app, citizen, language).await?;
    // Of the same second each kind stays in its own order.
    pieces.sort_by_key(|piece| Reverse(piece.sent_at.timestamp()));
    let read = row::Entity::find().filter(row::Column::CitizenId.eq(citizen));
    let mut read: BTreeMap<String, i64> = read
        .all(app.database().read())
        .await?
        .into_iter()
        .map(|row| (row.letter, row.read_at))
        .collect();
    let letters = pieces.into_iter().map(|piece| Letter {
        read_at: read.remove(&piece.id).and_then(DateTime::from_timestamp_millis),
        id: piece.id,
        sent_at: piece.sent_at,
        sender: piece.sender,
        kind: piece.kind,
        language: piece.sheet.language,
        text: piece.sheet.letter,
    });
    Ok(letters.collect())
}

/// One of her letters as a sheet of paper; `None`: she has none of this number.
///
/// # Errors
/// When the database fails.
pub async fn sheet(
    app: &App,
    citizen: i32,
    id: &str,
    language: Language,
) -> Result<Option<Dated>, Failure> {
    let pieces = pieces(app, citizen, language).await?;
    Ok(pieces.into_iter().find(|piece| piece.id == id).map(|piece| piece.sheet))
}

async fn pieces(app: &App, citizen: i32, language: Language) -> Result<Vec<Piece>, Failure> {
    let database = app.database().read();
    let ours = || language.site().to_owned();
    let sent = profiles::submissions(database, citizen).await?.into_iter().map(|sent| Piece {
        sheet: Dated::of_form(language, &sent),
        sender: ours(),
        sent_at: sent.received_at,
        kind: LetterKind::ProfileReceipt { receipt: sent.receipt },
        id: sent.id,
    });
    let reports = reports::of_citizen(database, citizen).await?.into_iter().map(|report| Piece {
        sheet: Dated::of_report(language, &report),
        sender: ours(),
        sent_at: report.received_at,
        kind: LetterKind::HoursReport {},
        id: report.id,
    });
    let site = app.config().base_url();
    let messages = outbox::of_citizen(database, citizen, &site, language).await?;
    let messages = messages.into_iter().map(|kept| Piece {
        id: kept.id.clone(),
        sent_at: kept.sent_at,
        sender: sender(&app.config().outbox, kept.channel)
            .unwrap_or_else(|| kept.language.site().to_owned()),
        kind: LetterKind::Message {
            channel: match kept.channel {
                Channel::Email => MessageChannel::Email,
                Channel::DigitalPost => MessageChannel::DigitalPost,
                Channel::Letter => MessageChannel::Letter,
                Channel::NemSms => MessageChannel::NemSms,
            },
        },
        sheet: Dated::of_message(kept),
    });
    Ok(sent.chain(reports).chain(messages).collect())
}

/// Who writes by a channel, if that is configured.
fn sender(config: &OutboxConfig, channel: Channel) -> Option<String> {
    match channel {
        Channel::Email => {
            let from = config.email.as_ref()?.from.split_once('<')?.0.trim();
            (!from.is_empty()).then(|| from.to_owned())
        }
        Channel::DigitalPost | Channel::NemSms => {
            Some(config.post.as_ref()?.sender_label.clone()).filter(|label| !label.is_empty())
        }
        Channel::Letter => None,
    }
}

/// Notes that she has opened a letter; only the first time counts. `false`: she has none of this
/// number.
///
/// # Errors
/// When the database fails.
pub async fn read(app: &App, citizen: i32, id: &str, now: DateTime<Utc>) -> Result<bool, Failure> {
    if sheet(app, citizen, id, Language::Da).await?.is_none() {
        return Ok(false);
    }
    note(app.database(), citizen, id, now).await?;
    Ok(true)
}

async fn note(
    database: &Database,
    citizen: i32,
    id: &str,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = row::ActiveModel {
        citizen_id: Set(citizen),
        letter: Set(id.to_owned()),
        read_at: Set(now.timestamp_millis()),
    };
    let first =
        OnConflict::columns([row::Column::CitizenId, row::Column::Letter]).do_nothing().to_owned();
    let transaction = database.begin_write().await?;
    let noted = row::Entity::insert(row).on_conflict(first).exec_without_returning(&transaction);
    match noted.await {
        Ok(_) | Err(DbErr::RecordNotInserted) => transaction.commit().await,
        Err(error) => Err(error),
    }
}

/// Deletes that letters were opened whose numbers `letters` selects: they go themselves.
///
/// # Errors
/// When the database fails.
pub(crate) async fn forget(
    connection: &impl ConnectionTrait,
    letters: SelectStatement,
) -> Result<(), DbErr> {
    let gone = Query::delete()
        .from_table("letters_read")
        .and_where(Expr::col("letter").in_subquery(letters))
        .take();
    connection.execute(&gone).await.map(drop)
}
