//! “Vis som borgeren ser det”: a caseworker asks to see the citizen's account as the citizen has it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::arm::Arm;

/// Body of a request to see an account as the citizen sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewUnblinding {
    /// Why, 1 to [`MAX_REASON_CHARS`](crate::casework::MAX_REASON_CHARS) characters; the citizen can
    /// read it.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 900))]
    pub reason: String,
}

/// What the citizen is shown. It was recorded before this was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = CaseworkUnblinding))]
pub struct Unblinding {
    /// When it was asked for.
    #[serde(deserialize_with = "crate::instant::read")]
    pub at: DateTime<Utc>,
    /// What a trial decides about her account; `None`: she has the ordinary page, or telling it would
    /// tell what the next citizen gets. Which of the two is not said.
    pub arm: Option<Arm>,
}
