//! Sending while the server serves, and closing the day's batch of letters.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::{DateTime, Timelike, Utc};
use chrono_tz::Europe::Copenhagen;
use tokio::task::JoinHandle;

use super::batch::{Closed, is_closed_today};
use super::carrier::Paper;
use super::carriers::{self, ChannelError};
use super::message::Compose;
use super::probe::WithProbes;
use super::send::{Sender, WAIT};
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
    let mut closes_from = DateTime::<Utc>::MIN_UTC;
    while !stop.load(Ordering::SeqCst) {
        match sender.pass().await {
            // There may be more.
            Ok(dealt) if dealt > 0 => continue,
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "messages could not be sent"),
        }
        let now = clock.now();
        let due = letters.as_ref().filter(|letters| now >= closes_from && is_due(letters, now));
        if let Some(letters) = due
            && close(&sender, letters).await
        {
            closes_from = now + WAIT;
        }
        tracing::debug!("nothing is left to send now");
        let mut paused = Duration::ZERO;
        while paused < PAUSE && !stop.load(Ordering::SeqCst) {
            tokio::time::sleep(GLANCE).await;
            paused += GLANCE;
        }
    }
}

/// Whether the hour of the day's batch has come, and there is none yet.
fn is_due(letters: &LettersConfig, now: DateTime<Utc>) -> bool {
    now.with_timezone(&Copenhagen).hour() >= letters.close_from_hour
        && !is_closed_today(&letters.folder, now)
}

/// Makes a batch. `true`: there are letters that have to wait, or it failed.
async fn close<C: Compose>(sender: &Sender<C>, letters: &LettersConfig) -> bool {
    match sender.close_batch(&letters.folder).await {
        Ok(Closed { batch, withheld, anew, waiting }) => {
            if batch.is_some() || withheld + anew > 0 {
                let batch = batch.map(|batch| batch.display().to_string()).unwrap_or_default();
                tracing::info!(batch, withheld, anew, waiting, "the tray of letters is dealt with");
            }
            waiting > 0
        }
        Err(error) => {
            tracing::warn!(%error, "the batch of letters could not be closed");
            true
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_due_from_its_hour_on_once_a_day_in_summer_and_winter() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().to_owned();
        let letters = LettersConfig { folder: folder.clone(), ..LettersConfig::default() };
        for (now, due, then_closed) in [
            ("2026-07-01T11:59:59Z", false, ""),
            ("2026-07-01T12:00:00Z", true, "batch-2026-07-01"),
            ("2026-07-01T21:59:59Z", false, ""),
            // Past midnight in Denmark, and too early again.
            ("2026-07-01T22:00:00Z", false, ""),
            ("2026-11-26T12:59:59Z", false, ""),
            ("2026-11-26T13:00:00Z", true, "batch-2026-11-26"),
            ("2026-11-26T13:00:01Z", false, ""),
        ] {
            assert_eq!(is_due(&letters, now.parse().unwrap()), due, "{now}");
            std::fs::create_dir_all(folder.join(then_closed)).unwrap();
        }
    }
}
