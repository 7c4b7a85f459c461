//! Reports of missing hours: one receipt however often they are sent.

use std::collections::HashSet;
use std::sync::Arc;

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::support::database::{both, sqlite};
use crate::support::extracts::query;
use crate::support::server::{Serve, TestServer};

const REPORTS: &str = "/api/v1/me/hours-reports";

fn report(note: &str) -> Value {
    json!({ "month": "2026-04", "worked_hours": 12.5, "note": note })
}

#[tokio::test]
async fn a_report_has_a_receipt_and_is_listed_and_shown_as_her_remark() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let cookie = server.sign_in("citizen-full-time").await;
        let headers = [("cookie", cookie.as_str()), ("idempotency-key", "one")];
        let receipt = server.post(REPORTS, &headers, &report(" Vagter i caféen ")).await;
        assert_eq!(receipt.status, StatusCode::CREATED, "{}", receipt.text());
        let receipt = receipt.json();
        assert_eq!(receipt["recipient"], "Fagenes A-kasse");
        assert_eq!(receipt["received_at"], "2026-11-22T12:00:00Z");
        assert_eq!(receipt["note"], "Vagter i caféen");
        assert_eq!(receipt["worked_hours"], 12.5);
        let list = server.get(REPORTS, &[("cookie", &cookie)]).await;
        assert_eq!(list.json(), json!([receipt]));
        let account = server.get("/api/v1/me/account", &[("cookie", &cookie)]).await.json();
        assert_eq!(account["reports"], json!([receipt]));
        assert_eq!(account["case"]["months"][1]["work_hours"], Value::Null, "not as data");

        let other = server.sign_in("citizen-social-assistance").await;
        assert_eq!(server.get(REPORTS, &[("cookie", &other)]).await.json(), json!([]));
    }
}

#[tokio::test]
async fn sent_sixteen_times_at_once_it_is_stored_once() {
    for database in both().await {
        let server = Arc::new(TestServer::filled(database).await);
        let cookie = server.sign_in("citizen-full-time").await;
        let mut requests = tokio::task::JoinSet::new();
        for _ in 0..16 {
            let (server, cookie) = (Arc::clone(&server), cookie.clone());
            requests.spawn(async move {
                let headers = [("cookie", cookie.as_str()), ("idempotency-key", "same")];
                let answer = server.post(REPORTS, &headers, &report("x")).await;
                assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
                answer.text().to_owned()
            });
        }
        let receipts: HashSet<String> = requests.join_all().await.into_iter().collect();
        assert_eq!(receipts.len(), 1, "{receipts:?}");
        let rows = query(&server.database.database, "SELECT id FROM hours_reports").await;
        assert_eq!(rows.len(), 1);
    }
}

#[tokio::test]
async fn a_key_used_for_something_else_is_a_conflict_and_keys_are_her_own() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let cookie = server.sign_in("citizen-full-time").await;
        let headers = [("cookie", cookie.as_str()), ("idempotency-key", "key")];
        let first = server.post(REPORTS, &headers, &report("first")).await;
        let other = server.post(REPORTS, &headers, &report("other")).await;
        assert_eq!(other.status, StatusCode::CONFLICT);
        assert_eq!(other.json()["code"], "conflict");
        let again = server.post(REPORTS, &headers, &report("first")).await;
        assert_eq!(again.json(), first.json());

        let someone = server.sign_in("citizen-social-assistance").await;
        let headers = [("cookie", someone.as_str()), ("idempotency-key", "key")];
        let hers = server.post(REPORTS, &headers, &report("first")).await;
        assert_eq!(hers.status, StatusCode::CREATED);
        assert_ne!(hers.json()["id"], first.json()["id"]);
        assert_eq!(hers.json()["recipient"], "Odense");
    }
}

#[tokio::test]
async fn what_cannot_be_used_is_named_and_not_stored() {
    let server = TestServer::filled(sqlite().await).await;
    let cookie = server.sign_in("citizen-full-time").await;
    let keyed = [("cookie", cookie.as_str()), ("idempotency-key", "key")];
    let refused = json!({ "month": "2027-01", "worked_hours": 745, "note": "" });
    let answer = server.post(REPORTS, &keyed, &refused).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let errors = answer.json()["errors"].clone();
    assert_eq!(errors[0]["pointer"], "/month");
    assert_eq!(errors[1]["pointer"], "/worked_hours");
    for (body, status) in [
        (json!({ "month": "2026-04", "note": "x", "extra": 1 }), StatusCode::BAD_REQUEST),
        (json!({ "month": "April", "note": "x" }), StatusCode::BAD_REQUEST),
        (json!({ "month": "2026-04", "note": "x".repeat(70_000) }), StatusCode::PAYLOAD_TOO_LARGE),
    ] {
        assert_eq!(server.post(REPORTS, &keyed, &body).await.status, status);
    }
    let without_key = server.post(REPORTS, &[("cookie", &cookie)], &report("x")).await;
    assert_eq!(without_key.status, StatusCode::UNPROCESSABLE_ENTITY);
    let rows = query(&server.database.database, "SELECT id FROM hours_reports").await;
    assert!(rows.is_empty());
}

#[tokio::test]
async fn the_administrator_exports_every_report() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let cookie = server.sign_in("citizen-full-time").await;
        let headers = [("cookie", cookie.as_str()), ("idempotency-key", "key")];
        let receipt = server.post(REPORTS, &headers, &report("=1+1, \"x\"")).await.json();
        let cookie = server.sign_in("administrator").await;
        let csv =
            server.get("/api/v1/administration/hours-reports.csv", &[("cookie", &cookie)]).await;
        assert_eq!(csv.status, StatusCode::OK);
        assert_eq!(csv.header("cache-control"), "no-store");
        assert!(csv.header("content-disposition").starts_with("attachment"));
        let expected = format!(
            "receipt,received_at,recipient,citizen,month,worked_hours,note,synthetic\n\
             {},2026-11-22T12:00:00+00:00,Fagenes A-kasse,SYN-DEMO-FULL-TIME,2026-04,12.50,\
             \"'=1+1, \"\"x\"\"\",true\n",
            receipt["id"].as_str().expect("a number")
        );
        assert_eq!(csv.text(), expected);
    }
}
