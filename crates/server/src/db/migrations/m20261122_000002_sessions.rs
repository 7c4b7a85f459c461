//! Sessions, receipts of idempotent requests, and reports of missing hours.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer, integer_null, string, text};

/// Migration.
#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[derive(DeriveIden)]
enum Sessions {
    Table,
    IdHash,
    Persona,
    CitizenId,
    Name,
    Role,
    CreatedAt,
    SeenAt,
}

#[derive(DeriveIden)]
enum HoursReports {
    Table,
    Id,
    CitizenId,
    ReceivedAt,
    Recipient,
    Month,
    WorkedHours,
    Note,
}

#[derive(DeriveIden)]
enum Receipts {
    Table,
    CitizenId,
    Key,
    ContentHash,
    Answer,
    CreatedAt,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table(Sessions::Table)
                    .col(string(Sessions::IdHash).primary_key())
                    .col(string(Sessions::Persona))
                    .col(integer_null(Sessions::CitizenId))
                    .col(string(Sessions::Name))
                    .col(string(Sessions::Role))
                    .col(big_integer(Sessions::CreatedAt))
                    .col(big_integer(Sessions::SeenAt))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("sessions_seen_at")
                    .table(Sessions::Table)
                    .col(Sessions::SeenAt)
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table(HoursReports::Table)
                    .col(string(HoursReports::Id).primary_key())
                    .col(integer(HoursReports::CitizenId))
                    .col(big_integer(HoursReports::ReceivedAt))
                    .col(string(HoursReports::Recipient))
                    .col(integer(HoursReports::Month))
                    .col(ColumnDef::new(HoursReports::WorkedHours).big_integer().null())
                    .col(text(HoursReports::Note))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("hours_reports_citizen")
                    .table(HoursReports::Table)
                    .col(HoursReports::CitizenId)
                    .col(HoursReports::ReceivedAt)
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table(Receipts::Table)
                    .col(integer(Receipts::CitizenId))
                    .col(string(Receipts::Key))
                    .col(string(Receipts::ContentHash))
                    .col(text(Receipts::Answer))
                    .col(big_integer(Receipts::CreatedAt))
                    .primary_key(Index::create().col(Receipts::CitizenId).col(Receipts::Key))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            Table::drop().table(Receipts::Table).to_owned(),
            Table::drop().table(HoursReports::Table).to_owned(),
            Table::drop().table(Sessions::Table).to_owned(),
        ] {
            manager.drop_table(table).await?;
        }
        Ok(())
    }
}
