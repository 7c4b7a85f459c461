//! What came of the models' estimates, period by period. Nobody is in it. Rows are added and never
//! changed or taken away.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, date, integer, pk_auto, string, text};

use crate::db::dialect;

/// Migration.
#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[derive(DeriveIden)]
enum Of {
    Number,
    Model,
    Digest,
    FromDay,
    ToDay,
    WatchedAt,
    NoProfile,
    Drift,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let watches = Table::create()
            .table("model_watches")
            .col(pk_auto(Of::Number))
            .col(string(Of::Model))
            .col(string(Of::Digest))
            .col(date(Of::FromDay))
            .col(date(Of::ToDay))
            .col(big_integer(Of::WatchedAt))
            .col(integer(Of::NoProfile))
            .col(text(Of::Drift))
            .to_owned();
        manager.create_table(watches).await?;
        for sql in dialect::only_added("model_watches", manager.get_database_backend()) {
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        Ok(())
    }
}
