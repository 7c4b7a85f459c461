//! What the provider publishes about itself, read and remembered. A provider that is slow, hangs or
//! is down holds nobody up for long: it is asked once for all who wait, what it published earlier
//! goes on being used for a while, and after a failure it is left alone. What is older than its keys
//! may be is no longer believed: one of them may have been withdrawn.
//!
//! It must not know of people, tokens or sign-ins.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use openidconnect::{DiscoveryError, IssuerUrl, ProviderMetadataWithLogout};
use tokio::sync::watch;

/// What the provider publishes.
pub(super) type Metadata = Arc<ProviderMetadataWithLogout>;

/// An unknown key makes us ask again, but not more often than this.
const PAUSE: Duration = Duration::from_secs(5);
/// How long anyone waits for what the provider publishes. The question itself goes on.
const WAIT: Duration = Duration::from_secs(3);
/// How long the provider is left alone after its first failure; twice as long after each further
/// one, up to the longest.
const BACK_OFF: Duration = Duration::from_secs(1);
const LONGEST_BACK_OFF: Duration = Duration::from_secs(16);

/// The memory of one provider.
#[derive(Debug)]
pub(super) struct Discovery {
    issuer: IssuerUrl,
    http: reqwest::Client,
    /// How long what it published is believed.
    longest: Duration,
    memory: Mutex<Memory>,
}

#[derive(Debug, Default)]
struct Memory {
    known: Option<(Instant, Metadata)>,
    /// How often asking has failed since it last succeeded, when last, and why.
    failure: Option<(u32, Instant, String)>,
    /// A question on its way; its end is told by dropping the sender.
    flight: Option<watch::Receiver<()>>,
}

impl Memory {
    /// What is known, if it is not older than this.
    fn younger(&self, age: Duration) -> Option<Metadata> {
        let known = self.known.as_ref().filter(|(read, _)| read.elapsed() < age);
        known.map(|(_, metadata)| Arc::clone(metadata))
    }

    /// Whether the provider is left alone.
    fn is_backing_off(&self) -> bool {
        self.failure.as_ref().is_some_and(|(times, last, _)| last.elapsed() < back_off(*times))
    }

    fn why_not(&self) -> String {
        let why = self.failure.as_ref().map(|(_, _, why)| why.clone());
        why.unwrap_or_else(|| "it does not answer in time".to_owned())
    }
}

fn back_off(failures: u32) -> Duration {
    let doubled = BACK_OFF.saturating_mul(2_u32.saturating_pow(failures.saturating_sub(1)));
    doubled.min(LONGEST_BACK_OFF)
}

impl Discovery {
    /// Nothing is asked yet. What was published is believed so long at most.
    pub(super) fn new(issuer: IssuerUrl, http: reqwest::Client, longest: Duration) -> Arc<Self> {
        Arc::new(Self { issuer, http, longest, memory: Mutex::default() })
    }

    /// What is known now, however old: its keys let nobody in. Asks nobody.
    pub(super) fn known(&self) -> Option<Metadata> {
        self.memory().younger(Duration::MAX)
    }

    /// Sees to it that what is known is fresh, or soon will be; waits for nothing.
    pub(super) fn prepare(self: &Arc<Self>) {
        let mut memory = self.memory();
        // In time, so that nobody has to wait for it unless the provider is down.
        if memory.younger(self.longest / 2).is_none() {
            let _nobody_waits = self.ask(&mut memory);
        }
    }

    /// What the provider publishes; while it is read again, what is known and may be believed.
    ///
    /// # Errors
    /// Why not, when there is nothing to believe and the provider does not answer in time.
    pub(super) async fn get(self: &Arc<Self>) -> Result<Metadata, String> {
        self.prepare();
        self.newer(self.longest).await
    }

    /// What the provider publishes now, because a token's key is not among those known; what is
    /// known and may be believed if it cannot be asked, or was asked just now.
    ///
    /// # Errors
    /// As [`Self::get`].
    pub(super) async fn renewed(self: &Arc<Self>) -> Result<Metadata, String> {
        self.newer(PAUSE).await
    }

    async fn newer(self: &Arc<Self>, age: Duration) -> Result<Metadata, String> {
        let flight = {
            let mut memory = self.memory();
            if let Some(metadata) = memory.younger(age.min(self.longest)) {
                return Ok(metadata);
            }
            self.ask(&mut memory)
        };
        if let Some(mut flight) = flight {
            // Either is an end of waiting: the sender is gone, or the time is up.
            let _ended = tokio::time::timeout(WAIT, flight.changed()).await;
        }
        let memory = self.memory();
        memory.younger(self.longest).ok_or_else(|| memory.why_not())
    }

    /// The question that is on its way, or a new one; `None` while the provider is left alone. It
    /// is a task of its own, so that nobody who gives up ends it for the others.
    fn ask(self: &Arc<Self>, memory: &mut Memory) -> Option<watch::Receiver<()>> {
        let is_on_its_way = |flight: &&watch::Receiver<()>| flight.has_changed().is_ok();
        if let Some(flight) = memory.flight.as_ref().filter(is_on_its_way) {
            return Some(flight.clone());
        }
        if memory.is_backing_off() {
            return None;
        }
        let (done, flight) = watch::channel(());
        memory.flight = Some(flight.clone());
        let discovery = Arc::clone(self);
        tokio::spawn(async move {
            discovery.read().await;
            drop(done);
        });
        Some(flight)
    }

    async fn read(&self) {
        let issuer = self.issuer.clone();
        let answer = ProviderMetadataWithLogout::discover_async(issuer, &self.http).await;
        let mut memory = self.memory();
        match answer {
            Ok(metadata) => {
                memory.known = Some((Instant::now(), Arc::new(metadata)));
                memory.failure = None;
            }
            Err(error) => {
                let why = match error {
                    DiscoveryError::Request(error) => error.to_string(),
                    error => error.to_string(),
                };
                let times = memory.failure.as_ref().map_or(0, |(times, ..)| *times);
                memory.failure = Some((times.saturating_add(1), Instant::now(), why));
            }
        }
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_failure_doubles_the_time_that_a_provider_is_left_alone_up_to_the_longest() {
        let seconds: Vec<u64> =
            [1, 2, 3, 5, 6, u32::MAX].map(|times| back_off(times).as_secs()).to_vec();
        assert_eq!(seconds, [1, 2, 4, 16, 16, 16]);
    }

    #[tokio::test]
    async fn while_the_provider_is_down_what_it_published_is_used_until_it_is_too_old() {
        const LONGEST: Duration = Duration::from_secs(60);
        // Nobody listens on the discard port.
        let issuer = "http://127.0.0.1:9";
        let published = serde_json::json!({
            "issuer": issuer, "authorization_endpoint": "http://127.0.0.1:9/auth",
            "jwks_uri": "http://127.0.0.1:9/jwks", "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        });
        let metadata: ProviderMetadataWithLogout = serde_json::from_value(published).unwrap();
        let issuer = IssuerUrl::new(issuer.to_owned()).unwrap();
        let discovery = Discovery::new(issuer, reqwest::Client::new(), LONGEST);
        assert!(discovery.known().is_none());
        assert!(discovery.get().await.is_err(), "nothing to use");
        assert!(discovery.memory().is_backing_off());
        assert!(discovery.ask(&mut discovery.memory()).is_none(), "and it is left alone");
        let metadata = Arc::new(metadata);
        let read = |seconds: u64| {
            let earlier = Instant::now().checked_sub(Duration::from_secs(seconds)).unwrap();
            let mut memory = discovery.memory();
            (memory.known, memory.failure) = (Some((earlier, Arc::clone(&metadata))), None);
        };
        read(20);
        assert!(discovery.get().await.is_ok());
        assert!(discovery.memory().flight.as_ref().unwrap().has_changed().is_err(), "unasked");
        read(40);
        assert!(discovery.get().await.is_ok(), "while it is read again");
        assert!(discovery.renewed().await.is_ok(), "in vain");
        assert!(discovery.memory().failure.is_some());
        read(61);
        assert!(discovery.get().await.is_err(), "a key may have been withdrawn");
        assert!(discovery.renewed().await.is_err());
        assert!(discovery.known().is_some(), "enough for signing out");
    }
}
