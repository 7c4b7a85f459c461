//! An activity offered to a citizen (indsatsdata). One row is one version; columns and allowed values: `docs/data-format.md`.

use sea_orm::entity::prelude::*;

/// An activity offered to a citizen (indsatsdata).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "measures")]
pub struct Model {
    /// Whose row it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: i32,
    /// What it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// First day.
    #[sea_orm(primary_key, auto_increment = false)]
    pub from_day: Date,
    /// The import that brought this version.
    #[sea_orm(primary_key, auto_increment = false)]
    pub run_id: i32,
    /// Last day; `None`: open.
    pub to_day: Option<Date>,
    /// Who gives it.
    pub provider: Option<String>,
    /// `planned`, `ongoing`, `completed` or `cancelled`.
    pub status: String,
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
