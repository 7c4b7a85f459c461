//! Since when she must have shown the provider who she is, of a sign-in that has begun.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::big_integer_null;

/// Migration.
#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[derive(DeriveIden)]
enum SignIns {
    Table,
    ShownSince,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = big_integer_null(SignIns::ShownSince);
        let table = Table::alter().table(SignIns::Table).add_column(column).to_owned();
        manager.alter_table(table).await
    }
}
