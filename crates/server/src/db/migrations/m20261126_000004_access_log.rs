//! The access log: rows are added and never changed; only what a retention entry covers may go.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, boolean, integer_null, string, string_null, text_null,
};

use crate::db::dialect;

/// Migration.
#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[derive(DeriveIden)]
enum AccessLog {
    Table,
    Seq,
    At,
    Handle,
    Organisation,
    Role,
    Relation,
    Purpose,
    Reason,
    Category,
    Criterion,
    CitizenId,
    Allowed,
    ThroughSeq,
    ThroughHash,
    PreviousHash,
    Hash,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table(AccessLog::Table)
                    .col(big_integer(AccessLog::Seq).primary_key())
                    .col(big_integer(AccessLog::At))
                    .col(string(AccessLog::Handle))
                    .col(string_null(AccessLog::Organisation))
                    .col(string(AccessLog::Role))
                    .col(string(AccessLog::Relation))
                    .col(string(AccessLog::Purpose))
                    .col(text_null(AccessLog::Reason))
                    .col(string(AccessLog::Category))
                    .col(text_null(AccessLog::Criterion))
                    .col(integer_null(AccessLog::CitizenId))
                    .col(boolean(AccessLog::Allowed))
                    .col(big_integer_null(AccessLog::ThroughSeq))
                    .col(string_null(AccessLog::ThroughHash))
                    .col(string(AccessLog::PreviousHash))
                    .col(string(AccessLog::Hash))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("access_log_citizen")
                    .table(AccessLog::Table)
                    .col(AccessLog::CitizenId)
                    .col(AccessLog::Seq)
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("access_log_through")
                    .table(AccessLog::Table)
                    .col(AccessLog::ThroughSeq)
                    .and_where(Expr::col(AccessLog::ThroughSeq).is_not_null())
                    .to_owned(),
            )
            .await?;
        for sql in dialect::append_only("access_log", manager.get_database_backend()) {
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        Ok(())
    }
}
