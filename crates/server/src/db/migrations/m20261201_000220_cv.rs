//! Since when a citizen's CV is there.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::date_null;

/// Migration.
#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[derive(DeriveIden)]
enum CitizenFacts {
    Table,
    CvSince,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let add = Table::alter()
            .table(CitizenFacts::Table)
            .add_column(date_null(CitizenFacts::CvSince))
            .to_owned();
        manager.alter_table(add).await
    }
}
