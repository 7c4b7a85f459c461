//! The provider's words that someone has signed out, so that each counts once.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string};

/// Migration.
#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[derive(DeriveIden)]
enum LogoutWords {
    Table,
    IdHash,
    ExpiresAt,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table(LogoutWords::Table)
                    .col(string(LogoutWords::IdHash).primary_key())
                    .col(big_integer(LogoutWords::ExpiresAt))
                    .to_owned(),
            )
            .await
    }
}
