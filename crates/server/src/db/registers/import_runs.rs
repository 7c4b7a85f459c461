//! The log of imports that changed something.

use sea_orm::entity::prelude::*;

/// One import.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_runs")]
pub struct Model {
    /// Running number; versions name the run that brought and the run that replaced them.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// When, in seconds since 1970 UTC.
    pub imported_at: i64,
    /// The day from which its rows count.
    pub as_of: Date,
    /// Whether the folder said that it is made up.
    pub synthetic: bool,
    /// Rows whose key was not known before.
    pub new_rows: i64,
    /// Rows that replaced another version.
    pub changed_rows: i64,
    /// Rows that were there already.
    pub unchanged_rows: i64,
}

/// None are followed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
