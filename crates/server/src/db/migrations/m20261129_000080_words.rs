//! What messages said when they left, and which letters a citizen has opened.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer, string, text};

use crate::db::dialect;

/// Migration.
#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[derive(DeriveIden)]
enum Of {
    MessageId,
    Language,
    Letter,
    CitizenId,
    ReadAt,
}

const READ: &str = "letters_read";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let words = Table::create()
            .table("outbox_words")
            .col(string(Of::MessageId).primary_key())
            .col(string(Of::Language))
            .col(text(Of::Letter))
            .to_owned();
        let read = Table::create()
            .table(READ)
            .col(integer(Of::CitizenId))
            .col(string(Of::Letter))
            .col(big_integer(Of::ReadAt))
            .primary_key(Index::create().col(Of::CitizenId).col(Of::Letter))
            .to_owned();
        for table in [words, read] {
            manager.create_table(table).await?;
        }
        for sql in dialect::never_changed(READ, manager.get_database_backend()) {
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        Ok(())
    }
}
