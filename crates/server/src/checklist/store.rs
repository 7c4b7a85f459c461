//! What she says of her list, stored: one row an item, and what she said last stands.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_api::checklist::SavedMark;
use jobnet_checklist::item::Item;
use jobnet_checklist::mark::{Mark, State};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ConnectionTrait};

use crate::db::Database;
use crate::db::registers::{stored_word, word};
use crate::problem::Failure;

#[allow(unreachable_pub, reason = "what the entity macros make must be public")]
mod mark_row {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "checklist_marks")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub citizen_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub item: String,
        pub state: String,
        pub reason: Option<String>,
        pub until_day: Option<Date>,
        pub note: Option<String>,
        /// Milliseconds since 1970.
        pub made_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[allow(unreachable_pub, reason = "what the entity macros make must be public")]
mod list_row {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "checklists")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub citizen_id: i32,
        pub seen_on: Option<Date>,
        pub seen_before: Option<Date>,
        pub is_shared: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// When she looked at her list, and whether she shares it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Seen {
    last: Option<NaiveDate>,
    before: Option<NaiveDate>,
    pub(super) is_shared: bool,
}

impl Seen {
    /// The last day before a day on which she looked.
    pub(super) fn before(self, today: NaiveDate) -> Option<NaiveDate> {
        [self.last, self.before].into_iter().flatten().find(|day| *day < today)
    }
}

/// When she looked at her list, and whether she shares it.
///
/// # Errors
/// When the database fails.
pub(super) async fn seen(connection: &impl ConnectionTrait, citizen: i32) -> Result<Seen, DbErr> {
    let row = list_row::Entity::find_by_id(citizen).one(connection).await?;
    Ok(row.map_or_else(Seen::default, |row| Seen {
        last: row.seen_on,
        before: row.seen_before,
        is_shared: row.is_shared,
    }))
}

/// What she has said, by item.
///
/// # Errors
/// When the database fails, or holds what this program does not write.
pub(super) async fn marks(
    connection: &impl ConnectionTrait,
    citizen: i32,
) -> Result<BTreeMap<Item, SavedMark>, DbErr> {
    let rows = mark_row::Entity::find()
        .filter(mark_row::Column::CitizenId.eq(citizen))
        .all(connection)
        .await?;
    rows.into_iter().map(|row| Ok((word(&row.item)?, saved(row)?))).collect()
}

fn saved(row: mark_row::Model) -> Result<SavedMark, DbErr> {
    let wrong = || DbErr::Type(format!("checklist_marks holds the state “{}”", row.state));
    let state = match (row.state.as_str(), &row.reason, row.until_day) {
        ("open", None, None) => State::Open {},
        ("done", None, None) => State::Done {},
        ("not_for_me", Some(reason), None) => State::NotForMe { reason: word(reason)? },
        ("later", None, Some(until)) => State::Later { until },
        _ => return Err(wrong()),
    };
    let made_at = DateTime::from_timestamp_millis(row.made_at).ok_or_else(wrong)?;
    Ok(SavedMark { mark: Mark { state, note: row.note }, made_at })
}

/// Stores what she says of an item and returns what stands: this, unless she has said something
/// later already. The same again changes nothing.
///
/// # Errors
/// When the database fails, and then nothing is stored.
pub async fn mark(
    database: &Database,
    citizen: i32,
    item: Item,
    mark: Mark,
    made_at: DateTime<Utc>,
) -> Result<SavedMark, Failure> {
    let (state, reason, until_day) = match mark.state {
        State::Open {} => ("open", None, None),
        State::Done {} => ("done", None, None),
        State::NotForMe { reason } => ("not_for_me", Some(stored_word(&reason)), None),
        State::Later { until } => ("later", None, Some(until)),
    };
    let row = mark_row::ActiveModel {
        citizen_id: Set(citizen),
        item: Set(stored_word(&item)),
        state: Set(state.to_owned()),
        reason: Set(reason),
        until_day: Set(until_day),
        note: Set(mark.note),
        made_at: Set(made_at.timestamp_millis()),
    };
    let newest = OnConflict::columns([mark_row::Column::CitizenId, mark_row::Column::Item])
        .update_columns([
            mark_row::Column::State,
            mark_row::Column::Reason,
            mark_row::Column::UntilDay,
            mark_row::Column::Note,
            mark_row::Column::MadeAt,
        ])
        .action_and_where(
            Expr::col((mark_row::Entity, mark_row::Column::MadeAt)).lt(made_at.timestamp_millis()),
        )
        .to_owned();
    let transaction = database.begin_write().await?;
    mark_row::Entity::insert(row).on_conflict(newest).exec_without_returning(&transaction).await?;
    let stands = mark_row::Entity::find_by_id((citizen, stored_word(&item)))
        .one(&transaction)
        .await?
        .ok_or_else(|| Failure::internal("a mark vanished"))?;
    transaction.commit().await?;
    Ok(saved(stands)?)
}

/// Notes that she has looked on a day.
///
/// # Errors
/// When the database fails.
pub async fn saw(database: &Database, citizen: i32, today: NaiveDate) -> Result<(), DbErr> {
    let transaction = database.begin_write().await?;
    let known = seen(&transaction, citizen).await?;
    if known.last.is_none_or(|last| last < today) {
        let row = Seen { last: Some(today), before: known.last, ..known };
        put(&transaction, citizen, row).await?;
    }
    transaction.commit().await
}

/// Notes whether her caseworker may see her list.
///
/// # Errors
/// When the database fails.
pub async fn share(database: &Database, citizen: i32, is_shared: bool) -> Result<(), DbErr> {
    let transaction = database.begin_write().await?;
    let known = seen(&transaction, citizen).await?;
    put(&transaction, citizen, Seen { is_shared, ..known }).await?;
    transaction.commit().await
}

async fn put(connection: &impl ConnectionTrait, citizen: i32, seen: Seen) -> Result<(), DbErr> {
    let row = list_row::ActiveModel {
        citizen_id: Set(citizen),
        seen_on: Set(seen.last),
        seen_before: Set(seen.before),
        is_shared: Set(seen.is_shared),
    };
    let changed = OnConflict::column(list_row::Column::CitizenId)
        .update_columns([
            list_row::Column::SeenOn,
            list_row::Column::SeenBefore,
            list_row::Column::IsShared,
        ])
        .to_owned();
    list_row::Entity::insert(row).on_conflict(changed).exec_without_returning(connection).await?;
    Ok(())
}

/// Forgets everything she has said.
///
/// # Errors
/// When the database fails.
pub async fn forget(connection: &impl ConnectionTrait, citizen: i32) -> Result<(), DbErr> {
    mark_row::Entity::delete_many()
        .filter(mark_row::Column::CitizenId.eq(citizen))
        .exec(connection)
        .await?;
    list_row::Entity::delete_by_id(citizen).exec(connection).await?;
    Ok(())
}
