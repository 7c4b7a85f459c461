//! A message that is to be sent, and what it is made of when its time has come.
//!
//! It must not know of trials, registers or channels' protocols.

use std::future::Future;

use chrono::{DateTime, Utc};
use jobnet_messages::Language;
use jobnet_messages::letter::{Block, Letter};
use uuid::Uuid;

/// How a message reaches her.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Channel {
    /// E-mail: that something is here, never what.
    Email,
    /// Digital Post: a message of MeMo with the letter as a document.
    DigitalPost,
    /// A letter on paper.
    Letter,
    /// A text message through Digital Post.
    NemSms,
}

impl Channel {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Email, Self::DigitalPost, Self::Letter, Self::NemSms];

    /// Its name in the database, the API and commands.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::DigitalPost => "digital_post",
            Self::Letter => "letter",
            Self::NemSms => "nem_sms",
        }
    }

    /// The channel of a name.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.word() == word)
    }
}

/// A message that is to be sent. It holds nothing that could change until then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Made from trial, unit, step and channel: the same message is the same row.
    pub id: Uuid,
    /// To whom.
    pub citizen: i32,
    /// How.
    pub channel: Channel,
    /// The trial it belongs to.
    pub trial: String,
    /// The step of the trial.
    pub step: String,
    /// The page of ours to which its link leads, and that of its copy among her letters.
    pub target: String,
    /// Not before this; the sending window comes on top.
    pub not_before: DateTime<Utc>,
}

/// What becomes of a message when it is about to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Composed {
    /// It is sent.
    Send(Content),
    /// It is not sent, ever: why, as a stable word (`recovered`, `died`, `protected`, `objected` …).
    Withdraw(&'static str),
    /// Not now: what it depends on is paused. Asked again later.
    Wait,
}

/// A message as it is sent, for each channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// An e-mail.
    Email {
        /// Her address.
        to: String,
        /// Its subject.
        subject: String,
        /// Its text.
        text: String,
        /// The same as HTML.
        html: String,
        /// What both were made of.
        letter: Letter,
        /// Their language.
        language: Language,
    },
    /// Digital Post.
    DigitalPost {
        /// Her CPR number.
        cpr: String,
        /// What the mailbox shows.
        label: String,
        /// The letter.
        letter: Letter,
        /// Its language.
        language: Language,
        /// The page it leads to, as an action of the document.
        link: Option<String>,
    },
    /// A letter on paper.
    Letter {
        /// Name, street, postal code and town: the lines of the window.
        address: Vec<String>,
        /// The letter.
        letter: Letter,
        /// Its language.
        language: Language,
    },
    /// A text message.
    NemSms {
        /// Her CPR number.
        cpr: String,
        /// The text, at most 150 characters, its link included.
        text: String,
        /// Its language.
        language: Language,
    },
}

/// What a message said, without to whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// It; a text message has no title.
    pub letter: Letter,
    /// Its language.
    pub language: Language,
}

impl Content {
    /// What it says.
    pub fn words(&self) -> Words {
        match self {
            Self::Email { letter, language, .. }
            | Self::DigitalPost { letter, language, .. }
            | Self::Letter { letter, language, .. } => {
                Words { letter: letter.clone(), language: *language }
            }
            Self::NemSms { text, language, .. } => {
                let body = vec![Block::Paragraph { text: text.clone() }];
                Words { letter: Letter { title: String::new(), body }, language: *language }
            }
        }
    }
}

/// Says what a message is, at the moment it is about to be sent.
pub trait Compose: Send + Sync {
    /// The message, or why there is none.
    ///
    /// # Errors
    /// The database does not answer: the message is tried again later.
    fn compose(
        &self,
        message: &Planned,
        now: DateTime<Utc>,
    ) -> impl Future<Output = anyhow::Result<Composed>> + Send;
}
