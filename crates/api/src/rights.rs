//! The citizen's timeline of rights, duties and deadlines. Its entries are the rules' own
//! (docs/decisions/0001).

use jobnet_rules::rights::Timeline;
use serde::{Deserialize, Serialize};

/// Her timeline, and what makes its calendar hers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyRights {
    /// What is coming, what holds all the time, what has happened.
    pub timeline: Timeline,
    /// Ends the names of her events in a calendar, so that two people's events are never the same
    /// one: a keyed hash, which says nothing of her and is the same every day.
    pub calendar_key: String,
}

/// The same for her caseworker, who takes no calendar away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CitizenRights {
    /// What is coming, what holds all the time, what has happened.
    pub timeline: Timeline,
}
