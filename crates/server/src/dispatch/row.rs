//! What was ruled of a message: one row for each unit, step and channel.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "trial_dispatches")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub trial_id: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub unit: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub step: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel: String,
    /// The first day on which it could be sent.
    pub due_on: Date,
    /// Milliseconds since 1970.
    pub ruled_at: i64,
    /// [`PLANNED`], or why it is withheld.
    pub ruling: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// It was given to the outbox.
pub(super) const PLANNED: &str = "planned";
