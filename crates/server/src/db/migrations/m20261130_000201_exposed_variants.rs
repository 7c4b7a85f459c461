//! What was shown to a unit on a surface on a day, once for each variant: whoever sees another one later
//! the same day has crossed over.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, date, integer, string, string_null, text};

use crate::db::dialect;

/// Migration.
#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[derive(DeriveIden)]
enum Of {
    TrialId,
    Unit,
    Surface,
    Day,
    Presentation,
    Framing,
    TextIds,
    Drawing,
    Build,
    Viewport,
    ShownAt,
    ReceivedAt,
}

const EXPOSURES: &str = "trial_exposures";
/// What it is called until the rows are in it.
const NEW: &str = "trial_exposures_by_variant";
/// Copied as they are.
const COLUMNS: &str = "trial_id, unit, surface, day, presentation, framing, text_ids, drawing, build, \
                       viewport, shown_at, received_at";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut key = Index::create();
        key.col(Of::TrialId).col(Of::Unit).col(Of::Surface).col(Of::Day);
        key.col(Of::Presentation).col(Of::Framing);
        let table = Table::create()
            .table(NEW)
            .col(integer(Of::TrialId))
            .col(string(Of::Unit))
            .col(string(Of::Surface))
            .col(date(Of::Day))
            .col(string(Of::Presentation))
            .col(string(Of::Framing))
            .col(text(Of::TextIds))
            .col(string_null(Of::Drawing))
            .col(string(Of::Build))
            .col(string(Of::Viewport))
            .col(big_integer(Of::ShownAt))
            .col(big_integer(Of::ReceivedAt))
            .primary_key(&mut key)
            .to_owned();
        manager.create_table(table).await?;
        let backend = manager.get_database_backend();
        let mut statements =
            vec![format!("INSERT INTO {NEW} ({COLUMNS}) SELECT {COLUMNS} FROM {EXPOSURES}")];
        statements.extend(dialect::dropped(EXPOSURES, backend));
        statements.push(format!("ALTER TABLE {NEW} RENAME TO {EXPOSURES}"));
        statements.extend(dialect::only_added(EXPOSURES, backend));
        for sql in statements {
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        Ok(())
    }
}
