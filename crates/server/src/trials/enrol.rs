//! Enrolment: a citizen gets her lot, once, whatever is asked at the same time at however many
//! servers. All of it is one transaction, committed before anything is shown.
//!
//! Locks are taken in one order, so that nobody waits in a circle: the trial (shared), her unit,
//! her cluster's list, her stratum's list.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_trials::protocol::eligible::{Excluded, Fact, Facts};
use jobnet_trials::randomise::Clusters;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, JoinType, LockType, Query};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel};

use super::draw::Draw;
use super::rows::{assignment, baseline, exclusion, objection};
use super::{Begun, Running, TrialError, rows, store, unit};
use crate::db::Database;

/// A citizen's place in a trial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolled {
    /// Her pseudonym in it.
    pub unit: String,
    /// The key of the arm that was drawn for her.
    pub arm: String,
    /// When.
    pub at: DateTime<Utc>,
    /// When she objected: since then she gets the ordinary page. She stays in the analysis as drawn.
    pub objected_at: Option<DateTime<Utc>>,
}

/// What came of an assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assessed {
    /// She is in it.
    Enrolled(Enrolled),
    /// She may not be in it.
    Excluded(Excluded),
    /// It does not enrol now.
    NotNow,
}

/// Her place in a trial, if she is in it.
///
/// # Errors
/// When the database fails.
pub async fn find(
    connection: &impl ConnectionTrait,
    trial: i32,
    citizen: i32,
) -> Result<Option<Enrolled>, TrialError> {
    let query = Query::select()
        .columns([("a", "unit"), ("a", "arm"), ("a", "assigned_at")])
        .column(("o", "at"))
        .from_as("trial_units", "u")
        .join_as(JoinType::InnerJoin, "trial_assignments", "a", same_unit("a"))
        .join_as(JoinType::LeftJoin, "trial_objections", "o", same_unit("o"))
        .and_where(Expr::col(("u", "trial_id")).eq(trial))
        .and_where(Expr::col(("u", "citizen_id")).eq(citizen))
        .take();
    let Some(row) = connection.query_one(&query).await? else { return Ok(None) };
    Ok(Some(Enrolled {
        unit: row.try_get("", "unit")?,
        arm: row.try_get("", "arm")?,
        at: time(row.try_get("", "assigned_at")?)?,
        objected_at: row.try_get::<Option<i64>>("", "at")?.map(time).transpose()?,
    }))
}

/// Of which of some citizens another trial of the same surface, of those that have `begun`, still
/// measures something. What was drawn for them there stays until then, so nobody may be drawn anew.
///
/// # Errors
/// When the database fails, or holds what cannot be read.
pub(crate) async fn measured(
    connection: &impl ConnectionTrait,
    begun: &[Arc<Begun>],
    trial: &Running,
    citizens: &[i32],
    now: DateTime<Utc>,
) -> Result<BTreeSet<i32>, TrialError> {
    let mut measured = BTreeSet::new();
    for other in begun {
        if other.id == trial.id || other.protocol.surface != trial.protocol.surface {
            continue;
        }
        let query = Query::select()
            .column(("u", "citizen_id"))
            .column(("a", "assigned_at"))
            .from_as("trial_units", "u")
            .join_as(JoinType::InnerJoin, "trial_assignments", "a", same_unit("a"))
            .and_where(Expr::col(("u", "trial_id")).eq(other.id))
            .and_where(Expr::col(("u", "citizen_id")).is_in(citizens.iter().copied()))
            .take();
        for row in connection.query_all(&query).await? {
            if other.measures(time(row.try_get("", "assigned_at")?)?, now) {
                measured.insert(row.try_get("", "citizen_id")?);
            }
        }
    }
    Ok(measured)
}

/// The rows of another table about the unit of `trial_units`, which is called `u`.
fn same_unit(table: &'static str) -> Condition {
    Condition::all()
        .add(Expr::col((table, "trial_id")).equals(("u", "trial_id")))
        .add(Expr::col((table, "unit")).equals(("u", "unit")))
}

/// Assesses a citizen and, if she may be in the trial, gives her the next lot.
///
/// # Errors
/// When the database fails or the design gives no lots. Nothing is stored then.
pub async fn enrol(
    database: &Database,
    trial: &Running,
    citizen: i32,
    facts: &Facts,
    today: NaiveDate,
    now: DateTime<Utc>,
    build: &str,
) -> Result<Assessed, TrialError> {
    let protocol = &trial.protocol;
    if trial.closed.is_some() || !(protocol.starts..=protocol.ends).contains(&today) {
        return Ok(Assessed::NotNow);
    }
    let stratum = match protocol.assess(facts) {
        Ok(stratum) => stratum,
        Err(excluded) => {
            exclude(database, trial.id, citizen, &excluded, now).await?;
            return Ok(Assessed::Excluded(excluded));
        }
    };
    let cluster = match protocol.clusters() {
        Clusters::None => None,
        Clusters::Arm(fact) | Clusters::Share(fact) => match facts.get(fact) {
            Some(Fact::Value(value)) => Some(value.clone()),
            Some(Fact::Number(number)) => Some(number.to_string()),
            None => {
                let excluded = Excluded::Unknown(fact.to_owned());
                exclude(database, trial.id, citizen, &excluded, now).await?;
                return Ok(Assessed::Excluded(excluded));
            }
        },
    };
    let transaction = database.begin_write().await?;
    // A step in the trial's life in between: then the version is another.
    let version = store::version(&transaction, trial.id, LockType::Share).await?;
    if version != Some(trial.version) {
        transaction.rollback().await?;
        return Ok(Assessed::NotNow);
    }
    let (unit, is_new) = unit::of_citizen(&transaction, trial.id, citizen).await?;
    // Of a pseudonym that was made just now there is nothing to be found.
    if !is_new {
        if let Some(enrolled) = find(&transaction, trial.id, citizen).await? {
            transaction.rollback().await?;
            return Ok(Assessed::Enrolled(enrolled));
        }
        let objection = objection::Entity::find_by_id((trial.id, unit.clone()));
        if objection.one(&transaction).await?.is_some() {
            transaction.rollback().await?;
            return Ok(Assessed::NotNow);
        }
    }
    let lot = Draw { transaction: &transaction, trial, now, build };
    let row = lot.unit(&unit, cluster, stratum).await?;
    let enrolled = Enrolled {
        unit: unit.clone(),
        arm: row.arm.clone(),
        at: time(row.assigned_at)?,
        objected_at: None,
    };
    assignment::Entity::insert(row.into_active_model())
        .exec_without_returning(&transaction)
        .await?;
    let known = baseline::ActiveModel {
        trial_id: Set(trial.id),
        unit: Set(unit),
        facts: Set(baseline_text(facts)),
    };
    baseline::Entity::insert(known).exec_without_returning(&transaction).await?;
    transaction.commit().await?;
    Ok(Assessed::Enrolled(enrolled))
}

/// Whether a lot may be drawn for a citizen who has none in a trial: as [`enrol`] would decide on a day of
/// enrolment, but nothing is drawn or noted.
///
/// # Errors
/// When the database fails.
pub(crate) async fn may_be_drawn(
    connection: &impl ConnectionTrait,
    trial: &Begun,
    citizen: i32,
    facts: &Facts,
) -> Result<bool, TrialError> {
    let protocol = &trial.protocol;
    let has_cluster = match protocol.clusters() {
        Clusters::None => true,
        Clusters::Arm(fact) | Clusters::Share(fact) => facts.contains_key(fact),
    };
    if !has_cluster || protocol.assess(facts).is_err() {
        return Ok(false);
    }
    // Whoever has objected before there was a lot never gets one.
    let known = rows::unit::Entity::find_by_id((trial.id, citizen)).one(connection).await?;
    let Some(known) = known else { return Ok(true) };
    let objection = objection::Entity::find_by_id((trial.id, known.unit)).one(connection).await?;
    Ok(objection.is_none())
}

/// Facts as they are stored: a JSON object of texts and numbers.
fn baseline_text(facts: &Facts) -> String {
    let fields = facts.iter().map(|(name, fact)| {
        let value = match fact {
            Fact::Value(value) => serde_json::Value::from(value.as_str()),
            Fact::Number(number) => serde_json::Value::from(*number),
        };
        (name.clone(), value)
    });
    serde_json::Value::Object(fields.collect()).to_string()
}

fn time(at: i64) -> Result<DateTime<Utc>, TrialError> {
    DateTime::from_timestamp_millis(at).ok_or_else(|| TrialError::stored("a time that is none"))
}

/// Notes once why she is not in it, for the count of those assessed (CONSORT 2025, item 22a).
async fn exclude(
    database: &Database,
    trial: i32,
    citizen: i32,
    excluded: &Excluded,
    now: DateTime<Utc>,
) -> Result<(), TrialError> {
    let reason = excluded.name();
    let known = rows::unit::Entity::find_by_id((trial, citizen));
    if let Some(known) = known.one(database.read()).await? {
        let noted = exclusion::Entity::find_by_id((trial, known.unit, reason.clone()));
        if noted.one(database.read()).await?.is_some() {
            return Ok(());
        }
    }
    let transaction = database.begin_write().await?;
    let row = exclusion::ActiveModel {
        trial_id: Set(trial),
        unit: Set(unit::of_citizen(&transaction, trial, citizen).await?.0),
        reason: Set(reason),
        at: Set(now.timestamp_millis()),
    };
    exclusion::Entity::insert(row)
        .on_conflict_do_nothing_on([
            exclusion::Column::TrialId,
            exclusion::Column::Unit,
            exclusion::Column::Reason,
        ])
        .exec_without_returning(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(())
}
