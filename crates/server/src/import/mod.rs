//! Register extracts into the database: all or nothing.

use std::path::PathBuf;

use chrono::NaiveDate;

use crate::db::Database;

/// What to import.
#[derive(Clone, Debug, clap::Args)]
pub struct Options {
    /// Folder of register extracts (docs/data-format.md).
    pub folder: PathBuf,
    /// The day the extracts were made; default: the manifest's, else today.
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<NaiveDate>,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] sea_orm::DbErr),
}

/// Imports a folder; `today` is the default of `as_of`. Progress and errors go to standard error.
///
/// # Errors
/// When any row is bad or the database fails; the database is then as it was.
pub async fn run(
    _database: &Database,
    _options: &Options,
    _today: NaiveDate,
) -> Result<(), ImportError> {
    Ok(())
}
