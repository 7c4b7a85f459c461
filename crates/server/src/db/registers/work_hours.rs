//! Hours that an employer reported for a month (eIndkomst). One row is one version; columns and allowed values: `docs/data-format.md`.

use sea_orm::entity::prelude::*;

/// Hours that an employer reported for a month (eIndkomst).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "work_hours")]
pub struct Model {
    /// Whose row it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: i32,
    /// Month as YYYYMM.
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: i32,
    /// The employer's name or number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub employer: String,
    /// `ordinary` or `subsidised`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// The import that brought this version.
    #[sea_orm(primary_key, auto_increment = false)]
    pub run_id: i32,
    /// Hundredths of an hour; `None`: reported, hours unknown.
    pub hours: Option<i64>,
    /// Øre before tax.
    pub earnings: Option<i64>,
    /// Reported on.
    pub reported_on: Option<Date>,
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
