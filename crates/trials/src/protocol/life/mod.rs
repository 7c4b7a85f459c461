//! The life of a trial: draft → registered → running ⇄ paused → closed → reported.
//!
//! Each step is a type, and only the steps above have a method: another one cannot be written. What
//! is stored is the list of events; [`Any::replay`] makes the trial of it. From registration on the
//! protocol is locked; what must change is an [`Amendment`] that stands beside it for ever.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

mod steps;

use super::check::Finding;
use super::{Bilingual, Digest, Outcome, Protocol};

/// A trial in one state of its life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial<S> {
    protocol: Protocol,
    amendments: Vec<Amendment>,
    state: S,
}

/// It may still be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draft;

/// What locks a trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Seal {
    /// Of the protocol as registered.
    pub protocol: Digest,
    /// Of the seed, which is told when the trial is reported.
    pub seed: Digest,
    /// When.
    pub at: DateTime<Utc>,
}

/// Locked, not begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Registered {
    seal: Seal,
}

/// Enrolling and serving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Running {
    seal: Seal,
    started: DateTime<Utc>,
}

/// Nobody is enrolled, everyone gets the ordinary page. This is the kill switch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paused {
    seal: Seal,
    started: DateTime<Utc>,
    why: String,
}

/// Over; outcomes may be looked at by arm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    seal: Seal,
    started: DateTime<Utc>,
    closed: DateTime<Utc>,
    why: String,
}

/// What was found is told, and the seed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    closed: Closed,
    found: Bilingual,
}

/// A change after registration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Amendment {
    /// What changes.
    #[serde(deserialize_with = "super::named::read")]
    pub change: Change,
    /// Why.
    pub why: String,
    /// Whether anyone had seen outcomes by arm.
    pub unblinding: Unblinding,
}

/// What may change after registration. Arms, weights, strata and who may be in it cannot: that is
/// another trial.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "type", try_from = "Fields")]
pub enum Change {
    /// The last day of enrolment.
    Ends {
        /// The new one.
        ends: NaiveDate,
    },
    /// The number of units.
    Units {
        /// The new one.
        #[cfg_attr(feature = "openapi", schema(format = Int64, minimum = 0, maximum = 4_294_967_295_u32))]
        units: u32,
    },
    /// One more outcome, never a primary one.
    Outcome {
        /// It.
        outcome: Outcome,
    },
    /// Something in the text.
    Words {
        /// What it says now.
        words: String,
    },
}

/// The fields of every [`Change`]. Read so, and not by its tag, it needs a tenth of the code: a tag
/// may stand anywhere, so everything is kept until it is found.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    #[serde(rename = "type")]
    kind: ChangeKind,
    ends: Option<NaiveDate>,
    units: Option<u32>,
    outcome: Option<Outcome>,
    words: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum ChangeKind {
    Ends,
    Units,
    Outcome,
    Words,
}

impl TryFrom<Fields> for Change {
    type Error = &'static str;

    fn try_from(fields: Fields) -> Result<Self, Self::Error> {
        let Fields { kind, ends, units, outcome, words } = fields;
        match (kind, ends, units, outcome, words) {
            (ChangeKind::Ends, Some(ends), None, None, None) => Ok(Self::Ends { ends }),
            (ChangeKind::Units, None, Some(units), None, None) => Ok(Self::Units { units }),
            (ChangeKind::Outcome, None, None, Some(outcome), None) => Ok(Self::Outcome { outcome }),
            (ChangeKind::Words, None, None, None, Some(words)) => Ok(Self::Words { words }),
            _ => Err("a change has exactly the field of its type"),
        }
    }
}

/// Whether anyone had seen outcomes by arm when a change was made (CONSORT 2025, item 10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unblinding {
    /// Nobody had.
    Before,
    /// Someone had.
    After,
}

/// The name of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It may still be changed.
    Draft,
    /// Locked, not begun.
    Registered,
    /// Enrolling and serving.
    Running,
    /// Stopped for now.
    Paused,
    /// Over.
    Closed,
    /// Told.
    Reported,
}

/// Something that happened to a trial.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "type", deny_unknown_fields)]
pub enum Event {
    /// It was locked.
    Registered {
        /// Digest of the protocol.
        protocol: Digest,
        /// Digest of the seed.
        seed: Digest,
    },
    /// It began.
    Started {},
    /// It was stopped for now.
    Paused {
        /// Why.
        why: String,
    },
    /// It goes on.
    Resumed {},
    /// It is over.
    Closed {
        /// Why now (item 23b).
        why: String,
    },
    /// What was found is told.
    Reported {
        /// It, for citizens.
        found: Bilingual,
    },
    /// It was changed.
    Amended {
        /// How.
        amendment: Amendment,
    },
}

/// An event and its time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Entry {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub event: Event,
}

/// Why a step cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// There is no such step from here.
    #[error("a {from:?} trial cannot be {to}")]
    NoSuchStep {
        /// Where it is.
        from: State,
        /// The event's name.
        to: &'static str,
    },
    /// The protocol is not complete.
    #[error("the protocol is not complete: {}", steps::list(.0))]
    Incomplete(Vec<Finding>),
    /// The protocol is not the one that was locked.
    #[error("the protocol's digest is {found}, it was registered as {registered}")]
    AnotherProtocol {
        /// Registered.
        registered: Digest,
        /// Now.
        found: Digest,
    },
    /// A reason is missing.
    #[error("a reason is missing")]
    NoReason,
    /// A primary outcome cannot be added afterwards.
    #[error("a primary outcome cannot be added after registration")]
    PrimaryOutcome,
    /// An outcome has the key of another, or does not say what is measured.
    #[error("an outcome that is added needs a key of its own and says what is measured")]
    BadOutcome,
    /// As amended it could not be registered.
    #[error("the change cannot be made: {}", steps::list(.0))]
    BadChange(Vec<Finding>),
    /// The serialiser's word.
    #[error("the protocol cannot be written: {0}")]
    Unwritable(String),
    /// The events of a trial that was stored do not follow each other in time.
    #[error("an event is older than the one before it")]
    OutOfOrder,
}

/// A trial in any state, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Any {
    /// See [`Draft`].
    Draft(Trial<Draft>),
    /// See [`Registered`].
    Registered(Trial<Registered>),
    /// See [`Running`].
    Running(Trial<Running>),
    /// See [`Paused`].
    Paused(Trial<Paused>),
    /// See [`Closed`].
    Closed(Trial<Closed>),
    /// See [`Reported`].
    Reported(Trial<Reported>),
}
