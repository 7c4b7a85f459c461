//! Sign-ins that have begun: what the provider's answer must fit.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string};

/// Migration.
#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[derive(DeriveIden)]
enum SignIns {
    Table,
    StateHash,
    BrowserHash,
    Nonce,
    Verifier,
    ReturnTo,
    BegunAt,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table(SignIns::Table)
                    .col(string(SignIns::StateHash).primary_key())
                    .col(string(SignIns::BrowserHash))
                    .col(string(SignIns::Nonce))
                    .col(string(SignIns::Verifier))
                    .col(string(SignIns::ReturnTo))
                    .col(big_integer(SignIns::BegunAt))
                    .to_owned(),
            )
            .await
    }
}
