//! What stands in the database when the fourteen months are over, beside what has come.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_server::db::Database;
use sea_orm::{ConnectionTrait, Statement};

use crate::office::Arrived;
use crate::world;

/// Trial → citizen's number → arm and day of enrolment.
pub(crate) type Ledger = BTreeMap<String, BTreeMap<i32, (String, NaiveDate)>>;
/// A message: trial, citizen, step, channel.
pub(crate) type Place = (String, i32, String, String);

pub(crate) async fn rows(database: &Database, sql: &str) -> Vec<sea_orm::QueryResult> {
    let connection = database.read();
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    connection.query_all_raw(statement).await.unwrap()
}

fn text(row: &sea_orm::QueryResult, name: &str) -> String {
    row.try_get("", name).unwrap()
}

fn time(row: &sea_orm::QueryResult, name: &str) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(row.try_get("", name).unwrap()).unwrap()
}

pub(crate) async fn ledger(database: &Database, numbers: &BTreeMap<i32, i32>) -> Ledger {
    let sql = "SELECT t.key, u.citizen_id, a.arm, a.assigned_at FROM trial_assignments a \
               JOIN trial_units u ON u.trial_id = a.trial_id AND u.unit = a.unit \
               JOIN trials t ON t.id = a.trial_id";
    let mut ledger = Ledger::new();
    for row in rows(database, sql).await {
        let on = world::today(time(&row, "assigned_at"));
        let citizen: i32 = row.try_get("", "citizen_id").unwrap();
        let of_trial = ledger.entry(text(&row, "key")).or_default();
        of_trial.insert(numbers[&citizen], (text(&row, "arm"), on));
    }
    ledger
}

/// The messages of the outbox, by their ids.
pub(crate) async fn messages(database: &Database) -> BTreeMap<String, Place> {
    let sql = "SELECT id, trial, citizen_id, step, channel FROM outbox_messages";
    let place = |row: &sea_orm::QueryResult| {
        let citizen = row.try_get("", "citizen_id").unwrap();
        (text(row, "trial"), citizen, text(row, "step"), text(row, "channel"))
    };
    rows(database, sql).await.iter().map(|row| (text(row, "id"), place(row))).collect()
}

/// When and what came of each message of the outbox; what has left has come, once, and nothing else
/// has.
async fn came(database: &Database, arrived: &[Arrived]) -> BTreeMap<Place, String> {
    let mut at = BTreeMap::new();
    for one in arrived {
        assert_eq!(at.insert(one.id.to_string(), one.at), None, "it came twice: {one:?}");
    }
    let sql = "SELECT message_id, at FROM outbox_events WHERE kind = 'withdrawn'";
    let withdrawn: BTreeMap<String, DateTime<Utc>> = rows(database, sql)
        .await
        .iter()
        .map(|row| (text(row, "message_id"), time(row, "at")))
        .collect();
    let places = messages(database).await;
    let mut came = BTreeMap::new();
    for row in rows(database, "SELECT id, state, reason FROM outbox_messages").await {
        let id = text(&row, "id");
        let reason: Option<String> = row.try_get("", "reason").unwrap();
        let place = places[&id].clone();
        let said = match (text(&row, "state").as_str(), at.remove(&id)) {
            ("sent", Some(at)) => format!("{},sent", world::when(at)),
            ("withdrawn", None) => {
                format!("{},{}", world::when(withdrawn[&id]), reason.unwrap())
            }
            ("waiting", None) => "-,waiting".to_owned(),
            // It lies in the tray.
            ("sent", None) if place.3 == "letter" => "-,waiting".to_owned(),
            other => panic!("{place:?}: {other:?}, {reason:?}"),
        };
        assert_eq!(came.insert(place, said), None, "two ids for one message");
    }
    assert!(at.is_empty(), "nobody planned {at:?}");
    came
}

/// A line for each ruling: trial, citizen, step, channel, day of the ruling, ruling, time at which
/// something came of it, what came of it.
pub(crate) async fn lines(
    database: &Database,
    arrived: &[Arrived],
    numbers: &BTreeMap<i32, i32>,
) -> BTreeSet<String> {
    let mut came = came(database, arrived).await;
    let sql = "SELECT t.key, u.citizen_id, d.step, d.channel, d.ruled_at, d.ruling \
               FROM trial_dispatches d JOIN trials t ON t.id = d.trial_id \
               JOIN trial_units u ON u.trial_id = d.trial_id AND u.unit = d.unit";
    let mut lines = BTreeSet::new();
    for row in rows(database, sql).await {
        let citizen: i32 = row.try_get("", "citizen_id").unwrap();
        let on = world::today(time(&row, "ruled_at"));
        let (trial, step, channel) = (text(&row, "key"), text(&row, "step"), text(&row, "channel"));
        let ruling = text(&row, "ruling");
        let place = (trial.clone(), citizen, step.clone(), channel.clone());
        let came = match ruling.as_str() {
            "planned" => came.remove(&place).unwrap(),
            _ => "-,-".to_owned(),
        };
        let number = numbers[&citizen];
        lines.insert(format!("{trial},{number},{step},{channel},{on},{ruling},{came}"));
    }
    assert!(came.is_empty(), "every message that was queued has its ruling: {came:?}");
    lines
}

/// How often each thing happened to messages.
pub(crate) async fn events(database: &Database) -> BTreeMap<String, i64> {
    let sql = "SELECT kind, COUNT(*) AS n FROM outbox_events GROUP BY kind";
    let rows = rows(database, sql).await;
    rows.iter().map(|row| (text(row, "kind"), row.try_get("", "n").unwrap())).collect()
}
