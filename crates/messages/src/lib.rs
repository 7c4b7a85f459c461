//! What is written to a citizen: letters, e-mails and text messages, once per language.
//!
//! Pure. It must not know how a message is sent, to whom, or why; nor how a letter looks.

#![forbid(unsafe_code)]

pub mod letter;
pub mod words;

use serde::{Deserialize, Serialize};

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
