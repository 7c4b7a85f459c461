//! Messages to citizens: each a row with how far it has come, and what happened to it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, integer, pk_auto, string, string_null,
};

use crate::db::dialect;

/// Migration.
#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[derive(DeriveIden)]
enum Of {
    Id,
    CitizenId,
    Channel,
    Trial,
    Step,
    Target,
    NotBefore,
    State,
    Attempts,
    DueAt,
    LeaseToken,
    LeaseUntil,
    HandedBy,
    HandedAt,
    Reason,
    OpenedAt,
    Opens,
    Number,
    MessageId,
    At,
    Kind,
    Attempt,
    Detail,
    Recipient,
}

const MESSAGES: &str = "outbox_messages";
const EVENTS: &str = "outbox_events";

fn messages() -> TableCreateStatement {
    Table::create()
        .table(MESSAGES)
        .col(string(Of::Id).primary_key())
        .col(integer(Of::CitizenId))
        .col(string(Of::Channel))
        .col(string(Of::Trial))
        .col(string(Of::Step))
        .col(string(Of::Target))
        .col(big_integer(Of::NotBefore))
        .col(string(Of::State))
        .col(integer(Of::Attempts))
        .col(big_integer(Of::DueAt))
        .col(string_null(Of::LeaseToken))
        .col(big_integer(Of::LeaseUntil))
        .col(string_null(Of::HandedBy))
        .col(big_integer(Of::HandedAt))
        .col(string_null(Of::Reason))
        .col(big_integer_null(Of::OpenedAt))
        .col(integer(Of::Opens))
        .to_owned()
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let events = Table::create()
            .table(EVENTS)
            .col(pk_auto(Of::Number))
            .col(string(Of::MessageId))
            .col(big_integer(Of::At))
            .col(string(Of::Kind))
            .col(integer(Of::Attempt))
            .col(string_null(Of::Detail))
            .to_owned();
        let probes = Table::create()
            .table("outbox_probes")
            .col(string(Of::MessageId).primary_key())
            .col(string(Of::Recipient))
            .to_owned();
        for table in [messages(), events, probes] {
            manager.create_table(table).await?;
        }
        let due = Index::create()
            .name("outbox_messages_due")
            .table(MESSAGES)
            .col(Of::State)
            .col(Of::Channel)
            .col(Of::DueAt)
            .to_owned();
        let of_citizen = Index::create()
            .name("outbox_messages_citizen")
            .table(MESSAGES)
            .col(Of::CitizenId)
            .to_owned();
        let of_message = Index::create()
            .name("outbox_events_message")
            .table(EVENTS)
            .col(Of::MessageId)
            .to_owned();
        for index in [due, of_citizen, of_message] {
            manager.create_index(index).await?;
        }
        for sql in dialect::never_changed(EVENTS, manager.get_database_backend()) {
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        Ok(())
    }
}
