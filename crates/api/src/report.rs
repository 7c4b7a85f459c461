//! “Her mangler timer”: a citizen says that hours are missing. A remark, never data.

use chrono::{DateTime, Utc};
use jobnet_rules::units::{Hours, Month};
use serde::{Deserialize, Serialize};

/// The longest note accepted, in characters.
pub const MAX_NOTE_CHARS: usize = 900;

/// Body of a new report; sent with an `Idempotency-Key`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewHoursReport {
    /// The month that lacks hours.
    pub month: Month,
    /// The hours she says she worked, if she knows.
    pub worked_hours: Option<Hours>,
    /// Her own words, at most [`MAX_NOTE_CHARS`].
    #[cfg_attr(feature = "openapi", schema(max_length = 900))]
    pub note: String,
}

/// A stored report: also its receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HoursReport {
    /// Number of the receipt.
    pub id: String,
    /// When it was stored.
    #[serde(deserialize_with = "crate::instant::read")]
    pub received_at: DateTime<Utc>,
    /// Who will get it.
    pub recipient: String,
    /// The month that lacks hours.
    pub month: Month,
    /// The hours she says she worked.
    pub worked_hours: Option<Hours>,
    /// Her own words.
    pub note: String,
}
