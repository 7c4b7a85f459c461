//! The words of a protocol: for citizens in both languages, for researchers in one.

use serde::{Deserialize, Serialize};

/// A text in both languages of the interface.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// Danish.
    pub da: String,
    /// English.
    pub en: String,
}

/// What citizens are told about a trial.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PublicWords {
    /// Its title.
    pub title: Bilingual,
    /// Why it is done.
    pub why: Bilingual,
    /// What is compared.
    pub compared: Bilingual,
    /// Who decided it.
    pub decided_by: Bilingual,
    /// How to object.
    pub objection: Bilingual,
}

/// Narrative that a report of a trial must have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Statements {
    /// Why it is needed and how it should work (item 6).
    pub rationale: String,
    /// Who pays, and what say they have (item 5a).
    pub funding: String,
    /// Interests of those who run it (item 5b).
    pub conflicts: String,
    /// How those it concerns took part (item 8).
    pub involvement: String,
    /// Which harms are looked for and how (item 15).
    pub harms: String,
    /// Who does not know the arm (item 20).
    pub blinding: String,
    /// How missing data are treated (item 21c).
    pub missing_data: String,
    /// Where data and code can be had (item 4).
    pub data_sharing: String,
}
