//! What a report of a trial must have (CONSORT 2025) is there, or stands in the documents as missing; so
//! is what other forms and registers ask for; and the codebook explains every column of every file.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use jobnet_server::trials::enrol::enrol;
use jobnet_server::trials::{Serving, exposure};
use jobnet_trials::protocol::eligible::Fact;
use serde_json::{Value, json};

use crate::enrolment::facts;
use crate::exposures::shown;
use crate::ledger::sql;
use crate::research::{Researcher, looks};
use crate::support::database::{both, sqlite};
use crate::support::extracts::{day, keys};
use crate::support::server::{Serve, TestServer};
use crate::{FILE, KEY, now};

const FIELDS: &str = include_str!("report_fields.json");
const DOCUMENT: &str = include_str!("../../../../docs/trials.md");
/// Items and sub-items of CONSORT 2025.
const ITEMS: usize = 42;
const REGISTERS: &str = include_str!("report_registers.json");
/// How many fields each has.
const REGISTER_FIELDS: [(&str, usize); 4] = [("aea", 41), ("cluster", 14), ("osf", 25), ("spi", 7)];

async fn table(me: &Researcher<'_>, name: &str) -> Vec<Vec<String>> {
    let answer = me.get(&format!("/{KEY}/export/{name}.csv")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).from_reader(answer.text().as_bytes());
    let row = |row: csv::StringRecord| row.iter().map(str::to_owned).collect();
    reader.records().map(|record| row(record.expect("a row"))).collect()
}

/// The trial that is delivered.
fn delivered() -> Value {
    serde_json::from_str(FILE).expect("JSON")
}

/// A trial with everything that happens in one, up to its closing. Who did it.
async fn run(server: &TestServer, me: &Researcher<'_>, protocol: &Value) -> String {
    let draft = json!({ "protocol": protocol, "version": 0 });
    assert_eq!(me.post("", &draft).await.status, StatusCode::CREATED);
    let amendment = json!({ "change": { "type": "units", "units": 999 }, "why": "more", "unblinding": "before" });
    for step in [
        json!({ "step": "register" }),
        json!({ "step": "start" }),
        json!({ "step": "amend", "amendment": amendment }),
    ] {
        me.well(step).await;
    }
    let db = &server.database.database;
    let trials = Serving::default().now(db, &keys()).await.expect("answers");
    for citizen in 0..60 {
        let scheme = if citizen < 50 { "dagpenge" } else { "social_assistance" };
        let mut known = facts(scheme, "Centre 1");
        known.insert("region".to_owned(), Fact::Value("Hovedstaden".to_owned()));
        let today = day("2026-11-22");
        enrol(db, &trials[0], citizen, &known, today, now(), "b").await.expect("assesses");
        exposure::store(db, trials[0].id, citizen, &shown(), now()).await.expect("stores");
    }
    let me = server.get("/api/v1/me", &[("cookie", &me.cookie)]).await.json();
    me["handle"].as_str().expect("a pseudonym").to_owned()
}

type Told = BTreeMap<&'static str, Value>;

/// Everything a report can be written from.
async fn told(server: &TestServer, me: &Researcher<'_>) -> Told {
    let mut told = BTreeMap::from([
        ("trial", me.get(&format!("/{KEY}")).await.json()),
        ("watch", me.get(&format!("/{KEY}/watch")).await.json()),
        ("register", server.get("/api/v1/trial-register", &[]).await.json()),
    ]);
    for name in ["baseline", "exposures"] {
        told.insert(name, json!(table(me, name).await[0]));
    }
    told.insert("looks", json!(looks(server).await));
    told
}

/// The places of an item: `source:/pointer`, or `source:column`.
fn places(item: &Value) -> impl Iterator<Item = &str> {
    item["in"].as_array().into_iter().flatten().filter_map(Value::as_str)
}

fn is_there(told: &Told, place: &str) -> bool {
    let (source, place) = place.split_once(':').expect("a source");
    if !place.starts_with('/') {
        return told[source].as_array().expect("columns").contains(&json!(place));
    }
    match told[source].pointer(place) {
        None | Some(Value::Null) => false,
        Some(Value::String(text)) => !text.trim().is_empty(),
        Some(Value::Array(all)) => !all.is_empty(),
        Some(Value::Object(all)) => !all.is_empty(),
        Some(Value::Bool(_) | Value::Number(_)) => true,
    }
}

#[test]
fn what_is_empty_is_not_there() {
    let empty = json!({ "a": null, "b": " ", "c": [], "d": {} });
    let full = json!({ "a": 0, "b": "x", "c": [null], "d": { "e": null } });
    let told = Told::from([("empty", empty), ("full", full)]);
    for name in ["a", "b", "c", "d"] {
        let [empty, full] = ["empty", "full"].map(|of| is_there(&told, &format!("{of}:/{name}")));
        assert!(!empty && full, "{name}");
    }
    assert!(!is_there(&told, "full:/f"));
}

#[tokio::test]
async fn every_item_of_a_report_is_filled_or_said_to_be_missing() {
    let fields: Value = serde_json::from_str(FIELDS).expect("JSON");
    let items = fields["items"].as_array().expect("items");
    let names: BTreeSet<&str> = items.iter().filter_map(|item| item["item"].as_str()).collect();
    assert_eq!((items.len(), names.len()), (ITEMS, ITEMS));
    for item in items {
        let row = format!("| {} |", item["item"].as_str().expect("a number"));
        let is_absent = item["absent"] == true;
        assert_eq!(DOCUMENT.contains(&row), is_absent, "{row} in docs/trials.md");
        assert_eq!(item["in"].is_array(), !is_absent, "{item}");
    }
    for database in both().await {
        let server = TestServer::filled(database).await;
        let me = Researcher { server: &server, cookie: server.sign_in("researcher").await };
        let who = run(&server, &me, &delivered()).await;
        let running = told(&server, &me).await;
        for item in items {
            for place in places(item) {
                let expected = item["at_the_end"] != true;
                assert_eq!(is_there(&running, place), expected, "{item} at {place}");
            }
        }
        me.well(json!({ "step": "close", "why": "enough" })).await;
        me.well(json!({ "step": "report", "found": { "da": "Ord.", "en": "Words." } })).await;
        let ended = told(&server, &me).await;
        for item in items {
            for place in places(item) {
                assert!(is_there(&ended, place), "{item} at {place}");
            }
        }
        // Who took each step.
        let steps = ended["trial"]["entries"].as_array().expect("steps").clone();
        assert_eq!(steps.len(), 5);
        assert!(steps.iter().all(|step| step["by"] == who), "{steps:?}");
    }
}

#[tokio::test]
async fn every_field_of_other_registers_is_filled_or_it_is_said_why_not() {
    let mut clusters = delivered();
    clusters["unit"] = json!("job_centre");
    clusters["strata"] = json!(["region"]);
    for (name, value) in
        [("icc_per_mille", 20), ("cluster_size", 40), ("cluster_variation_per_mille", 600)]
    {
        clusters["power"][name] = json!(value);
    }
    let server = TestServer::filled(sqlite().await).await;
    let me = Researcher { server: &server, cookie: server.sign_in("researcher").await };
    run(&server, &me, &clusters).await;
    me.well(json!({ "step": "close", "why": "enough" })).await;
    me.well(json!({ "step": "report", "found": { "da": "Ord.", "en": "Words." } })).await;
    let told = told(&server, &me).await;
    let fields: Value = serde_json::from_str(REGISTERS).expect("JSON");
    let mut counts = BTreeMap::new();
    for field in fields["fields"].as_array().expect("fields") {
        *counts.entry(field["of"].as_str().expect("a register")).or_insert(0) += 1;
        let why = field["absent"].as_str().unwrap_or_default();
        assert_eq!(places(field).next().is_none(), !why.is_empty(), "{field}");
        for place in places(field) {
            assert!(is_there(&told, place), "{field} at {place}");
        }
    }
    assert_eq!(counts, BTreeMap::from(REGISTER_FIELDS));
}

#[tokio::test]
async fn the_codebook_explains_every_column_and_no_other() {
    let server = TestServer::filled(sqlite().await).await;
    let me = Researcher { server: &server, cookie: server.sign_in("researcher").await };
    run(&server, &me, &delivered()).await;
    for citizen in 0..50 {
        let answered = format!(
            "INSERT INTO understanding_checks (citizen_id, asked_on, answered_at, is_skipped) \
             VALUES ({citizen}, '2026-11-22', {}, TRUE)",
            now().timestamp()
        );
        sql(&server.database, &answered).await.expect("inserts");
    }
    me.well(json!({ "step": "close", "why": "enough" })).await;
    let codebook = table(&me, "codebook").await;
    assert_eq!(codebook[0], ["table", "column", "meaning", "unit", "coding"]);
    let mut explained: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in &codebook[1..] {
        explained.entry(&row[0]).or_default().push(&row[1]);
        assert!(!row[2].is_empty() && !row[4].is_empty(), "{row:?}");
    }
    assert_eq!(explained.len(), 4);
    for (name, columns) in explained {
        let rows = table(&me, name).await;
        assert_eq!(rows[0], columns, "{name}");
        assert!(rows.len() > 40, "{name}");
        // What is a choice has one of its values.
        for row in codebook[1..].iter().filter(|row| row[0] == name && row[1] != "text_ids") {
            let place = rows[0].iter().position(|column| *column == row[1]).expect("a column");
            let words: BTreeSet<&str> = row[4].split([',', ';', ' ']).map(str::trim).collect();
            if ["scheme", "insurance", "presentation", "framing", "arm"].contains(&&*row[1]) {
                let values = rows[1..].iter().map(|row| row[place].as_str());
                let unknown: Vec<&str> =
                    values.filter(|value| !value.is_empty() && !words.contains(value)).collect();
                assert_eq!(unknown, [""; 0], "{row:?}");
            }
        }
    }
}
