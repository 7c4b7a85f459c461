//! What was imported last: of which day it is, and whether everyone in it is made up.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use crate::db::Database;
use crate::db::registers::{citizens, import_runs};

/// The people in the database.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Population {
    /// The day of the newest import; `None` before the first.
    pub as_of: Option<NaiveDate>,
    /// Everyone is made up: every import said so.
    pub synthetic: bool,
}

/// Reads what was imported last.
///
/// # Errors
/// When the database fails.
pub async fn newest(database: &Database) -> Result<Population, DbErr> {
    let newest = import_runs::Entity::find()
        .order_by_desc(import_runs::Column::AsOf)
        .limit(1)
        .one(database.read())
        .await?;
    let Some(newest) = newest else {
        return Ok(Population::default());
    };
    let real = import_runs::Entity::find()
        .filter(import_runs::Column::Synthetic.eq(false))
        .limit(1)
        .one(database.read())
        .await?;
    Ok(Population { as_of: Some(newest.as_of), synthetic: real.is_none() })
}

/// The number in the database of a citizen's id in the extracts.
///
/// # Errors
/// When the database fails.
pub async fn citizen(database: &Database, register_id: &str) -> Result<Option<i32>, DbErr> {
    let citizen = citizens::Entity::find()
        .filter(citizens::Column::RegisterId.eq(register_id))
        .one(database.read())
        .await?;
    Ok(citizen.map(|citizen| citizen.id))
}
