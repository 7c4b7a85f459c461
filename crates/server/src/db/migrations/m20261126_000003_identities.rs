//! Who signs in: identities with their pseudonyms, and sessions that know role and organisation.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer_null, string, string_null};

/// Migration.
#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[derive(DeriveIden)]
enum Identities {
    Table,
    SubjectHash,
    Handle,
    CitizenId,
    Name,
    CreatedAt,
}

#[derive(DeriveIden)]
enum Sessions {
    Table,
    IdHash,
    Persona,
    Handle,
    CitizenId,
    Name,
    Role,
    Organisation,
    ProviderSessionHash,
    SubjectHash,
    CreatedAt,
    SeenAt,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table(Identities::Table)
                    .col(string(Identities::SubjectHash).primary_key())
                    .col(string(Identities::Handle).unique_key())
                    .col(integer_null(Identities::CitizenId))
                    .col(string(Identities::Name))
                    .col(big_integer(Identities::CreatedAt))
                    .to_owned(),
            )
            .await?;
        // Whoever was signed in signs in again: a session cannot be given a role's organisation.
        manager.drop_table(Table::drop().table(Sessions::Table).to_owned()).await?;
        manager
            .create_table(
                Table::create()
                    .table(Sessions::Table)
                    .col(string(Sessions::IdHash).primary_key())
                    .col(string_null(Sessions::Persona))
                    .col(string(Sessions::Handle))
                    .col(integer_null(Sessions::CitizenId))
                    .col(string(Sessions::Name))
                    .col(string(Sessions::Role))
                    .col(string_null(Sessions::Organisation))
                    .col(string_null(Sessions::ProviderSessionHash))
                    .col(string(Sessions::SubjectHash))
                    .col(big_integer(Sessions::CreatedAt))
                    .col(big_integer(Sessions::SeenAt))
                    .to_owned(),
            )
            .await?;
        for (name, column) in [
            ("sessions_seen_at", Sessions::SeenAt),
            ("sessions_provider_session", Sessions::ProviderSessionHash),
            ("sessions_subject", Sessions::SubjectHash),
        ] {
            let index = Index::create().name(name).table(Sessions::Table).col(column).to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
