//! What a trial sends: every message of every arm as its recipient sees it, and the calendar of what
//! is sent when. The recipient is made up, and the calendar has counts only.

use std::collections::BTreeMap;

use jobnet_messages::Language;
use jobnet_messages::letter::Letter;
use jobnet_trials::protocol::{Channel, Key};
use serde::{Deserialize, Serialize};

/// What a trial sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrialMessages {
    /// Every message, in the protocol's order, by channel and language.
    pub messages: Vec<TrialMessage>,
    /// When what is sent, and how often it was.
    pub calendar: Vec<CalendarLine>,
}

/// A message as its recipient sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrialMessage {
    /// The step of the protocol.
    pub step: Key,
    /// Whose it is.
    pub arms: Vec<Key>,
    /// In what language.
    pub language: Language,
    /// How it comes, and what it says.
    pub content: MessageContent,
}

/// A message by its channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum MessageContent {
    /// An e-mail.
    Email {
        /// What is seen before it is opened.
        subject: String,
        /// As text.
        text: String,
        /// As a whole HTML document that loads nothing.
        html: String,
    },
    /// Digital Post.
    DigitalPost {
        /// What the mailbox shows.
        label: String,
        /// The letter.
        letter: Letter,
    },
    /// A letter on paper.
    Letter {
        /// What stands in the window of the envelope.
        address: Vec<String>,
        /// The letter.
        letter: Letter,
    },
    /// A text message.
    NemSms {
        /// It.
        text: String,
    },
}

/// One step for one arm by one channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendarLine {
    /// The step of the protocol.
    pub step: Key,
    /// The arm.
    pub arm: Key,
    /// The channel.
    pub channel: Channel,
    /// Days after enrolment, at least.
    pub after_days: u32,
    /// Whether it waits for the end of the trial, too.
    pub waits_for_end: bool,
    /// Given to the outbox.
    pub planned: u64,
    /// Withheld, by reason: `died`, `exempt`, `no_address`, `no_email`, `no_mobile`, `objected`,
    /// `protected`, `recovered` or `unwanted`.
    pub withheld: BTreeMap<String, u64>,
}
