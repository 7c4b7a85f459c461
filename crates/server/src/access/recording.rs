//! What a handler says of those whose data it shows when no address names them, and how it records
//! them itself where it changes something.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, Utc};
use jobnet_api::access::{Category, Purpose, Relation};

use super::{entry, unrecorded};
use crate::problem::Failure;
use crate::record::{Entry, Recorder};
use crate::relation::Subject;
use crate::session::Session;

/// Whose data a handler shows when no address names her: put on its answer, recorded before it is
/// sent. On an answer that is no success: what was attempted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The citizens.
    pub citizens: Vec<i32>,
    /// How they stand to who asks.
    pub relation: Relation,
    /// Why she looks.
    pub purpose: Purpose,
    /// Why, in her own words.
    pub reason: Option<String>,
    /// What was searched for; without CPR numbers. `None`: nothing was searched for.
    pub criterion: Option<String>,
}

/// The record of one request, for a handler that changes something
/// ([`Record::First`](super::Record::First)). It writes before the change, else its answer is not
/// sent.
#[derive(Clone, Debug)]
pub struct Recording {
    pub(super) recorder: Recorder,
    pub(super) session: Session,
    pub(super) category: Category,
    pub(super) at: DateTime<Utc>,
    pub(super) is_written: Arc<AtomicBool>,
}

impl Recording {
    /// Records what will be shown. When this returns, it is stored.
    ///
    /// # Errors
    /// When it cannot be recorded: then nothing may be changed or shown.
    pub async fn write(&self, shown: &Shown) -> Result<(), Failure> {
        self.record(shown, true).await?;
        self.is_written.store(true, Ordering::Release);
        Ok(())
    }

    /// Records what was attempted and is refused.
    ///
    /// # Errors
    /// When it cannot be recorded.
    pub async fn refuse(&self, shown: &Shown) -> Result<(), Failure> {
        self.record(shown, false).await
    }

    async fn record(&self, shown: &Shown, allowed: bool) -> Result<(), Failure> {
        let entries = entries(&self.session, shown, self.category, allowed, self.at);
        self.recorder.write(entries).await.map_err(unrecorded)
    }

    pub(super) fn is_written(&self) -> bool {
        self.is_written.load(Ordering::Acquire)
    }
}

/// The search itself, if it was one, and a line for each citizen who was shown.
pub(super) fn entries(
    session: &Session,
    shown: &Shown,
    category: Category,
    allowed: bool,
    at: DateTime<Utc>,
) -> Vec<Entry> {
    let line = |citizen: Option<i32>| {
        let reason = shown.reason.clone();
        let subject = Subject { citizen, relation: shown.relation, reason, last_day: None };
        Entry { purpose: shown.purpose, ..entry(session, &subject, category, allowed, at) }
    };
    let criterion = shown.criterion.clone();
    let search = criterion.map(|criterion| Entry { criterion: Some(criterion), ..line(None) });
    search.into_iter().chain(shown.citizens.iter().map(|citizen| line(Some(*citizen)))).collect()
}
