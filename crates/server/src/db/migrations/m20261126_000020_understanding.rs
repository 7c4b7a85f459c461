//! Five questions about her own account: when she was asked, and what she answered.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, boolean, date, integer, string, string_null};

/// Migration.
#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[derive(DeriveIden)]
enum Of {
    CitizenId,
    AskedOn,
    AnsweredAt,
    IsSkipped,
    Question,
    Choice,
    RightChoice,
    IsRight,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let checks = Table::create()
            .table("understanding_checks")
            .col(integer(Of::CitizenId))
            .col(date(Of::AskedOn))
            .col(big_integer(Of::AnsweredAt))
            .col(boolean(Of::IsSkipped))
            .primary_key(Index::create().col(Of::CitizenId).col(Of::AskedOn))
            .to_owned();
        manager.create_table(checks).await?;
        let answers = Table::create()
            .table("understanding_answers")
            .col(integer(Of::CitizenId))
            .col(date(Of::AskedOn))
            .col(string(Of::Question))
            .col(string_null(Of::Choice))
            .col(string(Of::RightChoice))
            .col(boolean(Of::IsRight))
            .primary_key(Index::create().col(Of::CitizenId).col(Of::AskedOn).col(Of::Question))
            .to_owned();
        manager.create_table(answers).await
    }
}
