//! The job-search checklist: her list, what she says of it, and whether her caseworker may see it.
//!
//! Which items there are and by when is for `jobnet-checklist`; who has a list at all may be for the
//! arm of a trial, and that is for the server.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_checklist::item::{Item, Phase};
use jobnet_checklist::mark::{Mark, State};
use jobnet_checklist::plan::{Entry, Progress};
use serde::{Deserialize, Deserializer, Serialize};

/// Her list. Whoever has none gets the same answer as for an address that does not exist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyChecklist {
    /// The day on which it was made.
    #[serde(deserialize_with = "jobnet_rules::day::read")]
    pub today: NaiveDate,
    /// Where she is.
    pub phase: Phase,
    /// The items, in the order in which they are shown.
    pub entries: Vec<Entry>,
    /// How far she is.
    pub progress: Progress,
    /// What she has said of each.
    pub marks: BTreeMap<Item, SavedMark>,
    /// What has changed since she looked last.
    pub news: Vec<Item>,
    /// The day on which she looked last, before this one; `None`: she has not.
    #[serde(default, deserialize_with = "jobnet_rules::day::read_option")]
    pub seen_on: Option<NaiveDate>,
    /// Her caseworker may see it.
    pub is_shared: bool,
    /// The trial that gave it to her, to say what was shown.
    pub trial: Option<String>,
}

/// What she has said of an item, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedMark {
    /// What she said.
    #[serde(flatten)]
    pub mark: Mark,
    /// When.
    #[serde(deserialize_with = "crate::instant::read")]
    pub made_at: DateTime<Utc>,
}

/// Body of what she says of an item. It may arrive late, and more than once: what she said last
/// stands, and the answer is what stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewMark {
    /// What she says.
    #[serde(deserialize_with = "closed_mark")]
    pub mark: Mark,
    /// When she said it, by her clock. A later moment than now counts as now.
    #[serde(deserialize_with = "crate::instant::read")]
    pub made_at: DateTime<Utc>,
}

/// A mark with nothing in it that is not understood. The type itself takes more: in [`SavedMark`] other
/// fields stand beside its own.
fn closed_mark<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Mark, D::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Closed {
        state: State,
        #[serde(default)]
        note: Option<String>,
    }
    let Closed { state, note } = Closed::deserialize(deserializer)?;
    Ok(Mark { state, note })
}

/// Body of whether her caseworker may see the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Sharing {
    /// She may.
    pub is_shared: bool,
}

/// A citizen's list as her caseworker sees it, if she shares it. Her notes are not in it, nor why an
/// item is not for her.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CitizenChecklist {
    /// Where she is.
    pub phase: Phase,
    /// The items.
    pub entries: Vec<Entry>,
    /// How far she is.
    pub progress: Progress,
}
