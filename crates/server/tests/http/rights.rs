//! Rights, duties and deadlines: from extracts to the timeline, for her alone, and recorded.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::support::database::both;
use crate::support::extracts::{Extracts, JOB_SEARCH, MEASURES, query};
use crate::support::server::{Serve, TestServer};

const RIGHTS: &str = "/api/v1/me/rights";

fn more() -> Extracts {
    Extracts::new()
        .with_bytes("synthetic.json", br#"{"synthetic": true, "as_of": "2026-11-22"}"#)
        .with(
            "measures",
            MEASURES,
            &[
                "SYN-DEMO-FULL-TIME,Praktik,2026-12-07,2027-01-15,Nordhavn,planned",
                "SYN-DEMO-FULL-TIME,Kursus,2026-09-01,2026-09-30,,completed",
            ],
        )
        .with(
            "job_search",
            JOB_SEARCH,
            &[
                "SYN-DEMO-FULL-TIME,2026-10-02,Baker,Bread Ltd,online,",
                "SYN-DEMO-FULL-TIME,2026-10-31,Cook,Soup Ltd,online,",
                "SYN-DEMO-FULL-TIME,2026-11-02,Cook,Stew Ltd,online,",
            ],
        )
}

fn entry<'a>(part: &'a Value, id: &str) -> &'a Value {
    let found = part.as_array().expect("a list").iter().find(|entry| entry["id"] == id);
    found.unwrap_or_else(|| panic!("no {id} in {part}"))
}

#[tokio::test]
async fn the_timeline_is_of_all_registers_and_its_figures_are_those_of_the_law() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        more().import_well(&server.database.database, "2026-11-22").await;
        let cookie = server.sign_in("citizen-full-time").await;
        let answer = server.get(RIGHTS, &[("cookie", &cookie)]).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        assert_eq!(answer.header("cache-control"), "no-store");
        let rights = answer.json();
        let timeline = &rights["timeline"];
        assert_eq!(timeline["today"], "2026-11-22");
        assert_eq!(entry(&timeline["coming"], "talk-job-centre-2026-12-02")["on"], "2026-12-02");
        let practice = entry(&timeline["coming"], "activity-2026-12-07");
        assert_eq!(
            (&practice["name"], &practice["provider"]),
            (&json!("Praktik"), &json!("Nordhavn"))
        );
        // One month and ten days after October.
        assert_eq!(entry(&timeline["coming"], "card-2026-10")["on"], "2026-12-10");
        let past = &timeline["past"];
        assert_eq!(entry(past, "applications-2026-10")["count"], 2);
        assert_eq!(entry(past, "activity-2026-09-01")["measure"], "completed");
        assert_eq!(entry(past, "talk-fund-2026-03-09")["kind"], "talk_held");
        assert_eq!(entry(past, "registered")["on"], "2026-02-27");
        // 111 × 22,041.00 ÷ 160.33.
        let decided = entry(past, "quarantine-2026-06-20");
        let cost = json!({"hours": 111.0, "done_hours": 37.0, "left_hours": 74.0,
            "gross": 15259.47, "is_at_most": false});
        assert_eq!(decided["cost"], cost);
        assert_eq!(decided["basis"][0]["status"], "confirmed");
        let days: Vec<&str> = past
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|entry| entry["on"].as_str())
            .collect();
        assert!(days.is_sorted_by(|newer, older| newer >= older), "{days:?}");

        let key = rights["calendar_key"].as_str().expect("a key").to_owned();
        assert_eq!(key.len(), 22);
        let again = server.get(RIGHTS, &[("cookie", &cookie)]).await.json();
        assert_eq!(again["calendar_key"], key.as_str(), "the same every time");
        let other = server.sign_in("citizen-social-assistance").await;
        let other = server.get(RIGHTS, &[("cookie", &other)]).await.json();
        assert_ne!(other["calendar_key"], key.as_str());
        let duties = other["timeline"]["duties"].as_array().expect("a list").clone();
        assert!(
            duties.iter().all(|duty| duty["basis"][0]["status"] == "unconfirmed"),
            "{duties:?}"
        );

        let data = server.get("/api/v1/me/data", &[("cookie", &cookie)]).await.json();
        let looks = data["tables"]["access_log"].as_array().expect("looks");
        let recorded = looks.iter().filter(|look| look["category"] == "rights");
        assert_eq!(recorded.count(), 2, "{looks:?}");
    }
}

#[tokio::test]
async fn nobody_else_is_told() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        assert_eq!(server.get(RIGHTS, &[]).await.status, StatusCode::UNAUTHORIZED);
        for persona in ["caseworker", "researcher", "administrator"] {
            let cookie = server.sign_in(persona).await;
            let answer = server.get(RIGHTS, &[("cookie", &cookie)]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{persona}");
        }
    }
}

#[tokio::test]
async fn her_caseworker_sees_the_same_and_takes_no_calendar_away() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let database = &server.database.database;
        more().import_well(database, "2026-11-22").await;
        let sql = "SELECT public_id FROM citizens WHERE register_id = 'SYN-DEMO-FULL-TIME'";
        let id = query(database, sql).await[0].replace("public_id=", "");
        let hers = server.sign_in("citizen-full-time").await;
        let own = server.get(RIGHTS, &[("cookie", &hers)]).await.json();
        for persona in ["caseworker", "caseworker-job-centre"] {
            let cookie = server.sign_in(persona).await;
            let path = format!("/api/v1/citizens/{id}/rights");
            let seen = server.get(&path, &[("cookie", &cookie)]).await;
            assert_eq!(seen.status, StatusCode::OK, "{}", seen.text());
            assert_eq!(seen.header("cache-control"), "no-store");
            assert_eq!(seen.json(), json!({ "timeline": own["timeline"] }), "and nothing more");
        }
        let log = server.get("/api/v1/me/access-log", &[("cookie", &hers)]).await.json();
        let looks = log["looks"].as_array().expect("looks");
        assert_eq!(looks.len(), 2, "{log}");
        assert!(looks.iter().all(|look| look["category"] == "rights"), "{log}");
    }
}
