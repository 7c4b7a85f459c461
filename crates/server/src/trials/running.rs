//! The trials that decide what is shown now, and those that have begun, whatever became of them. Whether
//! one is still running is asked for every answer, so that a pause counts at once at every server; its
//! protocol is read again only when it changed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Europe::Copenhagen;
use jobnet_trials::protocol::life::State;
use jobnet_trials::protocol::{Protocol, Trigger};
use jobnet_trials::randomise::Seed;
use sea_orm::{EntityTrait, QueryOrder, QuerySelect};

use super::rows::trial;
use super::{TrialError, seed, store};
use crate::db::Database;
use crate::keys::Keyring;

/// A trial that may decide something.
#[derive(Debug)]
pub struct Running {
    /// Its number in the database.
    pub id: i32,
    /// The version it was read at.
    pub version: i32,
    /// Its protocol, as amended.
    pub protocol: Protocol,
    /// Its seed.
    pub seed: Seed,
    /// When it was closed, if it is.
    pub closed: Option<DateTime<Utc>>,
}

/// A trial that has begun: it runs, is paused, or has ended.
#[derive(Debug)]
pub struct Begun {
    /// Its number in the database.
    pub id: i32,
    /// Its protocol, as amended.
    pub protocol: Protocol,
    /// When it was closed, if it is.
    pub closed: Option<DateTime<Utc>>,
}

impl Begun {
    /// Whether a day of enrolment is still to come, or is this one: also in a pause, after which the days
    /// go on.
    pub(crate) fn may_still_enrol(&self, today: NaiveDate) -> bool {
        self.closed.is_none() && today <= self.protocol.ends
    }

    /// Whether something is still measured of a unit that was enrolled then: the trial has not closed, or
    /// the last day of what is measured of her is not over.
    pub(crate) fn measures(&self, enrolled: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        let outcomes = self.protocol.outcomes.iter().map(|outcome| outcome.after_days);
        let follow_up = self.protocol.follow_up.iter().map(|follow_up| follow_up.after_days);
        let days = outcomes.chain(follow_up).max().unwrap_or_default();
        let day = |at: DateTime<Utc>| at.with_timezone(&Copenhagen).date_naive();
        let last = day(enrolled).checked_add_days(Days::new(days.into()));
        self.closed.is_none() || last.is_none_or(|last| day(now) <= last)
    }
}

/// A trial at a version.
#[derive(Clone, Debug)]
struct Known {
    version: i32,
    /// `None`: it decided nothing then.
    serves: Option<Arc<Running>>,
    /// `None`: it had not begun.
    begun: Option<Arc<Begun>>,
}

/// What this server remembers of them, by their numbers.
#[derive(Debug, Default)]
pub struct Serving(Mutex<BTreeMap<i32, Known>>);

impl Serving {
    /// The trials that enrol or serve now: those that run, and of those that are closed the ones
    /// whose control arm gets its turn then.
    ///
    /// # Errors
    /// When the database fails or a seed cannot be opened.
    pub async fn now(
        &self,
        database: &Database,
        keys: &Keyring,
    ) -> Result<Vec<Arc<Running>>, TrialError> {
        let known = self.known(database, keys).await?;
        Ok(known.into_iter().filter_map(|known| known.serves).collect())
    }

    /// The trials that have begun, whatever became of them.
    ///
    /// # Errors
    /// As [`Self::now`].
    pub async fn begun(
        &self,
        database: &Database,
        keys: &Keyring,
    ) -> Result<Vec<Arc<Begun>>, TrialError> {
        let known = self.known(database, keys).await?;
        Ok(known.into_iter().filter_map(|known| known.begun).collect())
    }

    async fn known(&self, database: &Database, keys: &Keyring) -> Result<Vec<Known>, TrialError> {
        let versions: Vec<(i32, i32)> = trial::Entity::find()
            .select_only()
            .columns([trial::Column::Id, trial::Column::Version])
            .order_by_asc(trial::Column::Id)
            .into_tuple()
            .all(database.read())
            .await?;
        let mut all = Vec::new();
        for (id, version) in versions {
            let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned();
            match known {
                Some(known) if known.version == version => all.push(known),
                _ => all.extend(self.read(database, keys, id).await?),
            }
        }
        Ok(all)
    }

    async fn read(
        &self,
        database: &Database,
        keys: &Keyring,
        id: i32,
    ) -> Result<Option<Known>, TrialError> {
        let Some(row) = trial::Entity::find_by_id(id).one(database.read()).await? else {
            return Ok(None);
        };
        let version = row.version;
        let stored = store::read(database.read(), row).await?;
        let protocol = stored.trial.amended();
        let waits = protocol.delayed.as_ref();
        let waits = waits.is_some_and(|delayed| {
            matches!(delayed.trigger, Trigger::Closed {} | Trigger::ClosedStill { .. })
        });
        let is_on = match stored.trial.state() {
            State::Running => true,
            State::Closed | State::Reported => waits,
            State::Draft | State::Registered | State::Paused => false,
        };
        let closed = stored.trial.closed().map(|(at, _)| at);
        let begun = match stored.trial.state() {
            State::Draft | State::Registered => None,
            State::Running | State::Paused | State::Closed | State::Reported => {
                Some(Arc::new(Begun { id, protocol: protocol.clone(), closed }))
            }
        };
        let serves = if is_on {
            let seed = seed::open(database.read(), keys, id).await?;
            Some(Arc::new(Running { id, version, protocol, seed, closed }))
        } else {
            None
        };
        let known = Known { version, serves, begun };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id, known.clone());
        Ok(Some(known))
    }
}
