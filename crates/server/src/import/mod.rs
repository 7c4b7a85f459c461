//! Register extracts into the database: all or nothing. Modules in reading order.
//!
//! A folder of files → rows → cells with a meaning → versions in the database. One thread reads
//! and checks, another stores; the transaction is committed only when nothing is wrong. Must not
//! know of rules, pages or HTTP. The format is described in `docs/data-format.md`.

mod command;
mod duplicates;
mod folder;
mod header;
mod load;
mod parquet;
mod people;
mod problem;
mod progress;
mod read;
mod source;
pub mod spec;
mod table;
mod value;

use std::path::Path;
use std::process::ExitCode;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DatabaseTransaction, DbErr};

pub use command::{Options, run};
pub use problem::{Code, Problem, Problems};
pub(crate) use table::parquet_rows;

use crate::cpr;
use crate::db::Database;
use crate::db::registers::{Dataset, dataset, import_files, import_runs};
use crate::keys::Keyring;
use folder::{Folder, MANIFEST};
use load::{Loaded, Loader};
use progress::Progress;
use read::{Outcome, Terms};
use spec::REGISTERS;

/// When an import happens.
#[derive(Clone, Copy, Debug)]
pub struct When {
    /// Asked for: the day from which the rows count.
    pub as_of: Option<NaiveDate>,
    /// The day that is meant if neither the caller nor the manifest names one.
    pub today: NaiveDate,
    /// The time for the log of imports.
    pub now: DateTime<Utc>,
}

/// Whether progress is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// On standard error.
    Progress,
    /// Not at all.
    Nothing,
}

/// What an import did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The day from which its rows count.
    pub as_of: NaiveDate,
    /// Whether the database is marked as made up now.
    pub synthetic: bool,
    /// The registers that had a file, in reading order.
    pub registers: Vec<Counts>,
}

/// What an import did to one register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// The register.
    pub register: &'static str,
    /// Rows whose key was not known before.
    pub new: u64,
    /// Rows that replaced a version; the old one is kept as history.
    pub changed: u64,
    /// Rows that were there already.
    pub unchanged: u64,
}

impl Report {
    /// New, changed and unchanged rows of all registers together.
    pub fn totals(&self) -> (u64, u64, u64) {
        self.registers.iter().fold((0, 0, 0), |(new, changed, unchanged), counts| {
            (new + counts.new, changed + counts.changed, unchanged + counts.unchanged)
        })
    }
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Something is wrong with the folder; the database is as it was.
    #[error("nothing was imported: the folder has {} error(s)", .0.total())]
    Rejected(Problems),
    /// Another import, or another writer, holds the database.
    #[error("another import is running, or another process is writing; try again when it is done")]
    Busy,
    /// CPR numbers are sealed under another key than the active one.
    #[error(
        "nothing was imported: CPR numbers in the database are sealed under an earlier key; run \
         `jobnet-server keys rotate` first"
    )]
    MixedKeys,
    /// The database failed; it is as it was.
    #[error("nothing was imported: the database failed: {0}")]
    Database(#[from] DbErr),
    /// The reading thread stopped; a defect of this program.
    #[error("nothing was imported: the reader stopped before its end")]
    ReaderStopped,
}

impl ImportError {
    /// The exit status of the command: 2 for a folder that is wrong, 1 for everything else.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Rejected(_) => ExitCode::from(2),
            Self::Busy | Self::MixedKeys | Self::Database(_) | Self::ReaderStopped => {
                ExitCode::FAILURE
            }
        }
    }
}

/// Imports a folder, all of it or nothing.
///
/// # Errors
/// When anything in the folder is wrong, another import is running, or the database fails. The
/// database is then as it was.
pub async fn import(
    database: &Database,
    keys: &Keyring,
    path: &Path,
    when: When,
    show: Show,
) -> Result<Report, ImportError> {
    let mut problems = Problems::default();
    let folder = Folder::open(path, &mut problems);
    let tx = database.begin_import().await?.ok_or(ImportError::Busy)?;
    match fill(&tx, keys, folder, when, show, problems).await {
        Ok((report, true)) => {
            tx.commit().await?;
            Ok(report)
        }
        Ok((report, false)) => {
            tx.rollback().await?;
            Ok(report)
        }
        Err(error) => {
            tx.rollback().await?;
            Err(error)
        }
    }
}

/// Reads and stores; the report, and whether there is anything to commit.
async fn fill(
    tx: &DatabaseTransaction,
    keys: &Keyring,
    folder: Folder,
    when: When,
    show: Show,
    mut problems: Problems,
) -> Result<(Report, bool), ImportError> {
    if cpr::is_mixed(tx, keys).await? {
        return Err(ImportError::MixedKeys);
    }
    let before = dataset(tx).await?;
    let synthetic = folder.manifest.as_ref().is_some_and(|manifest| manifest.synthetic);
    let stated = folder.manifest.as_ref().and_then(|manifest| manifest.as_of);
    let as_of = when.as_of.or(stated).unwrap_or(when.today);
    if synthetic && before.is_some_and(|dataset| dataset.real) {
        problems.add(Problem {
            file: MANIFEST.to_owned(),
            line: 0,
            column: None,
            value: None,
            code: Code::Manifest,
            reason: "says that the folder is made up, but the database holds extracts that are \
                     not; use another database"
                .to_owned(),
        });
    }
    let run_id = load::next_run(tx).await?;
    let loader = Loader::new(tx, &folder, run_id, as_of, before).await?;
    let mut people = load::people(tx).await?;
    let terms = Terms {
        synthetic,
        staged: loader.staged(),
        keys: keys.clone(),
        backend: tx.get_database_backend(),
    };
    let (sender, receiver) = tokio::sync::mpsc::channel(4);
    let mut progress = match show {
        Show::Progress => Progress::shown(&folder),
        Show::Nothing => Progress::hidden(),
    };
    let reader = {
        let folder = folder.clone();
        tokio::task::spawn_blocking(move || {
            let outcome = read::read(&folder, &mut people, &terms, &mut progress, &sender);
            progress.finish();
            outcome
        })
    };
    let loaded = loader.load(&folder, receiver).await?;
    let outcome = reader.await.map_err(|_| ImportError::ReaderStopped)?;
    judge(&folder, &outcome, &loaded, problems)?;

    let report = report(&outcome, &loaded, as_of, before, synthetic);
    let (new, changed, _) = report.totals();
    let newer = before.is_none_or(|dataset| as_of > dataset.as_of);
    if new + changed == 0 && !newer {
        return Ok((report, false));
    }
    log_run(tx, run_id, when.now, &report, synthetic, &folder, &outcome).await?;
    Ok((report, true))
}

/// Gathers everything that is wrong.
fn judge(
    folder: &Folder,
    outcome: &Outcome,
    loaded: &Loaded,
    mut problems: Problems,
) -> Result<(), ImportError> {
    problems.append(outcome.problems.clone());
    problems.append(loaded.problems.clone());
    if problems.is_empty() && !loaded.repeated_keys {
        return Ok(());
    }
    for file in &folder.files {
        // What cannot be read has been reported by the reading pass.
        let _reported = duplicates::find(file, &mut problems);
    }
    problems.sort(&folder.names());
    Err(ImportError::Rejected(problems))
}

fn report(
    outcome: &Outcome,
    loaded: &Loaded,
    as_of: NaiveDate,
    before: Option<Dataset>,
    synthetic: bool,
) -> Report {
    let registers = outcome.files.iter().map(|file| {
        let merged = loaded.merged[file.register];
        Counts {
            register: REGISTERS[file.register].name,
            new: merged.new,
            changed: merged.changed,
            unchanged: file.rows.saturating_sub(merged.new + merged.changed),
        }
    });
    let synthetic = synthetic || before.is_some_and(|dataset| dataset.synthetic);
    Report { as_of, synthetic, registers: registers.collect() }
}

async fn log_run(
    tx: &DatabaseTransaction,
    run_id: i32,
    now: DateTime<Utc>,
    report: &Report,
    synthetic: bool,
    folder: &Folder,
    outcome: &Outcome,
) -> Result<(), DbErr> {
    let (new, changed, unchanged) = report.totals();
    let run = import_runs::ActiveModel {
        id: Set(run_id),
        imported_at: Set(now.timestamp()),
        as_of: Set(report.as_of),
        synthetic: Set(synthetic),
        new_rows: Set(new.cast_signed()),
        changed_rows: Set(changed.cast_signed()),
        unchanged_rows: Set(unchanged.cast_signed()),
    };
    run.insert(tx).await?;
    let manifest = folder.manifest.iter().map(|manifest| (MANIFEST, &manifest.sha256, 0));
    let files = outcome.files.iter().map(|file| (file.name.as_str(), &file.sha256, file.rows));
    for (name, sha256, rows) in files.chain(manifest) {
        let file = import_files::ActiveModel {
            run_id: Set(run_id),
            file: Set(name.to_owned()),
            sha256: Set(sha256.clone()),
            row_count: Set(rows.cast_signed()),
        };
        file.insert(tx).await?;
    }
    Ok(())
}
