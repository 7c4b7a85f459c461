//! `jobnet-server audit`: proving the record, forgetting what is old, and whose a handle is.

use anyhow::{Context, bail};
use chrono::{DateTime, Utc};
use jobnet_api::access::{Category, Purpose, Relation};

use super::say;
use crate::config::RecordConfig;
use crate::db::Database;
use crate::identity::{self, Bearer};
use crate::record::{self, Anchor, Entry, Recorder, SYSTEM};
use crate::secret;

/// What to do with the record.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Command {
    /// Prove that no entry was changed, taken out or put in; exit status 2 and the first broken
    /// link if one was.
    Verify {
        /// NUMBER:HASH of an earlier proof, kept elsewhere: the log must still hold that entry.
        #[arg(long, value_name = "NUMBER:HASH")]
        anchor: Option<Anchor>,
    },
    /// Delete entries that are older than `record.keep_days`, and record that.
    Expire,
    /// Say whose a handle is, to answer a citizen who has a right to know. That it was asked is
    /// recorded first.
    Whois {
        /// The handle, as 7K3M-Q2ZD.
        handle: String,
    },
}

/// Does it and prints what it found.
///
/// # Errors
/// When the database fails, or the chain is broken.
pub async fn run(
    database: &Database,
    command: &Command,
    config: &RecordConfig,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    match command {
        Command::Verify { anchor } => {
            let verified = record::verify(database, anchor.as_ref()).await??;
            match (verified.first, verified.head) {
                (Some(first), Some(head)) => {
                    say(&format!(
                        "{} entries, from number {first} on: all links hold",
                        verified.rows
                    ));
                    say(&format!("anchor {head}"));
                }
                _ => say("the record is empty"),
            }
        }
        Command::Expire => {
            let expired = record::expire(database, config.keep_days, now).await?;
            match expired.through {
                Some(last) => {
                    say(&format!("{} entries deleted, up to number {last}", expired.rows))
                }
                None => say(&format!("nothing is older than {} days", config.keep_days)),
            }
        }
        Command::Whois { handle } => {
            if !secret::is_handle(handle) {
                bail!("{handle} is no handle");
            }
            let bearer = identity::of_handle(database.read(), handle).await.context("database")?;
            let asked = asked(handle, bearer.as_ref(), now);
            Recorder::start(database).write(vec![asked]).await?;
            let Some(bearer) = bearer else { bail!("nobody has the handle {handle}") };
            say(&bearer.name);
        }
    }
    Ok(())
}

/// That somebody who operates the server asked whose a handle is. A citizen reads it in hers.
fn asked(handle: &str, bearer: Option<&Bearer>, at: DateTime<Utc>) -> Entry {
    Entry {
        at,
        handle: SYSTEM.to_owned(),
        organisation: None,
        role: None,
        relation: Relation::Stranger,
        purpose: Purpose::Administration,
        reason: None,
        category: Category::Identity,
        criterion: Some(format!("handle {handle}")),
        citizen: bearer.and_then(|bearer| bearer.citizen),
        allowed: bearer.is_some(),
    }
}
