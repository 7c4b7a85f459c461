//! `jobnet-server keys`: a new key, and sealing everything anew under it.

use super::say;
use crate::config::Config;
use crate::cpr;
use crate::db::Database;
use crate::keys::Keyring;
use crate::trials;

/// What to do with the keys of CPR numbers and of trials' seeds.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Command {
    /// Print a new key, to be put first into the ring of every server.
    New {
        /// Its id: 1 to 32 letters and digits that no key had before.
        id: String,
    },
    /// Seal every CPR number and every seed under the first key of the ring; safe to repeat.
    Rotate,
}

/// Does it.
///
/// # Errors
/// When the keys are wrong or the database fails.
pub async fn run(config: &Config, database: &Database, command: &Command) -> anyhow::Result<()> {
    match command {
        Command::New { id } => {
            let line = Keyring::new_line(id)?;
            Keyring::parse(&line)?;
            say(line.trim_end());
        }
        Command::Rotate => {
            let keys = cpr::keyring(config, database).await?;
            let sealed = cpr::rotate(database, &keys).await?;
            say(&format!("{sealed} CPR numbers sealed under the key {}", keys.active_id()));
            let seeds = trials::seed::rotate(database, &keys).await?;
            say(&format!("{seeds} seeds of trials sealed under the key {}", keys.active_id()));
        }
    }
    Ok(())
}
