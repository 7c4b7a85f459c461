//! What came of the models' estimates: stored with each look, the newest that decides told with the
//! model.
//!
//! Whether a model still holds is for `jobnet_profiling::drift`. Looks are public and name nobody. Of
//! too few people only their number is kept and told ([`Drift::told`]): the figures of one person are
//! what she was told and what came of her. An earlier version kept more; it is left out when read.

mod outcomes;

use chrono::{DateTime, Utc};
use jobnet_api::models::Watched;
use jobnet_profiling::drift::{self, Drift, Verdict};
use jobnet_profiling::measure::Told;
use jobnet_profiling::people::Person;
use jobnet_profiling::profile::Outcome;
use jobnet_profiling::score::Sealed;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder};

use crate::db::Database;

pub use outcomes::{BadOutcomes, NotCompared, Outcomes, Rows, compare_told};

#[allow(unreachable_pub, reason = "what the entity macros make must be public")]
mod row {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "model_watches")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub number: i32,
        pub model: String,
        pub digest: String,
        pub from_day: Date,
        pub to_day: Date,
        /// Seconds since 1970.
        pub watched_at: i64,
        pub no_profile: i32,
        /// JSON.
        pub drift: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A model that cannot be watched.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the model {0} gives a group and no share: there is nothing to compare")]
pub struct NoShares(String);

/// What came of a model's estimates for the people of a period, and of how many it says nothing.
///
/// # Errors
/// When the model gives no shares.
pub fn compare(sealed: &Sealed, people: &[Person]) -> Result<(Drift, u32), NoShares> {
    let mut told = Vec::with_capacity(people.len());
    let mut no_profile = 0;
    for person in people {
        match sealed.outcome(&person.answers, &person.facts) {
            Ok(Outcome::Share { expected, .. }) => {
                let expected = f64::from(expected.0) / 10_000.0;
                told.push(Told { expected, came_true: person.came_true });
            }
            Ok(Outcome::Group { .. }) => return Err(NoShares(sealed.model.key.clone())),
            Err(_) => no_profile += 1,
        }
    }
    Ok((drift::watch(&told), no_profile))
}

/// Stores what was found, as it may be told.
///
/// # Errors
/// When the database fails, or a figure is none.
pub async fn store(database: &Database, sealed: &Sealed, watched: &Watched) -> Result<(), DbErr> {
    let text = serde_json::to_string(&watched.drift.clone().told());
    let text = text.map_err(|error| DbErr::Json(error.to_string()))?;
    // What JSON cannot hold is not stored: whoever asks for the models must be able to read it.
    read(&text)?;
    let row = row::ActiveModel {
        model: Set(sealed.model.key.clone()),
        digest: Set(sealed.digest.clone()),
        from_day: Set(watched.from),
        to_day: Set(watched.to),
        watched_at: Set(watched.at.timestamp()),
        no_profile: Set(i32::try_from(watched.no_profile).unwrap_or(i32::MAX)),
        drift: Set(text),
        ..Default::default()
    };
    let transaction = database.begin_write().await?;
    row::Entity::insert(row).exec_without_returning(&transaction).await?;
    transaction.commit().await
}

/// What was found last of the model with this digest that says whether it holds: of the period that
/// ends last, and of several looks at that the last. Too few people say nothing against what others
/// said, and an older period looked at again nothing against a newer one. Where nothing is decided,
/// the last look; `None`: nobody has looked.
///
/// # Errors
/// When the database fails or holds what this program cannot have written.
pub async fn newest(
    connection: &impl ConnectionTrait,
    digest: &str,
) -> Result<Option<Watched>, DbErr> {
    let rows = row::Entity::find()
        .filter(row::Column::Digest.eq(digest))
        .order_by_desc(row::Column::ToDay)
        .order_by_desc(row::Column::Number)
        .all(connection)
        .await?;
    let mut undecided = None;
    for row in rows {
        let found = watched(row)?;
        if found.drift.verdict != Verdict::TooFew {
            return Ok(Some(found));
        }
        undecided = undecided.or(Some(found));
    }
    Ok(undecided)
}

fn watched(row: row::Model) -> Result<Watched, DbErr> {
    Ok(Watched {
        from: row.from_day,
        to: row.to_day,
        at: DateTime::<Utc>::from_timestamp(row.watched_at, 0)
            .ok_or_else(|| DbErr::Type("model_watches.watched_at is no time".to_owned()))?,
        no_profile: u32::try_from(row.no_profile).unwrap_or_default(),
        drift: read(&row.drift)?.told(),
    })
}

fn read(text: &str) -> Result<Drift, DbErr> {
    serde_json::from_str(text).map_err(|error| DbErr::Json(error.to_string()))
}
