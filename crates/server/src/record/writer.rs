//! Adding to the record: one task of each server takes what waits, gives it numbers and hashes and
//! stores it in one statement. Several servers may write at once: a number can be had only once,
//! and who comes second goes on from the new end.

use sea_orm::{ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryTrait, SqlErr};
use tokio::sync::{mpsc, oneshot};

use super::chain::{self, Anchor, GENESIS};
use super::{Entry, row};
use crate::db::registers::stored_word;
use crate::db::{Connections, Database, NOT_AT_THE_END};
use crate::session::role_key;

/// How many entries one statement stores at most (SQLite takes 32,766 values).
const BATCH: usize = 500;
/// How many requests may wait before the next ones wait for a place.
const WAITING: usize = 1_024;
/// How often another server may be quicker before we give up.
const ATTEMPTS: usize = 50;

/// Something could not be recorded, so it must not be answered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the record cannot be written: {0}")]
pub struct Unrecorded(String);

type Request = (Vec<Entry>, oneshot::Sender<Result<(), Unrecorded>>);

/// The way into the record.
#[derive(Clone, Debug)]
pub struct Recorder(mpsc::Sender<Request>);

impl Recorder {
    /// Starts the writing task; it ends when the last handle is dropped.
    pub fn start(database: &Database) -> Self {
        let (sender, receiver) = mpsc::channel(WAITING);
        tokio::spawn(write_all(database.record().clone(), receiver));
        Self(sender)
    }

    /// Records; when this returns, it is stored.
    ///
    /// # Errors
    /// When the database fails: then nothing may be shown.
    pub async fn write(&self, entries: Vec<Entry>) -> Result<(), Unrecorded> {
        if entries.is_empty() {
            return Ok(());
        }
        let (done, stored) = oneshot::channel();
        let stopped = || Unrecorded("its writer has stopped".to_owned());
        self.0.send((entries, done)).await.map_err(|_| stopped())?;
        stored.await.map_err(|_| stopped())?
    }
}

async fn write_all(connection: Connections, mut requests: mpsc::Receiver<Request>) {
    let mut head = None;
    let mut waiting = Vec::new();
    while requests.recv_many(&mut waiting, BATCH).await > 0 {
        // Whoever is about to record as well comes first: one statement for all of them.
        tokio::task::yield_now().await;
        while waiting.len() < BATCH
            && let Ok(request) = requests.try_recv()
        {
            waiting.push(request);
        }
        let entries: Vec<Pending> =
            waiting.iter().flat_map(|(entries, _)| entries).map(Pending::of).collect();
        let result = append(&connection, &mut head, &entries)
            .await
            .map(drop)
            .map_err(|error| Unrecorded(error.to_string()));
        for (_, done) in waiting.drain(..) {
            // Whoever asked may have gone away; the look is recorded all the same.
            let _gone = done.send(result.clone());
        }
    }
}

/// What a row says, before it has a number.
#[derive(Clone, Debug)]
pub(super) struct Pending {
    content: row::Model,
}

impl Pending {
    pub(super) fn of(entry: &Entry) -> Self {
        let content = row::Model {
            seq: 0,
            at: entry.at.timestamp_millis(),
            handle: entry.handle.clone(),
            organisation: entry.organisation.clone(),
            role: entry.role.map_or("", role_key).to_owned(),
            relation: stored_word(&entry.relation),
            purpose: stored_word(&entry.purpose),
            reason: entry.reason.clone(),
            category: stored_word(&entry.category),
            criterion: entry.criterion.clone(),
            citizen_id: entry.citizen,
            allowed: entry.allowed,
            through_seq: None,
            through_hash: None,
            previous_hash: String::new(),
            hash: String::new(),
        };
        Self { content }
    }

    /// A retention entry: rows up to `last` may be deleted.
    pub(super) fn retention(entry: &Entry, last: &Anchor) -> Self {
        let mut pending = Self::of(entry);
        pending.content.through_seq = Some(last.seq);
        pending.content.through_hash = Some(last.hash.clone());
        pending
    }
}

/// Adds rows at the end of the chain. `head` is its end as far as this writer knows.
pub(super) async fn append(
    connection: &Connections,
    head: &mut Option<Anchor>,
    entries: &[Pending],
) -> Result<(), DbErr> {
    for batch in entries.chunks(BATCH) {
        append_batch(connection, head, batch).await?;
    }
    Ok(())
}

async fn append_batch(
    connection: &Connections,
    head: &mut Option<Anchor>,
    batch: &[Pending],
) -> Result<(), DbErr> {
    for _ in 0..ATTEMPTS {
        let end = match head.take() {
            Some(head) => head,
            None => newest(connection).await?,
        };
        let mut rows = Vec::with_capacity(batch.len());
        let mut last = end;
        for pending in batch {
            let mut row = pending.content.clone();
            row.seq = last.seq + 1;
            row.previous_hash = last.hash;
            row.hash = chain::hash(&row);
            last = Anchor { seq: row.seq, hash: row.hash.clone() };
            rows.push(row.into_active_model());
        }
        let added = row::Entity::insert_many(rows).build(connection.get_database_backend());
        match connection.add(added).await {
            Ok(()) => {
                *head = Some(last);
                return Ok(());
            }
            // Another server was quicker: on from its end.
            Err(error) if is_taken(&error) => {}
            Err(error) => return Err(error),
        }
    }
    Err(DbErr::Custom("other servers write to the access log without pause".to_owned()))
}

fn is_taken(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
        || error.to_string().contains(NOT_AT_THE_END)
}

/// The end of the chain.
async fn newest(connection: &impl ConnectionTrait) -> Result<Anchor, DbErr> {
    let start = || Anchor { seq: 0, hash: GENESIS.to_owned() };
    Ok(chain::head(connection).await?.unwrap_or_else(start))
}
