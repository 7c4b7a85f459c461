//! Sending while the server serves, and closing the day's batch of letters.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::{DateTime, Timelike, Utc};
use chrono_tz::Europe::Copenhagen;
use tokio::task::JoinHandle;

use super::carrier::Paper;
use super::carriers::{self, ChannelError};
use super::letters::{close_batch, is_closed_today};
use super::message::Compose;
use super::probe::WithProbes;
use super::send::Sender;
use crate::clock::Clock;
use crate::config::{LettersConfig, OutboxConfig};
use crate::db::Database;

/// How soon a message that is due is noticed.
const PAUSE: Duration = Duration::from_secs(5);
/// How often it is looked whether the server stops.
const GLANCE: Duration = Duration::from_millis(100);
/// The longest that stopping waits for the message in hand.
const GRACE: Duration = Duration::from_secs(90);

/// What a sender needs beside its channels.
pub struct Office<C> {
    /// The database.
    pub database: Database,
    /// Who says what the messages of this server are.
    pub composer: C,
    /// What makes letters.
    pub paper: Arc<dyn Paper>,
    /// The clock.
    pub clock: Clock,
}

/// The sender of this server, with every channel that is configured.
///
/// # Errors
/// When a channel cannot be used.
pub fn sender<C: Compose>(
    office: Office<C>,
    config: &OutboxConfig,
    stop: Arc<AtomicBool>,
) -> Result<Sender<WithProbes<C>>, ChannelError> {
    let Office { database, composer, paper, clock } = office;
    let carriers = carriers::open(config, Some(paper))?;
    let composer = WithProbes { database: database.clone(), others: composer };
    // Without randomness of the system claims would still differ by their time.
    let random = Arc::new(|| getrandom::u64().unwrap_or_default());
    let pace = carriers::pace(config);
    Ok(Sender::new(database, composer, carriers, pace, clock, random, stop))
}

/// Sending that was started.
pub struct Job {
    stop: Arc<AtomicBool>,
    handle: JoinHandle<()>,
}

impl Job {
    /// Finishes the message in hand and sends no other.
    pub async fn stop(self) {
        self.stop.store(true, Ordering::SeqCst);
        if tokio::time::timeout(GRACE, self.handle).await.is_err() {
            tracing::warn!("a message was still in hand: it is in doubt until the next start");
        }
    }
}

/// Starts sending; it runs until it is stopped. `None`: no channel is configured.
///
/// # Errors
/// When a channel cannot be used.
pub fn start<C: Compose + 'static>(
    office: Office<C>,
    config: &OutboxConfig,
) -> Result<Option<Job>, ChannelError> {
    let stop = Arc::new(AtomicBool::new(false));
    let clock = office.clock.clone();
    let sender = sender(office, config, Arc::clone(&stop))?;
    let channels: Vec<&str> = sender.channels().iter().map(|channel| channel.word()).collect();
    if channels.is_empty() {
        return Ok(None);
    }
    tracing::info!(channels = channels.join(", "), "messages are sent");
    let letters = config.letters.clone();
    let handle = tokio::spawn(run(sender, letters, clock, Arc::clone(&stop)));
    Ok(Some(Job { stop, handle }))
}

async fn run<C: Compose>(
    mut sender: Sender<C>,
    letters: Option<LettersConfig>,
    clock: Clock,
    stop: Arc<AtomicBool>,
) {
    while !stop.load(Ordering::SeqCst) {
        match sender.pass().await {
            // There may be more.
            Ok(dealt) if dealt > 0 => continue,
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "messages could not be sent"),
        }
        if let Some(letters) = &letters {
            close(letters, clock.now()).await;
        }
        tracing::debug!("nothing is left to send now");
        let mut paused = Duration::ZERO;
        while paused < PAUSE && !stop.load(Ordering::SeqCst) {
            tokio::time::sleep(GLANCE).await;
            paused += GLANCE;
        }
    }
}

/// Makes the day's batch once its hour has come.
async fn close(letters: &LettersConfig, now: DateTime<Utc>) {
    let folder: PathBuf = letters.folder.clone();
    if now.with_timezone(&Copenhagen).hour() < letters.close_from_hour
        || is_closed_today(&folder, now)
    {
        return;
    }
    let closed = tokio::task::spawn_blocking(move || close_batch(&folder, now)).await;
    match closed.unwrap_or_else(|error| Err(std::io::Error::other(error))) {
        Ok(Some(batch)) => tracing::info!(batch = %batch.display(), "a batch of letters is closed"),
        Ok(None) => {}
        Err(error) => tracing::warn!(%error, "the batch of letters could not be closed"),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use jobnet_messages::Language;
    use serde_json::json;

    use super::*;

    #[tokio::test]
    async fn a_batch_is_made_from_its_hour_on_once_a_day_in_summer_and_winter() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().to_owned();
        let tray = folder.join(".tray");
        fs::create_dir(&tray).unwrap();
        let letters = LettersConfig { folder: folder.clone(), close_from_hour: 14 };
        let letter = json!({ "address": ["A", "B"], "language": Language::Da, "pdf": "JVBERg==" });
        // What lies in the tray at a time, and the batches there are afterwards.
        for (number, (now, batches)) in [
            ("2026-07-01T11:59:59Z", vec![]),
            ("2026-07-01T12:00:00Z", vec!["batch-2026-07-01"]),
            ("2026-07-01T21:59:59Z", vec!["batch-2026-07-01"]),
            // Past midnight in Denmark, and too early again.
            ("2026-07-01T22:00:00Z", vec!["batch-2026-07-01"]),
            ("2026-11-26T12:59:59Z", vec!["batch-2026-07-01"]),
            ("2026-11-26T13:00:00Z", vec!["batch-2026-07-01", "batch-2026-11-26"]),
        ]
        .into_iter()
        .enumerate()
        {
            fs::write(tray.join(format!("{number}.json")), letter.to_string()).unwrap();
            close(&letters, now.parse().unwrap()).await;
            let names = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name());
            let mut names: Vec<_> = names.map(|name| name.into_string().unwrap()).collect();
            names.retain(|name| name.starts_with("batch-"));
            names.sort();
            assert_eq!(names, batches, "{now}");
        }
        // What waited is in the second.
        let second = fs::read_dir(folder.join("batch-2026-11-26")).unwrap().count();
        assert_eq!(second, 4 + 2, "four letters, a manifest, checksums");
    }
}
