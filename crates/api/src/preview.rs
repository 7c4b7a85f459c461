//! Previews: what a trial would show a citizen who does not exist.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::arm::{Framing, Presentation};
use crate::profile::{ProfilePresentation, ReceiptText};

/// What the data of the citizen of a preview are like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Situation {
    /// As they are.
    #[default]
    Ordinary,
    /// No hours of work.
    NoHours,
    /// A month whose hours are not known.
    UnknownHours,
    /// Close to what is required, or to the end.
    NearLimit,
}

/// Whose account a preview shows. Nobody here is real, and no register is read to show them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PreviewCitizen {
    /// One who is made up for previews alone.
    #[default]
    MadeUp,
    /// The demo identity `citizen-full-time`.
    FullTime,
    /// The demo identity `citizen-part-time`.
    PartTime,
    /// The demo identity `citizen-graduate`.
    Graduate,
    /// The demo identity `citizen-social-assistance`.
    SocialAssistance,
    /// The demo identity `citizen-sick-listed`.
    SickListed,
    /// The demo identity `citizen-new`.
    New,
}

impl PreviewCitizen {
    /// All of them, in the order of a choice.
    pub const ALL: [Self; 7] = [
        Self::MadeUp,
        Self::FullTime,
        Self::PartTime,
        Self::Graduate,
        Self::SocialAssistance,
        Self::SickListed,
        Self::New,
    ];

    /// Her word on the wire and in a token.
    pub const fn word(self) -> &'static str {
        match self {
            Self::MadeUp => "made_up",
            Self::FullTime => "full_time",
            Self::PartTime => "part_time",
            Self::Graduate => "graduate",
            Self::SocialAssistance => "social_assistance",
            Self::SickListed => "sick_listed",
            Self::New => "new",
        }
    }

    /// Who a word means.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|citizen| citizen.word() == word)
    }

    /// The key of the demo identity; `None`: she is none.
    pub const fn persona(self) -> Option<&'static str> {
        Some(match self {
            Self::MadeUp => return None,
            Self::FullTime => "citizen-full-time",
            Self::PartTime => "citizen-part-time",
            Self::Graduate => "citizen-graduate",
            Self::SocialAssistance => "citizen-social-assistance",
            Self::SickListed => "citizen-sick-listed",
            Self::New => "citizen-new",
        })
    }

    /// Her age: of a demo identity as her story says, which is the same on every day.
    ///
    /// **Units**: years.
    pub const fn age(self) -> u8 {
        match self {
            Self::MadeUp => 47,
            Self::FullTime => 41,
            Self::PartTime => 58,
            Self::Graduate => 27,
            Self::SocialAssistance => 34,
            Self::SickListed => 52,
            Self::New => 29,
        }
    }

    /// Whom a token says that it shows. Whether it is true, only the server knows.
    pub fn of_token(token: &str) -> Option<Self> {
        Self::of_word(token.split('-').nth(4)?)
    }
}

/// Body that asks for a link to a preview: the page of a synthetic citizen as an arm would have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PreviewAsked {
    /// How the account is shown.
    pub presentation: Presentation,
    /// From which side.
    pub framing: Framing,
    /// Whose account.
    #[serde(default)]
    pub citizen: PreviewCitizen,
    /// What her data are like: [`Situation::Ordinary`] is as they are.
    pub situation: Situation,
    /// Hours it is good for, 1 to [`MAX_PREVIEW_HOURS`].
    pub hours: u16,
    /// Which of her pages.
    #[serde(default)]
    pub of: PreviewOf,
}

/// What of a made-up citizen's pages a preview shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "surface", deny_unknown_fields)]
pub enum PreviewOf {
    /// Overview, hours and benefits.
    Account {},
    /// Her profile.
    Profile {
        /// How it is presented.
        presentation: ProfilePresentation,
    },
    /// The receipt of a preparation form.
    Receipt {
        /// Its text.
        text: ReceiptText,
    },
    /// Her checklist.
    Checklist {},
    /// What is there where others have a checklist.
    NoChecklist {},
    /// Overview, hours and benefits under a notice of the rules that is the same for everyone. A harm
    /// of it is published: no arm is ever served so.
    GenericNotice {},
}

impl Default for PreviewOf {
    fn default() -> Self {
        Self::Account {}
    }
}

impl PreviewOf {
    /// All of them, with their words in a token. An address with a dot would be that of a file, so the
    /// id of a text does not stand in one.
    const WORDS: [(Self, &str); 11] = {
        use {ProfilePresentation as P, ReceiptText as R};
        [
            (Self::Account {}, "account"),
            (Self::Profile { presentation: P::Number }, "profile_number"),
            (Self::Profile { presentation: P::Words }, "profile_words"),
            (Self::Profile { presentation: P::IconArray }, "profile_icon_array"),
            (Self::Profile { presentation: P::NoneUntilAsked }, "profile_none_until_asked"),
            (Self::Receipt { text: R::Plain }, "receipt_plain"),
            (Self::Receipt { text: R::NextSteps }, "receipt_next_steps"),
            (Self::Receipt { text: R::Encouraging }, "receipt_encouraging"),
            (Self::Checklist {}, "checklist_given"),
            (Self::NoChecklist {}, "checklist_withheld"),
            (Self::GenericNotice {}, "account_generic_notice"),
        ]
    };

    /// Its word in a token: the surface and how it is shown.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(of, _)| *of == self).map_or("account", |(_, word)| word)
    }

    /// What a word of a token means.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, known)| *known == word).map(|(of, _)| *of)
    }

    /// What an arm of a trial on this surface shows; `None`: nothing that can be looked at here.
    pub fn of_arm(surface: &str, settings: &BTreeMap<String, String>) -> Option<Self> {
        let setting = match surface {
            "account"
                if settings.get("presentation").is_some_and(|way| way == "generic_notice") =>
            {
                return Some(Self::GenericNotice {});
            }
            "account" => return Some(Self::Account {}),
            "profile" => "presentation",
            "receipt" => {
                let text = ReceiptText::named(settings.get("text")?)?;
                return Some(Self::Receipt { text });
            }
            "checklist" => "access",
            _ => return None,
        };
        Self::of_word(&format!("{surface}_{}", settings.get(setting)?))
    }

    /// What a token says that it shows. Whether it is true, only the server knows.
    pub fn of_token(token: &str) -> Option<Self> {
        Self::of_word(token.split('-').nth(3)?)
    }
}

/// The most hours a link to a preview is good for.
pub const MAX_PREVIEW_HOURS: u16 = 14 * 24;

/// A link to a preview. It is signed, needs no sign-in, and changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Preview {
    /// Its token: the app's page is `/forhaandsvisning/TOKEN`.
    pub token: String,
    /// When it ends.
    #[serde(deserialize_with = "crate::instant::read")]
    pub until: DateTime<Utc>,
}
