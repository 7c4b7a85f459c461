//! Messages to citizens as whoever operates the server sees them: how many are how far, and which
//! need her. Nothing in it says to whom a message goes.

use std::fmt;

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
    pub reason: Option<Reason>,
    /// When it was handed over last; `None`: never.
    pub handed_at: Option<DateTime<Utc>>,
}

/// Why a message could not be sent, or is in doubt; nothing in it is of the citizen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reason {
    /// What kind of trouble it is.
    pub trouble: Trouble,
    /// What a technician wants to know of it, such as a code; in English.
    pub detail: Option<String>,
}

/// What may be wrong with a message or its channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// It is made for another channel.
    WrongChannel,
    /// Her address cannot be used.
    BadAddress,
    /// The message, or the letter in it, cannot be made.
    NotMade,
    /// Whoever is to bring it refuses it for good.
    Refused,
    /// Whoever is to bring it takes it later, perhaps.
    PutOff,
    /// Whoever is to bring it cannot be reached, or takes nothing now.
    Unreachable,
    /// There was no answer, or none that says what became of it.
    NoAnswer,
    /// A folder cannot be used.
    Folder,
    /// Another server was sending it.
    Overtaken,
    /// It was not delivered in any attempt.
    NotDelivered,
    /// Nobody can say whether it has left.
    NobodyKnows,
    /// The mail server's log cannot be read, or is the wrong one.
    Log,
    /// None of these.
    Other,
}

impl Trouble {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::WrongChannel,
        Self::BadAddress,
        Self::NotMade,
        Self::Refused,
        Self::PutOff,
        Self::Unreachable,
        Self::NoAnswer,
        Self::Folder,
        Self::Overtaken,
        Self::NotDelivered,
        Self::NobodyKnows,
        Self::Log,
        Self::Other,
    ];

    /// Its name, as in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::WrongChannel => "wrong_channel",
            Self::BadAddress => "bad_address",
            Self::NotMade => "not_made",
            Self::Refused => "refused",
            Self::PutOff => "put_off",
            Self::Unreachable => "unreachable",
            Self::NoAnswer => "no_answer",
            Self::Folder => "folder",
            Self::Overtaken => "overtaken",
            Self::NotDelivered => "not_delivered",
            Self::NobodyKnows => "nobody_knows",
            Self::Log => "log",
            Self::Other => "other",
        }
    }

    /// The same with something for a technician.
    pub fn with(self, detail: impl fmt::Display) -> Reason {
        Reason { trouble: self, detail: Some(detail.to_string()) }
    }
}

impl From<Trouble> for Reason {
    fn from(trouble: Trouble) -> Self {
        Self { trouble, detail: None }
    }
}

/// `refused` or `refused: 550`: as it is stored.
impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.trouble.word())?;
        self.detail.as_ref().map_or(Ok(()), |detail| write!(f, ": {detail}"))
    }
}

impl Reason {
    /// The reason that is stored so; what no program of today writes is [`Trouble::Other`].
    pub fn of_text(text: &str) -> Self {
        let (word, detail) =
            text.split_once(": ").map_or((text, None), |(word, detail)| (word, Some(detail)));
        let trouble = Trouble::ALL.into_iter().find(|trouble| trouble.word() == word);
        match trouble {
            Some(trouble) => Self { trouble, detail: detail.map(ToOwned::to_owned) },
            None => Trouble::Other.with(text),
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_read_as_it_was_stored_and_an_unknown_one_keeps_its_words() {
        for trouble in Trouble::ALL {
            let json = serde_json::to_string(&trouble).unwrap();
            assert_eq!(json, format!("\"{}\"", trouble.word()));
            for reason in [Reason::from(trouble), trouble.with("4.7.1: later")] {
                assert_eq!(Reason::of_text(&reason.to_string()), reason);
            }
        }
        let old = "the gateway answered 400: never";
        assert_eq!(Reason::of_text(old), Trouble::Other.with(old));
    }
}
