//! Postal addresses, for letters on paper.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::text_null;

/// Migration.
#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[derive(DeriveIden)]
enum Contacts {
    Table,
    Street,
    PostalCode,
    City,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column at a time.
        for column in [
            text_null(Contacts::Street),
            text_null(Contacts::PostalCode),
            text_null(Contacts::City),
        ] {
            let add = Table::alter().table(Contacts::Table).add_column(column).to_owned();
            manager.alter_table(add).await?;
        }
        Ok(())
    }
}
