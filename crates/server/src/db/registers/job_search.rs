//! An application for a job (jobsøgningsdata). One row is one version; columns and allowed values: `docs/data-format.md`.

use sea_orm::entity::prelude::*;

/// An application for a job (jobsøgningsdata).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job_search")]
pub struct Model {
    /// Whose row it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: i32,
    /// Applied on.
    #[sea_orm(primary_key, auto_increment = false)]
    pub applied_on: Date,
    /// Job title.
    #[sea_orm(primary_key, auto_increment = false)]
    pub title: String,
    /// Employer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub employer: String,
    /// The import that brought this version.
    #[sea_orm(primary_key, auto_increment = false)]
    pub run_id: i32,
    /// How she applied.
    pub channel: Option<String>,
    /// What came of it.
    pub status: Option<String>,
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
