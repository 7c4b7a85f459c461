//! What was paid for a month (ydelsesdata). One row is one version; columns and allowed values: `docs/data-format.md`.

use sea_orm::entity::prelude::*;

/// What was paid for a month (ydelsesdata).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "benefits")]
pub struct Model {
    /// Whose row it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: i32,
    /// Month as YYYYMM.
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: i32,
    /// `dagpenge`, `social_assistance` or `holiday`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// The import that brought this version.
    #[sea_orm(primary_key, auto_increment = false)]
    pub run_id: i32,
    /// Hundredths of an hour paid.
    pub paid_hours: Option<i64>,
    /// Hundredths of an hour of quarantine served.
    pub quarantine_hours: Option<i64>,
    /// Øre before tax.
    pub gross: Option<i64>,
    /// Settled against eIndkomst.
    pub settled: bool,
    /// The day from which the fund's figures stand (`as_of` in the file).
    pub stated_on: Option<Date>,
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
