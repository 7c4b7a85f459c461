//! Her preparation form: answers as they are given, what she says of facts, what she has sent (kept
//! as it was sent), and her remark.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, integer, pk_auto, string, string_null, text, text_null,
};

use crate::db::dialect;

/// Migration.
#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[derive(DeriveIden)]
enum Of {
    CitizenId,
    Question,
    Answer,
    Edition,
    SavedAt,
    Fact,
    IsWrong,
    IsLeftOut,
    Number,
    Id,
    Key,
    ContentHash,
    ReceivedAt,
    Answers,
    Facts,
    LeftOut,
    MarkedWrong,
    Result,
    Model,
    ModelDigest,
    Receipt,
    Trial,
    Text,
    WrittenAt,
}

/// What she has sent.
const SUBMISSIONS: &str = "profile_submissions";

fn submissions() -> TableCreateStatement {
    Table::create()
        .table(SUBMISSIONS)
        // In the order in which they were stored: two may come in the same second.
        .col(pk_auto(Of::Number))
        .col(string(Of::Id).unique_key())
        .col(integer(Of::CitizenId))
        .col(string(Of::Key))
        .col(string(Of::ContentHash))
        .col(big_integer(Of::ReceivedAt))
        .col(text(Of::Answers))
        .col(text(Of::Facts))
        .col(text(Of::LeftOut))
        .col(text(Of::MarkedWrong))
        .col(text(Of::Result))
        .col(string(Of::Model))
        .col(string_null(Of::ModelDigest))
        .col(string(Of::Receipt))
        .col(string_null(Of::Trial))
        .to_owned()
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let answers = Table::create()
            .table("profile_answers")
            .col(integer(Of::CitizenId))
            .col(string(Of::Question))
            .col(text_null(Of::Answer))
            .col(integer(Of::Edition))
            .col(big_integer(Of::SavedAt))
            .primary_key(Index::create().col(Of::CitizenId).col(Of::Question))
            .to_owned();
        let facts = Table::create()
            .table("profile_facts")
            .col(integer(Of::CitizenId))
            .col(string(Of::Fact))
            .col(boolean(Of::IsWrong))
            .col(boolean(Of::IsLeftOut))
            .col(big_integer(Of::SavedAt))
            .primary_key(Index::create().col(Of::CitizenId).col(Of::Fact))
            .to_owned();
        let remarks = Table::create()
            .table("profile_remarks")
            .col(integer(Of::CitizenId).primary_key())
            .col(text(Of::Text))
            .col(big_integer(Of::WrittenAt))
            .to_owned();
        for table in [answers, facts, submissions(), remarks] {
            manager.create_table(table).await?;
        }
        // The same key twice is the same submission; it also finds those of a citizen.
        let unique = Index::create()
            .name("profile_submissions_key")
            .table(SUBMISSIONS)
            .col(Of::CitizenId)
            .col(Of::Key)
            .unique()
            .to_owned();
        manager.create_index(unique).await?;
        for sql in dialect::never_changed(SUBMISSIONS, manager.get_database_backend()) {
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        Ok(())
    }
}
