//! Sign-ins that have begun, in the database: any server may see the end of what another began.
//! Each can be ended once, by the browser that began it, within ten minutes.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use crate::db::Database;
use crate::secret;

/// How long someone may take at the provider.
const LASTS: TimeDelta = TimeDelta::minutes(10);

#[allow(unreachable_pub, reason = "what the entity macros make must be public")]
mod row {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sign_ins")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub state_hash: String,
        pub browser_hash: String,
        pub nonce: String,
        pub verifier: String,
        pub return_to: String,
        pub begun_at: i64,
        pub shown_since: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What the provider's answer must fit.
#[derive(Clone, PartialEq, Eq)]
pub struct Pending {
    /// Stands in the ID token.
    pub nonce: String,
    /// Of PKCE: what only we know.
    pub verifier: String,
    /// The page to go to.
    pub return_to: String,
    /// She must have shown the provider who she is at this time or later, **seconds** since 1970;
    /// `None`: whenever.
    pub shown_since: Option<i64>,
}

/// Remembers a sign-in under its `state`, for the browser with this secret in its cookie.
///
/// # Errors
/// When the database fails.
pub async fn begin(
    database: &Database,
    state: &str,
    browser: &str,
    pending: Pending,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = row::ActiveModel {
        state_hash: Set(secret::hash(state)),
        browser_hash: Set(secret::hash(browser)),
        nonce: Set(pending.nonce),
        verifier: Set(pending.verifier),
        return_to: Set(pending.return_to),
        begun_at: Set(now.timestamp()),
        shown_since: Set(pending.shown_since),
    };
    let transaction = database.begin_write().await?;
    row::Entity::delete_many()
        .filter(row::Column::BegunAt.lte((now - LASTS).timestamp()))
        .exec(&transaction)
        .await?;
    row::Entity::insert(row).exec_without_returning(&transaction).await?;
    transaction.commit().await
}

/// The sign-in of a `state`, and forgets it; `None`: there is none, it is too old, or another
/// browser began it.
///
/// # Errors
/// When the database fails.
pub async fn finish(
    database: &Database,
    state: &str,
    browser: &str,
    now: DateTime<Utc>,
) -> Result<Option<Pending>, DbErr> {
    let transaction = database.begin_write().await?;
    let row = row::Entity::find_by_id(secret::hash(state)).one(&transaction).await?;
    let fits = |row: &row::Model| row.browser_hash == secret::hash(browser);
    let Some(row) = row.filter(fits) else {
        transaction.rollback().await?;
        return Ok(None);
    };
    // Two servers may be asked at once: who deletes it has it.
    let deleted = row::Entity::delete_by_id(&row.state_hash).exec(&transaction).await?;
    transaction.commit().await?;
    let is_young = row.begun_at > (now - LASTS).timestamp();
    Ok((deleted.rows_affected == 1 && is_young).then_some(Pending {
        nonce: row.nonce,
        verifier: row.verifier,
        return_to: row.return_to,
        shown_since: row.shown_since,
    }))
}
