//! Receipts: what those who carry messages on tell of them afterwards, as a file. Each is an event of its
//! message, once.
//!
//! It must not know channels' protocols, nor to whom a message goes.

use std::io;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{ConnectionTrait, QuerySelect};
use serde::Deserialize;
use uuid::Uuid;

use super::queue::note;
use super::rows::{event, message};
use super::state::State;
use crate::db::Database;

/// So many are noted in one transaction.
const BATCH: usize = 500;
/// So much another clock may be ahead of ours.
const AHEAD: TimeDelta = TimeDelta::minutes(5);

/// What became of a message that had left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It has reached her mailbox, telephone or letter box.
    Delivered,
    /// It came back.
    Returned,
}

impl Fate {
    /// Its name in files and among the events.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Returned => "returned",
        }
    }
}

/// A receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The message.
    pub id: Uuid,
    /// What became of it.
    pub fate: Fate,
    /// When.
    pub at: DateTime<Utc>,
}

/// A line of the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    id: String,
    fate: Fate,
    at: DateTime<Utc>,
}

/// Why a file of receipts cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BadReceipts {
    /// It is no CSV file with the columns `id`, `fate` and `at`, or a value is none of its column.
    #[error(transparent)]
    Csv(#[from] csv::Error),
    /// A column is missing.
    #[error("line 1: the columns are id, fate and at")]
    Columns,
    /// No id of a message.
    #[error("line {line}: “{id}” is no id of a message")]
    NoId {
        /// The line, from 1.
        line: u64,
        /// What stands there.
        id: String,
    },
    /// A time that has not come.
    #[error("line {line}: {at} has not come yet")]
    Ahead {
        /// The line, from 1.
        line: u64,
        /// What stands there.
        at: DateTime<Utc>,
    },
}

/// Reads a file of receipts: CSV with the columns `id` (of the message), `fate` (`delivered` or
/// `returned`) and `at` (as `2026-11-24T09:13:00Z`).
///
/// # Errors
/// When a line cannot be used.
pub fn read(file: impl io::Read, now: DateTime<Utc>) -> Result<Vec<Receipt>, BadReceipts> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(file);
    let header = reader.headers()?.clone();
    if !["id", "fate", "at"].iter().all(|name| header.iter().any(|column| column == *name)) {
        return Err(BadReceipts::Columns);
    }
    let mut receipts = Vec::new();
    for record in reader.records() {
        let record = record?;
        let line = record.position().map_or(0, csv::Position::line);
        let Line { id, fate, at } = record.deserialize(Some(&header))?;
        if at > now + AHEAD {
            return Err(BadReceipts::Ahead { line, at });
        }
        let Ok(id) = id.parse() else { return Err(BadReceipts::NoId { line, id }) };
        receipts.push(Receipt { id, fate, at });
    }
    Ok(receipts)
}

/// What came of receipts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Noted {
    /// Noted now.
    pub new: u64,
    /// Noted before.
    pub known: u64,
    /// There is no such message, or it has not left as far as is known here: nothing is noted of it.
    pub strange: Vec<Uuid>,
}

/// Notes receipts; the same again changes nothing. A message of which it was not known whether it had
/// left has left: a receipt proves it.
///
/// # Errors
/// When the database fails; what was noted before stays.
pub async fn take(
    database: &Database,
    receipts: &[Receipt],
    now: DateTime<Utc>,
) -> Result<Noted, DbErr> {
    let mut noted = Noted::default();
    for receipts in receipts.chunks(BATCH) {
        let transaction = database.begin_write().await?;
        for receipt in receipts {
            match one(&transaction, receipt, now).await? {
                Some(true) => noted.new += 1,
                Some(false) => noted.known += 1,
                None => noted.strange.push(receipt.id),
            }
        }
        transaction.commit().await?;
    }
    Ok(noted)
}

/// Whether a receipt is new; `None`: its message has not left.
async fn one(
    transaction: &impl ConnectionTrait,
    receipt: &Receipt,
    now: DateTime<Utc>,
) -> Result<Option<bool>, DbErr> {
    let id = receipt.id.to_string();
    let row = message::Entity::find_by_id(id.clone()).lock(LockType::Update);
    let Some(row) = row.one(transaction).await? else { return Ok(None) };
    let attempt = u32::try_from(row.attempts).unwrap_or(0);
    match State::of_word(&row.state) {
        Some(State::Sent) => {}
        Some(State::InDoubt | State::Unknown) => {
            message::Entity::update_many()
                .col_expr(message::Column::State, Expr::value(State::Sent.word()))
                .col_expr(message::Column::LeaseToken, Expr::value(None::<String>))
                .col_expr(message::Column::LeaseUntil, Expr::value(0_i64))
                .col_expr(message::Column::Reason, Expr::value(Some("delivered".to_owned())))
                .filter(message::Column::Id.eq(id.clone()))
                .exec(transaction)
                .await?;
            note(transaction, &id, now, "reconciled", attempt, Some("delivered")).await?;
        }
        _ => return Ok(None),
    }
    let word = receipt.fate.word();
    let known = event::Entity::find()
        .filter(event::Column::MessageId.eq(id.clone()))
        .filter(event::Column::Kind.eq(word))
        .one(transaction)
        .await?;
    if known.is_some() {
        return Ok(Some(false));
    }
    note(transaction, &id, receipt.at, word, attempt, None).await?;
    Ok(Some(true))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "c56fab90-d181-4fb8-9bf2-7c6780666b9c";

    fn read_all(text: &str) -> Result<Vec<Receipt>, String> {
        let now = "2026-11-24T12:00:00Z".parse().unwrap();
        read(text.as_bytes(), now).map_err(|error| error.to_string())
    }

    #[test]
    fn a_file_is_read_whole_or_not_and_names_the_line_that_is_wrong() {
        let text = format!(
            "id,fate,at\n{ID},delivered,2026-11-24T09:13:00Z\n\
             {ID}, returned ,2026-11-24T13:04:00+01:00\n"
        );
        let receipts = read_all(&text).unwrap();
        let fates: Vec<_> = receipts.iter().map(|one| one.fate.word()).collect();
        assert_eq!(fates, ["delivered", "returned"]);
        assert_eq!(receipts[0].id.to_string(), ID);
        assert_eq!(receipts[1].at.to_rfc3339(), "2026-11-24T12:04:00+00:00");
        assert_eq!(read_all("id,fate,at\n"), Ok(Vec::new()));
        for (line, part) in [
            ("x,delivered,2026-11-24T09:13:00Z", "line 3: “x”"),
            (&format!("{ID},lost,2026-11-24T09:13:00Z"), "line: 3"),
            (&format!("{ID},delivered,yesterday"), "line: 3"),
            (&format!("{ID},delivered,2026-11-24T12:06:00Z"), "line 3: 2026-11-24 12:06:00 UTC"),
            (&format!("{ID},delivered"), "line: 3"),
        ] {
            let text = format!("id,fate,at\n{ID},delivered,2026-11-24T09:13:00Z\n{line}\n");
            let wrong = read_all(&text).unwrap_err();
            assert!(wrong.contains(part), "{wrong}");
        }
        let headless = format!("{ID},delivered,2026-11-24T09:13:00Z\n");
        assert!(read_all(&headless).unwrap_err().contains("line 1"));
    }
}
