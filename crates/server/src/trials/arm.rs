//! What a citizen's page is to show because of a trial. The trial's machinery never breaks her
//! page: if anything fails, or takes too long, she gets the ordinary one.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_api::arm::Arm;
use jobnet_trials::protocol::eligible::Facts;
use jobnet_trials::protocol::{self, Disclosure, Key, Protocol, Trigger};

use super::catalogue::{self, ACCOUNT};
use super::enrol::{self, Assessed, Enrolled};
use super::{Running, TrialError, baseline};
use crate::app::App;

/// How long her page waits for it: longer than a busy database takes, and far less than a request
/// may.
const LONGEST: Duration = Duration::from_secs(3);
/// What is written into the ledger as the program that drew: name, version and commit as `xtask build`
/// says them; else name and version.
pub(crate) const BUILD: &str = match option_env!("JOBNET_BUILD") {
    Some(build) => build,
    None => concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")),
};

/// Whether a question may enrol her.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enrol {
    /// If a trial runs in which she may be.
    IfEligible,
    /// It only reads.
    Never,
}

/// What a surface is to show to a citizen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The ordinary page: no trial runs there that she may know of. There is none, it is paused, it is
    /// over, or it is withheld and shows her nothing.
    Off,
    /// The ordinary page: a trial that is open runs, and she is not in it, or objects.
    Ordinary,
    /// What an arm decides.
    Served(Box<Served>),
}

/// What she gets of a trial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// The trial's number in the database.
    pub id: i32,
    /// The trial.
    pub trial: Key,
    /// How its lots are drawn, with the version of the way.
    pub algorithm: &'static str,
    /// What was drawn for her, or what she has waited for.
    pub arm: protocol::Arm,
}

/// What decides her account; enrols her if a trial runs in which she may be. `None`: the ordinary
/// page.
pub async fn of_citizen(
    app: &App,
    citizen: i32,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Option<Arm> {
    let served = served_on(app, ACCOUNT, citizen, today, now).await?;
    catalogue::decided(&served.trial, &served.arm)
}

/// What she gets of a trial on a surface to which she has come; enrols her if a trial runs there in
/// which she may be. `None`: the ordinary page, also when the trials fail or take too long.
pub async fn served_on(
    app: &App,
    surface: &str,
    citizen: i32,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Option<Served> {
    let failed = |why: &dyn ToString| {
        app.metrics().count_trial_failure();
        tracing::error!(error = why.to_string(), "the trials failed; the ordinary page is shown");
    };
    let decided = decision(app, surface, citizen, Enrol::IfEligible, today, now);
    match tokio::time::timeout(LONGEST, decided).await {
        Ok(Ok(Decision::Served(served))) => Some(*served),
        Ok(Ok(Decision::Off | Decision::Ordinary)) => None,
        Ok(Err(error)) => {
            failed(&error);
            None
        }
        Err(_) => {
            failed(&"it took too long");
            None
        }
    }
}

/// What a surface is to show to a citizen. Whether a trial runs is asked anew each time.
///
/// # Errors
/// When the database fails, or holds what cannot be read.
pub async fn decision(
    app: &App,
    surface: &str,
    citizen: i32,
    enrol: Enrol,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Decision, TrialError> {
    let serving = app.trials().now(app.database(), app.keys()).await?;
    let (over, on): (Vec<_>, Vec<_>) = serving
        .into_iter()
        .filter(|trial| trial.protocol.surface == surface)
        .partition(|trial| trial.closed.is_some());
    for trial in on.iter().chain(&over) {
        let served = in_trial(app, trial, citizen, enrol, today, now).await?;
        if let Some(served) = served {
            return Ok(Decision::Served(Box::new(served)));
        }
    }
    let is_told = on.iter().any(|trial| trial.protocol.disclosure == Disclosure::Open);
    Ok(if is_told { Decision::Ordinary } else { Decision::Off })
}

/// Whether a surface is withheld from her, though no trial decides it for her now. It enrols nobody.
///
/// It is if an arm withholds it that was drawn for her: the trial is paused, she objects, or it has
/// closed and what is measured of her is not over. And it is as long as such an arm may still be drawn
/// for her: a trial in which she may be is paused or has not come to its first day of enrolment, or
/// whoever asks draws no lots. What she saw until then a lot would take from her, and she would be no
/// control any more.
///
/// # Errors
/// When the database fails, or holds what cannot be read.
pub async fn is_withheld(
    app: &App,
    surface: &str,
    citizen: i32,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<bool, TrialError> {
    let connection = app.database().read();
    let begun = app.trials().begun(app.database(), app.keys()).await?;
    let (mut is_measured, mut without_her) = (false, Vec::new());
    for trial in begun.iter().filter(|trial| trial.protocol.surface == surface) {
        let protocol = &trial.protocol;
        match enrol::find(connection, trial.id, citizen).await? {
            None => without_her.push(trial),
            Some(enrolled) if trial.measures(enrolled.at, now) => {
                let arm =
                    arm_now(app, protocol, trial.closed, citizen, &enrolled, today, now).await?;
                if catalogue::withholds(arm) {
                    return Ok(true);
                }
                is_measured = true;
            }
            Some(_) => {}
        }
    }
    without_her.retain(|trial| {
        trial.may_still_enrol(today) && trial.protocol.arms.iter().any(catalogue::withholds)
    });
    // Of whom another trial measures something no lot is drawn.
    if is_measured || without_her.is_empty() {
        return Ok(false);
    }
    let facts = baseline::facts(connection, citizen, today).await?;
    for trial in without_her {
        if enrol::may_be_drawn(connection, trial, citizen, &facts).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether she is in a trial of the account that runs and has not objected. It enrols nobody.
///
/// # Errors
/// When the database fails or a seed cannot be opened.
pub async fn is_in_one(app: &App, citizen: i32) -> Result<bool, TrialError> {
    let serving = app.trials().now(app.database(), app.keys()).await?;
    let is_on = |trial: &&Arc<Running>| trial.closed.is_none() && trial.protocol.surface == ACCOUNT;
    for trial in serving.iter().filter(is_on) {
        let enrolled = enrol::find(app.database().read(), trial.id, citizen).await?;
        if enrolled.is_some_and(|enrolled| enrolled.objected_at.is_none()) {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn in_trial(
    app: &App,
    trial: &Arc<Running>,
    citizen: i32,
    enrol: Enrol,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Option<Served>, TrialError> {
    let database = app.database();
    let known = enrol::find(database.read(), trial.id, citizen).await?;
    let enrolled = match known {
        Some(enrolled) => enrolled,
        None if trial.closed.is_some() || enrol == Enrol::Never => return Ok(None),
        // Who comes to her page before the daily job has come to her is registered all the same. Of
        // a sick leave no page is asked.
        None if trial.protocol.enrolment == protocol::Enrolment::SickLeave => return Ok(None),
        None => {
            let begun = app.trials().begun(database, app.keys()).await?;
            let her = [citizen];
            let measured = enrol::measured(database.read(), &begun, trial, &her, now);
            if !measured.await?.is_empty() {
                return Ok(None);
            }
            let facts = baseline::facts(database.read(), citizen, today).await?;
            let assessed = enrol::enrol(database, trial, citizen, &facts, today, now, BUILD);
            match assessed.await? {
                Assessed::Enrolled(enrolled) => enrolled,
                Assessed::Excluded(_) | Assessed::NotNow => return Ok(None),
            }
        }
    };
    if enrolled.objected_at.is_some() {
        return Ok(None);
    }
    served(app, trial, citizen, &enrolled, today, now).await
}

/// What she gets of the arm that was drawn for her.
async fn served(
    app: &App,
    trial: &Running,
    citizen: i32,
    enrolled: &Enrolled,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Option<Served>, TrialError> {
    let protocol = &trial.protocol;
    let arm = arm_now(app, protocol, trial.closed, citizen, enrolled, today, now).await?;
    // After the end only those who waited for it are shown something.
    if trial.closed.is_some() && arm.key.as_str() == enrolled.arm {
        return Ok(None);
    }
    let (key, algorithm) = (protocol.key.clone(), protocol.algorithm());
    Ok(Some(Served { id: trial.id, trial: key, algorithm, arm: arm.clone() }))
}

/// The arm that was drawn for her, or what she has waited for.
async fn arm_now<'a>(
    app: &App,
    protocol: &'a Protocol,
    closed: Option<DateTime<Utc>>,
    citizen: i32,
    enrolled: &Enrolled,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<&'a protocol::Arm, TrialError> {
    let key = enrolled.arm.parse().map_err(TrialError::stored)?;
    let waits = protocol.delayed.as_ref().filter(|_| {
        let control = protocol.control();
        control.is_some_and(|control| control.key == key)
    });
    let facts = match waits.map(|delayed| &delayed.trigger) {
        Some(Trigger::Days { .. } | Trigger::ClosedStill { .. }) => {
            baseline::facts(app.database().read(), citizen, today).await?
        }
        _ => Facts::new(),
    };
    protocol
        .served(&key, enrolled.at, closed, now, &facts)
        .ok_or_else(|| TrialError::stored("an assignment names no arm"))
}
