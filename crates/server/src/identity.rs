//! Who has ever signed in, by a random pseudonym: the handle under which the record names her.
//! Whoever vouches for her (a provider and its name for her) is stored as a hash only.
//!
//! It must not know of sessions, cookies or providers.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, DatabaseTransaction};

use crate::secret;
use crate::session::SessionError;

#[allow(unreachable_pub, reason = "what the entity macros make must be public")]
mod row {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "identities")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub subject_hash: String,
        pub handle: String,
        pub citizen_id: Option<i32>,
        pub name: String,
        pub created_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Someone who signs in.
#[derive(Clone, Debug)]
pub(crate) struct NewIdentity {
    /// The hash of her subject.
    pub(crate) subject_hash: String,
    /// Her number in the database, as far as this sign-in says.
    pub(crate) citizen: Option<i32>,
    /// Her name, so that an administrator can say whose a handle is.
    pub(crate) name: String,
}

/// Someone who is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    /// Her pseudonym.
    pub(crate) handle: String,
    /// Her number in the database, as far as any sign-in said.
    pub(crate) citizen: Option<i32>,
}

/// The pseudonym of someone who signs in, made at her first sign-in; which citizen she is, is
/// remembered, so that a later sign-in need not say it.
///
/// # Errors
/// When the database or the system's randomness fails.
pub(crate) async fn know(
    transaction: &DatabaseTransaction,
    new: NewIdentity,
    now: DateTime<Utc>,
) -> Result<Known, SessionError> {
    let known = row::Entity::find_by_id(&new.subject_hash).one(transaction).await?;
    let Some(known) = known else {
        let handle = secret::handle()?;
        let row = row::ActiveModel {
            subject_hash: Set(new.subject_hash.clone()),
            handle: Set(handle),
            citizen_id: Set(new.citizen),
            name: Set(new.name),
            created_at: Set(now.timestamp()),
        };
        // Someone may sign in twice at the same time: the first handle stays.
        row::Entity::insert(row)
            .on_conflict_do_nothing_on([row::Column::SubjectHash])
            .exec_without_returning(transaction)
            .await?;
        let known = row::Entity::find_by_id(&new.subject_hash).one(transaction).await?;
        let gone = || DbErr::RecordNotFound("an identity vanished".to_owned());
        let known = known.ok_or_else(gone)?;
        return Ok(Known { handle: known.handle, citizen: known.citizen_id });
    };
    let citizen = new.citizen.or(known.citizen_id);
    if citizen != known.citizen_id || new.name != known.name {
        row::Entity::update_many()
            .col_expr(row::Column::CitizenId, Expr::value(citizen))
            .col_expr(row::Column::Name, Expr::value(new.name))
            .filter(row::Column::SubjectHash.eq(&new.subject_hash))
            .exec(transaction)
            .await?;
    }
    Ok(Known { handle: known.handle, citizen })
}

/// Whose a handle is.
#[derive(Clone, PartialEq, Eq)]
pub struct Bearer {
    /// Her name.
    pub name: String,
    /// Her number in the database, if she is a citizen.
    pub citizen: Option<i32>,
}

/// Who is behind a handle, for an administrator who must answer a citizen.
///
/// # Errors
/// When the database fails.
pub async fn of_handle(
    connection: &impl ConnectionTrait,
    handle: &str,
) -> Result<Option<Bearer>, DbErr> {
    let row = row::Entity::find().filter(row::Column::Handle.eq(handle)).one(connection).await?;
    Ok(row.map(|row| Bearer { name: row.name, citizen: row.citizen_id }))
}
