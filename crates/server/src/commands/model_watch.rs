//! `jobnet-server model watch`: whether a model that was used still holds, for a scheduler to ask.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use chrono::{DateTime, NaiveDate, SubsecRound, TimeDelta, Utc};
use jobnet_api::access::Category;
use jobnet_api::models::Watched;
use jobnet_profiling::drift::{Drift, Verdict};
use jobnet_profiling::score::Sealed;
use jobnet_profiling::shipped;
use serde::Serialize;

use super::model::Table;
use super::{record_look, say};
use crate::db::Database;
use crate::model_watch::{NotCompared, Outcomes, Rows, compare, compare_told, store};

/// Which model, and whose estimates.
#[derive(Clone, Debug, clap::Args)]
pub struct Options {
    /// What came of those who sent a form (CSV: `submission`, the number of her receipt, and
    /// `long_term`, 1 or 0): compared with what the model told them then.
    #[arg(long, value_name = "FILE", conflicts_with = "table")]
    outcomes: Option<PathBuf>,
    /// People with their answers and what came of them: CSV with a header, or Parquet where the name
    /// ends so. The model estimates them now.
    #[arg(long, value_name = "FILE", required_unless_present = "outcomes")]
    table: Option<PathBuf>,
    /// What the columns of the table mean (JSON); nothing: what `model sample` writes.
    #[arg(long, value_name = "FILE", requires = "table")]
    schema: Option<PathBuf>,
    /// The model; nothing: the one that is configured (`profiling.model`).
    #[arg(long, value_name = "KEY")]
    model: Option<String>,
    /// First day: of outcomes, on which forms were received. A table has no days and is taken whole:
    /// of it, the first on which its people registered.
    #[arg(long, value_name = "DAY")]
    from: NaiveDate,
    /// Last day; 26 weeks after it must be over.
    #[arg(long, value_name = "DAY")]
    to: NaiveDate,
}

/// What the command prints.
#[derive(Serialize)]
struct Looked<'a> {
    /// Key of the model that was looked at.
    model: &'a str,
    /// Digest of its file.
    digest: &'a str,
    #[serde(flatten)]
    watched: &'a Watched,
    /// Of outcomes: which rows count.
    #[serde(skip_serializing_if = "Option::is_none")]
    outcomes: Option<Rows>,
}

/// Why the command ends with a status of its own.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Ended {
    /// The model is out of date.
    #[error("the model {0} is out of date")]
    Stale(String),
    /// What was given cannot be used.
    #[error("{0}")]
    Input(String),
}

impl Ended {
    /// How the program ends then.
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Stale(_) => 3,
            Self::Input(_) => 2,
        })
    }
}

/// What takes so long to come true.
const WEEKS: i64 = 26;

/// Compares, stores and prints what may be told of it: of the configured model, unless another is
/// named.
///
/// # Errors
/// [`Ended`] when the model is out of date or the input cannot be used; others when the database
/// fails.
pub async fn run(
    database: &Database,
    options: &Options,
    configured: &str,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let key = options.model.as_deref().unwrap_or(configured);
    let sealed =
        shipped::model(key).ok_or_else(|| Ended::Input(format!("there is no model “{key}”")))?;
    let (from, to) = (options.from, options.to);
    if from > to {
        return Err(Ended::Input("--to is before --from".to_owned()).into());
    }
    if to + TimeDelta::weeks(WEEKS) > now.date_naive() {
        let early = format!("what comes of those of {to} is not known: {WEEKS} weeks are not over");
        return Err(Ended::Input(early).into());
    }
    let (drift, no_profile, outcomes) = compared(database, options, sealed, now).await?;
    let watched = Watched { from, to, at: now.trunc_subsecs(0), no_profile, drift: drift.told() };
    store(database, sealed, &watched).await.context("nothing was stored")?;
    let (model, digest) = (key, sealed.digest.as_str());
    let looked = Looked { model, digest, watched: &watched, outcomes };
    say(&serde_json::to_string_pretty(&looked)?);
    match watched.drift.verdict {
        Verdict::Stale => Err(Ended::Stale(key.to_owned()).into()),
        Verdict::Current | Verdict::TooFew => Ok(()),
    }
}

/// What came of the model's estimates; of how many it said nothing; of outcomes, which rows count.
/// What was stored with people's forms is read only once it stands in the record.
async fn compared(
    database: &Database,
    options: &Options,
    sealed: &Sealed,
    now: DateTime<Utc>,
) -> anyhow::Result<(Drift, u32, Option<Rows>)> {
    if let Some(path) = &options.outcomes {
        let outcomes = read(path)?;
        let period = (options.from, options.to);
        let look = format!("what {} told of {} to {}", sealed.model.key, period.0, period.1);
        record_look(database, Category::Profile, look, now).await?;
        let told = compare_told(database.read(), sealed, &outcomes, period).await;
        let (drift, no_profile, rows) = told.map_err(|error| match error {
            NotCompared::Failed(failure) => anyhow::Error::new(failure),
            other => Ended::Input(other.to_string()).into(),
        })?;
        return Ok((drift, no_profile, Some(rows)));
    }
    let Some(table) = options.table.clone() else {
        return Err(Ended::Input("give --outcomes or --table".to_owned()).into());
    };
    let table = Table { table, schema: options.schema.clone() };
    let people = table.people().map_err(|error| Ended::Input(format!("{error:#}")))?;
    let (drift, no_profile) =
        compare(sealed, &people).map_err(|error| Ended::Input(error.to_string()))?;
    Ok((drift, no_profile, None))
}

fn read(path: &Path) -> Result<Outcomes, Ended> {
    let wrong = |why: String| Ended::Input(format!("{}: {why}", path.display()));
    let file = File::open(path).map_err(|error| wrong(error.to_string()))?;
    Outcomes::read(file).map_err(|error| wrong(error.to_string()))
}
