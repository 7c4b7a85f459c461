//! The trials a citizen is in, as she is told of them.

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_trials::protocol::life::State;
use jobnet_trials::protocol::{Bilingual, Key, PublicWords};
use serde::{Deserialize, Serialize};

/// One trial she is in. A trial that is withheld is told of once it has ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyTrial {
    /// Its key.
    pub key: Key,
    /// What it is, why, what is compared, who decided it, how to object.
    pub public: PublicWords,
    /// Where it is in its life.
    pub state: State,
    /// When a lot was drawn for her.
    #[serde(deserialize_with = "crate::instant::read")]
    pub since: DateTime<Utc>,
    /// The last day on which anyone is enrolled; what she is shown may go on until it is closed.
    #[serde(deserialize_with = "jobnet_rules::day::read")]
    pub ends: NaiveDate,
    /// The day it was closed, Danish time; `None`: it has not ended.
    #[serde(default, deserialize_with = "jobnet_rules::day::read_option")]
    pub closed_on: Option<NaiveDate>,
    /// The day she objected, Danish time: since then she gets the ordinary page.
    #[serde(default, deserialize_with = "jobnet_rules::day::read_option")]
    pub objected_on: Option<NaiveDate>,
    /// What was drawn for her, once it has ended: before, it could change what is measured.
    pub arm: Option<Bilingual>,
    /// What was found, once it is told.
    pub found: Option<Bilingual>,
}
