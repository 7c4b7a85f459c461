//! What a trial sends: every message of every arm as its recipient sees it, and the calendar of what
//! is sent when. The recipient is made up, and the calendar has counts only.

use std::collections::BTreeMap;

use chrono::NaiveDate;
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
    /// Units enrolled whose arm is not told yet ([`Watch::held_back`](crate::trial::Watch)): they are
    /// in no count here.
    pub held_back: u64,
    /// When what is sent, and how often it was.
    pub calendar: Vec<CalendarLine>,
    /// On which days what comes to how many, oldest first.
    pub days: Vec<CalendarDay>,
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
#[serde(rename_all = "snake_case", tag = "type", try_from = "Fields")]
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

/// The fields of every [`MessageContent`]. Read so, and not by its tag, it needs a tenth of the code: a
/// tag may stand anywhere, so everything is kept until it is found.
#[derive(Deserialize)]
struct Fields {
    #[serde(rename = "type")]
    kind: ContentKind,
    subject: Option<String>,
    text: Option<String>,
    html: Option<String>,
    label: Option<String>,
    address: Option<Vec<String>>,
    letter: Option<Letter>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum ContentKind {
    Email,
    DigitalPost,
    Letter,
    NemSms,
}

impl TryFrom<Fields> for MessageContent {
    type Error = &'static str;

    fn try_from(fields: Fields) -> Result<Self, Self::Error> {
        let Fields { kind, subject, text, html, label, address, letter } = fields;
        let content = match kind {
            ContentKind::Email => match (subject, text, html) {
                (Some(subject), Some(text), Some(html)) => {
                    Some(Self::Email { subject, text, html })
                }
                _ => None,
            },
            ContentKind::DigitalPost => {
                label.zip(letter).map(|(label, letter)| Self::DigitalPost { label, letter })
            }
            ContentKind::Letter => {
                address.zip(letter).map(|(address, letter)| Self::Letter { address, letter })
            }
            ContentKind::NemSms => text.map(|text| Self::NemSms { text }),
        };
        content.ok_or("a message lacks a field")
    }
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
    /// What became of those that were given to the outbox.
    pub fates: Fates,
}

/// How far messages have come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = MessageFates))]
pub struct Fates {
    /// In the queue.
    pub waiting: u64,
    /// Taken by what carries them on: the mail server, Digital Post, the printer's folder.
    pub sent: u64,
    /// Of those that were sent: there is a receipt that they arrived, and none that they came back.
    pub delivered: u64,
    /// Of those that were sent: there is a receipt that they came back.
    pub returned: u64,
    /// Of those that were sent: the link in them was opened, or their copy among her letters.
    pub opened: u64,
    /// They cannot be sent.
    pub failed: u64,
    /// They may have left. They are not sent again.
    pub doubtful: u64,
    /// Withheld at the moment of sending, by reason: those of [`CalendarLine::withheld`], or `closed`,
    /// `forgotten`, `unknown`.
    pub withdrawn: BTreeMap<String, u64>,
}

/// A day on which a step comes to an arm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendarDay {
    /// The first day on which it may be sent.
    #[serde(deserialize_with = "jobnet_rules::day::read")]
    pub on: NaiveDate,
    /// The step of the protocol.
    pub step: Key,
    /// The arm.
    pub arm: Key,
    /// Citizens for whom it was planned.
    pub planned: u64,
    /// Citizens whose day it is, of whom nothing is ruled yet: some may be withheld.
    pub expected: u64,
}
