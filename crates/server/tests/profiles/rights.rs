//! What she may do with what is hers: see all of it, take it away, take it back.

use std::io::{Cursor, Read};

use axum::http::StatusCode;
use chrono::TimeDelta;
use jobnet_server::profiles::expire;
use jobnet_server::trials::unit;
use serde_json::{Value, json};

use crate::support::database::both;
use crate::support::extracts::query;
use crate::support::server::{Serve, TestServer};
use crate::{PROFILE, REMARK, SUBMISSIONS, Visitor, counts};

/// Everything there can be.
async fn everything<S: Serve>(hers: &Visitor<'_, S>) -> Value {
    let nothing = json!({ "is_wrong": false, "is_left_out": false });
    let say = json!({ "say": { "is_wrong": true, "is_left_out": false }, "seen": nothing });
    hers.put(&format!("{PROFILE}/facts/age"), &say).await;
    hers.put(REMARK, &json!({ "text": "Jeg har fået job.", "seen": "" })).await;
    hers.fill_and_send("one").await
}

#[tokio::test]
async fn withdrawing_leaves_no_row_of_hers_and_every_row_of_others() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        let hers = Visitor::of(&server, "citizen-full-time").await;
        let other = Visitor::of(&server, "citizen-social-assistance").await;
        everything(&hers).await;
        everything(&other).await;
        assert_eq!(counts(db).await, ["n=20", "n=2", "n=2", "n=2"]);
        let kept = other.profile().await;
        let edition = hers.edition("outlook").await;
        for _ in 0..2 {
            let gone = hers.delete(PROFILE).await;
            assert_eq!(gone.status, StatusCode::NO_CONTENT, "also when it is gone already");
            assert_eq!(counts(db).await, ["n=10", "n=1", "n=1", "n=1"]);
        }
        assert_eq!(other.profile().await, kept);
        let profile = hers.profile().await;
        assert_eq!(profile["draft"], json!({ "answers": {}, "editions": {} }));
        assert_eq!((&profile["submissions"], &profile["remark"]), (&json!([]), &Value::Null));
        // A window that was open all the while does not bring anything back unasked.
        let late = hers.answer("outlook", &["poor"], edition).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert_eq!(counts(db).await, ["n=10", "n=1", "n=1", "n=1"]);
    }
}

#[tokio::test]
async fn a_window_from_before_she_deleted_everything_changes_and_sends_nothing() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let hers = Visitor::of(&server, "citizen-full-time").await;
        hers.fill().await;
        let mut before = hers.profile().await;
        let edition = hers.edition("outlook").await;
        hers.delete(PROFILE).await;
        // As often changed as before, within the same second.
        hers.fill().await;
        let late = hers.answer("outlook", &["poor"], edition).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert_eq!(late.json()["errors"][0]["pointer"], "/seen_edition");
        let now = hers.profile().await;
        assert_eq!(now["draft"]["answers"]["outlook"]["choices"], json!(["good"]));
        before["facts"] = now["facts"].clone();
        let sent = hers.send_seen("late", &before).await;
        assert_eq!(sent.status, StatusCode::CONFLICT, "{}", sent.text());
        assert_eq!(sent.json()["errors"][0]["pointer"], "/editions");
        assert_eq!(hers.profile().await["submissions"], json!([]));
    }
}

#[tokio::test]
async fn one_form_that_was_sent_goes_and_the_rest_stays() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let hers = Visitor::of(&server, "citizen-full-time").await;
        let other = Visitor::of(&server, "citizen-social-assistance").await;
        let first = everything(&hers).await;
        let second = hers.send("two").await.json();
        let theirs = everything(&other).await;
        let path = |receipt: &Value| {
            format!("{SUBMISSIONS}/{}", receipt["id"].as_str().expect("a number"))
        };
        // Of another: as if it were gone, and it stays.
        assert_eq!(hers.delete(&path(&theirs)).await.status, StatusCode::NO_CONTENT);
        assert_eq!(other.profile().await["submissions"], json!([theirs]));
        for _ in 0..2 {
            assert_eq!(hers.delete(&path(&first)).await.status, StatusCode::NO_CONTENT);
            assert_eq!(hers.profile().await["submissions"], json!([second]));
        }
        assert_eq!(counts(&server.database.database).await, ["n=20", "n=2", "n=2", "n=2"]);
    }
}

#[tokio::test]
async fn her_data_holds_all_of_it() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let hers = Visitor::of(&server, "citizen-full-time").await;
        let receipt = everything(&hers).await;
        everything(&Visitor::of(&server, "citizen-social-assistance").await).await;
        let edition = hers.edition("outlook").await.to_string();
        let tables = hers.get("/api/v1/me/data").await.json()["tables"].clone();
        let answers = tables["profile_answers"].as_array().expect("rows");
        assert_eq!(answers.len(), 10);
        assert!(answers.iter().any(|row| row["question"] == "outlook"
            && row["answer"] == "{\"choices\":[\"good\"]}"
            && row["edition"] == edition.as_str()
            && row["saved_at"] == "2026-11-22T12:00:00+00:00"));
        let say = json!({ "fact": "age", "is_wrong": "true", "is_left_out": "false",
                          "saved_at": "2026-11-22T12:00:00+00:00" });
        assert_eq!(tables["profile_facts"], json!([say]));
        assert_eq!(tables["profile_remarks"][0]["text"], "Jeg har fået job.");
        let sent = &tables["profile_submissions"][0];
        assert_eq!(tables["profile_submissions"].as_array().map(Vec::len), Some(1));
        assert_eq!((&sent["id"], &sent["key"]), (&receipt["id"], &json!("one")));
        for field in ["answers", "facts", "left_out", "marked_wrong", "result"] {
            let text = sent[field].as_str().expect(field);
            let stored: Value = serde_json::from_str(text).expect("JSON");
            assert_eq!(stored, receipt[field], "{field}");
        }
        let said = hers.get("/api/v1/me/profile/said").await.json();
        let remark = json!({ "text": "Jeg har fået job.", "written_at": "2026-11-22T12:00:00Z" });
        assert_eq!(said, json!({ "remark": remark, "wrong": ["age"] }));
        let zip = hers.get("/api/v1/me/data.zip").await;
        let mut archive = zip::ZipArchive::new(Cursor::new(zip.body)).expect("an archive");
        let mut text = String::new();
        let mut file = archive.by_name("profile_remarks.csv").expect("a file");
        file.read_to_string(&mut text).expect("UTF-8");
        assert_eq!(text, "text,written_at\nJeg har fået job.,2026-11-22T12:00:00+00:00\n");
    }
}

#[tokio::test]
async fn who_is_forgotten_has_no_profile() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        everything(&Visitor::of(&server, "citizen-full-time").await).await;
        everything(&Visitor::of(&server, "citizen-social-assistance").await).await;
        let sql = "SELECT id FROM citizens WHERE register_id = 'SYN-DEMO-FULL-TIME'";
        let id = query(db, sql).await[0].replace("id=", "").parse().expect("a number");
        unit::forget(db, id).await.expect("forgets");
        assert_eq!(counts(db).await, ["n=10", "n=1", "n=1", "n=1"]);
    }
}

#[tokio::test]
async fn what_is_old_goes_by_itself_and_what_she_still_uses_stays() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        everything(&Visitor::of(&server, "citizen-full-time").await).await;
        everything(&Visitor::of(&server, "citizen-social-assistance").await).await;
        let now = || server.app.clock().now();
        server.wait(TimeDelta::days(300));
        let hers = Visitor::of(&server, "citizen-full-time").await;
        hers.send("two").await;
        server.wait(TimeDelta::days(65));
        assert_eq!(expire(db, 365, now()).await.expect("deletes"), 0, "a day is a whole day");
        server.wait(TimeDelta::seconds(1));
        // What was sent a year ago by both, and the rest of her who has not been here since.
        assert_eq!(expire(db, 365, now()).await.expect("deletes"), 2 + 10 + 1 + 1);
        assert_eq!(counts(db).await, ["n=10", "n=1", "n=1", "n=1"]);
        server.wait(TimeDelta::days(300));
        assert_eq!(expire(db, 365, now()).await.expect("deletes"), 13);
        assert_eq!(counts(db).await, ["n=0"; 4]);
    }
}
