//! What the registers say about a person. One row is one version; columns and allowed values: `docs/data-format.md`.

use sea_orm::entity::prelude::*;

/// What the registers say about a person.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "citizen_facts")]
pub struct Model {
    /// Whose row it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: i32,
    /// The import that brought this version.
    #[sea_orm(primary_key, auto_increment = false)]
    pub run_id: i32,
    /// Keyed hash of her CPR number; the number itself is sealed in `cpr_numbers`.
    pub cpr_hash: String,
    /// Given names.
    pub first_name: String,
    /// Surname.
    pub last_name: String,
    /// Born on.
    pub birth_date: Date,
    /// Municipality of residence.
    pub municipality: Option<String>,
    /// Unemployment fund (a-kasse).
    pub fund: Option<String>,
    /// Job centre.
    pub job_centre: Option<String>,
    /// `dagpenge`, `graduate` or `social_assistance`.
    pub scheme: String,
    /// `full_time` or `part_time`.
    pub insurance: Option<String>,
    /// Her own monthly rate, in øre.
    pub monthly_rate: Option<i64>,
    /// Level of social assistance.
    pub rate_level: Option<String>,
    /// Provides for a child.
    pub provider: Option<bool>,
    /// First day of the benefit period.
    pub placed_on: Option<Date>,
    /// Registered as unemployed on.
    pub registered_on: Option<Date>,
    /// Her caseworker's id.
    pub caseworker: Option<String>,
    /// Weeks of supplementary benefit used.
    pub supplementary_weeks_used: Option<i32>,
    /// Since when her CV is there, complete and to be found.
    pub cv_since: Option<Date>,
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
