//! Probes: messages that only try a channel, to recipients whom an operator names. Nothing in them
//! is a citizen's.

use chrono::{DateTime, Utc};
use jobnet_messages::Language;
use jobnet_messages::letter::{Block, Letter};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::id::message_id;
use super::message::{Channel, Compose, Composed, Content, Planned};
use super::queue::enqueue_in;
use super::rows::probe;
use crate::db::Database;

/// What stands in the place of a trial.
pub const PROBE: &str = "probe";
/// No citizen has this number.
const NOBODY: i32 = 0;

/// Plans a probe; the same run and recipient are one message.
///
/// # Errors
/// When the database fails, and then none is planned.
pub async fn plan(
    database: &Database,
    channel: Channel,
    recipient: &str,
    run: &str,
    now: DateTime<Utc>,
) -> Result<Planned, DbErr> {
    let planned = Planned {
        id: message_id(PROBE, recipient, run, channel),
        citizen: NOBODY,
        channel,
        trial: PROBE.to_owned(),
        step: run.to_owned(),
        target: "/".to_owned(),
        not_before: now,
    };
    let transaction = database.begin_write().await?;
    if enqueue_in(&transaction, &planned, now).await? {
        let row = probe::ActiveModel {
            message_id: Set(planned.id.to_string()),
            recipient: Set(recipient.to_owned()),
        };
        probe::Entity::insert(row).exec_without_returning(&transaction).await?;
    }
    transaction.commit().await?;
    Ok(planned)
}

/// Composes probes itself and leaves everything else to whoever knows it.
pub struct WithProbes<C> {
    /// The database.
    pub database: Database,
    /// Who knows the other messages.
    pub others: C,
}

impl<C: Compose> Compose for WithProbes<C> {
    async fn compose(&self, message: &Planned, now: DateTime<Utc>) -> anyhow::Result<Composed> {
        if message.trial != PROBE {
            return self.others.compose(message, now).await;
        }
        let row =
            probe::Entity::find_by_id(message.id.to_string()).one(self.database.read()).await?;
        Ok(row.map_or(Composed::Withdraw("forgotten"), |row| {
            Composed::Send(content(message.channel, row.recipient))
        }))
    }
}

fn content(channel: Channel, recipient: String) -> Content {
    const SUBJECT: &str = "Prøve af Min ledighed";
    const TEXT: &str = "Dette er en prøve. Du skal ikke gøre noget.";
    let letter = || Letter {
        title: SUBJECT.to_owned(),
        body: vec![Block::Paragraph { text: TEXT.to_owned() }],
    };
    let language = Language::Da;
    match channel {
        Channel::Email => Content::Email {
            to: recipient,
            subject: SUBJECT.to_owned(),
            text: format!("{TEXT}\n"),
            html: format!(
                "<!doctype html>\n<html lang=\"da\">\n<head><meta charset=\"utf-8\">\
                 <title>{SUBJECT}</title></head>\n<body><p>{TEXT}</p></body>\n</html>\n"
            ),
            letter: letter(),
            language,
        },
        Channel::DigitalPost => Content::DigitalPost {
            cpr: recipient,
            label: SUBJECT.to_owned(),
            letter: letter(),
            language,
            link: None,
        },
        Channel::Letter => Content::Letter {
            address: recipient.split(';').map(|line| line.trim().to_owned()).collect(),
            letter: letter(),
            language,
        },
        Channel::NemSms => Content::NemSms { cpr: recipient, text: TEXT.to_owned(), language },
    }
}
