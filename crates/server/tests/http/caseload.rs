//! A caseload of thousands: every row is what the rules say of that citizen, and what is asked for
//! is what is shown.

use crate::support::casework::Office;
use crate::support::database::{TestDatabase, both};
use crate::support::extracts::{day, keys, query, when};
use crate::support::server::{Serve, TestServer};
use jobnet_api::casework::Caseload;
use jobnet_server::caseload::{self, refresh};
use jobnet_server::import::{Show, import};
use jobnet_server::synthesise::{Options, run};
use serde_json::{Value, json};

use crate::casework::{ask, current, names};

/// A synthetic population large enough to fill every filter.
async fn population(database: TestDatabase, citizens: u64) -> TestServer {
    let out = tempfile::tempdir().expect("a temporary folder");
    let options =
        Options { citizens, seed: 7, out: out.path().to_owned(), as_of: day("2026-11-22") };
    run(&options).expect("synthesises");
    let report = import(&database.database, &keys(), out.path(), when(), Show::Nothing).await;
    report.expect("imports");
    TestServer::demo(database)
}

#[tokio::test]
async fn every_row_says_what_the_citizens_own_account_says() {
    for database in both().await {
        let server = population(database, 300).await;
        current(&server).await;
        let cookie = server.sign_in("caseworker").await;
        let answer = ask(&server, &cookie, json!({"page_size": 100})).await;
        let page: Caseload = serde_json::from_slice(&answer.body).expect("a caseload");
        assert!(page.rows.len() > 50, "{}", page.rows.len());
        for row in page.rows {
            let path = format!("/api/v1/citizens/{}/account", row.citizen);
            let account = server.get(&path, &[("cookie", &cookie)]).await.json();
            let figure = |pointer: &str| account.pointer(pointer).cloned().unwrap_or(Value::Null);
            let row = serde_json::to_value(&row).expect("JSON");
            for (field, pointer) in [
                ("scheme", "/case/scheme"),
                ("registered_on", "/registered_on"),
                ("remaining_hours", "/account/period/remaining_hours"),
                ("runs_out_month", "/account/period/runs_out_month"),
                ("frame_ends_on", "/account/period/frame_ends_on"),
                ("karens_state", "/account/karens/state"),
                ("karens_window_to", "/account/karens/window_to"),
                ("karens_missing_hours", "/account/karens/missing_hours"),
                ("next_deadline", "/deadlines/0"),
            ] {
                assert_eq!(row[field], figure(pointer), "{field} of {}", row["name"]);
            }
        }
    }
}

/// All rows of a query, page by page.
async fn all(server: &TestServer, cookie: &str, query: Value) -> Vec<Value> {
    let mut rows: Vec<Value> = Vec::new();
    for page in 1.. {
        let mut body = query.clone();
        body["page"] = json!(page);
        body["page_size"] = json!(37);
        let answer = ask(server, cookie, body).await.json();
        let found = answer["rows"].as_array().expect("rows").clone();
        if found.is_empty() {
            assert_eq!(answer["total"], json!(rows.len()));
            return rows;
        }
        rows.extend(found);
    }
    rows
}

#[tokio::test]
async fn filters_sort_and_pages_agree_with_the_rows() {
    for database in both().await {
        let server = population(database, 600).await;
        current(&server).await;
        let cookie = server.sign_in("caseworker").await;
        let everyone = all(&server, &cookie, json!({})).await;
        let mut ids: Vec<&str> =
            everyone.iter().map(|row| row["citizen"].as_str().expect("an id")).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), everyone.len(), "each citizen on one page");
        let counts = ask(&server, &cookie, json!({})).await.json()["counts"].clone();
        assert_eq!(counts["all"], json!(everyone.len()));
        let text = |row: &Value, field: &str| row[field].as_str().unwrap_or("9").to_owned();
        for filter in ["benefit_ends_soon", "karens_ahead", "new", "sick_listed"] {
            let holds = |row: &&Value| match filter {
                "benefit_ends_soon" => text(row, "runs_out_month").as_str() <= "2027-02",
                "karens_ahead" => {
                    row["karens_state"] == "open"
                        && ["2026-11", "2026-12"].contains(&text(row, "karens_window_to").as_str())
                }
                "new" => {
                    ("2026-10-25".."2026-11-23").contains(&text(row, "registered_on").as_str())
                }
                _ => !row["sick_since"].is_null(),
            };
            let expected: Vec<&Value> = everyone.iter().filter(holds).collect();
            let found = all(&server, &cookie, json!({ "filters": [filter] })).await;
            assert!(!found.is_empty() && found.len() < everyone.len(), "{filter}");
            assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{filter}");
            assert_eq!(counts[filter], json!(found.len()), "{filter}");
        }
        for (sort, field) in [
            ("runs_out", "runs_out_month"),
            ("registered_on", "registered_on"),
            ("karens_missing", "karens_missing_hours"),
        ] {
            for descending in [false, true] {
                let query = json!({ "sort": sort, "descending": descending });
                let rows = all(&server, &cookie, query).await;
                assert_eq!(rows.len(), everyone.len());
                let known = rows.iter().take_while(|row| !row[field].is_null()).count();
                assert!(rows[known..].iter().all(|row| row[field].is_null()), "unknown is last");
                let in_order = rows[..known].windows(2).all(|pair| {
                    let [one, other] = [&pair[0][field], &pair[1][field]].map(|value| {
                        value.as_f64().map_or_else(|| value.to_string(), |n| format!("{n:012.2}"))
                    });
                    if descending { one >= other } else { one <= other }
                });
                assert!(in_order, "{sort} {descending}");
            }
        }
        // The next deadline, as the table has it.
        let sql = "SELECT deadline_on FROM caseload \
                   WHERE fund = 'Fagenes A-kasse' AND deadline_on IS NOT NULL";
        let mut due = query(&server.database.database, sql).await;
        assert!(due.len() > 50, "{} have one", due.len());
        for descending in [false, true] {
            let by_deadline = json!({ "sort": "next_deadline", "descending": descending });
            let rows = all(&server, &cookie, by_deadline).await;
            assert_eq!(rows.len(), everyone.len());
            let shown: Vec<&Value> = rows.iter().map(|row| &row["next_deadline"]["on"]).collect();
            let (known, unknown) = shown.split_at(due.len());
            assert!(unknown.iter().all(|on| on.is_null()), "who has none is last");
            let on = |on: &&Value| format!("deadline_on={}", on.as_str().unwrap_or_default());
            assert_eq!(known.iter().map(on).collect::<Vec<_>>(), due, "{descending}");
            due.reverse();
        }
        let mine = all(&server, &cookie, json!({ "mine": true })).await;
        assert!(!mine.is_empty() && mine.len() < everyone.len());
        assert!(mine.iter().all(|row| row["caseworker"] == "Karen Lindeskov"));
    }
}

#[tokio::test]
async fn another_day_or_import_makes_the_figures_old_until_they_are_computed_anew() {
    for database in both().await {
        let office = Office::open(database).await;
        let database = &office.server.database.database;
        let (today, now) = (day("2026-11-22"), office.server.app.clock().now());
        assert_eq!(refresh(database, today, now).await.expect("refreshes"), 6);
        assert_eq!(refresh(database, today, now).await.expect("refreshes"), 0, "nothing to do");
        assert!(caseload::is_current(database.read(), today).await.expect("reads"));
        let tomorrow = day("2026-11-23");
        assert!(!caseload::is_current(database.read(), tomorrow).await.expect("reads"));
        assert_eq!(refresh(database, tomorrow, now).await.expect("refreshes"), 6);
        crate::support::casework::moved_back().import_well(database, "2026-11-23").await;
        assert!(!caseload::is_current(database.read(), tomorrow).await.expect("reads"));
        assert_eq!(refresh(database, tomorrow, now).await.expect("refreshes"), 6);
        let cookie = office.server.sign_in("caseworker").await;
        let answer = ask(&office.server, &cookie, json!({})).await;
        assert_eq!(names(&answer), ["Asta Vinterlund", "Former Æbelø", "Own Ørsted"]);
    }
}
