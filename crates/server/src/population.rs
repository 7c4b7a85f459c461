//! What was imported last: of which day it is, and whether anyone or everyone in it is made up.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use crate::db::Database;
use crate::db::registers::{citizens, dataset};

/// The people in the database.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Population {
    /// The day of the newest import; `None` before the first.
    pub as_of: Option<NaiveDate>,
    /// Someone is made up, so nothing passes for real.
    pub synthetic: bool,
    /// Everyone is made up, so anyone may be let in.
    pub only_synthetic: bool,
}

/// Reads what was imported last.
///
/// # Errors
/// When the database fails.
pub async fn newest(database: &Database) -> Result<Population, DbErr> {
    let dataset = dataset(database.read()).await?;
    Ok(dataset.map_or_else(Population::default, |dataset| Population {
        as_of: Some(dataset.as_of),
        synthetic: dataset.synthetic,
        only_synthetic: dataset.synthetic && !dataset.real,
    }))
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
