//! Short links of messages, by the hashes of their codes.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string};

/// Migration.
#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[derive(DeriveIden)]
enum Of {
    CodeHash,
    MessageId,
    EndsAt,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let links = Table::create()
            .table("outbox_links")
            .col(string(Of::CodeHash).primary_key())
            .col(string(Of::MessageId))
            .col(big_integer(Of::EndsAt))
            .to_owned();
        manager.create_table(links).await
    }
}
