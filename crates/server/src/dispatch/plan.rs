//! Planning: what is due of a trial is ruled once, and what is to be sent goes to the outbox in the
//! same transaction.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Europe::Copenhagen;
use jobnet_messages::message::Message;
use jobnet_trials::dispatch::{self, Due, Unit};
use jobnet_trials::protocol::{Dispatch, Key};
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, LockType, Order};
use sea_orm::{ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel};

use super::row::{self, PLANNED, same_unit};
use super::{DispatchError, Queue, compose, life};
use crate::db::Database;
use crate::outbox::message::Planned;
use crate::outbox::message_id;
use crate::trials::{Running, TrialError, baseline, store};

/// So many units are ruled in one transaction.
const BATCH: u64 = 500;
/// Where a message leads that has no page of its own: to her letters.
const LETTERS_PAGE: &str = "/breve";

/// A unit that has no ruling of a step yet.
struct Open {
    citizen: i32,
    unit: String,
    arm: Key,
    enrolled_on: NaiveDate,
    objects: bool,
}

/// Rules every message of a trial whose day has come, and gives what is to be sent to `queue`. How
/// many were planned and how many withheld.
///
/// # Errors
/// When the database or the queue fails; what was ruled before stays.
pub async fn plan(
    database: &Database,
    trial: &Running,
    today: NaiveDate,
    now: DateTime<Utc>,
    queue: &mut impl Queue,
) -> Result<(u64, u64), DispatchError> {
    let (mut planned, mut withheld) = (0, 0);
    for step in &trial.protocol.dispatch {
        let arms = arms(trial, step, today);
        let mut last = Some(String::new());
        while let Some(after) = last.take().filter(|_| !arms.is_empty()) {
            let transaction = database.begin_write().await?;
            // Another server that plans, and a step in the trial's life, wait for this.
            if store::version(&transaction, trial.id, LockType::Update).await?
                != Some(trial.version)
            {
                transaction.rollback().await?;
                return Ok((planned, withheld));
            }
            let open = open(&transaction, trial, step, &arms, &after, today).await?;
            if open.len() as u64 == BATCH {
                last = open.last().map(|open| open.unit.clone());
            }
            let (messages, rows) = rule(&transaction, trial, step, &open, today, now).await?;
            planned += messages.len() as u64;
            withheld += (rows.len() - messages.len()) as u64;
            if rows.is_empty() {
                transaction.rollback().await?;
                continue;
            }
            let rows = rows.into_iter().map(IntoActiveModel::into_active_model);
            row::Entity::insert_many(rows).exec_without_returning(&transaction).await?;
            if !messages.is_empty() {
                queue.take(&transaction, &messages).await.map_err(DispatchError::Queue)?;
            }
            transaction.commit().await?;
        }
    }
    Ok((planned, withheld))
}

/// The arms to which a step can come as the trial stands.
fn arms(trial: &Running, step: &Dispatch, today: NaiveDate) -> Vec<String> {
    let protocol = &trial.protocol;
    let comes = |arm: &Key| dispatch::first_day(protocol, life(trial), arm, today, step).is_some();
    protocol.arms.iter().map(|arm| &arm.key).filter(|arm| comes(arm)).map(Key::to_string).collect()
}

/// The next units of these arms of which nothing is ruled of a step, and whose day may have come.
async fn open(
    transaction: &DatabaseTransaction,
    trial: &Running,
    step: &Dispatch,
    arms: &[String],
    after: &str,
    today: NaiveDate,
) -> Result<Vec<Open>, TrialError> {
    // A day more than needed, whatever the hour in Denmark: the rule itself decides.
    let enrolled_by = today.checked_sub_days(Days::new(u64::from(step.after_days)));
    let before =
        enrolled_by.unwrap_or(today).and_time(NaiveTime::MIN).and_utc() + TimeDelta::days(2);
    let query = row::unruled(trial.id, &step.key)
        .column(("a", "unit"))
        .column(("u", "citizen_id"))
        .column(("o", "at"))
        .join_as(JoinType::InnerJoin, "trial_units", "u", same_unit("u"))
        .join_as(JoinType::LeftJoin, "trial_objections", "o", same_unit("o"))
        .and_where(Expr::col(("a", "arm")).is_in(arms.iter().map(String::as_str)))
        .and_where(Expr::col(("a", "assigned_at")).lt(before.timestamp_millis()))
        .and_where(Expr::col(("a", "unit")).gt(after))
        .order_by(("a", "unit"), Order::Asc)
        .limit(BATCH)
        .take();
    let rows = transaction.query_all(&query).await?;
    rows.iter()
        .map(|row| {
            let (arm, enrolled_on) = row::drawn(row)?;
            Ok(Open {
                citizen: row.try_get("", "citizen_id")?,
                unit: row.try_get("", "unit")?,
                arm,
                enrolled_on,
                objects: row.try_get::<Option<i64>>("", "at")?.is_some(),
            })
        })
        .collect()
}

/// What is due of a step for some units: the messages, and a row for each ruling.
async fn rule(
    transaction: &DatabaseTransaction,
    trial: &Running,
    step: &Dispatch,
    open: &[Open],
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<(Vec<Planned>, Vec<row::Model>), DispatchError> {
    let citizens: Vec<i32> = open.iter().map(|open| open.citizen).collect();
    let known = baseline::known(transaction, &citizens, today).await?;
    let (mut messages, mut rows) = (Vec::new(), Vec::new());
    for open in open {
        // Of whom nothing is known any more nothing is planned, until something is.
        let Some(known) = known.get(&open.citizen) else { continue };
        let unit = Unit {
            arm: &open.arm,
            enrolled_on: open.enrolled_on,
            facts: &known.facts,
            reach: known.reach(open.objects),
        };
        let due = dispatch::due(&trial.protocol, life(trial), &unit, today);
        for due in due.into_iter().filter(|due| due.step.key == step.key) {
            if due.withheld.is_none() {
                messages.push(message(trial, open, &due));
            }
            rows.push(row::Model {
                trial_id: trial.id,
                unit: open.unit.clone(),
                step: step.key.to_string(),
                channel: due.channel.name().to_owned(),
                due_on: due.on,
                ruled_at: now.timestamp_millis(),
                ruling: due.withheld.map_or(PLANNED, |why| why.name()).to_owned(),
            });
        }
    }
    Ok((messages, rows))
}

fn message(trial: &Running, open: &Open, due: &Due<'_>) -> Planned {
    let channel = compose::channel(due.channel);
    // By what it says, and not by what its step is called: that is the researcher's own word.
    let page = Message::of_key(due.step.message.as_str()).and_then(Message::page);
    Planned {
        id: message_id(trial.protocol.key.as_str(), &open.unit, due.step.key.as_str(), channel),
        citizen: open.citizen,
        channel,
        trial: trial.protocol.key.to_string(),
        step: due.step.key.to_string(),
        target: page.unwrap_or(LETTERS_PAGE).to_owned(),
        not_before: midnight(due.on),
    }
}

/// When a day begins in Denmark.
fn midnight(day: NaiveDate) -> DateTime<Utc> {
    let start = Copenhagen.from_local_datetime(&day.and_time(NaiveTime::MIN)).earliest();
    start.map_or_else(|| day.and_time(NaiveTime::MIN).and_utc(), |start| start.to_utc())
}
