//! The word of what was really shown of a profile, a receipt or a checklist because of a trial.
//!
//! It must not know which arm was drawn: what was shown may differ from it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::arm::Viewport;
use crate::profile::{ProfilePresentation, ReceiptText};

/// What was shown, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "surface", deny_unknown_fields)]
pub enum ProfileShown {
    /// Her newest profile.
    Profile {
        /// How it was really presented.
        presentation: ProfilePresentation,
    },
    /// A receipt of the form.
    Receipt {
        /// Its text.
        text: ReceiptText,
    },
    /// Her checklist.
    Checklist {},
}

/// What she opened beyond what was shown first. In every arm all of it is one click away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProfileOpened {
    /// The profile itself, where it is shown only when she asks.
    Asked,
    /// The figures as a table.
    Table,
    /// What moved the result.
    Factors,
    /// What another answer would change.
    WhatIf,
    /// The model card.
    Model,
}

/// Body of the word that one of these was really shown: at least half of it on screen for a second. The
/// same for the same unit and day again changes nothing, but that what was opened is added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProfileExposure {
    /// Key of the trial.
    pub trial: String,
    /// What was shown, and where.
    pub shown: ProfileShown,
    /// Ids of the texts that were shown.
    pub text_ids: Vec<String>,
    /// Hash of the drawing's spec (hexadecimal), if something was drawn.
    pub drawing: Option<String>,
    /// Build of the page.
    pub build: String,
    /// How wide her window was.
    pub viewport: Viewport,
    /// When it had been on screen for a second, by her clock; the server notes its own as well.
    #[serde(deserialize_with = "crate::instant::read")]
    pub shown_at: DateTime<Utc>,
    /// What she opened.
    #[serde(default)]
    pub opened: Vec<ProfileOpened>,
}
