//! From the registers' rows to a citizen's account.

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_api::account::AccountAnswer;

use crate::db::Database;
use crate::problem::Failure;

/// A citizen's account as of a day; `None` if nothing was known of her then.
///
/// # Errors
/// When the database fails.
pub async fn account(
    _database: &Database,
    _citizen: i32,
    _as_of: NaiveDate,
    _now: DateTime<Utc>,
) -> Result<Option<AccountAnswer>, Failure> {
    Ok(None)
}

/// Who gets what a citizen reports: her fund or, on social assistance, her municipality.
///
/// # Errors
/// When the database fails.
pub async fn authority(
    _database: &Database,
    _citizen: i32,
    _as_of: NaiveDate,
) -> Result<Option<String>, Failure> {
    Ok(None)
}
