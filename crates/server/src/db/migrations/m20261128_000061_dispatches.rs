//! What was ruled of each message of a trial: planned, or withheld and why. Once, and never changed.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, date, integer, string};

use crate::db::dialect;

/// Migration.
#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[derive(DeriveIden)]
enum TrialDispatches {
    Table,
    TrialId,
    Unit,
    Step,
    Channel,
    DueOn,
    RuledAt,
    Ruling,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table(TrialDispatches::Table)
            .col(integer(TrialDispatches::TrialId))
            .col(string(TrialDispatches::Unit))
            .col(string(TrialDispatches::Step))
            .col(string(TrialDispatches::Channel))
            .col(date(TrialDispatches::DueOn))
            .col(big_integer(TrialDispatches::RuledAt))
            .col(string(TrialDispatches::Ruling))
            .primary_key(
                Index::create()
                    .col(TrialDispatches::TrialId)
                    .col(TrialDispatches::Unit)
                    .col(TrialDispatches::Step)
                    .col(TrialDispatches::Channel),
            )
            .to_owned();
        manager.create_table(table).await?;
        for sql in dialect::only_added("trial_dispatches", manager.get_database_backend()) {
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        Ok(())
    }
}
