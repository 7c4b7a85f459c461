//! The chain: how a row's hash is made, and the proof that no row was changed, taken out or put in.
//!
//! A row's hash is SHA-256 over the hash before it, a line break, and the row's other fields as one
//! JSON array in the order of the table, so that anyone can recompute it.

use std::fmt;
use std::str::FromStr;

use super::row;
use crate::db::Database;
use crate::secret;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

/// The “previous hash” of the very first row.
pub(super) const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";
/// How many rows are read at a time.
const PAGE: u64 = 5_000;

/// The hash that belongs to a row, from everything else in it.
pub(super) fn hash(row: &row::Model) -> String {
    let fields = (
        row.seq,
        row.at,
        &row.handle,
        &row.organisation,
        &row.role,
        &row.relation,
        &row.purpose,
        &row.reason,
        &row.category,
        &row.criterion,
        row.citizen_id,
        row.allowed,
        row.through_seq,
        &row.through_hash,
    );
    // A tuple is written as an array; nothing in it can fail to be written.
    let fields = serde_json::to_string(&fields).unwrap_or_default();
    secret::hash(&format!("{}\n{fields}", row.previous_hash))
}

/// A row and its hash, noted outside the database: proof against cutting off the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Number of the row.
    pub seq: i64,
    /// Its hash.
    pub hash: String,
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.seq, self.hash)
    }
}

/// A text is no anchor.
#[derive(Debug, thiserror::Error)]
#[error("an anchor is NUMBER:HASH as `audit verify` prints it, not “{0}”")]
pub struct NoAnchor(String);

impl FromStr for Anchor {
    type Err = NoAnchor;
    fn from_str(text: &str) -> Result<Self, NoAnchor> {
        let wrong = || NoAnchor(text.to_owned());
        let (seq, hash) = text.split_once(':').ok_or_else(wrong)?;
        let seq = seq.parse().map_err(|_| wrong())?;
        let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_hash { Ok(Self { seq, hash: hash.to_owned() }) } else { Err(wrong()) }
    }
}

/// The newest row, as far as it can be believed: the chain is not proved; `None`: there is none.
pub(super) async fn head(connection: &impl ConnectionTrait) -> Result<Option<Anchor>, DbErr> {
    let row = row::Entity::find().order_by_desc(row::Column::Seq).one(connection).await?;
    Ok(row.map(|row| Anchor { seq: row.seq, hash: row.hash }))
}

/// A chain that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many rows there are.
    pub rows: u64,
    /// Number of the first row; rows before it were removed by retention.
    pub first: Option<i64>,
    /// The last row: to be kept elsewhere and given to the next proof.
    pub head: Option<Anchor>,
}

/// The first link that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Break {
    /// A row does not have the hash of its content.
    #[error("row {0} was changed: its content and its hash do not belong together")]
    Changed(i64),
    /// A row is not followed by the next.
    #[error("rows {from} to {to} are missing")]
    Missing {
        /// First missing row.
        from: i64,
        /// Last missing row.
        to: i64,
    },
    /// A row does not follow the one before it.
    #[error("row {0} does not follow the row before it: one of them was replaced")]
    Unlinked(i64),
    /// The first row follows rows that no retention entry covers.
    #[error("the rows before {0} are gone, and no retention entry says so")]
    NoBeginning(i64),
    /// The row of the anchor is gone.
    #[error("row {0}, which the anchor names, is missing: the end of the log was cut off")]
    CutOff(i64),
    /// The row of the anchor is another.
    #[error("row {0} is not the row that the anchor names: the log was rewritten")]
    Rewritten(i64),
}

/// Proves the chain, from its first row to its last and, if an anchor from an earlier proof is
/// given, that it is still the same log.
///
/// # Errors
/// When the database fails; a broken chain is the inner error.
pub async fn verify(
    database: &Database,
    anchor: Option<&Anchor>,
) -> Result<Result<Verified, Break>, DbErr> {
    let mut found = Verified { rows: 0, first: None, head: None };
    let mut anchored = anchor.is_none();
    loop {
        let after = found.head.as_ref().map_or(i64::MIN, |head| head.seq);
        let page = row::Entity::find()
            .filter(row::Column::Seq.gt(after))
            .order_by_asc(row::Column::Seq)
            .limit(PAGE)
            .all(database.record())
            .await?;
        let is_last = (page.len() as u64) < PAGE;
        for row in page {
            if let Err(broken) = follows(database.record(), &row, found.head.as_ref()).await? {
                return Ok(Err(broken));
            }
            if let Some(anchor) = anchor.filter(|anchor| anchor.seq == row.seq) {
                if anchor.hash != row.hash {
                    return Ok(Err(Break::Rewritten(row.seq)));
                }
                anchored = true;
            }
            found.rows += 1;
            found.first.get_or_insert(row.seq);
            found.head = Some(Anchor { seq: row.seq, hash: row.hash });
        }
        if is_last {
            break;
        }
    }
    match anchor {
        // What retention has removed can no longer be compared, but the log must go on from there.
        Some(anchor) if !anchored && found.first.is_none_or(|first| first <= anchor.seq) => {
            Ok(Err(Break::CutOff(anchor.seq)))
        }
        _ => Ok(Ok(found)),
    }
}

async fn follows(
    connection: &impl ConnectionTrait,
    row: &row::Model,
    before: Option<&Anchor>,
) -> Result<Result<(), Break>, DbErr> {
    if hash(row) != row.hash {
        return Ok(Err(Break::Changed(row.seq)));
    }
    let (seq, previous) = match before {
        Some(before) => (before.seq, before.hash.clone()),
        None if row.seq == 1 => (0, GENESIS.to_owned()),
        None => match retained(connection, row.seq - 1).await? {
            Some(hash) => (row.seq - 1, hash),
            None => return Ok(Err(Break::NoBeginning(row.seq))),
        },
    };
    Ok(if row.seq != seq + 1 {
        Err(Break::Missing { from: seq + 1, to: row.seq - 1 })
    } else if row.previous_hash != previous {
        Err(Break::Unlinked(row.seq))
    } else {
        Ok(())
    })
}

/// The hash of the last row that retention removed, as the retention entry has it.
async fn retained(connection: &impl ConnectionTrait, seq: i64) -> Result<Option<String>, DbErr> {
    let entry = row::Entity::find()
        .filter(row::Column::ThroughSeq.eq(seq))
        .order_by_desc(row::Column::Seq)
        .one(connection)
        .await?;
    Ok(entry.and_then(|entry| entry.through_hash))
}
