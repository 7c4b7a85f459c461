//! Her checklist: who has one, what she says of it, what has changed.
//!
//! Which items there are and by when is for `jobnet_checklist`.

mod person;
mod store;

use std::net::SocketAddr;

use axum::extract::ConnectInfo;
use axum::http::HeaderMap;
use chrono::{DateTime, NaiveDate, Utc};
use jobnet_api::checklist::{CitizenChecklist, MyChecklist};
use jobnet_api::paths;
use jobnet_api::profile::ProfilePresentation;
use jobnet_api::profile_exposure::ProfileOpened;
use jobnet_checklist::plan::{news, phase, plan, progress};

use crate::app::App;
use crate::cookie;
use crate::db::registers::stored_word;
use crate::limits::{Pace, TooOften};
use crate::problem::Failure;
use crate::profiles;
use crate::session::{self, Touch};
use crate::trials::arm::{self, Decision, Enrol};
use crate::trials::catalogue::{self, ACCESS, CHECKLIST, GIVEN, PROFILE};
use crate::trials::{TrialError, exposure};

pub use store::{forget, mark, saw, share};

/// The tables in which what she says of it stands.
pub const TABLES: [&str; 2] = ["checklist_marks", "checklists"];

/// Whether she has a list: everyone has, but those from whom the arm of a trial withholds it, until all
/// that is measured of them has been, and those for whom such an arm may still be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// She has; the trial that gave it to her, if one did.
    Given(Option<String>),
    /// To her there is no such thing.
    Withheld,
}

/// Whether she has a list.
///
/// # Errors
/// When the database fails, or holds what cannot be read.
pub async fn access(
    app: &App,
    citizen: i32,
    enrol: Enrol,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Access, TrialError> {
    match arm::decision(app, CHECKLIST, citizen, enrol, today, now).await? {
        Decision::Served(served) => Ok(match served.arm.settings.get(ACCESS).map(String::as_str) {
            Some(GIVEN) => Access::Given(Some(served.trial.to_string())),
            _ => Access::Withheld,
        }),
        // What was drawn stays: neither a pause, nor an objection, nor the end before everything is
        // measured gives a list to those who were to have none, or takes it from those who have one.
        // And none is given before the lot that may take it away.
        Decision::Off | Decision::Ordinary => {
            let is_withheld = arm::is_withheld(app, CHECKLIST, citizen, today, now).await?;
            Ok(if is_withheld { Access::Withheld } else { Access::Given(None) })
        }
    }
}

/// Whether to her there is no such thing as a list.
///
/// # Errors
/// When the database fails.
pub async fn is_withheld(app: &App, citizen: i32, enrol: Enrol) -> Result<bool, Failure> {
    let (today, now) = (app.today(app.population().await?), app.clock().now());
    let access = access(app, citizen, enrol, today, now).await.map_err(Failure::internal)?;
    Ok(access == Access::Withheld)
}

/// Whether her page leads to a list. Enrols her if a trial runs in which she may be. The machinery of
/// trials never breaks her page: if it fails, there is none this time.
pub async fn is_given(app: &App, citizen: i32, today: NaiveDate, now: DateTime<Utc>) -> bool {
    match access(app, citizen, Enrol::IfEligible, today, now).await {
        Ok(access) => access != Access::Withheld,
        Err(error) => {
            app.metrics().count_trial_failure();
            tracing::error!(error = error.to_string(), "the trials failed; no checklist is shown");
            false
        }
    }
}

/// Whether a request is for the page of the checklist, by somebody who has one. To everybody else the
/// address is an unknown one. The only page that is there or not by what the database says: it is
/// counted, whoever asks.
///
/// # Errors
/// When its address asks too often.
pub async fn is_her_page(
    app: &App,
    path: &str,
    headers: &HeaderMap,
    peer: Option<&ConnectInfo<SocketAddr>>,
) -> Result<bool, TooOften> {
    let id = cookie::session_id(app, headers).filter(|_| path == paths::CHECKLIST_PAGE);
    let Some(id) = id else { return Ok(false) };
    let address = app.limits().address(peer, headers);
    app.limits().count_address(address, Pace::Ordinary)?;
    let now = app.clock().now();
    let found = session::find(app.database(), id, Touch::Look, app.lifetimes(), now).await;
    let (Ok(session), Ok(population)) = (found, app.population().await) else { return Ok(false) };
    // A made-up id is none.
    let Some(session) = session else {
        return app.limits().count_stranger(address).map(|()| false);
    };
    app.limits().count_session(&session.key, Pace::Ordinary)?;
    Ok(match session.citizen {
        Some(citizen) => is_given(app, citizen, app.today(population), now).await,
        None => false,
    })
}

/// Whether an arm keeps her profile from her until she asks for it, and she has not asked since she sent
/// it: then her list does not tell of it either. It enrols nobody.
async fn is_unasked(
    app: &App,
    citizen: i32,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<bool, Failure> {
    let decided = arm::decision(app, PROFILE, citizen, Enrol::Never, today, now).await;
    let served = match decided.map_err(Failure::internal)? {
        Decision::Served(served) => served,
        Decision::Off | Decision::Ordinary => return Ok(false),
    };
    if catalogue::profile(&served.arm) != Some(ProfilePresentation::NoneUntilAsked) {
        return Ok(false);
    }
    let database = app.database().read();
    let Some(form) = profiles::newest(database, citizen).await? else { return Ok(false) };
    let (her, asked) = ((served.id, citizen), stored_word(&ProfileOpened::Asked));
    let since = form.received_at;
    Ok(!exposure::has_opened(database, her, (PROFILE, &asked), since).await?)
}

/// Whether her list may not tell of her profile. The machinery of trials never breaks her page: if it
/// fails, the list tells nothing this time.
async fn keeps_quiet(app: &App, citizen: i32, today: NaiveDate, now: DateTime<Utc>) -> bool {
    match is_unasked(app, citizen, today, now).await {
        Ok(is_unasked) => is_unasked,
        Err(error) => {
            app.metrics().count_trial_failure();
            let error = error.to_string();
            tracing::error!(error, "the trials failed; the checklist tells nothing of a profile");
            true
        }
    }
}

/// Her list; `None`: she has none, or nothing is known of her.
///
/// # Errors
/// When the database fails.
pub async fn of_citizen(
    app: &App,
    citizen: i32,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Option<MyChecklist>, Failure> {
    let access = access(app, citizen, Enrol::IfEligible, today, now).await;
    let Access::Given(trial) = access.map_err(Failure::internal)? else { return Ok(None) };
    let database = app.database().read();
    let Some(mut person) = person::person(database, citizen, today, now).await? else {
        return Ok(None);
    };
    let is_quiet = !person.raised.is_empty() && keeps_quiet(app, citizen, today, now).await;
    if is_quiet {
        person.raised.clear();
    }
    let marks = store::marks(database, citizen).await?;
    let hers = marks.iter().map(|(item, saved)| (*item, saved.mark.clone())).collect();
    let entries = plan(&person, &hers, today);
    let seen = store::seen(database, citizen).await?;
    let seen_on = seen.before(today);
    let before = match seen_on {
        Some(day) => person::person(database, citizen, day, now).await?.map(|mut old| {
            if is_quiet {
                old.raised.clear();
            }
            (old, day)
        }),
        None => None,
    };
    let news = before.map_or_else(Vec::new, |(old, day)| news(&plan(&old, &hers, day), &entries));
    Ok(Some(MyChecklist {
        today,
        phase: phase(&person, today),
        progress: progress(&entries),
        entries,
        marks,
        news,
        seen_on,
        is_shared: seen.is_shared,
        trial,
    }))
}

/// Whether she has one and lets her caseworker see it.
///
/// # Errors
/// When the database fails.
pub async fn is_shared(
    app: &App,
    citizen: i32,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<bool, Failure> {
    if !store::seen(app.database().read(), citizen).await?.is_shared {
        return Ok(false);
    }
    let access = access(app, citizen, Enrol::Never, today, now).await.map_err(Failure::internal)?;
    Ok(access != Access::Withheld)
}

/// What her caseworker sees of it; `None`: she does not share it, or has none. It goes by her whole
/// profile, which a caseworker sees anyway: if it did not, it would tell how that is presented to her.
///
/// # Errors
/// When the database fails.
pub async fn shared(
    app: &App,
    citizen: i32,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Option<CitizenChecklist>, Failure> {
    let database = app.database().read();
    if !is_shared(app, citizen, today, now).await? {
        return Ok(None);
    }
    let Some(person) = person::person(database, citizen, today, now).await? else {
        return Ok(None);
    };
    let marks = store::marks(database, citizen).await?;
    let hers = marks.into_iter().map(|(item, saved)| (item, saved.mark)).collect();
    let entries = plan(&person, &hers, today);
    Ok(Some(CitizenChecklist {
        phase: phase(&person, today),
        progress: progress(&entries),
        entries,
    }))
}
