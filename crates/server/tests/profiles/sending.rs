//! Sending the form: one receipt however often, of exactly what she has seen.

use std::collections::HashSet;
use std::sync::Arc;

use axum::http::StatusCode;
use chrono::TimeDelta;
use jobnet_profiling::shipped;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use crate::support::database::both;
use crate::support::extracts::query;
use crate::support::server::{Serve, TestServer};
use crate::{LETTERS, PROFILE, Visitor};

#[tokio::test]
async fn a_form_with_missing_answers_is_not_sent_and_each_is_named() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let hers = Visitor::of(&server, "citizen-full-time").await;
        let refused = hers.send("one").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused.json()["errors"].as_array().map(Vec::len), Some(10));
        hers.fill().await;
        // Each of these goes on.
        hers.change("education", &["master"]).await;
        hers.change("difficulty", &["yes"]).await;
        let refused = hers.send("one").await.json();
        let pointers: Vec<&Value> = refused["errors"]
            .as_array()
            .expect("fields")
            .iter()
            .map(|error| &error["pointer"])
            .collect();
        assert_eq!(pointers, ["/answers/field", "/answers/difficulties"]);
        let without_key = hers.send("").await;
        assert_eq!(without_key.json()["errors"][0]["pointer"], "/Idempotency-Key");
        hers.answer("field", &["arts"], 0).await;
        hers.answer("difficulties", &["finances"], 0).await;
        hers.change("difficulty", &["no"]).await;
        let sent = hers.send("one").await;
        assert_eq!(sent.status, StatusCode::CREATED, "a refusal uses no key: {}", sent.text());
        let answers = sent.json()["answers"].clone();
        assert_eq!(answers["field"], json!({ "choices": ["arts"] }));
        assert_eq!(answers["difficulties"], Value::Null, "she is no longer asked");
        let draft = hers.profile().await["draft"]["answers"].clone();
        assert_eq!(draft["difficulties"], json!({ "choices": ["finances"] }), "and it is kept");
    }
}

#[tokio::test]
async fn the_receipt_says_what_was_sent_and_what_the_model_said_and_stays_as_it_is() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        let hers = Visitor::of(&server, "citizen-full-time").await;
        let receipt = hers.fill_and_send("one").await;
        assert_eq!(receipt["received_at"], "2026-11-22T12:00:00Z");
        assert_eq!(receipt["id"].as_str().map(str::len), Some(14));
        assert_eq!(receipt["answers"].as_object().map(serde_json::Map::len), Some(10));
        let facts = json!({ "age": 36, "months_employed": 2, "origin": null });
        assert_eq!(receipt["facts"], facts);
        assert_eq!((&receipt["left_out"], &receipt["marked_wrong"]), (&json!([]), &json!([])));
        assert_eq!((&receipt["receipt"], &receipt["trial"]), (&json!("3.1"), &Value::Null));
        let model = shipped::model(shipped::DEFAULT).expect("a model");
        let answers = serde_json::from_value(receipt["answers"].clone()).expect("answers");
        let facts = serde_json::from_value(facts).expect("facts");
        let profile = model.profile(&answers, &facts).expect("a profile");
        assert_eq!(receipt["result"], json!({ "profile": profile }));
        let rows = query(db, "SELECT model, model_digest FROM profile_submissions").await;
        assert_eq!(rows, [format!("model={} model_digest={}", shipped::DEFAULT, model.digest)]);

        // Her draft goes on, and what was sent does not.
        server.wait(TimeDelta::minutes(1));
        hers.change("outlook", &["very_poor"]).await;
        let second = hers.send("two").await.json();
        assert_eq!(second["answers"]["outlook"]["choices"], json!(["very_poor"]));
        assert_eq!(hers.profile().await["submissions"], json!([second, receipt]));
        let forged = "UPDATE profile_submissions SET answers = '{}'";
        let forged = Statement::from_string(db.read().get_database_backend(), forged);
        let refused = db.read().execute_raw(forged).await.expect_err("refuses").to_string();
        assert!(refused.contains("never change"), "{refused}");

        // Beside the receipts of reports, newest first.
        server.wait(TimeDelta::minutes(1));
        let headers = [("cookie", hers.cookie.as_str()), ("idempotency-key", "report")];
        let report = json!({ "month": "2026-04", "worked_hours": 1, "note": "" });
        let report = server.post("/api/v1/me/hours-reports", &headers, &report).await.json();
        let letters = hers.get(LETTERS).await;
        assert_eq!(letters.header("cache-control"), "no-store");
        let letter = |receipt: &Value, kind: Value| json!({ "id": receipt["id"], "sent_at": receipt["received_at"], "kind": kind });
        let of_form = json!({ "type": "profile_receipt", "receipt": "3.1" });
        let listed: Vec<Value> = letters
            .json()
            .as_array()
            .expect("a list")
            .iter()
            .map(|one| json!({ "id": one["id"], "sent_at": one["sent_at"], "kind": one["kind"] }))
            .collect();
        assert_eq!(
            json!(listed),
            json!([
                letter(&report, json!({ "type": "hours_report" })),
                letter(&second, of_form.clone()),
                letter(&receipt, of_form),
            ])
        );
        let other = Visitor::of(&server, "citizen-social-assistance").await;
        assert_eq!(other.get(LETTERS).await.json(), json!([]));
    }
}

#[tokio::test]
async fn sent_sixteen_times_at_once_it_is_stored_once() {
    for database in both().await {
        let server = Arc::new(TestServer::filled(database).await);
        let hers = Visitor::of(server.as_ref(), "citizen-full-time").await;
        hers.fill().await;
        let seen = hers.profile().await;
        let mut requests = tokio::task::JoinSet::new();
        for _ in 0..16 {
            let (server, cookie) = (Arc::clone(&server), hers.cookie.clone());
            let seen = seen.clone();
            requests.spawn(async move {
                let hers = Visitor { server: server.as_ref(), cookie };
                let sent = hers.send_seen("same", &seen).await;
                assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text());
                sent.text().to_owned()
            });
        }
        let receipts: HashSet<String> = requests.join_all().await.into_iter().collect();
        assert_eq!(receipts.len(), 1, "{receipts:?}");
        let rows = query(&server.database.database, "SELECT id FROM profile_submissions").await;
        assert_eq!(rows.len(), 1);

        // The same key is the same receipt also when the form has gone on, and never another form.
        hers.change("outlook", &["poor"]).await;
        let again = hers.send_seen("same", &seen).await.text().to_owned();
        assert!(receipts.contains(&again));
        assert_eq!(hers.send("same").await.status, StatusCode::CONFLICT);
        let other = Visitor::of(server.as_ref(), "citizen-social-assistance").await;
        let theirs = other.fill_and_send("same").await;
        assert!(!again.contains(theirs["id"].as_str().expect("a number")), "keys are her own");
    }
}

#[tokio::test]
async fn nobody_sends_what_she_has_not_seen() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let hers = Visitor::of(&server, "citizen-full-time").await;
        hers.fill().await;
        let seen = hers.profile().await;
        let other = Visitor::of(&server, "citizen-full-time").await;
        other.change("outlook", &["very_poor"]).await;
        let refused = hers.send_seen("one", &seen).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert_eq!(refused.json()["errors"][0]["pointer"], "/editions");
        assert_eq!(hers.profile().await["submissions"], json!([]));
        assert_eq!(hers.send("one").await.status, StatusCode::CREATED);
        // Nor does a model use what she has not seen, or has seen otherwise.
        let seen = hers.profile().await;
        let nothing = json!({ "is_wrong": false, "is_left_out": false });
        let say = json!({ "say": { "is_wrong": false, "is_left_out": true }, "seen": nothing });
        other.put(&format!("{PROFILE}/facts/age"), &say).await;
        let refused = hers.send_seen("two", &seen).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert_eq!(refused.json()["errors"][0]["pointer"], "/facts");
        assert_eq!(hers.profile().await["submissions"].as_array().map(Vec::len), Some(1));
        assert_eq!(hers.send("two").await.json()["left_out"], json!(["age"]));
        let unknown = json!({ "editions": { "shoe_size": 1 }, "facts": [] });
        let headers = [("cookie", hers.cookie.as_str()), ("idempotency-key", "three")];
        let refused = server.post(&format!("{PROFILE}/submissions"), &headers, &unknown).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    }
}
