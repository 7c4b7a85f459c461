//! The record: who has looked at whose data, when and why. Rows are only ever added, each with the
//! hash of the one before it, and a look is recorded before it is answered.
//!
//! It must not know of routes, pages or rules; names and CPR numbers of those who look never stand
//! in it.

mod chain;
mod read;
mod retention;
#[allow(unreachable_pub, reason = "what the entity macros make must be public")]
mod row;
mod writer;

pub use chain::{Anchor, Break, Verified, verify};
pub use read::{Looks, Wanted, all_of_citizen, of_citizen};
pub use retention::{Expired, expire, forgotten};
pub use writer::{Recorder, Unrecorded};

use chrono::{DateTime, Utc};
use jobnet_api::access::{Category, Purpose, Relation};
use jobnet_api::boot::Role;
use sea_orm::DbErr;

use crate::db::Database;

/// One look, or one attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: DateTime<Utc>,
    /// The pseudonym of who looks; [`SYSTEM`] for a job of the server.
    pub handle: String,
    /// Her fund or job centre.
    pub organisation: Option<String>,
    /// What she was signed in as; `None` for a job of the server.
    pub role: Option<Role>,
    /// How the citizen stands to her.
    pub relation: Relation,
    /// Why.
    pub purpose: Purpose,
    /// Why, in her own words, where she had to give a reason.
    pub reason: Option<String>,
    /// What kind of data.
    pub category: Category,
    /// What was searched for, when many were looked through.
    pub criterion: Option<String>,
    /// Whose; `None`: the search itself, or nobody who exists.
    pub citizen: Option<i32>,
    /// Whether she was let through.
    pub allowed: bool,
}

/// The handle of the server's own jobs.
pub const SYSTEM: &str = jobnet_api::trial::SYSTEM;

/// The newest entry, to be noted elsewhere: with it a later proof shows whether the end was cut off.
///
/// # Errors
/// When the database fails.
pub async fn head(database: &Database) -> Result<Option<Anchor>, DbErr> {
    chain::head(database.record()).await
}
