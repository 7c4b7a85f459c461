//! Looks at an account as the citizen sees it: who asked about whom, and, apart from that and under
//! her pseudonym in the trial, what was shown. Once, and never changed.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer, string};

use crate::db::dialect;

/// Migration.
#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[derive(DeriveIden)]
enum Of {
    Id,
    CitizenId,
    Handle,
    Key,
    ContentHash,
    At,
    TrialId,
    Unit,
    Presentation,
    Framing,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let asked = Table::create()
            .table("unblindings")
            .col(string(Of::Id))
            .col(integer(Of::CitizenId))
            .col(string(Of::Handle))
            .col(string(Of::Key))
            .col(string(Of::ContentHash))
            .col(big_integer(Of::At))
            .primary_key(Index::create().col(Of::Handle).col(Of::Key))
            .to_owned();
        manager.create_table(asked).await?;
        let of_citizen = Index::create()
            .name("unblindings_of_citizen")
            .table("unblindings")
            .col(Of::CitizenId)
            .to_owned();
        manager.create_index(of_citizen).await?;
        let shown = Table::create()
            .table("trial_unblindings")
            .col(integer(Of::TrialId))
            .col(string(Of::Unit))
            .col(string(Of::Id))
            .col(string(Of::Presentation))
            .col(string(Of::Framing))
            .col(big_integer(Of::At))
            .primary_key(Index::create().col(Of::TrialId).col(Of::Unit).col(Of::Id))
            .to_owned();
        manager.create_table(shown).await?;
        for table in ["unblindings", "trial_unblindings"] {
            for sql in dialect::only_added(table, manager.get_database_backend()) {
                manager.get_connection().execute_unprepared(&sql).await?;
            }
        }
        Ok(())
    }
}
