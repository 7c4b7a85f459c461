//! The trials a citizen may know of, and her objection to one.

use chrono::{DateTime, Utc};
use chrono_tz::Europe::Copenhagen;
use jobnet_api::my_trials::{MyTrial, Proof, RegisteredTrial};
use jobnet_trials::protocol::life::{Any, State};
use jobnet_trials::protocol::{Bilingual, Disclosure};
use sea_orm::ConnectionTrait;

use super::enrol::{self, Enrolled};
use super::store::{self, Stored};
use super::{TrialError, seed, unit};
use crate::db::Database;
use crate::keys::Keyring;

/// The trials that may be shown to whom they concern: those that are open from their start on, those
/// that are withheld once they have ended.
///
/// A trial ends when it is closed, also for those of whom something is measured after that. Her right to
/// know does not wait for the last register, and the control group is not undone: what an arm withholds
/// stays withheld (`arm::is_withheld`), and a letter that control waits for comes after the end in any
/// case. Whoever does not want it known before everything is measured closes the trial then: enrolment
/// ends by its own day.
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
    keys: &Keyring,
    citizen: i32,
) -> Result<Vec<MyTrial>, TrialError> {
    let mut mine = Vec::new();
    for stored in visible(connection).await? {
        if let Some(enrolled) = enrol::find(connection, stored.id, citizen).await? {
            mine.push(told(&stored, &enrolled, proof(connection, keys, &stored).await?)?);
        }
    }
    Ok(mine)
}

/// The register that everyone may read: the trials that are open from their registration on, those that
/// are withheld once they have ended, in the order in which they were made.
///
/// # Errors
/// When the database fails.
pub async fn register(
    connection: &impl ConnectionTrait,
    keys: &Keyring,
) -> Result<Vec<RegisteredTrial>, TrialError> {
    let mut register = Vec::new();
    for stored in store::list(connection).await? {
        let is_over = matches!(stored.trial.state(), State::Closed | State::Reported);
        let is_open = stored.trial.protocol().disclosure == Disclosure::Open;
        if stored.trial.state() == State::Draft || !(is_open || is_over) {
            continue;
        }
        let protocol = stored.trial.amended();
        register.push(RegisteredTrial {
            proof: proof(connection, keys, &stored).await?,
            state: stored.trial.state(),
            found: found(&stored),
            key: protocol.key,
            public: protocol.public,
            protocol: (stored.trial.state() == State::Reported)
                .then(|| stored.trial.protocol().clone()),
        });
    }
    Ok(register)
}

async fn proof(
    connection: &impl ConnectionTrait,
    keys: &Keyring,
    stored: &Stored,
) -> Result<Proof, TrialError> {
    let protocol = stored.trial.protocol();
    let seal = stored.trial.seal();
    let seal = seal.ok_or_else(|| TrialError::NotRegistered(protocol.key.to_string()))?;
    let seed = seed::told(connection, keys, stored).await?;
    Ok(Proof {
        registered_at: seal.at,
        protocol: seal.protocol,
        seed_hash: seal.seed,
        seed: seed.map(|seed| seed.reveal()),
        algorithm: protocol.algorithm().to_owned(),
    })
}

fn found(stored: &Stored) -> Option<Bilingual> {
    match &stored.trial {
        Any::Reported(trial) => Some(trial.found().clone()),
        _ => None,
    }
}

/// Notes that she objects to a trial she is in, and tells of it as it is for her then. `None`: she is
/// in none of this key that she may know of. Once she has objected nothing changes any more.
///
/// # Errors
/// When the database fails.
pub async fn object(
    database: &Database,
    keys: &Keyring,
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
    let proof = proof(database.read(), keys, stored).await?;
    enrolled.map(|enrolled| told(stored, &enrolled, proof)).transpose()
}

fn told(stored: &Stored, enrolled: &Enrolled, proof: Proof) -> Result<MyTrial, TrialError> {
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
        found: found(stored),
        proof,
        key: protocol.key,
        public: protocol.public,
    })
}
