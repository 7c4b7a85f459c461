//! The models as anyone may see them: each file with its evaluation, the one that is used, and the
//! law on which it runs.
//!
//! It must not know of any citizen.

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_profiling::card::Card;
use jobnet_profiling::drift::Drift;
use jobnet_profiling::model::Model;
use serde::{Deserialize, Serialize};

use crate::profile::LegalBasis;

/// Every model that is delivered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Models {
    /// Key of the model that is used.
    pub default: String,
    /// The law on which it runs; `None`: it does not.
    pub legal_basis: Option<LegalBasis>,
    /// The models.
    pub models: Vec<PublishedModel>,
}

/// A model with what proves which it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublishedModel {
    /// SHA-256 of its file, hexadecimal; a profile names it.
    pub digest: String,
    /// What stands in its file.
    pub model: Model,
    /// What it uses and does not, it beside the others, what to keep in mind.
    pub card: Card,
    /// What came of its estimates in the newest period that says whether it holds, or of too few
    /// people where none does; `None`: nobody has looked.
    #[serde(default)]
    pub watched: Option<Watched>,
}

/// What came of a model's estimates in a period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Watched {
    /// First day on which the people registered, or on which their forms were received.
    #[serde(deserialize_with = "jobnet_rules::day::read")]
    pub from: NaiveDate,
    /// Last day.
    #[serde(deserialize_with = "jobnet_rules::day::read")]
    pub to: NaiveDate,
    /// When it was looked at.
    #[serde(deserialize_with = "crate::instant::read")]
    pub at: DateTime<Utc>,
    /// How many people the model said nothing of. They are not in the figures.
    pub no_profile: u32,
    /// What came of the others.
    pub drift: Drift,
}
