//! The models as anyone may see them: each file with its evaluation, the one that is used, and the
//! law on which it runs.
//!
//! It must not know of any citizen.

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
}
