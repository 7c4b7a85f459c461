//! Trials as the server keeps and runs them: the protocol and its steps, the sealed seed, the
//! ledger of who got what, and what was really shown. What a trial is and how lots are drawn is
//! `jobnet-trials`'.
//!
//! It must not know of routes or pages. Nothing here may tell the arm of a citizen to anyone but
//! her own page, and the caseworker whose look is recorded as unblinding (`unblinding.rs`).

pub mod arm;
pub mod baseline;
pub mod catalogue;
mod codebook;
mod draw;
pub mod enrol;
pub mod export;
pub mod exposure;
pub mod ledger;
pub mod mine;
pub mod ratio;
mod regions;
#[allow(unreachable_pub, reason = "what the entity macros make must be public")]
mod rows;
mod running;
pub mod seed;
pub mod store;
pub mod telling;
pub mod unblinding;
pub mod unit;
pub mod verify;
pub mod watch;

pub use running::{Begun, Running, Serving};

use jobnet_trials::protocol::life::Refused;
use jobnet_trials::randomise::BadDesign;
use sea_orm::DbErr;

use crate::keys::KeyError;

/// Why something cannot be done with a trial. Nothing was changed then.
#[derive(Debug, thiserror::Error)]
pub enum TrialError {
    /// There is none of this key.
    #[error("there is no trial “{0}”")]
    Unknown(String),
    /// A new draft has the key of another trial.
    #[error("there is already a trial “{0}”")]
    Taken(String),
    /// Somebody else changed the draft.
    #[error("the draft is at version {found}, not {asked}: somebody else has changed it")]
    Changed {
        /// The version the change was made from.
        asked: u32,
        /// The version it is at.
        found: u32,
    },
    /// It is registered, so that its protocol is locked.
    #[error("the trial is registered: its protocol is locked, and changes are amendments")]
    Locked,
    /// It is a draft: there is no seed and no ledger.
    #[error("the trial “{0}” is not registered")]
    NotRegistered(String),
    /// It is not over, so that no outcome is told.
    #[error("the trial “{0}” is not closed: before that no outcome is told")]
    NotClosed(String),
    /// The step cannot be taken.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Two trials would decide the same surface.
    #[error("the trial “{0}” decides the same surface and is not closed")]
    SurfaceTaken(String),
    /// The seed cannot be sealed or opened.
    #[error("the seed of the trial: {0}")]
    Keys(#[from] KeyError),
    /// The design gives no lots.
    #[error(transparent)]
    Design(#[from] BadDesign),
    /// The database holds what this program cannot have written.
    #[error("the database holds what cannot be read: {0}")]
    Stored(String),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] DbErr),
}

impl TrialError {
    pub(crate) fn stored(why: impl ToString) -> Self {
        Self::Stored(why.to_string())
    }
}
