//! OFREP 0.3, by the cases of the contract and by the official client for browsers, on a SQLite file
//! and on a real PostgreSQL.
#![allow(clippy::expect_used, reason = "a test may panic, in its helpers too")]

#[path = "../support/mod.rs"]
mod support;

mod client;
mod contract;

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use jobnet_api::trial::Step;
use jobnet_server::db::Database;
use jobnet_server::trials::store;
use jobnet_trials::protocol::Protocol;
use serde_json::{Value, json};

use crate::support::extracts::{keys, query};
use crate::support::server::{START, Serve};

/// The protocol that is delivered with the server.
const FILE: &str = include_str!("../../trials/visualisation-2026.json");
/// Every flag, in the order of keys.
const FLAGS: [&str; 3] = ["account", "account.framing", "account.presentation"];
/// Those of surfaces on which no trial runs.
const OTHERS: [&str; 6] =
    ["checklist", "checklist.access", "profile", "profile.presentation", "receipt", "receipt.text"];
const ALL: &str = "/ofrep/v1/evaluate/flags";

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(START, 0).expect("a time")
}

fn protocol() -> Protocol {
    serde_json::from_str(FILE).expect("a protocol")
}

async fn step(database: &Database, step: Step) {
    let key = protocol().key;
    store::take(database, &keys(), key.as_str(), step, "7K3M-Q2ZD", now()).await.expect("a step");
}

/// The trial begins.
async fn run(database: &Database) {
    store::save_draft(database, &protocol(), 0).await.expect("stores");
    step(database, Step::Register {}).await;
    step(database, Step::Start {}).await;
}

async fn pause(database: &Database) {
    step(database, Step::Pause { why: "a fault".to_owned() }).await;
}

/// How many rows of the ledger there are: pseudonyms, assignments, exclusions, exposures.
async fn ledger(database: &Database) -> Vec<String> {
    let mut rows = Vec::new();
    for table in ["units", "assignments", "exclusions", "exposures"] {
        rows.extend(query(database, &format!("SELECT COUNT(*) AS n FROM trial_{table}")).await);
    }
    rows
}

/// What a program must name her by.
async fn handle(server: &impl Serve, cookie: &str) -> String {
    let me = server.get("/api/v1/me", &[("cookie", cookie)]).await;
    assert_eq!(me.status, StatusCode::OK, "{}", me.text());
    me.json()["handle"].as_str().expect("a text").to_owned()
}

/// Her arm, as the first answer of her page has it; it enrols her.
async fn arm(server: &impl Serve, cookie: &str) -> Value {
    server.get("/api/v1/boot", &[("cookie", cookie)]).await.json()["arm"].clone()
}

/// A link to a preview.
async fn token(server: &impl Serve) -> String {
    let cookie = server.sign_in("researcher").await;
    let asked = json!({ "presentation": "counters", "framing": "lacking",
                        "situation": "no_hours", "hours": 1 });
    let answer = server.post("/api/v1/previews", &[("cookie", &cookie)], &asked).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    answer.json()["token"].as_str().expect("a text").to_owned()
}
