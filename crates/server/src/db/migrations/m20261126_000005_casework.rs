//! Guest access: why a caseworker may look at a citizen who is not hers, and until when. And the
//! caseload: figures of every citizen, computed ahead, so that thousands can be searched.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, date, date_null, integer, integer_null, string, text, text_null,
};

use crate::db::dialect;

/// Migration.
#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[derive(DeriveIden)]
enum GuestAccess {
    Table,
    Id,
    CitizenId,
    Handle,
    Organisation,
    Reason,
    GrantedAt,
    EndsAt,
}

#[derive(DeriveIden)]
enum Caseload {
    Table,
    CitizenId,
    Fund,
    JobCentre,
    Caseworker,
    Name,
    NameKey,
    BirthDate,
    Scheme,
    RegisteredOn,
    RemainingHours,
    RunsOutMonth,
    FrameEndsOn,
    KarensState,
    KarensWindowTo,
    KarensMissing,
    SickSince,
    DeadlineKind,
    DeadlineOn,
}

#[derive(DeriveIden)]
enum CaseloadState {
    Table,
    Id,
    AsOf,
    RunId,
    ComputedAt,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table(GuestAccess::Table)
                    .col(string(GuestAccess::Id).primary_key())
                    .col(integer(GuestAccess::CitizenId))
                    .col(string(GuestAccess::Handle))
                    .col(string(GuestAccess::Organisation))
                    .col(text(GuestAccess::Reason))
                    .col(big_integer(GuestAccess::GrantedAt))
                    .col(big_integer(GuestAccess::EndsAt))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("guest_access_citizen")
                    .table(GuestAccess::Table)
                    .col(GuestAccess::CitizenId)
                    .col(GuestAccess::Handle)
                    .to_owned(),
            )
            .await?;
        let backend = manager.get_database_backend();
        let name_key = ColumnDef::new_with_type(Caseload::NameKey, dialect::bytewise_text(backend))
            .not_null()
            .to_owned();
        manager
            .create_table(
                Table::create()
                    .table(Caseload::Table)
                    .col(integer(Caseload::CitizenId).primary_key())
                    .col(text_null(Caseload::Fund))
                    .col(text_null(Caseload::JobCentre))
                    .col(text_null(Caseload::Caseworker))
                    .col(text(Caseload::Name))
                    .col(name_key)
                    .col(date(Caseload::BirthDate))
                    .col(text(Caseload::Scheme))
                    .col(date_null(Caseload::RegisteredOn))
                    .col(big_integer_null(Caseload::RemainingHours))
                    .col(integer_null(Caseload::RunsOutMonth))
                    .col(date_null(Caseload::FrameEndsOn))
                    .col(text_null(Caseload::KarensState))
                    .col(integer_null(Caseload::KarensWindowTo))
                    .col(big_integer_null(Caseload::KarensMissing))
                    .col(date_null(Caseload::SickSince))
                    .col(text_null(Caseload::DeadlineKind))
                    .col(date_null(Caseload::DeadlineOn))
                    .to_owned(),
            )
            .await?;
        for (name, column) in
            [("caseload_fund", Caseload::Fund), ("caseload_job_centre", Caseload::JobCentre)]
        {
            let index = Index::create()
                .name(name)
                .table(Caseload::Table)
                .col(column)
                .col(Caseload::NameKey)
                .to_owned();
            manager.create_index(index).await?;
        }
        manager
            .create_table(
                Table::create()
                    .table(CaseloadState::Table)
                    .col(integer(CaseloadState::Id).primary_key())
                    .col(date(CaseloadState::AsOf))
                    .col(integer(CaseloadState::RunId))
                    .col(big_integer(CaseloadState::ComputedAt))
                    .to_owned(),
            )
            .await
    }
}
