//! CPR numbers sealed, and found by their keyed hash: the facts keep the hash only.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{binary, integer, string, text};

use crate::db::dialect;

/// Migration.
#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[derive(DeriveIden)]
enum CprNumbers {
    Table,
    Hash,
    CitizenId,
    KeyId,
    Sealed,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut key = Index::create().col(CprNumbers::Hash).col(CprNumbers::CitizenId).to_owned();
        let mut table = Table::create()
            .table(CprNumbers::Table)
            .col(text(CprNumbers::Hash))
            .col(integer(CprNumbers::CitizenId))
            .col(string(CprNumbers::KeyId))
            .col(binary(CprNumbers::Sealed))
            .primary_key(&mut key)
            .to_owned();
        dialect::clustered(&mut table, manager.get_database_backend());
        manager.create_table(table).await?;
        let facts = Alias::new("citizen_facts");
        manager
            .alter_table(
                Table::alter().table(facts.clone()).rename_column("cpr", "cpr_hash").to_owned(),
            )
            .await?;
        // Numbers from before are sealed at the next start; this index finds out in no time that
        // there are none. A hash begins with a letter.
        manager
            .create_index(
                Index::create()
                    .name("citizen_facts_plain_cpr")
                    .table(facts)
                    .col("cpr_hash")
                    .and_where(Expr::cust("cpr_hash < 'a'"))
                    .to_owned(),
            )
            .await
    }
}
