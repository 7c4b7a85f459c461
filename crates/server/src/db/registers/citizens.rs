//! Who the citizens are: one row per person, never replaced.

use sea_orm::entity::prelude::*;

/// A citizen's identifiers.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "citizens")]
pub struct Model {
    /// Our own number: the first part of every register's key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// The id in the extracts.
    pub register_id: String,
    /// A random id for addresses: says nothing about the person and cannot be guessed.
    pub public_id: String,
}

/// None are followed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
