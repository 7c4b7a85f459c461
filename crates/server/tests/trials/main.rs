//! Trials as the server keeps and runs them, on a SQLite file and on a real PostgreSQL.
#![allow(clippy::expect_used, reason = "a test may panic, in its helpers too")]

#[path = "../support/mod.rs"]
mod support;

mod boot;
mod checklist;
mod commands;
mod conceal;
mod dispatch;
mod enrolment;
mod exposures;
mod ledger;
mod life;
mod mine;
mod page;
mod ratio;
mod receipts;
mod report;
mod research;
mod servers;
mod tray;
mod unblinding;
mod understanding;
mod withheld;
mod words;

use chrono::{DateTime, Utc};
use jobnet_api::trial::Step;
use jobnet_server::db::Database;
use jobnet_server::trials::{TrialError, store};
use jobnet_trials::protocol::{Bilingual, Protocol};

use crate::support::extracts::{keys, query};
use crate::support::server::START;

/// The protocol that is delivered with the server.
const FILE: &str = include_str!("../../trials/visualisation-2026.json");
/// Its key.
const KEY: &str = "visualisation-2026";
/// The tables in which rows about a unit stand.
const LEDGER: [&str; 4] =
    ["trial_units", "trial_assignments", "trial_exclusions", "trial_exposures"];

fn protocol() -> Protocol {
    serde_json::from_str(FILE).expect("a protocol")
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(START, 0).expect("a time")
}

async fn step(database: &Database, key: &str, step: Step) -> Result<store::Stored, TrialError> {
    store::take(database, &keys(), key, step, "7K3M-Q2ZD", now()).await
}

async fn well(database: &Database, key: &str, next: Step) -> store::Stored {
    step(database, key, next).await.expect("the step is taken")
}

/// A trial that runs.
async fn run(database: &Database, protocol: &Protocol) -> store::Stored {
    store::save_draft(database, protocol, 0).await.expect("stores");
    well(database, protocol.key.as_str(), Step::Register {}).await;
    well(database, protocol.key.as_str(), Step::Start {}).await
}

fn pause() -> Step {
    Step::Pause { why: "a fault".to_owned() }
}

fn close() -> Step {
    Step::Close { why: "enough".to_owned() }
}

fn report() -> Step {
    let found = Bilingual { da: "Ord er nok.".to_owned(), en: "Words do.".to_owned() };
    Step::Report { found }
}

/// How many rows a table has.
async fn count(database: &Database, table: &str) -> u64 {
    let rows = query(database, &format!("SELECT COUNT(*) AS n FROM {table}")).await;
    rows[0].replace("n=", "").parse().expect("a number")
}

/// Waits until a table has so many rows: what was answered already may be stored yet.
async fn come_to(database: &Database, table: &str, rows: u64) {
    for _ in 0..200 {
        if count(database, table).await == rows {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    assert_eq!(count(database, table).await, rows, "{table}");
}

async fn counts(database: &Database) -> Vec<u64> {
    let mut counts = Vec::new();
    for table in LEDGER {
        counts.push(count(database, table).await);
    }
    counts
}
