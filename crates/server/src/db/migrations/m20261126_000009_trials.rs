//! Trials and their ledger: the protocol and what happened to it, the sealed seed, who was enrolled,
//! what she got by lot, and what was really shown to her. Rows of the ledger are added and never
//! changed; only the link from a citizen to her pseudonym in a trial may go.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary, date, integer, integer_null, pk_auto, string, string_null, text,
};

use crate::db::dialect;

/// Migration.
#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[derive(DeriveIden)]
enum Trials {
    Table,
    Id,
    Key,
    Version,
    Protocol,
}

/// The other tables' columns.
#[derive(DeriveIden)]
enum Of {
    TrialId,
    Number,
    At,
    By,
    Event,
    KeyId,
    Sealed,
    Purpose,
    Stratum,
    Next,
    Block,
    Position,
    CitizenId,
    Unit,
    Cluster,
    Seq,
    Drawn,
    Arm,
    Algorithm,
    AssignedAt,
    Build,
    Facts,
    Reason,
    Surface,
    Day,
    Presentation,
    Framing,
    TextIds,
    Drawing,
    Viewport,
    ShownAt,
    ReceivedAt,
    Opened,
}

/// Tables whose rows are only ever added.
const NEVER_CHANGED: [&str; 7] = [
    "trial_events",
    "trial_clusters",
    "trial_assignments",
    "trial_exclusions",
    "trial_objections",
    "trial_exposures",
    "trial_openings",
];

fn table(name: &'static str) -> TableCreateStatement {
    Table::create().table(name).col(integer(Of::TrialId)).to_owned()
}

fn key(columns: &[Of]) -> IndexCreateStatement {
    let mut key = Index::create();
    key.col(Of::TrialId);
    for column in columns {
        key.col(Alias::new(column.to_string()));
    }
    key
}

/// The trials themselves, what happened to them, and their seeds.
fn trials() -> Vec<TableCreateStatement> {
    vec![
        Table::create()
            .table(Trials::Table)
            .col(pk_auto(Trials::Id))
            .col(string(Trials::Key).unique_key())
            .col(integer(Trials::Version))
            .col(text(Trials::Protocol))
            .to_owned(),
        table("trial_events")
            .col(integer(Of::Number))
            .col(big_integer(Of::At))
            .col(string(Of::By))
            .col(text(Of::Event))
            .primary_key(&mut key(&[Of::Number]))
            .to_owned(),
        table("trial_seeds")
            .col(string(Of::KeyId))
            .col(binary(Of::Sealed))
            .primary_key(&mut key(&[]))
            .to_owned(),
    ]
}

/// Who gets what.
fn ledger() -> Vec<TableCreateStatement> {
    vec![
        // Where the next lot of a list is: locked while it is drawn.
        table("trial_lists")
            .col(string(Of::Purpose))
            .col(string(Of::Stratum))
            .col(integer(Of::Next))
            .col(integer_null(Of::Block))
            .col(integer_null(Of::Position))
            .primary_key(&mut key(&[Of::Purpose, Of::Stratum]))
            .to_owned(),
        table("trial_units")
            .col(integer(Of::CitizenId))
            .col(string(Of::Unit).unique_key())
            .primary_key(&mut key(&[Of::CitizenId]))
            .to_owned(),
        table("trial_clusters")
            .col(string(Of::Cluster))
            .col(string(Of::Stratum))
            .col(integer_null(Of::Seq))
            .col(integer_null(Of::Block))
            .col(integer_null(Of::Position))
            .col(string(Of::Drawn))
            .col(string(Of::Algorithm))
            .col(big_integer(Of::AssignedAt))
            .col(string(Of::Build))
            .primary_key(&mut key(&[Of::Cluster]))
            .to_owned(),
        table("trial_assignments")
            .col(string(Of::Unit))
            .col(string_null(Of::Cluster))
            .col(string(Of::Arm))
            .col(string(Of::Stratum))
            .col(integer_null(Of::Seq))
            .col(integer_null(Of::Block))
            .col(integer_null(Of::Position))
            .col(string(Of::Algorithm))
            .col(big_integer(Of::AssignedAt))
            .col(string(Of::Build))
            .primary_key(&mut key(&[Of::Unit]))
            .to_owned(),
        table("trial_baselines")
            .col(string(Of::Unit))
            .col(text(Of::Facts))
            .primary_key(&mut key(&[Of::Unit]))
            .to_owned(),
        table("trial_exclusions")
            .col(string(Of::Unit))
            .col(string(Of::Reason))
            .col(big_integer(Of::At))
            .primary_key(&mut key(&[Of::Unit, Of::Reason]))
            .to_owned(),
        table("trial_objections")
            .col(string(Of::Unit))
            .col(big_integer(Of::At))
            .primary_key(&mut key(&[Of::Unit]))
            .to_owned(),
    ]
}

/// What was really shown.
fn exposures() -> Vec<TableCreateStatement> {
    let shown = |name| {
        table(name).col(string(Of::Unit)).col(string(Of::Surface)).col(date(Of::Day)).to_owned()
    };
    vec![
        shown("trial_exposures")
            .col(string(Of::Presentation))
            .col(string(Of::Framing))
            .col(text(Of::TextIds))
            .col(string_null(Of::Drawing))
            .col(string(Of::Build))
            .col(string(Of::Viewport))
            .col(big_integer(Of::ShownAt))
            .col(big_integer(Of::ReceivedAt))
            .primary_key(&mut key(&[Of::Unit, Of::Surface, Of::Day]))
            .to_owned(),
        shown("trial_openings")
            .col(string(Of::Opened))
            .col(big_integer(Of::ReceivedAt))
            .primary_key(&mut key(&[Of::Unit, Of::Surface, Of::Day, Of::Opened]))
            .to_owned(),
    ]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in trials().into_iter().chain(ledger()).chain(exposures()) {
            manager.create_table(table).await?;
        }
        // No place in a list is given twice.
        for table in ["trial_clusters", "trial_assignments"] {
            let mut unique = key(&[Of::Stratum, Of::Seq]);
            unique.name(format!("{table}_place")).table(table).unique();
            manager.create_index(unique).await?;
        }
        let by_citizen = Index::create()
            .name("trial_units_citizen")
            .table("trial_units")
            .col(Of::CitizenId)
            .to_owned();
        manager.create_index(by_citizen).await?;
        let backend = manager.get_database_backend();
        let locks = NEVER_CHANGED.iter().flat_map(|table| dialect::only_added(table, backend));
        for sql in locks.chain(dialect::locked_protocols(backend)) {
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        Ok(())
    }
}
