//! `jobnet-server model watch`: whether a model that was used still holds, for a scheduler to ask.

use std::process::ExitCode;

use anyhow::Context;
use chrono::{DateTime, NaiveDate, SubsecRound, TimeDelta, Utc};
use jobnet_api::models::Watched;
use jobnet_profiling::drift::Verdict;
use jobnet_profiling::shipped;
use serde::Serialize;

use super::model::Table;
use super::say;
use crate::db::Database;
use crate::model_watch::{compare, store};

/// Which model, and whose estimates.
#[derive(Clone, Debug, clap::Args)]
pub struct Options {
    /// People of a period, with what came of them.
    #[command(flatten)]
    table: Table,
    /// The model; nothing: the one that is configured (`profiling.model`).
    #[arg(long, value_name = "KEY")]
    model: Option<String>,
    /// First day on which the people registered.
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

/// Compares, prints and stores what was found: of the configured model, unless another is named.
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
    let people = options.table.people().map_err(|error| Ended::Input(format!("{error:#}")))?;
    let (drift, no_profile) =
        compare(sealed, &people).map_err(|error| Ended::Input(error.to_string()))?;
    let watched = Watched { from, to, at: now.trunc_subsecs(0), no_profile, drift };
    store(database, sealed, &watched).await.context("nothing was stored")?;
    let (model, digest) = (key, sealed.digest.as_str());
    let looked = Looked { model, digest, watched: &watched };
    say(&serde_json::to_string_pretty(&looked)?);
    match watched.drift.verdict {
        Verdict::Stale => Err(Ended::Stale(key.to_owned()).into()),
        Verdict::Current | Verdict::TooFew => Ok(()),
    }
}
