//! What a citizen is shown of her account because of a trial, told to her caseworker. The look and
//! its reason stand in the record before that it was asked for is stored here and then told.
//!
//! Nobody is enrolled by it, and it is no exposure. An arm from which she could compute the next one
//! (`telling.rs`) is not told: that is answered as the ordinary page is.

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_api::arm::Arm;
use jobnet_api::problem::Code;
use jobnet_api::unblinding::Unblinding;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter, TryInsertResult,
};

use super::arm::{self, Decision, Enrol};
use super::catalogue::{self, ACCOUNT};
use super::rows::trial;
use super::{enrol, telling};
use crate::app::App;
use crate::db::registers::{stored_word, word};
use crate::problem::Failure;
use crate::secret;

/// That somebody asked.
#[allow(unreachable_pub, reason = "what the entity macros make must be public")]
mod asked {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "unblindings")]
    pub struct Model {
        pub id: String,
        pub citizen_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub handle: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        pub content_hash: String,
        /// Milliseconds since 1970, UTC.
        pub at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What of a trial was told then.
#[allow(unreachable_pub, reason = "what the entity macros make must be public")]
mod told {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "trial_unblindings")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub trial_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub presentation: String,
        pub framing: String,
        /// Milliseconds since 1970, UTC.
        pub at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A caseworker's request.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Whose account.
    pub citizen: i32,
    /// The caseworker's pseudonym.
    pub handle: &'a str,
    /// Her idempotency key.
    pub key: &'a str,
    /// Why.
    pub reason: &'a str,
}

/// What the citizen is shown, as far as it may be told. The same key for the same citizen and reason
/// gives the same answer again, also when both arrive at the same time at different servers.
///
/// # Errors
/// `Conflict` when the key came for another citizen or reason before; `Internal` when the database
/// fails, and then nothing is stored.
pub async fn store(
    app: &App,
    request: Asked<'_>,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Unblinding, Failure> {
    let database = app.database();
    if let Some(earlier) = first(database.read(), request).await? {
        return Ok(earlier);
    }
    let decision = arm::decision(app, ACCOUNT, request.citizen, Enrol::Never, today, now).await;
    let served = match decision.map_err(Failure::internal)? {
        Decision::Served(served) => Some(served),
        Decision::Off | Decision::Ordinary => None,
    };
    let at = now.timestamp_millis();
    let id = secret::receipt_number().map_err(Failure::internal)?;
    let row = asked::ActiveModel {
        id: Set(id.clone()),
        citizen_id: Set(request.citizen),
        handle: Set(request.handle.to_owned()),
        key: Set(request.key.to_owned()),
        content_hash: Set(content_hash(request)),
        at: Set(at),
    };
    let transaction = database.begin_write().await?;
    let inserted = asked::Entity::insert(row)
        .on_conflict_do_nothing_on([asked::Column::Handle, asked::Column::Key])
        .exec_without_returning(&transaction)
        .await?;
    if !matches!(inserted, TryInsertResult::Inserted(rows) if rows > 0) {
        let earlier = first(&transaction, request).await?;
        transaction.rollback().await?;
        return earlier.ok_or_else(|| Failure::internal("a receipt vanished"));
    }
    let mut shown = None;
    if let Some(served) = served
        && let Some(arm) = catalogue::decided(&served.trial, &served.arm)
        && let Some(enrolled) = enrol::find(&transaction, served.id, request.citizen)
            .await
            .map_err(Failure::internal)?
        && telling::tells_one(&transaction, served.trial.as_str(), &enrolled.unit)
            .await
            .map_err(Failure::internal)?
    {
        let row = told::ActiveModel {
            trial_id: Set(served.id),
            unit: Set(enrolled.unit),
            id: Set(id),
            presentation: Set(stored_word(&arm.presentation)),
            framing: Set(stored_word(&arm.framing)),
            at: Set(at),
        };
        told::Entity::insert(row).exec_without_returning(&transaction).await?;
        shown = Some(arm);
    }
    transaction.commit().await?;
    Ok(Unblinding { at: time(at)?, arm: shown })
}

/// How often an arm of a trial was told.
///
/// # Errors
/// When the database fails.
pub async fn count(connection: &impl ConnectionTrait, trial: i32) -> Result<u64, DbErr> {
    told::Entity::find().filter(told::Column::TrialId.eq(trial)).count(connection).await
}

/// What was answered before, if the key is known.
///
/// # Errors
/// As [`store`].
pub async fn first(
    connection: &impl ConnectionTrait,
    request: Asked<'_>,
) -> Result<Option<Unblinding>, Failure> {
    let known = (request.handle.to_owned(), request.key.to_owned());
    let Some(first) = asked::Entity::find_by_id(known).one(connection).await? else {
        return Ok(None);
    };
    if first.citizen_id != request.citizen || first.content_hash != content_hash(request) {
        return Err(Failure::new(Code::Conflict));
    }
    let shown = told::Entity::find().filter(told::Column::Id.eq(&first.id)).one(connection).await?;
    let arm = match shown {
        Some(shown) => Some(Arm {
            trial: key_of(connection, shown.trial_id).await?,
            presentation: word(&shown.presentation)?,
            framing: word(&shown.framing)?,
        }),
        None => None,
    };
    Ok(Some(Unblinding { at: time(first.at)?, arm }))
}

async fn key_of(connection: &impl ConnectionTrait, trial: i32) -> Result<String, Failure> {
    let row = trial::Entity::find_by_id(trial).one(connection).await?;
    row.map(|row| row.key).ok_or_else(|| Failure::internal("a trial vanished"))
}

fn content_hash(request: Asked<'_>) -> String {
    secret::hash(request.reason)
}

fn time(at: i64) -> Result<DateTime<Utc>, Failure> {
    DateTime::from_timestamp_millis(at).ok_or_else(|| Failure::internal("a time that is none"))
}
