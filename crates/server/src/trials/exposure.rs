//! What was really shown: each variant once per unit, surface and day, as it was seen, whatever arm was
//! drawn. What she opened the same day is added to it, and so is another variant that she chose herself.
//! Nothing is ever dropped: that an assigned unit saw nothing, that one saw something without being
//! assigned, and that one saw another arm's presentation are all found by comparing with the ledger. Of
//! a trial that is withheld from her a word is kept, too, and answered as if there were no such trial, as
//! soon as if there were none.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Europe::Copenhagen;
use jobnet_api::arm::{Exposure, Viewport};
use jobnet_api::profile_exposure::{ProfileExposure, ProfileShown};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait,
    QueryFilter,
};

use super::catalogue::{self, CHECKLIST, GIVEN, PROFILE, RECEIPT};
use super::enrol::Enrolled;
use super::rows::{self, exposure, opening};
use super::{Begun, TrialError, enrol, unit};
use crate::app::App;
use crate::db::Database;
use crate::db::registers::stored_word;
use crate::problem::FieldProblem;
use jobnet_trials::protocol::Disclosure;

/// No page shows more texts of a trial.
const MOST_TEXTS: usize = 100;
/// No id of a text or build is longer, in characters.
const LONGEST_ID: usize = 100;
/// No hash is longer, in hexadecimal digits.
const LONGEST_HASH: usize = 128;
/// There are not more things to open.
const MOST_OPENED: usize = 20;
/// A word that comes later than this after what it says is taken to be of now: her clock is wrong.
const LATEST: TimeDelta = TimeDelta::days(7);
/// So much her clock may be ahead of ours.
const AHEAD: TimeDelta = TimeDelta::minutes(5);
/// The number of no trial.
const NONE: i32 = 0;

/// The word of a page as it is stored, whatever surface it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    trial: String,
    surface: String,
    presentation: String,
    framing: String,
    text_ids: Vec<String>,
    drawing: Option<String>,
    build: String,
    viewport: Viewport,
    shown_at: DateTime<Utc>,
    opened: Vec<String>,
    is_chosen: bool,
}

impl From<&Exposure> for Word {
    fn from(exposure: &Exposure) -> Self {
        Self {
            trial: exposure.trial.clone(),
            surface: stored_word(&exposure.surface),
            presentation: stored_word(&exposure.presentation),
            framing: stored_word(&exposure.framing),
            text_ids: exposure.text_ids.clone(),
            drawing: exposure.drawing.clone(),
            build: exposure.build.clone(),
            viewport: exposure.viewport,
            shown_at: exposure.shown_at,
            opened: exposure.opened.iter().map(stored_word).collect(),
            is_chosen: exposure.chosen,
        }
    }
}

impl From<&ProfileExposure> for Word {
    fn from(exposure: &ProfileExposure) -> Self {
        let (surface, presentation) = match &exposure.shown {
            ProfileShown::Profile { presentation } => (PROFILE, stored_word(presentation)),
            ProfileShown::Receipt { text } => (RECEIPT, stored_word(text)),
            ProfileShown::Checklist {} => (CHECKLIST, GIVEN.to_owned()),
        };
        Self {
            trial: exposure.trial.clone(),
            surface: surface.to_owned(),
            presentation,
            framing: String::new(),
            text_ids: exposure.text_ids.clone(),
            drawing: exposure.drawing.clone(),
            build: exposure.build.clone(),
            viewport: exposure.viewport,
            shown_at: exposure.shown_at,
            opened: exposure.opened.iter().map(stored_word).collect(),
            is_chosen: false,
        }
    }
}

/// What cannot be used in it, by JSON pointer; empty when all is well.
pub fn problems(word: &Word) -> Vec<(&'static str, FieldProblem)> {
    // What ids are made of; nothing she has written can stand in one.
    let is_id = |text: &str| {
        (1..=LONGEST_ID).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'<' && byte != b'"')
    };
    let is_hash = |text: &str| {
        (1..=LONGEST_HASH).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    let mut problems = Vec::new();
    if word.text_ids.len() > MOST_TEXTS || !word.text_ids.iter().all(|id| is_id(id)) {
        problems.push(("/text_ids", FieldProblem::NoId));
    }
    if word.drawing.as_deref().is_some_and(|hash| !is_hash(hash)) {
        problems.push(("/drawing", FieldProblem::NoId));
    }
    if !is_id(&word.build) {
        problems.push(("/build", FieldProblem::NoId));
    }
    if word.opened.len() > MOST_OPENED {
        problems.push(("/opened", FieldProblem::NoId));
    }
    problems
}

/// When it was shown, as far as her clock can be believed, and the Danish day.
fn shown(said: DateTime<Utc>, now: DateTime<Utc>) -> (DateTime<Utc>, NaiveDate) {
    let believed = (now - LATEST..=now + AHEAD).contains(&said);
    let at = if believed { said } else { now };
    (at, at.with_timezone(&Copenhagen).date_naive())
}

/// Takes what a page says, and stores it if there is such a trial and it has begun.
///
/// # Errors
/// When there is no such trial or it has not begun (`Unknown`), or the database fails; nothing is stored
/// then. `Unknown`, too, and yet stored, when she must not learn that there is such a trial.
pub async fn say(
    app: &App,
    citizen: i32,
    word: Word,
    now: DateTime<Utc>,
) -> Result<(), TrialError> {
    let database = app.database();
    let begun = app.trials().begun(database, app.keys()).await?;
    let trial = begun.iter().find(|trial| trial.protocol.key.as_str() == word.trial);
    // The same is asked whether there is one or not: how long the answer takes tells nothing either.
    let id = trial.map_or(NONE, |trial| trial.id);
    let enrolled = enrol::find(database.read(), id, citizen).await?;
    let unknown = Err(TrialError::Unknown(word.trial.clone()));
    let Some(trial) = trial else { return unknown };
    if may_know(trial, enrolled.as_ref())? {
        return store(database, id, citizen, word, now).await;
    }
    let database = database.clone();
    tokio::spawn(async move {
        if let Err(error) = store(&database, id, citizen, word, now).await {
            tracing::error!(%error, "what was shown of a trial could not be stored");
        }
    });
    unknown
}

/// Whether a citizen may learn that there is a trial which has begun. Of one that is withheld only those
/// know, until it has ended, to whom their arm shows something.
fn may_know(trial: &Begun, enrolled: Option<&Enrolled>) -> Result<bool, TrialError> {
    let protocol = &trial.protocol;
    if trial.closed.is_some() || protocol.disclosure == Disclosure::Open {
        return Ok(true);
    }
    let Some(enrolled) = enrolled else { return Ok(false) };
    let key = enrolled.arm.parse().map_err(TrialError::stored)?;
    let shows = |arm| !catalogue::withholds(arm) && catalogue::is_shown(&protocol.surface);
    Ok(protocol.arm(&key).is_some_and(shows))
}

/// Stores what was shown of a trial; the same variant of the same surface and day again changes nothing
/// but that what was opened is added.
///
/// # Errors
/// When the database fails; nothing is stored then.
pub async fn store(
    database: &Database,
    trial: i32,
    citizen: i32,
    word: impl Into<Word>,
    now: DateTime<Utc>,
) -> Result<(), TrialError> {
    let mut word: Word = word.into();
    let (at, day) = shown(word.shown_at, now);
    let transaction = database.begin_write().await?;
    let (unit, _) = unit::of_citizen(&transaction, trial, citizen).await?;
    if word.is_chosen && has_seen_another(&transaction, trial, &unit, day, &word).await? {
        word.opened.push(word.presentation);
        open(&transaction, (trial, &unit, &word.surface, day), &word.opened, now).await?;
        transaction.commit().await?;
        return Ok(());
    }
    let row = exposure::ActiveModel {
        trial_id: Set(trial),
        unit: Set(unit.clone()),
        surface: Set(word.surface.clone()),
        day: Set(day),
        presentation: Set(word.presentation),
        framing: Set(word.framing),
        text_ids: Set(serde_json::to_string(&word.text_ids).map_err(TrialError::stored)?),
        drawing: Set(word.drawing.map(|hash| hash.to_ascii_lowercase())),
        build: Set(word.build),
        viewport: Set(stored_word(&word.viewport)),
        shown_at: Set(at.timestamp_millis()),
        received_at: Set(now.timestamp_millis()),
    };
    exposure::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(&transaction)
        .await?;
    open(&transaction, (trial, &unit, &word.surface, day), &word.opened, now).await?;
    transaction.commit().await?;
    Ok(())
}

/// Whether she has seen another variant there that day and not yet this one.
async fn has_seen_another(
    transaction: &DatabaseTransaction,
    trial: i32,
    unit: &str,
    day: NaiveDate,
    word: &Word,
) -> Result<bool, DbErr> {
    let seen = exposure::Entity::find()
        .filter(exposure::Column::TrialId.eq(trial))
        .filter(exposure::Column::Unit.eq(unit))
        .filter(exposure::Column::Surface.eq(&word.surface))
        .filter(exposure::Column::Day.eq(day))
        .all(transaction)
        .await?;
    let is_this = |row: &exposure::Model| {
        row.presentation == word.presentation && row.framing == word.framing
    };
    Ok(!seen.is_empty() && !seen.iter().any(is_this))
}

/// Whether a citizen has opened something of a surface in a trial since a time. What she opens a second
/// time on a day is not known.
///
/// # Errors
/// When the database fails.
pub async fn has_opened(
    connection: &impl ConnectionTrait,
    (trial, citizen): (i32, i32),
    (surface, opened): (&str, &str),
    since: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let unit = rows::unit::Entity::find_by_id((trial, citizen)).one(connection).await?;
    let Some(unit) = unit else { return Ok(false) };
    let found = opening::Entity::find()
        .filter(opening::Column::TrialId.eq(trial))
        .filter(opening::Column::Unit.eq(unit.unit))
        .filter(opening::Column::Surface.eq(surface))
        .filter(opening::Column::Opened.eq(opened))
        .filter(opening::Column::ReceivedAt.gte(since.timestamp_millis()))
        .one(connection)
        .await?;
    Ok(found.is_some())
}

/// Adds what she opened of a surface on a day.
async fn open(
    transaction: &DatabaseTransaction,
    (trial, unit, surface, day): (i32, &str, &str, NaiveDate),
    opened: &[String],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    if opened.is_empty() {
        return Ok(());
    }
    let rows = opened.iter().map(|opened| opening::ActiveModel {
        trial_id: Set(trial),
        unit: Set(unit.to_owned()),
        surface: Set(surface.to_owned()),
        day: Set(day),
        opened: Set(opened.clone()),
        received_at: Set(now.timestamp_millis()),
    });
    opening::Entity::insert_many(rows)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use jobnet_api::arm::{Framing, Opened, Presentation, Surface, Viewport};

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn exposure() -> Exposure {
        Exposure {
            trial: "account-2026".to_owned(),
            surface: Surface::Overview,
            presentation: Presentation::Words,
            framing: Framing::Earned,
            text_ids: vec!["account.words.missing".to_owned()],
            drawing: Some("0aF9".to_owned()),
            build: "jobnet-web 0.1.0".replace(' ', "-"),
            viewport: Viewport::Narrow,
            shown_at: at("2026-11-26T22:59:59Z"),
            opened: vec![Opened::Table],
            chosen: false,
        }
    }

    #[test]
    fn ids_are_bounded_and_hold_nothing_she_could_have_written() {
        type Spoil = fn(&mut Exposure);
        assert!(problems(&Word::from(&exposure())).is_empty());
        let spoils: [(Spoil, &str); 8] = [
            (|e| e.text_ids.push("with a space".to_owned()), "/text_ids"),
            (|e| e.text_ids.push(String::new()), "/text_ids"),
            (|e| e.text_ids = vec!["x".to_owned(); 101], "/text_ids"),
            (|e| e.text_ids.push("<b>".to_owned()), "/text_ids"),
            (|e| e.drawing = Some("xyz".to_owned()), "/drawing"),
            (|e| e.drawing = Some("0".repeat(129)), "/drawing"),
            (|e| e.build = "å".to_owned(), "/build"),
            (|e| e.opened = vec![Opened::Table; 21], "/opened"),
        ];
        for (spoil, pointer) in spoils {
            let mut spoiled = exposure();
            spoil(&mut spoiled);
            let found: Vec<_> =
                problems(&Word::from(&spoiled)).into_iter().map(|problem| problem.0).collect();
            assert_eq!(found, [pointer]);
        }
    }

    #[test]
    fn the_day_is_danish_and_a_wrong_clock_is_not_believed() {
        let exposure = exposure();
        for (now, believed, day) in [
            ("2026-11-26T23:00:00Z", true, "2026-11-26"),
            ("2026-12-03T22:59:59Z", true, "2026-11-26"),
            ("2026-12-03T23:00:00Z", false, "2026-12-04"),
            ("2026-11-26T22:55:00Z", true, "2026-11-26"),
            ("2026-11-26T22:54:00Z", false, "2026-11-26"),
        ] {
            let (shown_at, found) = shown(exposure.shown_at, at(now));
            let expected = if believed { exposure.shown_at } else { at(now) };
            assert_eq!((shown_at, found.to_string().as_str()), (expected, day), "{now}");
        }
    }
}
