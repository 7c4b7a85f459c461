//! A row of the table `access_log`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "access_log")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    /// Milliseconds since 1970, UTC.
    pub at: i64,
    pub handle: String,
    pub organisation: Option<String>,
    pub role: String,
    pub relation: String,
    pub purpose: String,
    pub reason: Option<String>,
    pub category: String,
    pub criterion: Option<String>,
    pub citizen_id: Option<i32>,
    pub allowed: bool,
    /// Of a retention entry: the last row that may be deleted, and its hash.
    pub through_seq: Option<i64>,
    pub through_hash: Option<String>,
    pub previous_hash: String,
    pub hash: String,
}

impl ActiveModelBehavior for ActiveModel {}
