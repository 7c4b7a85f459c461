//! Her data, complete: every row of every table that has rows about her.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use jobnet_server::caseload::refresh;
use serde_json::{Value, json};

use crate::record::Intruder;
use crate::support::casework::Office;
use crate::support::database::{TestDatabase, both};
use crate::support::extracts::{day, query};
use crate::support::server::Serve;

const DATA: &str = "/api/v1/me/data";

/// Where a table of the database is in the export.
const REGISTERS: [(&str, &str); 9] = [
    ("citizen_facts", "citizens"),
    ("contacts", "contacts"),
    ("work_hours", "work_hours"),
    ("benefits", "benefits"),
    ("sickness", "sickness"),
    ("measures", "measures"),
    ("sanctions", "sanctions"),
    ("meetings", "meetings"),
    ("job_search", "job_search"),
];

/// Every table with a column that says whose a row is, as the database itself lists them.
async fn tables_about_citizens(test: &TestDatabase) -> BTreeSet<String> {
    let sql = match test.kind {
        "sqlite" => {
            "SELECT m.name AS name FROM sqlite_master m, pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND c.name = 'citizen_id'"
        }
        _ => {
            "SELECT CAST(table_name AS text) AS name FROM information_schema.columns \
             WHERE column_name = 'citizen_id' AND table_schema = 'public'"
        }
    };
    let name = |row: String| row.trim_start_matches("name=").to_owned();
    query(&test.database, sql).await.into_iter().map(name).collect()
}

/// What the database calls a field of an extract.
fn stored_as<'a>(table: &str, name: &'a str) -> &'a str {
    match (table, name) {
        ("benefits", "as_of") => "stated_on",
        ("sickness" | "measures", "from") => "from_day",
        ("sickness" | "measures", "to") => "to_day",
        ("meetings", "with") => "party",
        ("meetings", "on") => "held_on",
        (_, name) => name,
    }
}

/// A field of the export as the database writes it.
fn stored(name: &str, value: &Value) -> String {
    let Some(text) = value.as_str() else {
        return if name == "valid_to" { "9999-12-31".to_owned() } else { String::new() };
    };
    match name {
        "month" => text.replace('-', ""),
        "hours" | "earnings" | "paid_hours" | "quarantine_hours" | "gross" | "monthly_rate"
        | "served_hours" => text.replace('.', "").trim_start_matches('0').to_owned(),
        _ => flag(text),
    }
}

fn zero(value: &str) -> String {
    if value == "0" { String::new() } else { value.to_owned() }
}

/// A flag as SQLite writes it.
fn flag(text: &str) -> String {
    match text {
        "true" => "1".to_owned(),
        "false" => "0".to_owned(),
        _ => text.to_owned(),
    }
}

#[tokio::test]
async fn the_export_holds_every_row_of_every_table_about_her() {
    for database in both().await {
        let office = Office::open(database).await;
        let server = &office.server;
        let now = server.app.clock().now();
        refresh(&server.database.database, day("2026-11-22"), now).await.expect("refreshes");
        let cookie = server.sign_in("citizen-full-time").await;
        let headers = [("cookie", cookie.as_str()), ("idempotency-key", "one")];
        let report = json!({ "month": "2026-04", "worked_hours": 1.5, "note": "=1+1, \"å\"" });
        server.post("/api/v1/me/hours-reports", &headers, &report).await;
        let answer = server.get(DATA, &headers).await;
        assert_eq!(answer.header("cache-control"), "no-store");
        let data = answer.json();
        let tables = data["tables"].as_object().expect("tables");

        let sql = "SELECT id FROM citizens WHERE register_id = 'SYN-DEMO-FULL-TIME'";
        let id = query(&server.database.database, sql).await[0].replace("id=", "");
        let mut compared = 0;
        for (table, register) in REGISTERS {
            let sql = format!("SELECT * FROM {table} WHERE citizen_id = {id}");
            let rows = query(&server.database.database, &sql).await;
            let exported = tables[register].as_array().expect("rows");
            assert_eq!(exported.len(), rows.len(), "{table}");
            let mut expected: Vec<BTreeMap<String, String>> = Vec::new();
            for row in exported {
                let fields = row.as_object().expect("fields").iter();
                let fields = fields.filter(|(name, _)| *name != "cpr");
                let fields = fields
                    .map(|(name, value)| (stored_as(table, name).to_owned(), stored(name, value)));
                expected.push(fields.collect());
            }
            expected.sort();
            let ours = ["citizen_id", "run_id", "replaced_by", "cpr_hash"];
            let mut found: Vec<BTreeMap<String, String>> = Vec::new();
            for row in rows {
                // “name=value” pairs; a value may hold spaces.
                let mut fields = BTreeMap::<String, String>::new();
                let mut last = String::new();
                for part in row.split(' ') {
                    match part.split_once('=') {
                        Some((name, value)) => {
                            last = name.to_owned();
                            let money = ["hours", "rate", "gross", "earnings"];
                            let is_number = money.iter().any(|word| name.ends_with(word));
                            let value = if is_number { zero(value) } else { flag(value) };
                            fields.insert(last.clone(), value);
                        }
                        None => {
                            let value = fields.entry(last.clone()).or_default();
                            value.push(' ');
                            value.push_str(part);
                        }
                    }
                }
                fields.retain(|name, _| !ours.contains(&name.as_str()));
                found.push(fields);
            }
            found.sort();
            assert_eq!(expected, found, "{table}");
            compared += found.len();
        }
        assert!(compared > 10, "{compared} rows");
        let facts = tables["citizens"].as_array().expect("rows");
        assert!(facts.iter().all(|row| row["cpr"] == "0181901234"), "her number, opened");

        // No table about citizens is left out, also one that comes later.
        let registers: BTreeMap<&str, &str> = REGISTERS.into_iter().collect();
        for table in tables_about_citizens(&server.database).await {
            if table == "cpr_numbers" {
                continue; // Shown with the facts.
            }
            let name = registers.get(table.as_str()).copied().unwrap_or(&table);
            let exported = tables[name].as_array().expect(name);
            let sql = format!("SELECT COUNT(*) AS n FROM {table} WHERE citizen_id = {id}");
            let count = query(&server.database.database, &sql).await[0].replace("n=", "");
            if table == "access_log" {
                continue; // Looks are recorded while this one is answered: see below.
            }
            assert_eq!(exported.len().to_string(), count, "{table}");
        }
        assert_eq!(tables["hours_reports"][0]["worked_hours"], "1.50");
        assert_eq!(tables["caseload"][0]["fund"], "Fagenes A-kasse");
        let looks = tables["access_log"].as_array().expect("looks");
        assert!(looks.iter().any(|look| look["category"] == "hours_reports"));
        // The record goes on meanwhile: up to the newest line that she was given all are there.
        let given: Vec<_> = looks
            .iter()
            .map(|look| ["number", "by", "category", "allowed"].map(|name| look[name].clone()))
            .collect();
        let newest = given[0][0].as_str().expect("a number").to_owned();
        let intruder = Intruder::break_in(&server.database).await;
        let stored = intruder.lines_about(id.parse().expect("a number")).await.into_iter();
        let stored: Vec<_> = stored
            .map(|(number, by, category, allowed)| {
                [number.to_string(), by, category, allowed.to_string()].map(|word| json!(word))
            })
            .skip_while(|line| line[0] != json!(newest))
            .collect();
        assert_eq!(given, stored);
        for other in ["Yasmin", "Own", "SYN-STRANGER"] {
            assert!(!answer.text().contains(other), "{other} is someone else");
        }

        let zip = server.get("/api/v1/me/data.zip", &headers).await;
        assert_eq!(zip.header("content-type"), "application/zip");
        let mut archive = zip::ZipArchive::new(Cursor::new(zip.body)).expect("an archive");
        let mut files = BTreeSet::new();
        for place in 0..archive.len() {
            let mut file = archive.by_index(place).expect("a file");
            let name = file.name().expect("a name").trim_end_matches(".csv").to_owned();
            let mut text = String::new();
            file.read_to_string(&mut text).expect("UTF-8");
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let columns = reader.headers().expect("a header").clone();
            let rows: Vec<Value> = reader
                .records()
                .map(|row| {
                    let row = row.expect("a row");
                    let field = |text: &str| match text {
                        "" => Value::Null,
                        text => json!(text),
                    };
                    let fields = columns.iter().zip(row.iter());
                    fields.map(|(name, text)| (name.to_owned(), field(text))).collect()
                })
                .collect();
            if name != "access_log" {
                assert_eq!(json!(rows), tables[&name], "{name}");
            }
            files.insert(name);
        }
        assert_eq!(files, tables.keys().cloned().collect());
    }
}
