//! The trials a citizen may know of, and her objection to one.

use chrono::{DateTime, Utc};
use chrono_tz::Europe::Copenhagen;
use jobnet_api::my_trials::MyTrial;
use jobnet_trials::protocol::Disclosure;
use jobnet_trials::protocol::life::{Any, State};
use sea_orm::ConnectionTrait;

use super::enrol::{self, Enrolled};
use super::store::{self, Stored};
use super::{TrialError, unit};
use crate::db::Database;

/// The trials that may be shown to whom they concern: those that are open from their start on, those
/// that are withheld once they have ended.
///
/// # Errors
/// When the database fails.
pub async fn visible(connection: &impl ConnectionTrait) -> Result<Vec<Stored>, TrialError> {
    let mut trials = store::list(connection).await?;
    trials.retain(|stored| {
        let disclosure = stored.trial.protocol().disclosure;
        match stored.trial.state() {
            State::Draft | State::Registered => false,
            State::Running | State::Paused => disclosure == Disclosure::Open,
            State::Closed | State::Reported => true,
        }
    });
    Ok(trials)
}

/// The trials a citizen is in, as far as she may know of them, in the order in which they were made.
///
/// # Errors
/// When the database fails.
pub async fn of_citizen(
    connection: &impl ConnectionTrait,
    citizen: i32,
) -> Result<Vec<MyTrial>, TrialError> {
    let mut mine = Vec::new();
    for stored in visible(connection).await? {
        if let Some(enrolled) = enrol::find(connection, stored.id, citizen).await? {
            mine.push(told(&stored, &enrolled)?);
        }
    }
    Ok(mine)
}

/// Notes that she objects to a trial she is in, and tells of it as it is for her then. `None`: she is
/// in none of this key that she may know of. Once she has objected nothing changes any more.
///
/// # Errors
/// When the database fails.
pub async fn object(
    database: &Database,
    citizen: i32,
    key: &str,
    now: DateTime<Utc>,
) -> Result<Option<MyTrial>, TrialError> {
    let trials = visible(database.read()).await?;
    let Some(stored) = trials.iter().find(|one| one.trial.protocol().key.as_str() == key) else {
        return Ok(None);
    };
    if enrol::find(database.read(), stored.id, citizen).await?.is_none() {
        return Ok(None);
    }
    unit::object(database, stored.id, citizen, now).await?;
    let enrolled = enrol::find(database.read(), stored.id, citizen).await?;
    enrolled.map(|enrolled| told(stored, &enrolled)).transpose()
}

fn told(stored: &Stored, enrolled: &Enrolled) -> Result<MyTrial, TrialError> {
    let protocol = stored.trial.amended();
    let day = |at: DateTime<Utc>| at.with_timezone(&Copenhagen).date_naive();
    let closed = stored.trial.closed().map(|(at, _)| at);
    let key = enrolled.arm.parse().map_err(TrialError::stored)?;
    let arm = protocol.arm(&key).filter(|_| closed.is_some());
    Ok(MyTrial {
        state: stored.trial.state(),
        since: enrolled.at,
        ends: protocol.ends,
        closed_on: closed.map(day),
        objected_on: enrolled.objected_at.map(day),
        arm: arm.map(|arm| arm.name.clone()),
        found: match &stored.trial {
            Any::Reported(trial) => Some(trial.found().clone()),
            _ => None,
        },
        key: protocol.key,
        public: protocol.public,
    })
}
