//! How a citizen can be reached. One row is one version; columns and allowed values: `docs/data-format.md`.

use sea_orm::entity::prelude::*;

/// How a citizen can be reached.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contacts")]
pub struct Model {
    /// Whose row it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: i32,
    /// The import that brought this version.
    #[sea_orm(primary_key, auto_increment = false)]
    pub run_id: i32,
    /// E-mail address.
    pub email: Option<String>,
    /// Mobile number.
    pub mobile: Option<String>,
    /// `da` or `en`.
    pub language: Option<String>,
    /// Exempt from Digital Post.
    pub digital_post_exempt: Option<bool>,
    /// Address protected; unknown is to be treated as protected.
    pub address_protected: Option<bool>,
    /// `email`, `sms` or `none`.
    pub notification: Option<String>,
    /// Died on.
    pub died_on: Option<Date>,
    /// Street, number, floor and door of the postal address.
    pub street: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Town of the postal code.
    pub city: Option<String>,
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
