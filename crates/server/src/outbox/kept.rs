//! What messages said when they left: kept as it was, whatever words, protocols and languages become
//! later.
//!
//! It must not know who may read it, nor of trials.

use chrono::{DateTime, Utc};
use jobnet_messages::Language;
use jobnet_messages::letter::{Block, Letter};
use jobnet_messages::message::not_kept;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait};

use super::message::{Channel, Words};
use super::rows::{message, words};
use super::state::State;
use crate::db::registers::{stored_word, word};

/// A message that has reached somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its id.
    pub id: String,
    /// How it came.
    pub channel: Channel,
    /// When it was handed over.
    pub sent_at: DateTime<Utc>,
    /// What it said, or that it was not kept. Links lead straight to the page of ours: that of the message
    /// ends, and says that the message was opened.
    pub letter: Letter,
    /// In which language.
    pub language: Language,
}

/// Keeps what a message says at this attempt, in the place of what it said at the last.
pub(super) async fn keep(
    transaction: &impl ConnectionTrait,
    id: &str,
    said: &Words,
) -> Result<(), DbErr> {
    let letter = serde_json::to_string(&said.letter);
    let row = words::ActiveModel {
        message_id: Set(id.to_owned()),
        language: Set(stored_word(&said.language)),
        letter: Set(letter.map_err(|error| DbErr::Json(error.to_string()))?),
    };
    let newest = OnConflict::column(words::Column::MessageId)
        .update_columns([words::Column::Language, words::Column::Letter])
        .to_owned();
    words::Entity::insert(row).on_conflict(newest).exec_without_returning(transaction).await?;
    Ok(())
}

/// The messages that have reached a citizen. `site` is the address of the site, without a slash at its
/// end. Of those that left before words were kept, `language` says so.
///
/// # Errors
/// When the database fails, or holds what this program does not write.
pub async fn of_citizen(
    connection: &impl ConnectionTrait,
    citizen: i32,
    site: &str,
    language: Language,
) -> Result<Vec<Kept>, DbErr> {
    let rows = message::Entity::find()
        .filter(message::Column::CitizenId.eq(citizen))
        .filter(message::Column::State.eq(State::Sent.word()))
        .all(connection)
        .await?;
    let ids = rows.iter().map(|row| row.id.as_str());
    let said = words::Entity::find().filter(words::Column::MessageId.is_in(ids));
    let mut said: std::collections::BTreeMap<_, _> = said
        .all(connection)
        .await?
        .into_iter()
        .map(|words| (words.message_id.clone(), words))
        .collect();
    let kept = rows.into_iter().map(|row| {
        let said = said.remove(&row.id);
        kept(row, said.as_ref(), site, language)
    });
    kept.collect()
}

fn kept(
    row: message::Model,
    said: Option<&words::Model>,
    site: &str,
    language: Language,
) -> Result<Kept, DbErr> {
    let wrong = |what: &str| DbErr::Type(format!("the message {} holds no {what}", row.id));
    let (mut letter, language) = match said {
        Some(said) => {
            let letter: Letter = serde_json::from_str(&said.letter).map_err(|_| wrong("letter"))?;
            (letter, word(&said.language)?)
        }
        None => (not_kept(language), language),
    };
    for block in &mut letter.body {
        if let Block::Link { url: text, .. } | Block::Paragraph { text } = block {
            *text = led_on(text, site, &row.target);
        }
    }
    Ok(Kept {
        channel: Channel::of_word(&row.channel).ok_or_else(|| wrong("channel"))?,
        sent_at: DateTime::from_timestamp_millis(row.handed_at).ok_or_else(|| wrong("time"))?,
        letter,
        language,
        id: row.id,
    })
}

/// A text with the page in the place of the link of a message.
fn led_on(text: &str, site: &str, page: &str) -> String {
    let Some((before, link)) = text.split_once(&format!("{site}/l/")) else {
        return text.to_owned();
    };
    let is_token = |sign: char| sign.is_ascii_alphanumeric() || "-_".contains(sign);
    format!("{before}{site}{page}{}", link.trim_start_matches(is_token))
}
