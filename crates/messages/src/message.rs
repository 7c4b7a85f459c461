//! The messages a trial can send, by their names, and what each says in each language.
//!
//! Subjects and labels say that something is there, never what: they stand where others can see them.
//! Nothing here is about one person, so that a message gives nothing away but that it was sent.

mod checklist;
mod health;

use crate::Language;
use crate::letter::{Letter, paragraph};

/// A message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Message {
    /// To the newly registered: there is a checklist.
    ChecklistInvitation,
    /// To those on sick leave: they may have rights in their pension or insurance scheme.
    HealthLetter,
    /// The same once more, to those still on sick leave.
    HealthFollowUp,
}

/// The most characters of a text message through Digital Post.
pub const SMS_LENGTH: usize = 150;
/// What a text message is called where it needs a name: it has none of its own.
#[must_use]
pub const fn sms_title(language: Language) -> &'static str {
    match language {
        Language::Da => "Sms til dig",
        Language::En => "Text message to you",
    }
}

/// What stands for a message that was sent before the words of messages were kept.
#[must_use]
pub fn not_kept(language: Language) -> Letter {
    let (title, paragraphs) = match language {
        Language::Da => (
            "Vi har ikke gemt teksten",
            [
                "Vi har sendt dig en besked den dag. Dengang gemte vi ikke, hvad der stod i den. \
                 Derfor kan vi ikke vise den her.",
                "Kom den på mail, på papir eller i Digital Post, så kan du selv have den endnu.",
                "Vil du vide, hvad der stod? Så spørg din a-kasse eller dit jobcenter.",
            ],
        ),
        Language::En => (
            "We have not kept the text",
            [
                "We sent you a message that day. Back then we did not keep what it said. So we \
                 cannot show it here.",
                "If it came by e-mail, on paper or in Digital Post, you may still have it yourself.",
                "Do you want to know what it said? Then ask your unemployment fund or your job \
                 centre.",
            ],
        ),
    };
    Letter { title: title.to_owned(), body: paragraphs.map(paragraph).into() }
}

/// The page of the checklist.
const CHECKLIST_PAGE: &str = "/tjekliste";

impl Message {
    /// Every message.
    pub const ALL: [Self; 3] =
        [Self::ChecklistInvitation, Self::HealthLetter, Self::HealthFollowUp];

    /// Its name in protocols.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::ChecklistInvitation => "checklist-invitation",
            Self::HealthLetter => "health-letter",
            Self::HealthFollowUp => "health-follow-up",
        }
    }

    /// The message of a name.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|message| message.key() == key)
    }

    /// What is seen before it is opened: the subject of an e-mail, the label in a mailbox.
    #[must_use]
    pub const fn label(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::ChecklistInvitation, Language::Da) => "Du har en ny besked",
            (Self::ChecklistInvitation, Language::En) => "You have a new message",
            (Self::HealthLetter | Self::HealthFollowUp, Language::Da) => "Du har fået et brev",
            (Self::HealthLetter | Self::HealthFollowUp, Language::En) => "You have got a letter",
        }
    }

    /// What it says. `link` is the address of its [`page`](Self::page), if it leads to one.
    #[must_use]
    pub fn letter(self, language: Language, link: &str) -> Letter {
        match self {
            Self::ChecklistInvitation => checklist::invitation(language, link),
            Self::HealthLetter => health::first(language),
            Self::HealthFollowUp => health::follow_up(language),
        }
    }

    /// The page it leads to, if it leads to one.
    #[must_use]
    pub const fn page(self) -> Option<&'static str> {
        match self {
            Self::ChecklistInvitation => Some(CHECKLIST_PAGE),
            Self::HealthLetter | Self::HealthFollowUp => None,
        }
    }

    /// The same as a text message: that something is there, and where, if it leads to a page. At most
    /// [`SMS_LENGTH`] characters if the address has no more than 110.
    #[must_use]
    pub fn sms(self, language: Language, address: &str) -> String {
        match (self, language) {
            (Self::ChecklistInvitation, Language::Da) => {
                format!("Du har en ny besked. Log ind og se den: {address}")
            }
            (Self::ChecklistInvitation, Language::En) => {
                format!("You have a new message. Sign in here: {address}")
            }
            (Self::HealthLetter | Self::HealthFollowUp, Language::Da) => {
                "Der er et nyt brev til dig i din Digitale Post.".to_owned()
            }
            (Self::HealthLetter | Self::HealthFollowUp, Language::En) => {
                "There is a new letter for you in your Digital Post.".to_owned()
            }
        }
    }
}
