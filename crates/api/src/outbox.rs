//! Messages to citizens as whoever operates the server sees them: how many are how far, and which
//! need her. Nothing in it says to whom a message goes.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The outbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Outbox {
    /// How many messages of each channel are in each state; without those that are none.
    pub counts: Vec<MessageCount>,
    /// Messages that could not be sent, are in doubt, or of which nobody knows; the newest first, at
    /// most [`MOST_TROUBLED`].
    pub troubled: Vec<TroubledMessage>,
}

/// No more messages with trouble are listed.
pub const MOST_TROUBLED: u32 = 200;

/// How many messages of a channel are in a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageCount {
    /// The channel.
    pub channel: MessageChannel,
    /// The state.
    pub state: MessageState,
    /// How many.
    pub messages: u32,
}

/// A message that needs someone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TroubledMessage {
    /// Its id.
    pub id: String,
    /// The channel.
    pub channel: MessageChannel,
    /// The trial it belongs to.
    pub trial: String,
    /// The step of the trial.
    pub step: String,
    /// How far it has come.
    pub state: MessageState,
    /// How often it was handed over.
    pub attempts: u32,
    /// Why it is in its state.
    pub reason: Option<String>,
    /// When it was handed over last; `None`: never.
    pub handed_at: Option<DateTime<Utc>>,
}

/// What became of asking that a message be tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RetriedMessage {
    /// How far the message is now.
    pub state: MessageState,
}

/// How a message reaches her.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MessageChannel {
    /// E-mail.
    Email,
    /// Digital Post.
    DigitalPost,
    /// On paper.
    Letter,
    /// Text message.
    NemSms,
}

/// How far a message has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MessageState {
    /// Its time has not come, or nobody has taken it.
    Waiting,
    /// Someone makes it ready.
    Claimed,
    /// Someone hands it over.
    HandingOver,
    /// Nobody knows yet whether it has left.
    InDoubt,
    /// It has left.
    Sent,
    /// It is not sent: what it was for is over.
    Withdrawn,
    /// It cannot be sent; it may be tried again.
    Dead,
    /// Whether it has left cannot be found out. It is not sent again.
    Unknown,
}
