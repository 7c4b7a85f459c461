//! Computing the caseload's figures anew, when the day or the newest import is another.
//!
//! In small transactions: reading goes on, and on SQLite so do other writers. Several servers may
//! do it at once; they write the same. Until all is done, `state` says the old day.

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_api::account::AccountAnswer;
use jobnet_rules::case::Away;
use jobnet_rules::units::Hours;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue, ColumnTrait, EntityTrait, IntoActiveModel, Iterable, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::state::{self, State};
use super::{fold, row};
use crate::assemble;
use crate::db::Database;
use crate::db::registers::{FOREVER, citizen_facts, month_to_db, stored_word};
use crate::problem::Failure;

/// How many citizens one transaction stores.
const CHUNK: u64 = 200;

/// Brings the caseload to a day and the newest import, if it is not there yet. How many citizens
/// were computed.
///
/// # Errors
/// When the database fails; what is stored stays, and the next run does the whole again.
pub async fn refresh(
    database: &Database,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<u64, Failure> {
    let Some(run) = state::newest_run(database.read()).await? else { return Ok(0) };
    let wanted = State { as_of: today, run };
    if state::state(database.read()).await? == Some(wanted) {
        return Ok(0);
    }
    let (mut computed, mut last) = (0, 0);
    loop {
        let people = citizen_facts::Entity::find()
            .filter(citizen_facts::Column::ValidTo.eq(FOREVER))
            .filter(citizen_facts::Column::CitizenId.gt(last))
            .order_by_asc(citizen_facts::Column::CitizenId)
            .limit(CHUNK)
            .all(database.read())
            .await?;
        let Some(newest) = people.last() else { break };
        last = newest.citizen_id;
        let mut rows = Vec::with_capacity(people.len());
        for person in people {
            let citizen = person.citizen_id;
            let facts = assemble::facts(database.read(), citizen, today, now).await?;
            let Some(facts) = facts else { continue };
            let answer = facts.evaluate().map_err(Failure::internal)?;
            rows.push(of(person, &answer));
        }
        computed += rows.len() as u64;
        store(database, rows).await?;
    }
    let transaction = database.begin_write().await?;
    state::write(&transaction, wanted, now).await?;
    transaction.commit().await?;
    Ok(computed)
}

async fn store(database: &Database, rows: Vec<row::Model>) -> Result<(), Failure> {
    let replaced = row::Column::iter().filter(|column| !matches!(column, row::Column::CitizenId));
    let rows = rows.into_iter().map(|row| {
        let mut row = row.into_active_model();
        row.citizen_id = ActiveValue::Set(row.citizen_id.take().unwrap_or_default());
        row
    });
    let transaction = database.begin_write().await?;
    row::Entity::insert_many(rows)
        .on_conflict(OnConflict::column(row::Column::CitizenId).update_columns(replaced).to_owned())
        .exec_without_returning(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// The row of a citizen: copies of fields of her account.
fn of(person: citizen_facts::Model, answer: &AccountAnswer) -> row::Model {
    let as_of = answer.case.as_of;
    let period = answer.account.period.as_ref();
    let karens = answer.account.karens.as_ref();
    let sick_since = answer
        .spells
        .iter()
        .filter(|spell| spell.kind == Away::Sickness && spell.from <= as_of)
        .filter(|spell| spell.to.is_none_or(|to| to >= as_of))
        .map(|spell| spell.from)
        .min();
    let deadline = answer.deadlines.first();
    row::Model {
        citizen_id: person.citizen_id,
        fund: person.fund,
        job_centre: person.job_centre,
        caseworker: person.caseworker,
        name: format!("{} {}", person.first_name, person.last_name),
        name_key: fold(&format!("{} {}", person.last_name, person.first_name)),
        birth_date: person.birth_date,
        scheme: person.scheme,
        registered_on: answer.registered_on,
        remaining_hours: period.map(|period| period.remaining_hours).map(Hours::hundredths),
        runs_out_month: period.and_then(|period| period.runs_out_month).map(month_to_db),
        frame_ends_on: period.and_then(|period| period.frame_ends_on),
        karens_state: karens.map(|karens| stored_word(&karens.state)),
        karens_window_to: karens.and_then(|karens| karens.window_to).map(month_to_db),
        karens_missing: karens.map(|karens| karens.missing_hours).map(Hours::hundredths),
        sick_since,
        deadline_kind: deadline.map(|deadline| stored_word(&deadline.kind)),
        deadline_on: deadline.map(|deadline| deadline.on),
    }
}
