//! Guest access: why a caseworker may look at a citizen who is not hers, and until when.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer, string, text};

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
            .await
    }
}
