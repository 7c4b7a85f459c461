//! What is written to a citizen: letters, e-mails and text messages, once per language.
//!
//! Pure. It must not know how a message is sent, to whom, or why; nor how a letter looks.

#![forbid(unsafe_code)]

mod fill;
pub mod form;
pub mod letter;
pub mod receipts;
mod texts;
pub mod words;

use serde::{Deserialize, Serialize};

pub use fill::fill;

/// A language in which is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = MessageLanguage))]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Danish.
    Da,
    /// English.
    En,
}

/// What the site is called in Danish.
pub const SITE_DA: &str = "Min ledighed";
/// What the site is called in English.
pub const SITE_EN: &str = "My unemployment";

impl Language {
    /// What the site is called.
    pub const fn site(self) -> &'static str {
        match self {
            Self::Da => SITE_DA,
            Self::En => SITE_EN,
        }
    }
}
