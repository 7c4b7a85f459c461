//! The trials a citizen may know of.

use chrono_tz::Europe::Copenhagen;
use jobnet_api::my_trials::MyTrial;
use jobnet_trials::protocol::Disclosure;
use jobnet_trials::protocol::life::{Any, State};
use sea_orm::ConnectionTrait;

use super::store::{self, Stored};
use super::{TrialError, enrol};

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
        let Some(enrolled) = enrol::find(connection, stored.id, citizen).await? else { continue };
        let protocol = stored.trial.amended();
        let closed = stored.trial.closed().map(|(at, _)| at);
        let key = enrolled.arm.parse().map_err(TrialError::stored)?;
        let arm = protocol.arm(&key).filter(|_| closed.is_some());
        mine.push(MyTrial {
            state: stored.trial.state(),
            since: enrolled.at,
            ends: protocol.ends,
            closed_on: closed.map(|at| at.with_timezone(&Copenhagen).date_naive()),
            objected: enrolled.objected,
            arm: arm.map(|arm| arm.name.clone()),
            found: match &stored.trial {
                Any::Reported(trial) => Some(trial.found().clone()),
                _ => None,
            },
            key: protocol.key,
            public: protocol.public,
        });
    }
    Ok(mine)
}
