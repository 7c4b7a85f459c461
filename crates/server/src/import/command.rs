//! `jobnet-server import`: the arguments, and what is printed.

use std::io::{self, Write};
use std::path::PathBuf;

use chrono::NaiveDate;

use super::{ImportError, Report, Show, When, import};
use crate::clock;
use crate::db::Database;
use crate::keys::Keyring;

/// What to import.
#[derive(Clone, Debug, clap::Args)]
pub struct Options {
    /// Folder of register extracts (docs/data-format.md).
    pub folder: PathBuf,
    /// The day from which the rows count; default: the manifest's, else today.
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<NaiveDate>,
    /// Print each error as one JSON object on a line.
    #[arg(long)]
    pub errors_json: bool,
}

/// Imports a folder; `today` is the default of `as_of`. Progress and errors go to standard error,
/// what was done to standard output.
///
/// # Errors
/// When any row is bad or the database fails; the database is then as it was.
pub async fn run(
    database: &Database,
    keys: &Keyring,
    options: &Options,
    today: NaiveDate,
) -> Result<(), ImportError> {
    let when = When { as_of: options.as_of, today, now: clock::now() };
    let result = import(database, keys, &options.folder, when, Show::Progress).await;
    // Neither stream's reader going away is an error of the import.
    let _unread = match &result {
        Ok(report) => print_report(report),
        Err(ImportError::Rejected(problems)) if options.errors_json => problems
            .list()
            .iter()
            .try_for_each(|problem| writeln!(io::stderr(), "{}", serde_json::to_string(problem)?)),
        Err(ImportError::Rejected(problems)) => write!(io::stderr(), "{problems}"),
        Err(_) => Ok(()),
    };
    result.map(drop)
}

fn print_report(report: &Report) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for counts in &report.registers {
        writeln!(
            out,
            "{}: {} new, {} changed, {} unchanged",
            counts.register, counts.new, counts.changed, counts.unchanged
        )?;
    }
    let (new, changed, unchanged) = report.totals();
    writeln!(out, "as of {}: {new} new, {changed} changed, {unchanged} unchanged", report.as_of)?;
    if report.synthetic {
        writeln!(out, "The database is marked as synthetic: its citizens are made up.")?;
    }
    Ok(())
}
