//! A sanction (sanktionsdata). One row is one version; columns and allowed values: `docs/data-format.md`.

use sea_orm::entity::prelude::*;

/// A sanction (sanktionsdata).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sanctions")]
pub struct Model {
    /// Whose row it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: i32,
    /// `quarantine`, `work_requirement` or `exclusion`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// Decided on.
    #[sea_orm(primary_key, auto_increment = false)]
    pub decided_on: Date,
    /// The import that brought this version.
    #[sea_orm(primary_key, auto_increment = false)]
    pub run_id: i32,
    /// Hundredths of an hour imposed.
    pub hours: Option<i64>,
    /// Hundredths of an hour served.
    pub served_hours: Option<i64>,
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
