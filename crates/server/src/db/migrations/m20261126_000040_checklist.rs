//! Her checklist: what she says of each item, when she looked, whether she shares it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, boolean, date_null, integer, string, string_null};

/// Migration.
#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[derive(DeriveIden)]
enum Of {
    CitizenId,
    Item,
    State,
    Reason,
    UntilDay,
    Note,
    MadeAt,
    SeenOn,
    SeenBefore,
    IsShared,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let marks = Table::create()
            .table("checklist_marks")
            .col(integer(Of::CitizenId))
            .col(string(Of::Item))
            .col(string(Of::State))
            .col(string_null(Of::Reason))
            .col(date_null(Of::UntilDay))
            .col(string_null(Of::Note))
            .col(big_integer(Of::MadeAt))
            .primary_key(Index::create().col(Of::CitizenId).col(Of::Item))
            .to_owned();
        manager.create_table(marks).await?;
        let lists = Table::create()
            .table("checklists")
            .col(integer(Of::CitizenId).primary_key())
            .col(date_null(Of::SeenOn))
            .col(date_null(Of::SeenBefore))
            .col(boolean(Of::IsShared))
            .to_owned();
        manager.create_table(lists).await
    }
}
