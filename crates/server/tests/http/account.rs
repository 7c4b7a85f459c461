//! The account: from extracts to figures, today and as it stood.

use axum::http::StatusCode;
use jobnet_server::evaluate::evaluate_document;
use serde_json::{Value, json};

use crate::support::database::{both, sqlite};
use crate::support::extracts::{Extracts, WORK_HOURS};
use crate::support::server::{Serve, TestServer, demo_extracts};

const ACCOUNT: &str = "/api/v1/me/account";

/// What `jobnet-server evaluate` says of a case written by hand.
fn evaluated(case: &Value) -> Value {
    let mut output = Vec::new();
    let problems = evaluate_document(case.to_string().as_bytes(), &mut output);
    assert_eq!(problems, []);
    serde_json::from_slice(&output).expect("an account")
}

#[tokio::test]
async fn the_account_is_what_evaluate_says_of_the_same_facts() {
    let case = json!({
        "as_of": "2026-11-22", "scheme": "dagpenge", "insurance": "full_time",
        "placed_on": "2026-03-01", "monthly_rate": 22041.0, "supplementary_weeks_used": 3,
        "quarantine_left_hours": 111.0,
        "months": [
            {"month": "2026-03", "work_hours": 50.0, "subsidised_hours": 0.0,
             "paid_hours": 110.33, "quarantine_hours": 0.0, "away": null, "settled": true},
            {"month": "2026-04", "work_hours": null, "subsidised_hours": 0.0,
             "paid_hours": 160.33, "quarantine_hours": 0.0, "away": null, "settled": true},
        ],
    });
    for database in both().await {
        let server = TestServer::filled(database).await;
        let cookie = server.sign_in("citizen-full-time").await;
        let answer = server.get(ACCOUNT, &[("cookie", &cookie)]).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        assert_eq!(answer.header("cache-control"), "no-store");
        let account = answer.json();
        assert_eq!(account["case"], case);
        assert_eq!(account["account"], evaluated(&case));
        assert_eq!(account["authority"], "Fagenes A-kasse");
        assert_eq!(account["registered_on"], "2026-02-27");
        assert_eq!(
            account["payments"],
            json!([
                {"month": "2026-03", "kind": "dagpenge", "paid_hours": 110.33, "gross": 15167.36,
                 "settled": true, "as_of": "2026-04-11"},
                {"month": "2026-04", "kind": "dagpenge", "paid_hours": 160.33, "gross": 22041.0,
                 "settled": true, "as_of": "2026-05-11"},
            ])
        );
        assert_eq!(
            account["spells"],
            json!([{"kind": "sickness", "from": "2026-05-04", "to": "2026-05-08"}])
        );
        assert_eq!(
            account["sanctions"],
            json!([{"kind": "quarantine", "decided_on": "2026-06-20", "hours": 111.0,
                    "served_hours": 37.0}])
        );
        assert_eq!(
            account["sources"],
            json!([
                {"register": "work_hours", "as_of": "2026-04-30"},
                {"register": "benefits", "as_of": "2026-05-11"},
                {"register": "sickness", "as_of": "2026-11-22"},
                {"register": "sanctions", "as_of": "2026-11-22"},
                {"register": "meetings", "as_of": "2026-11-22"},
            ])
        );
        let meetings: Vec<&Value> = account["deadlines"]
            .as_array()
            .expect("a list")
            .iter()
            .filter(|deadline| deadline["kind"] == "job_centre_meeting")
            .collect();
        assert_eq!(meetings, [&json!({"kind": "job_centre_meeting", "on": "2026-12-02"})]);
        assert_eq!(account["reports"], json!([]));
    }
}

#[tokio::test]
async fn social_assistance_is_read_by_kroner_and_belongs_to_the_municipality() {
    let server = TestServer::filled(sqlite().await).await;
    let cookie = server.sign_in("citizen-social-assistance").await;
    let account = server.get(ACCOUNT, &[("cookie", &cookie)]).await.json();
    assert_eq!(account["authority"], "Odense");
    assert_eq!(account["case"]["rate_level"], "basic");
    assert_eq!(account["case"]["months"][0]["earned"], 3600.0);
    assert_eq!(account["account"]["period"], Value::Null);
}

/// A correction of Bakery's hours for March, known from 10 December 2026 on.
fn correction() -> Extracts {
    demo_extracts().without("work_hours.csv").with(
        "work_hours",
        WORK_HOURS,
        &[
            "SYN-DEMO-FULL-TIME,2026-03,Bakery,40.00,ordinary,7600,2026-12-09",
            "SYN-DEMO-FULL-TIME,2026-04,Café,5,ordinary,1900,2026-12-09",
        ],
    )
}

#[tokio::test]
async fn a_correction_changes_the_figures_from_its_day_on_and_not_before() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        correction().import_well(&server.database.database, "2026-12-10").await;
        let cookie = server.sign_in("citizen-full-time").await;
        let hours = async |query: &str| {
            let answer = server.get(&format!("{ACCOUNT}{query}"), &[("cookie", &cookie)]).await;
            let account = answer.json();
            let months = account["case"]["months"].clone();
            (months[0]["work_hours"].clone(), months[1]["work_hours"].clone())
        };
        assert_eq!(hours("?as_of=2026-12-09").await, (json!(50.0), Value::Null));
        assert_eq!(hours("?as_of=2026-12-10").await, (json!(60.0), json!(15.0)));
        assert_eq!(hours("").await, (json!(60.0), json!(15.0)), "today is the newest import's");
        let path = format!("{ACCOUNT}?as_of=2026-11-21");
        let before = server.get(&path, &[("cookie", &cookie)]).await;
        assert_eq!(before.status, StatusCode::NOT_FOUND, "nothing was known yet");
    }
}

#[tokio::test]
async fn a_day_that_is_no_day_or_not_yet_is_refused() {
    let server = TestServer::filled(sqlite().await).await;
    let cookie = server.sign_in("citizen-full-time").await;
    for bad in ["tomorrow", "2026-02-30", "2026-11-23", ""] {
        let path = format!("{ACCOUNT}?as_of={bad}");
        let answer = server.get(&path, &[("cookie", &cookie)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
        assert_eq!(answer.json()["errors"][0]["pointer"], "/as_of");
    }
    let answer = server.get(&format!("{ACCOUNT}?citizen=2"), &[("cookie", &cookie)]).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "no other parameter exists");
}

#[tokio::test]
async fn boot_holds_the_account_of_a_citizen_and_of_nobody_else() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let boot = server.get("/api/v1/boot", &[]).await;
        assert_eq!(boot.header("cache-control"), "no-store");
        let out = boot.json();
        assert_eq!(out["today"], "2026-11-22");
        assert_eq!(out["synthetic"], true);
        assert_eq!(out["personas"].as_array().expect("a list").len(), 10);
        assert_eq!((&out["me"], &out["account"]), (&Value::Null, &Value::Null));

        let cookie = server.sign_in("citizen-full-time").await;
        let boot = server.get("/api/v1/boot", &[("cookie", &cookie)]).await.json();
        let account = server.get(ACCOUNT, &[("cookie", &cookie)]).await.json();
        assert_eq!(boot["me"]["name"], "Asta Vinterlund");
        let mut facts = account;
        facts.as_object_mut().expect("an object").remove("account");
        assert_eq!(boot["account"], facts);

        let cookie = server.sign_in("researcher").await;
        let boot = server.get("/api/v1/boot", &[("cookie", &cookie)]).await.json();
        assert_eq!(boot["me"]["roles"], json!(["researcher"]));
        assert_eq!(boot["account"], Value::Null);
    }
}
