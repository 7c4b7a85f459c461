//! Sending: what is due is composed, made ready, marked, and handed over, one message after
//! another; what is in doubt is looked into first.
//!
//! It must not know why a message is sent, nor any protocol.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use jobnet_api::outbox::Trouble;
use sea_orm::DbErr;

use super::batch::{CloseError, Closed, close_batch};
use super::carrier::{Carrier, Handed, Known, Ready, Refused, Slip, Stops};
use super::message::{Channel, Compose, Composed, Words};
use super::outcome::{self, Came};
use super::queue::{self, Claim};
use super::window::{Window, backoff};
use crate::clock::Clock;
use crate::db::Database;

/// How many messages are claimed at once.
const BATCH: u64 = 10;
/// How soon what has to wait is composed again.
pub(super) const WAIT: TimeDelta = TimeDelta::minutes(10);

/// Numbers that nobody can foresee, or in a test everybody.
pub type Random = Arc<dyn Fn() -> u64 + Send + Sync>;

/// How messages are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// When.
    pub window: Window,
    /// How long a message belongs to whoever took it.
    pub lease: TimeDelta,
    /// The wait after the first attempt that failed.
    pub first_wait: TimeDelta,
    /// The longest wait.
    pub longest_wait: TimeDelta,
    /// After so many attempts a message is dead.
    pub attempts: u32,
}

/// Sends what is due, by the channels it has.
pub struct Sender<C> {
    database: Database,
    composer: C,
    carriers: Vec<Arc<dyn Carrier>>,
    pace: Pace,
    clock: Clock,
    random: Random,
    stop: Arc<AtomicBool>,
    /// Channels that take nothing now: until when, after how many refusals.
    resting: BTreeMap<Channel, (DateTime<Utc>, u32)>,
}

impl<C: Compose> Sender<C> {
    /// Puts one together. Once `stop` is set it finishes the message in hand and takes no other.
    pub fn new(
        database: Database,
        composer: C,
        carriers: Vec<Arc<dyn Carrier>>,
        pace: Pace,
        clock: Clock,
        random: Random,
        stop: Arc<AtomicBool>,
    ) -> Self {
        let resting = BTreeMap::new();
        Self { database, composer, carriers, pace, clock, random, stop, resting }
    }

    /// The channels it has.
    pub fn channels(&self) -> Vec<Channel> {
        self.carriers.iter().map(|carrier| carrier.channel()).collect()
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }

    /// Deals once with what is in doubt and what is due; how many messages that were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pass(&mut self) -> Result<usize, DbErr> {
        let mut dealt = 0;
        for carrier in self.carriers.clone() {
            dealt += self.look_into(carrier.as_ref()).await?;
            dealt += self.send(carrier.as_ref()).await?;
        }
        Ok(dealt)
    }

    /// Sends until nothing is left that could be sent now or found out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn until_empty(&mut self) -> Result<(), DbErr> {
        while !self.stopped() {
            if self.pass().await? > 0 {
                continue;
            }
            let now = self.clock.now();
            let left = queue::unfinished(self.database.read(), &self.channels(), now).await?;
            let can_send = self.pace.window.is_open(now);
            if left.begun == 0 && (left.waiting == 0 || !can_send) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Ok(())
    }

    /// Makes a batch of the letters in a folder's tray, of those that would still be sent now.
    ///
    /// # Errors
    /// When the folder or the database fails.
    pub async fn close_batch(&self, folder: &Path) -> Result<Closed, CloseError> {
        close_batch(&self.database, &self.composer, folder, self.clock.now()).await
    }

    fn token(&self) -> String {
        format!("{:016x}", (self.random)())
    }

    fn wait(&self, attempt: u32) -> TimeDelta {
        backoff(self.pace.first_wait, self.pace.longest_wait, attempt, (self.random)())
    }

    /// Finds out what became of messages whose answer was lost.
    async fn look_into(&mut self, carrier: &dyn Carrier) -> Result<usize, DbErr> {
        let (token, now) = (self.token(), self.clock.now());
        let settle = carrier.settles_after();
        let (channel, lease) = (carrier.channel(), self.pace.lease);
        let claims =
            queue::claim_doubtful(&self.database, channel, settle, BATCH, &token, now, lease)
                .await?;
        for claim in &claims {
            // A row that says it was handed over says by which claim.
            let Some((by, handed_at)) = &claim.handed else { continue };
            let slip = Slip { id: claim.message.id, token: by.clone() };
            let now = self.clock.now();
            let came = match carrier.reconcile(&slip, *handed_at, now).await {
                Ok(Known::Delivered) => Came::FoundSent,
                Ok(Known::NotDelivered) if claim.attempts >= self.pace.attempts => {
                    Came::Dead { reason: Trouble::NotDelivered.word().to_owned() }
                }
                Ok(Known::NotDelivered) => {
                    Came::FoundUnsent { again: now + self.wait(claim.attempts) }
                }
                Ok(Known::Unknown) => {
                    Came::FoundUnknown { reason: Trouble::NobodyKnows.word().to_owned() }
                }
                Err(why) => {
                    tracing::warn!(channel = channel.word(), %why, "a message stays in doubt");
                    Came::InDoubt { reason: why.0.to_string(), again: now + self.wait(1) }
                }
            };
            outcome::end(&self.database, claim, false, &came, self.clock.now()).await?;
        }
        Ok(claims.len())
    }

    async fn send(&mut self, carrier: &dyn Carrier) -> Result<usize, DbErr> {
        let (token, now) = (self.token(), self.clock.now());
        let channel = carrier.channel();
        let rests = self.resting.get(&channel).is_some_and(|(until, _)| now < *until);
        if rests || self.stopped() || !self.pace.window.is_open(now) {
            return Ok(0);
        }
        let claims =
            queue::claim(&self.database, channel, BATCH, &token, now, self.pace.lease).await?;
        let mut stopped_at = None;
        for (place, claim) in claims.iter().enumerate() {
            if self.stopped() || !self.pace.window.is_open(self.clock.now()) {
                stopped_at = Some((place, self.clock.now()));
                break;
            }
            if let Some(left_by) = &claim.left_by {
                let slip = Slip { id: claim.message.id, token: left_by.clone() };
                carrier.forget(&slip).await;
            }
            if let Some(refused) = self.deliver(carrier, claim).await? {
                let again = self.rest(channel, &refused);
                stopped_at = Some((place, again));
                break;
            }
        }
        // Whoever comes next need not wait for the lease to end.
        if let Some((place, again)) = stopped_at {
            for claim in &claims[place..] {
                let came = Came::Released { again };
                outcome::end(&self.database, claim, false, &came, self.clock.now()).await?;
            }
        }
        Ok(claims.len())
    }

    /// From now on the channel rests for a while.
    fn rest(&mut self, channel: Channel, refused: &Refused) -> DateTime<Utc> {
        let refusals = self.resting.get(&channel).map_or(1, |(_, refusals)| refusals + 1);
        let until = self.clock.now() + self.wait(refusals);
        tracing::warn!(channel = channel.word(), reason = %refused.reason, %until, "a channel rests");
        self.resting.insert(channel, (until, refusals));
        until
    }

    /// Sends one message; says why if the channel takes none now: then it is still claimed.
    async fn deliver(
        &mut self,
        carrier: &dyn Carrier,
        claim: &Claim,
    ) -> Result<Option<Refused>, DbErr> {
        let now = self.clock.now();
        let slip = Slip { id: claim.message.id, token: claim.token.clone() };
        let (words, ready) = match self.ready(carrier, claim, &slip, now).await {
            Ok(both) => both,
            Err(Early::Came(came)) => {
                outcome::end(&self.database, claim, false, &came, now).await?;
                return Ok(None);
            }
            Err(Early::Rests(refused)) => return Ok(Some(refused)),
        };
        let (now, lease) = (self.clock.now(), self.pace.lease);
        if !queue::begin_handing_over(&self.database, claim, &words, now, lease).await? {
            carrier.forget(&slip).await;
            return Ok(None);
        }
        let limit = Duration::from_millis(carrier.timeout().num_milliseconds().unsigned_abs());
        let handed = tokio::time::timeout(limit, carrier.hand_over(&slip, ready)).await;
        let handed = handed.unwrap_or_else(|_| Handed::InDoubt(Trouble::NoAnswer.into()));
        let (now, attempt) = (self.clock.now(), claim.attempts + 1);
        let mut rests = None;
        let came = match handed {
            Handed::Accepted => {
                self.resting.remove(&carrier.channel());
                Came::Sent
            }
            Handed::InDoubt(reason) => Came::InDoubt { reason: reason.to_string(), again: now },
            Handed::Refused(Refused { stops: Stops::ForEver, reason }) => {
                Came::Dead { reason: reason.to_string() }
            }
            Handed::Refused(refused) if attempt >= self.pace.attempts => {
                Came::Dead { reason: refused.reason.to_string() }
            }
            Handed::Refused(refused) => {
                let reason = refused.reason.to_string();
                rests = Some(refused).filter(|refused| refused.stops == Stops::Carrier);
                Came::Failed { reason, again: now + self.wait(attempt) }
            }
        };
        outcome::end(&self.database, claim, true, &came, now).await?;
        Ok(rests)
    }

    /// What the message says, and it as its carrier takes it; or why there is none.
    async fn ready(
        &self,
        carrier: &dyn Carrier,
        claim: &Claim,
        slip: &Slip,
        now: DateTime<Utc>,
    ) -> Result<(Words, Ready), Early> {
        let content = match self.composer.compose(&claim.message, now).await {
            Ok(Composed::Send(content)) => content,
            Ok(Composed::Withdraw(reason)) => {
                return Err(Early::Came(Came::Withdrawn { reason: reason.to_owned() }));
            }
            Ok(Composed::Wait) => {
                return Err(Early::Came(Came::Released { again: now + WAIT }));
            }
            Err(error) => {
                tracing::warn!(id = %slip.id, %error, "a message could not be composed");
                return Err(Early::Came(Came::Released { again: now + self.wait(1) }));
            }
        };
        let words = content.words();
        match carrier.prepare(slip, content, now).await {
            Ok(ready) => Ok((words, ready)),
            Err(refused) if refused.stops == Stops::Carrier => Err(Early::Rests(refused)),
            Err(Refused { stops: Stops::ForNow, .. }) => {
                Err(Early::Came(Came::Released { again: now + self.wait(1) }))
            }
            Err(refused) => Err(Early::Came(Came::Dead { reason: refused.reason.to_string() })),
        }
    }
}

/// Why a message does not come as far as being handed over.
enum Early {
    /// Something came of it already.
    Came(Came),
    /// The channel takes none now.
    Rests(Refused),
}
