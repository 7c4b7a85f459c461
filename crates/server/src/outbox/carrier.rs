//! What every way to her has in common: making a message ready, handing it over, and finding out
//! afterwards whether it was.
//!
//! It must not know the queue.

use std::future::Future;
use std::pin::Pin;

use chrono::{DateTime, TimeDelta, Utc};
use jobnet_api::outbox::Reason;
use jobnet_messages::Language;
use jobnet_messages::letter::Letter;
use lettre::Message;
use uuid::Uuid;

use super::message::{Channel, Content};

/// Something that is still under way.
pub type Soon<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Which attempt at which message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// The message.
    pub id: Uuid,
    /// The word of the claim under which it is, or was, handed over.
    pub token: String,
}

/// A message as its carrier takes it. Nothing of it has left.
#[derive(Debug)]
pub enum Ready {
    /// An e-mail.
    Mail(Box<Message>),
    /// It lies beside the folder, on the disk.
    Staged,
    /// The body of a request.
    Body(String),
}

/// How much a refusal stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stops {
    /// The carrier: it cannot take any message now.
    Carrier,
    /// This message, for now.
    ForNow,
    /// This message.
    ForEver,
}

/// A message was refused: it has surely not left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// How much it stops.
    pub stops: Stops,
    /// Why.
    pub reason: Reason,
}

impl Refused {
    pub(super) fn new(stops: Stops, reason: impl Into<Reason>) -> Self {
        Self { stops, reason: reason.into() }
    }
}

/// What came of handing over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handed {
    /// It was taken.
    Accepted,
    /// It was refused.
    Refused(Refused),
    /// There was no answer: it may have been taken. Why.
    InDoubt(Reason),
}

/// What is known of a message that may have been handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// It was.
    Delivered,
    /// It was not, and the attempt cannot deliver it any more.
    NotDelivered,
    /// Nobody can say, now or later.
    Unknown,
}

/// It cannot be found out now; later perhaps. Why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotNow(pub Reason);

/// A way to her.
pub trait Carrier: Send + Sync {
    /// Which.
    fn channel(&self) -> Channel;

    /// How long after handing over it can be found out whether a message was taken.
    fn settles_after(&self) -> TimeDelta;

    /// The longest that handing over takes; then it is in doubt.
    fn timeout(&self) -> TimeDelta;

    /// Makes a message ready as far as can be without it leaving.
    fn prepare<'a>(
        &'a self,
        slip: &'a Slip,
        content: Content,
        now: DateTime<Utc>,
    ) -> Soon<'a, Result<Ready, Refused>>;

    /// Hands it over.
    fn hand_over<'a>(&'a self, slip: &'a Slip, ready: Ready) -> Soon<'a, Handed>;

    /// Whether an attempt of `handed_at`, whose answer was lost, delivered the message.
    fn reconcile<'a>(
        &'a self,
        slip: &'a Slip,
        handed_at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Soon<'a, Result<Known, NotNow>>;

    /// Throws away what an attempt that ended before handing over has made ready.
    fn forget<'a>(&'a self, slip: &'a Slip) -> Soon<'a, ()>;
}

/// Makes the PDF of a letter.
pub trait Paper: Send + Sync {
    /// The PDF, tagged and in the language; with the address lines in the window if there are any.
    ///
    /// # Errors
    /// When the letter cannot be set.
    fn pdf(
        &self,
        letter: &Letter,
        language: Language,
        address: &[String],
    ) -> anyhow::Result<Vec<u8>>;
}
