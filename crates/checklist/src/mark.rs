//! What she says of an item. It is hers: nobody else sees it unless she shares it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The longest note to herself, in characters.
pub const MAX_NOTE_CHARS: usize = 500;

/// What she says of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ChecklistMark))]
pub struct Mark {
    /// How far she is.
    pub state: State,
    /// A note to herself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 500))]
    pub note: Option<String>,
}

/// How far she is with an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ChecklistState))]
#[serde(rename_all = "snake_case", tag = "type", deny_unknown_fields)]
pub enum State {
    /// Not begun.
    Open {},
    /// She has done it.
    Done {},
    /// It is not for her.
    NotForMe {
        /// Why.
        reason: Reason,
    },
    /// She will look at it again.
    Later {
        /// When it comes up again; not before the day on which she says so.
        until: NaiveDate,
    },
}

impl Default for State {
    fn default() -> Self {
        Self::Open {}
    }
}

/// Why an item is not for her.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ChecklistReason))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// She has a job that has not begun.
    HasJob,
    /// She has it settled in another way.
    Otherwise,
    /// It does not fit her trade.
    NotMyTrade,
    /// Her health does not allow it.
    Health,
    /// Something else; she need not say what.
    Other,
}

/// A mark that cannot stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MarkError {
    /// A note that is too long.
    #[error("a note is at most {MAX_NOTE_CHARS} characters long")]
    LongNote,
    /// “Later” is a day that has passed.
    #[error("{0} has passed")]
    Past(NaiveDate),
    /// “Later” is more than a year away.
    #[error("{0} is more than a year away")]
    TooLate(NaiveDate),
}

impl Mark {
    /// Whether it can stand, said on a day.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn check(&self, today: NaiveDate) -> Result<(), MarkError> {
        if self.note.as_ref().is_some_and(|note| note.chars().count() > MAX_NOTE_CHARS) {
            return Err(MarkError::LongNote);
        }
        match self.state {
            State::Later { until } if until < today => Err(MarkError::Past(until)),
            State::Later { until } if (until - today).num_days() > 366 => {
                Err(MarkError::TooLate(until))
            }
            _ => Ok(()),
        }
    }
}
