//! What stands in the database when the fourteen months are over.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate};
use jobnet_server::db::Database;
use jobnet_server::outbox::message::Channel;
use sea_orm::{ConnectionTrait, Statement};

use crate::{Outcome, name};

pub(crate) async fn rows(database: &Database, sql: &str) -> Vec<sea_orm::QueryResult> {
    let statement = Statement::from_string(sea_orm::DbBackend::Sqlite, sql);
    database.read().query_all_raw(statement).await.unwrap()
}

/// Trial → citizen's number → arm and day of enrolment.
pub(crate) async fn ledger(
    database: &Database,
    numbers: &BTreeMap<i32, i32>,
) -> BTreeMap<String, BTreeMap<i32, (String, NaiveDate)>> {
    let sql = "SELECT t.key, u.citizen_id, a.arm, a.assigned_at FROM trial_assignments a \
               JOIN trial_units u ON u.trial_id = a.trial_id AND u.unit = a.unit \
               JOIN trials t ON t.id = a.trial_id";
    let mut ledger: BTreeMap<String, BTreeMap<i32, (String, NaiveDate)>> = BTreeMap::new();
    for row in rows(database, sql).await {
        let at: i64 = row.try_get("", "assigned_at").unwrap();
        let on = DateTime::from_timestamp_millis(at).unwrap().date_naive();
        let citizen: i32 = row.try_get("", "citizen_id").unwrap();
        let of_trial = ledger.entry(row.try_get("", "key").unwrap()).or_default();
        of_trial.insert(numbers[&citizen], (row.try_get("", "arm").unwrap(), on));
    }
    ledger
}

/// A line for each ruling: trial, citizen, step, channel, day of the ruling, ruling, day of the
/// sending, what came of it.
pub(crate) async fn lines(
    database: &Database,
    outcome: &Outcome,
    numbers: &BTreeMap<i32, i32>,
) -> BTreeSet<String> {
    let sql = "SELECT t.key, u.citizen_id, d.step, d.channel, d.ruled_at, d.ruling \
               FROM trial_dispatches d JOIN trials t ON t.id = d.trial_id \
               JOIN trial_units u ON u.trial_id = d.trial_id AND u.unit = d.unit";
    let mut lines = BTreeSet::new();
    let mut planned = 0;
    for row in rows(database, sql).await {
        let text = |name: &str| row.try_get::<String>("", name).unwrap();
        let citizen: i32 = row.try_get("", "citizen_id").unwrap();
        let ruled_at = DateTime::from_timestamp_millis(row.try_get("", "ruled_at").unwrap());
        let on = ruled_at.unwrap().date_naive();
        let channel = [Channel::Email, Channel::DigitalPost, Channel::Letter, Channel::NemSms]
            .map(name)
            .into_iter()
            .find(|name| *name == text("channel"));
        let place = (text("key"), citizen, text("step"), channel.unwrap());
        let came = match text("ruling").as_str() {
            "planned" => {
                planned += 1;
                assert_eq!(outcome.planned[&place], on);
                let came = outcome.came.get(&place);
                came.map_or_else(|| "-,waiting".to_owned(), |(day, why)| format!("{day},{why}"))
            }
            _ => "-,-".to_owned(),
        };
        let (trial, _, step, channel) = &place;
        let ruling = text("ruling");
        lines
            .insert(format!("{trial},{},{step},{channel},{on},{ruling},{came}", numbers[&citizen]));
    }
    assert_eq!(planned, outcome.planned.len(), "every message that was queued has its ruling");
    lines
}
