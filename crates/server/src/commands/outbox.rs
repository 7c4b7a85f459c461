//! `jobnet-server outbox`: what is sent, by hand; and looking at what could not be.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, bail};
use chrono::{DateTime, Utc};
use tokio::signal::unix::{SignalKind, signal};
use uuid::Uuid;

use super::say;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Database;
use crate::db::registers::stored_word;
use crate::dispatch::Composer;
use crate::keys::Keyring;
use crate::outbox::message::Channel;
use crate::outbox::{self, Office, Retried, probe, receipts};
use crate::post;

/// What to do with the outbox.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Command {
    /// How many messages are how far, and which need someone.
    List,
    /// Have a message that could not be sent tried again.
    Retry {
        /// Its id.
        id: Uuid,
    },
    /// Send what is due, as the server does while it serves.
    Send(Send),
    /// Plan a message that only tries a channel.
    Probe(Probe),
    /// Make a batch of the letters that lie in the tray, now.
    CloseBatch,
    /// Note which messages have reached her and which came back.
    Delivered {
        /// CSV file with the columns `id`, `fate` (`delivered` or `returned`) and `at`.
        file: PathBuf,
    },
}

/// For how long to send.
#[derive(Clone, Debug, clap::Args)]
#[group(required = true, multiple = false)]
pub struct Send {
    /// One round.
    #[arg(long)]
    once: bool,
    /// Until nothing is left that could be sent now or found out.
    #[arg(long)]
    until_empty: bool,
}

/// Which channel to try, and to whom.
#[derive(Clone, Debug, clap::Args)]
pub struct Probe {
    /// `email`, `digital_post`, `letter` or `nem_sms`.
    #[arg(long, value_parser = channel)]
    channel: Channel,
    /// Address, CPR number, or the lines of an address with semicolons between; several if given
    /// several times.
    #[arg(long, required = true)]
    to: Vec<String>,
    /// The name of the run: the same run and recipient are one message.
    #[arg(long)]
    run: String,
}

fn channel(word: &str) -> Result<Channel, String> {
    let words = Channel::ALL.map(Channel::word).join(", ");
    Channel::of_word(word).ok_or_else(|| format!("there are the channels {words}"))
}

/// Does it.
///
/// # Errors
/// When the database fails, a channel cannot be used, or a message cannot be tried again.
pub async fn run(
    database: &Database,
    config: &Config,
    keys: &Keyring,
    command: &Command,
) -> anyhow::Result<()> {
    let clock = Clock::system();
    match command {
        Command::List => list(database).await,
        Command::Retry { id } => match outbox::retry(database, *id, clock.now()).await? {
            Retried::Now(state) => {
                say(&format!("{id} is {}", stored_word(&state)));
                Ok(())
            }
            Retried::Doubtful => bail!("{id} may have left: it is not sent again"),
            Retried::Nowhere => bail!("there is no message {id}"),
        },
        Command::Send(how) => {
            let office = post::office(config, database, keys, clock, config.server.today);
            send(office, config, how.once).await
        }
        Command::Probe(Probe { channel, to, run }) => {
            for recipient in to {
                let planned = probe::plan(database, *channel, recipient, run, clock.now()).await?;
                say(&planned.id.to_string());
            }
            Ok(())
        }
        Command::CloseBatch => {
            let letters = config.outbox.letters.as_ref().context("outbox.letters is missing")?;
            let office = post::office(config, database, keys, clock, config.server.today);
            let sender = outbox::sender(office, &config.outbox, Arc::default())?;
            let closed = sender.close_batch(&letters.folder).await?;
            match closed.batch {
                Some(batch) => say(&batch.display().to_string()),
                None => say("there is no letter that may go"),
            }
            say(&format!(
                "{} withheld, {} to be written anew, {} waiting",
                closed.withheld, closed.anew, closed.waiting
            ));
            Ok(())
        }
        Command::Delivered { file } => delivered(database, file, clock.now()).await,
    }
}

async fn delivered(database: &Database, file: &Path, now: DateTime<Utc>) -> anyhow::Result<()> {
    let of_file = || file.display().to_string();
    let receipts = File::open(file).with_context(of_file)?;
    let receipts = receipts::read(receipts, now).with_context(of_file)?;
    let noted = receipts::take(database, &receipts, now).await?;
    say(&format!("{} noted, {} known already", noted.new, noted.known));
    for id in &noted.strange {
        say(&format!("{id} is no message that has left"));
    }
    if noted.strange.is_empty() {
        return Ok(());
    }
    bail!("receipts of no message that has left: {}", noted.strange.len())
}

async fn list(database: &Database) -> anyhow::Result<()> {
    let overview = outbox::overview(database.read()).await?;
    for count in overview.counts {
        let (channel, state) = (stored_word(&count.channel), stored_word(&count.state));
        say(&format!("{channel:12} {state:12} {}", count.messages));
    }
    for message in overview.troubled {
        let reason = message.reason.map(|reason| reason.to_string()).unwrap_or_default();
        say(&format!(
            "{} {} {} {}/{} {} attempts: {reason}",
            message.id,
            stored_word(&message.channel),
            stored_word(&message.state),
            message.trial,
            message.step,
            message.attempts,
        ));
    }
    Ok(())
}

async fn send(office: Office<Composer>, config: &Config, once: bool) -> anyhow::Result<()> {
    let stop = Arc::new(AtomicBool::new(false));
    let mut sender = outbox::sender(office, &config.outbox, Arc::clone(&stop))?;
    if sender.channels().is_empty() {
        bail!("no channel is configured: nothing is sent");
    }
    // Told to stop, it finishes the message in hand.
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let told = tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        stop.store(true, Ordering::SeqCst);
    });
    let sent = if once { sender.pass().await.map(drop) } else { sender.until_empty().await };
    told.abort();
    Ok(sent?)
}
