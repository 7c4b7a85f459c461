//! A session as the database keeps it: a hash of its id, and whose it is.
#![allow(unreachable_pub, reason = "what the entity macros make must be public")]

use std::sync::OnceLock;

use sea_orm::entity::prelude::*;
use sea_orm::{DbBackend, QueryTrait, Statement, Values};

use crate::db::{Connections, Row};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id_hash: String,
    pub persona: Option<String>,
    pub handle: String,
    pub citizen_id: Option<i32>,
    pub name: String,
    pub role: String,
    pub organisation: Option<String>,
    pub provider_session_hash: Option<String>,
    pub subject_hash: String,
    pub created_at: i64,
    pub seen_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}

/// The row of a hashed id. Every request asks for one, so the text is built once.
pub(super) async fn find(
    connection: &Connections,
    id_hash: String,
) -> Result<Option<Model>, DbErr> {
    static SQLITE: OnceLock<String> = OnceLock::new();
    static POSTGRES: OnceLock<String> = OnceLock::new();
    let db_backend = connection.get_database_backend();
    let text = if db_backend == DbBackend::Sqlite { &SQLITE } else { &POSTGRES };
    let sql = text.get_or_init(|| Entity::find_by_id(String::new()).build(db_backend).sql);
    let values = Some(Values(vec![id_hash.into()]));
    let statement = Statement { sql: sql.clone(), values, db_backend };
    // In the order of the model's columns, as its own query asks for them.
    let read = |row: Row<'_>| {
        Ok(Model {
            id_hash: row.get(0)?,
            persona: row.get(1)?,
            handle: row.get(2)?,
            citizen_id: row.get(3)?,
            name: row.get(4)?,
            role: row.get(5)?,
            organisation: row.get(6)?,
            provider_session_hash: row.get(7)?,
            subject_hash: row.get(8)?,
            created_at: row.get(9)?,
            seen_at: row.get(10)?,
        })
    };
    connection.find(statement, read).await
}
