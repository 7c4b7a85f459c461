//! Who is enrolled without signing in: the day she is registered, or after four weeks of sick leave.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, Utc};
use jobnet_trials::protocol::Enrolment;
use jobnet_trials::protocol::eligible::{Fact, Facts};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, JoinType, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use super::row::same_unit;
use crate::db::Database;
use crate::db::registers::{as_of, citizen_facts, sickness};
use crate::trials::arm::BUILD;
use crate::trials::baseline::{self, Known};
use crate::trials::enrol::{Assessed, enrol as enrol_one, measured};
use crate::trials::{Begun, Running, TrialError};

/// An extract may be so late that what happened is known only days after. Who comes later than this
/// is not enrolled: what she would get has lost its point.
const LATEST_DAYS: u64 = 14;
/// So many days of sick leave enrol: four weeks.
const SICK_DAYS: i64 = 28;
/// So many citizens are asked about in one question.
const BATCH: usize = 500;

/// Enrols everyone to whom the event of the trial has come, but those of whom another trial of its
/// surface, of those that have `begun`, still measures something. How many were enrolled now.
///
/// # Errors
/// When the database fails; who was enrolled before that stays so.
pub async fn enrol(
    database: &Database,
    trial: &Running,
    begun: &[Arc<Begun>],
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<u64, TrialError> {
    let protocol = &trial.protocol;
    if trial.closed.is_some() || !(protocol.starts..=protocol.ends).contains(&today) {
        return Ok(0);
    }
    let latest = today.checked_sub_days(Days::new(LATEST_DAYS)).unwrap_or(today);
    let first = Ord::max(protocol.starts, latest);
    let connection = database.read();
    let citizens = match protocol.enrolment {
        Enrolment::SignIn | Enrolment::FirstUse => return Ok(0),
        Enrolment::Registration => registered(connection, first, today).await?,
        Enrolment::SickLeave => sick(connection, today).await?,
    };
    let mut count = 0;
    for citizens in citizens.chunks(BATCH) {
        let enrolled = enrolled(connection, trial.id, citizens).await?;
        let measured = measured(connection, begun, trial, citizens, now).await?;
        let others: Vec<i32> = citizens
            .iter()
            .copied()
            .filter(|citizen| !enrolled.contains(citizen) && !measured.contains(citizen))
            .collect();
        for (citizen, known) in baseline::known(connection, &others, today).await? {
            let has_come = protocol.enrolment != Enrolment::SickLeave
                || four_weeks_on(&known.facts, today)
                    .is_some_and(|day| (first..=today).contains(&day));
            if !has_come || is_dead(&known) {
                continue;
            }
            let assessed =
                enrol_one(database, trial, citizen, &known.facts, today, now, BUILD).await?;
            count += u64::from(matches!(assessed, Assessed::Enrolled(_)));
        }
    }
    Ok(count)
}

fn is_dead(known: &Known) -> bool {
    known.contact.as_ref().is_some_and(|contact| contact.died_on.is_some())
}

/// The day on which her sick leave had lasted four weeks.
fn four_weeks_on(facts: &Facts, today: NaiveDate) -> Option<NaiveDate> {
    let Some(Fact::Number(days)) = facts.get("sick_leave_days") else { return None };
    let ago = u64::try_from(days - SICK_DAYS).ok()?;
    today.checked_sub_days(Days::new(ago))
}

/// Who was registered as unemployed between two days, in the order of their numbers.
async fn registered(
    connection: &impl ConnectionTrait,
    first: NaiveDate,
    today: NaiveDate,
) -> Result<Vec<i32>, DbErr> {
    let query = citizen_facts::Entity::find()
        .select_only()
        .column(citizen_facts::Column::CitizenId)
        .filter(as_of(Some(today)))
        .filter(citizen_facts::Column::RegisteredOn.between(first, today));
    let citizens: Vec<i32> = query.into_tuple().all(connection).await?;
    Ok(BTreeSet::from_iter(citizens).into_iter().collect())
}

/// Who is on sick leave on a day, in the order of their numbers.
async fn sick(connection: &impl ConnectionTrait, today: NaiveDate) -> Result<Vec<i32>, DbErr> {
    let goes_on = Condition::any()
        .add(sickness::Column::ToDay.is_null())
        .add(sickness::Column::ToDay.gte(today));
    let query = sickness::Entity::find()
        .select_only()
        .column(sickness::Column::CitizenId)
        .filter(as_of(Some(today)))
        .filter(sickness::Column::Kind.eq("sickness"))
        .filter(sickness::Column::FromDay.lte(today))
        .filter(goes_on);
    let citizens: Vec<i32> = query.into_tuple().all(connection).await?;
    Ok(BTreeSet::from_iter(citizens).into_iter().collect())
}

/// Which of them are in the trial.
async fn enrolled(
    connection: &impl ConnectionTrait,
    trial: i32,
    citizens: &[i32],
) -> Result<BTreeSet<i32>, DbErr> {
    let query = Query::select()
        .column(("u", "citizen_id"))
        .from_as("trial_units", "u")
        .join_as(JoinType::InnerJoin, "trial_assignments", "a", same_unit("u"))
        .and_where(Expr::col(("u", "trial_id")).eq(trial))
        .and_where(Expr::col(("u", "citizen_id")).is_in(citizens.iter().copied()))
        .take();
    let rows = connection.query_all(&query).await?;
    rows.iter().map(|row| row.try_get("", "citizen_id")).collect()
}
