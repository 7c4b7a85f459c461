//! The provider's words that someone has signed out, remembered in the database until they expire:
//! each counts once, at whichever server it arrives.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::LogoutWord;
use crate::db::Database;
use crate::secret;
use crate::session::{self, Which};

#[allow(unreachable_pub, reason = "what the entity macros make must be public")]
mod row {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "logout_words")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id_hash: String,
        pub expires_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Ends the sessions that the provider's word is about, and remembers the word; `None`: it was
/// heard before, and nothing happens. Both or neither, so that the provider may try again after a
/// failure of ours.
///
/// # Errors
/// When the database fails.
pub async fn sign_out_once(
    database: &Database,
    word: &LogoutWord,
    which: &Which,
    now: DateTime<Utc>,
) -> Result<Option<u64>, DbErr> {
    let transaction = database.begin_write().await?;
    row::Entity::delete_many()
        .filter(row::Column::ExpiresAt.lte(now.timestamp()))
        .exec(&transaction)
        .await?;
    let heard = row::ActiveModel {
        id_hash: Set(secret::hash(&word.id)),
        expires_at: Set(word.expires_at.timestamp()),
    };
    let inserted = row::Entity::insert(heard)
        .on_conflict_do_nothing_on([row::Column::IdHash])
        .exec_without_returning(&transaction)
        .await?;
    if !matches!(inserted, sea_orm::TryInsertResult::Inserted(1)) {
        transaction.rollback().await?;
        return Ok(None);
    }
    let ended = session::revoke_in(&transaction, which).await?;
    transaction.commit().await?;
    Ok(Some(ended))
}
