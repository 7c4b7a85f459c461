//! Every text of the app, once for each language. A missing text does not compile.
//!
//! Texts are sentences with named places such as `{hours}`; [`fill`] puts values there. The module
//! must not know how a figure came about.

pub mod account_cases;
pub mod account_messages;
pub mod account_parts;
pub mod card_messages;
pub mod casework_messages;
pub mod checklist_messages;
pub mod format;
pub mod messages;
pub mod my_data;
pub mod post_messages;
pub mod profile_messages;
pub mod profile_parts;
pub mod prose;
pub mod research_messages;
pub mod rights_messages;
pub mod trial_messages;

mod account_cases_da;
mod account_cases_en;
mod account_chart;
mod account_da;
mod account_en;
mod account_parts_da;
mod account_parts_en;
mod account_rules;
mod account_rules_da;
mod account_rules_en;
#[cfg(test)]
mod account_tests;
mod da;
mod en;
pub mod english;
#[cfg(test)]
mod lix;
mod research_form;
mod research_parts;

use leptos::prelude::*;

use crate::state::Preferences;

pub use jobnet_messages::fill;
pub use messages::Messages;
pub use prose::Prose;

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Danish.
    #[default]
    Danish,
    /// English.
    English,
}

impl Language {
    /// Every language, in the order of the switch.
    pub const ALL: [Self; 2] = [Self::Danish, Self::English];

    /// The code of the `lang` attribute.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Danish => "da",
            Self::English => "en",
        }
    }

    /// The same language of what is written to her.
    pub const fn of_messages(self) -> jobnet_messages::Language {
        match self {
            Self::Danish => jobnet_messages::Language::Da,
            Self::English => jobnet_messages::Language::En,
        }
    }

    /// The language of a code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// Its name, in itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Danish => "Dansk",
            Self::English => "English",
        }
    }

    /// Its texts.
    pub fn messages(self) -> &'static Messages {
        match self {
            Self::Danish => &da::MESSAGES,
            Self::English => english::there().map_or(&da::MESSAGES, |english| english.messages),
        }
    }

    /// Its pages of prose.
    pub const fn prose(self) -> &'static Prose {
        match self {
            Self::Danish => &da::PROSE,
            Self::English => &en::PROSE,
        }
    }
}

/// The language of the page being built. A change of language builds the page anew, so a
/// component reads it once and needs no closure around a text.
pub fn language() -> Language {
    use_context::<Preferences>().map(Preferences::language_untracked).unwrap_or_default()
}

/// The texts of the page being built; see [`language`].
pub fn messages() -> &'static Messages {
    language().messages()
}
