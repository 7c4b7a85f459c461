//! A meeting with the fund, the job centre or the municipality. One row is one version; columns and allowed values: `docs/data-format.md`.

use sea_orm::entity::prelude::*;

/// A meeting with the fund, the job centre or the municipality.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "meetings")]
pub struct Model {
    /// Whose row it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: i32,
    /// With whom: `fund`, `job_centre` or `municipality`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub party: String,
    /// The day of the meeting.
    #[sea_orm(primary_key, auto_increment = false)]
    pub held_on: Date,
    /// What it is about.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// The import that brought this version.
    #[sea_orm(primary_key, auto_increment = false)]
    pub run_id: i32,
    /// Held or not; `None`: not yet.
    pub held: Option<bool>,
    /// The day from which this version counts.
    pub valid_from: Date,
    /// The day on which another version replaced it; [`super::FOREVER`]: it is current.
    pub valid_to: Date,
    /// The import that replaced it.
    pub replaced_by: Option<i32>,
}

/// None are followed: one range read per register and citizen.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
