//! Letters to a citizen: receipts of what she has sent, and messages that have reached her. Why a
//! message was sent is not in it.

use chrono::{DateTime, Utc};
use jobnet_messages::Language;
use jobnet_messages::letter::Letter as Text;
use serde::{Deserialize, Serialize};

use crate::outbox::MessageChannel;
use crate::profile::ReceiptText;

/// A letter, message or receipt to her.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Letter {
    /// Its number.
    pub id: String,
    /// When it was sent to her.
    #[serde(deserialize_with = "crate::instant::read")]
    pub sent_at: DateTime<Utc>,
    /// When she first opened it here; `None`: not yet.
    #[serde(default, deserialize_with = "crate::instant::read_option")]
    pub read_at: Option<DateTime<Utc>>,
    /// Who wrote, as she saw it.
    pub sender: String,
    /// What it is.
    pub kind: LetterKind,
    /// The language of its text: of a message the one in which she got it.
    pub language: Language,
    /// What it says.
    pub text: Text,
}

/// What a letter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum LetterKind {
    /// The receipt of a preparation form.
    ProfileReceipt {
        /// Its text.
        receipt: ReceiptText,
    },
    /// The receipt of a report of missing hours.
    HoursReport {},
    /// A message that was sent to her.
    Message {
        /// How it came.
        channel: MessageChannel,
    },
}
