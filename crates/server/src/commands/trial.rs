//! `jobnet-server trial`: setting up, running and proving trials.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use chrono::{DateTime, Utc};
use jobnet_api::trial::Step;
use jobnet_trials::protocol::life::State;
use jobnet_trials::protocol::{Bilingual, Protocol};

use jobnet_api::access::Category;

use super::{record_look, say};
use crate::db::Database;
use crate::keys::Keyring;
use crate::population;
use crate::record;
use crate::trials::{TrialError, catalogue, ledger, seed, store, unit, verify};

/// What to do with trials.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Command {
    /// List the trials.
    List,
    /// Read a protocol (JSON) as a draft; a draft of the same key is replaced.
    Import {
        /// The file; `-`: standard input.
        file: PathBuf,
    },
    /// Print the protocol as one file.
    Export {
        /// Its key.
        key: String,
    },
    /// Lock the protocol and draw the seed; prints both digests, to be published.
    Register {
        /// Its key.
        key: String,
    },
    /// Begin to enrol.
    Start {
        /// Its key.
        key: String,
    },
    /// Stop for now: everyone gets the ordinary page, at all servers at once.
    Pause {
        /// Its key.
        key: String,
        /// Why.
        #[arg(long)]
        why: String,
    },
    /// Go on after a pause.
    Resume {
        /// Its key.
        key: String,
    },
    /// End it.
    Close {
        /// Its key.
        key: String,
        /// Why now.
        #[arg(long)]
        why: String,
    },
    /// Tell what was found; prints the seed, to be published.
    Report {
        /// Its key.
        key: String,
        /// What was found, in Danish.
        #[arg(long, value_name = "TEXT")]
        da: String,
        /// What was found, in English.
        #[arg(long, value_name = "TEXT")]
        en: String,
    },
    /// Note that a citizen objects to being in it: she gets the ordinary page from now on, and
    /// stays in the analysis as drawn.
    Object {
        /// Its key.
        key: String,
        /// Her id in the registers.
        #[arg(long, value_name = "ID")]
        citizen: String,
    },
    /// Take away what leads from a citizen to her pseudonyms in all trials, with what she answered,
    /// her checklist and her profile; her lots stay, and are nobody's then.
    Forget {
        /// Her id in the registers.
        #[arg(long, value_name = "ID")]
        citizen: String,
    },
    /// Draw every lot again from the seed and compare; exit status 2 if the ledger says otherwise.
    Verify {
        /// Its key.
        key: String,
    },
}

/// A ledger is not what its seed says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the ledger is not what the seed and the protocol say: {0} of its rows are wrong")]
pub struct Wrong(usize);

impl Wrong {
    /// How the program ends then.
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(2)
    }
}

/// So many mistakes are printed; all are counted.
const MOST_PRINTED: usize = 20;

/// Does it and prints what came of it.
///
/// # Errors
/// When the step cannot be taken, the ledger is wrong, or the database fails.
pub async fn run(
    database: &Database,
    keys: &Keyring,
    command: &Command,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let step = |key: &str, step: Step| take(database, keys, key.to_owned(), step, now);
    let look = |criterion| record_look(database, Category::Trials, criterion, now);
    match command {
        Command::List => {
            look("list of all trials".to_owned()).await?;
            list(database).await
        }
        Command::Import { file } => import(database, file).await,
        Command::Export { key } => {
            look(format!("protocol of the trial {key}")).await?;
            let stored = store::load(database.read(), key).await?;
            say(&serde_json::to_string_pretty(stored.trial.protocol())?);
            Ok(())
        }
        Command::Register { key } => step(key, Step::Register {}).await,
        Command::Start { key } => step(key, Step::Start {}).await,
        Command::Pause { key, why } => step(key, Step::Pause { why: why.clone() }).await,
        Command::Resume { key } => step(key, Step::Resume {}).await,
        Command::Close { key, why } => step(key, Step::Close { why: why.clone() }).await,
        Command::Report { key, da, en } => {
            let found = Bilingual { da: da.clone(), en: en.clone() };
            step(key, Step::Report { found }).await
        }
        Command::Object { key, citizen } => {
            let trial = store::load(database.read(), key).await?.id;
            unit::object(database, trial, known(database, citizen).await?, now).await?;
            say("her objection is noted; she gets the ordinary page");
            Ok(())
        }
        Command::Forget { citizen } => {
            let trials = unit::forget(database, known(database, citizen).await?).await?;
            say(&format!("forgotten in {trials} trials"));
            Ok(())
        }
        Command::Verify { key } => {
            look(format!("verify of the trial {key}")).await?;
            prove(database, keys, key).await
        }
    }
}

/// The number in the database of a citizen.
async fn known(database: &Database, register_id: &str) -> anyhow::Result<i32> {
    let citizen =
        population::citizen(database, register_id).await.context("the database failed")?;
    citizen.with_context(|| format!("there is no citizen “{register_id}”"))
}

async fn list(database: &Database) -> anyhow::Result<()> {
    for stored in store::list(database.read()).await? {
        let protocol = stored.trial.amended();
        let enrolled = ledger::enrolled(database.read(), stored.id).await?;
        say(&format!(
            "{} is {}: {enrolled} of {} units enrolled, {} to {}",
            protocol.key,
            name(stored.trial.state()),
            protocol.power.units,
            protocol.starts,
            protocol.ends
        ));
    }
    Ok(())
}

/// A state as a word.
const fn name(state: State) -> &'static str {
    match state {
        State::Draft => "a draft",
        State::Registered => "registered",
        State::Running => "running",
        State::Paused => "paused",
        State::Closed => "closed",
        State::Reported => "reported",
    }
}

async fn import(database: &Database, file: &Path) -> anyhow::Result<()> {
    let place = || format!("the protocol {}", file.display());
    let text = if file.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        fs::read_to_string(file)
    };
    let text = text.with_context(place)?;
    let mut reader = serde_json::Deserializer::from_str(&text);
    let protocol: Protocol = serde_path_to_error::deserialize(&mut reader).with_context(place)?;
    reader.end().with_context(place)?;
    let known = match store::load(database.read(), protocol.key.as_str()).await {
        Ok(stored) => stored.version,
        Err(TrialError::Unknown(_)) => 0,
        Err(error) => return Err(error.into()),
    };
    let version = store::save_draft(database, &protocol, known).await?;
    say(&format!("{} is a draft, version {version}", protocol.key));
    for finding in protocol.check(catalogue::catalogue()) {
        say(&format!("before it can be registered: {finding}"));
    }
    Ok(())
}

async fn take(
    database: &Database,
    keys: &Keyring,
    key: String,
    step: Step,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let stored = store::take(database, keys, &key, step, record::SYSTEM, now).await?;
    say(&format!("{key} is {}", name(stored.trial.state())));
    if let (State::Registered, Some(seal)) = (stored.trial.state(), stored.trial.seal()) {
        say(&format!("protocol sha256:{}", seal.protocol));
        say(&format!("seed sha256:{}", seal.seed));
    }
    if let Some(seed) = seed::told(database.read(), keys, &stored).await? {
        say(&format!("seed {}", seed.reveal()));
    }
    Ok(())
}

async fn prove(database: &Database, keys: &Keyring, key: &str) -> anyhow::Result<()> {
    let proved = verify::verify(database, keys, key).await?;
    if proved.mistakes.is_empty() {
        let clusters = match proved.clusters {
            0 => String::new(),
            clusters => format!(" and {clusters} clusters"),
        };
        say(&format!("{} units{clusters} of {key}: every lot is as drawn", proved.units));
        return Ok(());
    }
    for mistake in proved.mistakes.iter().take(MOST_PRINTED) {
        say(&mistake.to_string());
    }
    bail!(Wrong(proved.mistakes.len()))
}
