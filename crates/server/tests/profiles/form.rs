//! Answers are stored as they are given, wherever she goes on, and never lost unasked.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::database::{both, sqlite};
use crate::support::extracts::query;
use crate::support::server::{Serve, TestServer};
use crate::{PROFILE, Visitor, counts};

#[tokio::test]
async fn an_answer_is_there_on_another_computer_at_another_server() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let first = Visitor::of(&server, "citizen-full-time").await;
        assert_eq!(first.profile().await["draft"], json!({ "answers": {}, "editions": {} }));
        let saved = first.answer("education", &["vocational_training"], 0).await;
        assert_eq!(saved.header("cache-control"), "no-store");
        let saved = saved.json();
        assert_eq!(saved["saved_at"], "2026-11-22T12:00:00Z");
        let channels = first.answer("channels", &["job_portals", "network"], 0).await.json();

        server.wait(TimeDelta::minutes(5));
        let beside = server.beside();
        let second = Visitor::of(&beside, "citizen-full-time").await;
        let draft = second.profile().await["draft"].clone();
        assert_eq!(
            draft,
            json!({
                "answers": {
                    "education": { "choices": ["vocational_training"] },
                    "channels": { "choices": ["job_portals", "network"] },
                },
                "editions": { "education": saved["edition"], "channels": channels["edition"] },
            })
        );
        let before = saved["edition"].clone();
        let saved = second.change("education", &["master"]).await.json();
        assert_eq!(saved["saved_at"], "2026-11-22T12:05:00Z");
        assert_ne!(saved["edition"], before);
        // She takes one back: it is gone, and that it was there is not forgotten.
        let nothing = json!({ "answer": null, "seen_edition": channels["edition"] });
        let none = second.put(&format!("{PROFILE}/answers/channels"), &nothing).await.json();
        assert_ne!(none["edition"], channels["edition"]);
        let draft = first.profile().await["draft"].clone();
        assert_eq!(draft["answers"], json!({ "education": { "choices": ["master"] } }));
        let editions = json!({ "education": saved["edition"], "channels": none["edition"] });
        assert_eq!(draft["editions"], editions);

        let other = Visitor::of(&server, "citizen-social-assistance").await;
        assert_eq!(other.profile().await["draft"]["answers"], json!({}), "hers alone");
    }
}

#[tokio::test]
async fn of_two_windows_the_later_change_waits_for_her_word() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let one = Visitor::of(&server, "citizen-full-time").await;
        let other = Visitor::of(&server, "citizen-full-time").await;
        one.answer("outlook", &["good"], 0).await;
        let edition = one.edition("outlook").await;
        server.wait(TimeDelta::seconds(30));
        let refused = other.answer("outlook", &["poor"], 0).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert_eq!(refused.header("content-type"), "application/problem+json");
        let problem = refused.json();
        assert_eq!(problem["code"], "conflict");
        assert_eq!(problem["errors"][0]["pointer"], "/seen_edition");
        let told = problem["errors"][0]["detail"].as_str().expect("a sentence");
        assert!(told.contains("ændret et andet sted"), "{told}");
        let draft = one.profile().await["draft"].clone();
        assert_eq!(draft["answers"]["outlook"]["choices"], json!(["good"]), "nothing was changed");
        // The same answer is no conflict, whatever was seen, and keeps edition and time.
        let kept = json!({ "edition": edition, "saved_at": "2026-11-22T12:00:00Z" });
        for seen in [0, edition, 7] {
            let same = other.answer("outlook", &["good"], seen).await;
            assert_eq!(same.json(), kept);
        }
        // Asked, she decides for the later one.
        let later = other.answer("outlook", &["poor"], edition).await;
        assert_eq!(later.status, StatusCode::OK, "{}", later.text());
        let late = one.answer("outlook", &["very_good"], edition).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
    }
}

#[tokio::test]
async fn of_sixteen_first_answers_at_once_one_is_stored_and_the_others_are_asked() {
    const CHOICES: [&str; 4] = ["very_good", "good", "poor", "very_poor"];
    for database in both().await {
        let server = Arc::new(TestServer::filled(database).await);
        let cookie = server.sign_in("citizen-full-time").await;
        let mut requests = tokio::task::JoinSet::new();
        for number in 0..16 {
            let (server, cookie) = (Arc::clone(&server), cookie.clone());
            requests.spawn(async move {
                let hers = Visitor { server: server.as_ref(), cookie };
                let choice = CHOICES[number % 4];
                (choice, hers.answer("outlook", &[choice], 0).await.status)
            });
        }
        let answers = requests.join_all().await;
        let stored: BTreeSet<&str> = answers
            .iter()
            .filter(|(_, status)| *status == StatusCode::OK)
            .map(|(choice, _)| *choice)
            .collect();
        assert_eq!(stored.len(), 1, "{answers:?}");
        assert!(
            answers
                .iter()
                .all(|(_, status)| { [StatusCode::OK, StatusCode::CONFLICT].contains(status) })
        );
        let rows = query(&server.database.database, "SELECT answer FROM profile_answers");
        let choice = stored.first().expect("one");
        assert_eq!(rows.await, [format!("answer={{\"choices\":[\"{choice}\"]}}")]);
    }
}

#[tokio::test]
async fn what_is_no_answer_is_refused_by_its_field_and_not_stored() {
    let server = TestServer::filled(sqlite().await).await;
    let hers = Visitor::of(&server, "citizen-full-time").await;
    let answer = |choices: Value, note: Value| json!({ "choices": choices, "note": note });
    let long = "å".repeat(301);
    for (question, answer, pointer) in [
        ("outlook", answer(json!([]), Value::Null), "/answer/choices"),
        ("outlook", answer(json!(["master"]), Value::Null), "/answer/choices"),
        ("outlook", answer(json!(["good", "poor"]), Value::Null), "/answer/choices"),
        ("channels", answer(json!(["network", "not_yet"]), Value::Null), "/answer/choices"),
        ("channels", answer(json!(["network", "job_portals"]), Value::Null), "/answer/choices"),
        ("outlook", answer(json!(["good"]), json!("x")), "/answer/note"),
        ("difficulties", answer(json!(["other_difficulty"]), json!(long)), "/answer/note"),
        ("difficulties", answer(json!(["other_difficulty"]), json!("a\u{7}")), "/answer/note"),
    ] {
        let body = json!({ "answer": answer, "seen_edition": 0 });
        let refused = hers.put(&format!("{PROFILE}/answers/{question}"), &body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert_eq!(refused.json()["errors"][0]["pointer"], pointer, "{body}");
    }
    let good = json!({ "answer": { "choices": ["good"] }, "seen_edition": 0 });
    for (path, body, status) in [
        ("answers/shoe_size", good.clone(), StatusCode::NOT_FOUND),
        ("answers/outlook", json!({ "answer": { "choices": ["x"] } }), StatusCode::BAD_REQUEST),
        ("answers/outlook", json!({ "answer": { "choices": ["good"] } }), StatusCode::BAD_REQUEST),
        ("answers/outlook", json!([good]), StatusCode::BAD_REQUEST),
        (
            "facts/shoe_size",
            json!({
                "say": { "is_wrong": true, "is_left_out": false },
                "seen": { "is_wrong": false, "is_left_out": false },
            }),
            StatusCode::NOT_FOUND,
        ),
        (
            "facts/age",
            json!({ "say": { "is_wrong": true, "is_left_out": false } }),
            StatusCode::BAD_REQUEST,
        ),
        ("remark", json!({ "text": "a" }), StatusCode::BAD_REQUEST),
        (
            "remark",
            json!({ "text": "å".repeat(901), "seen": "" }),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        ("remark", json!({ "text": "a\u{0}", "seen": "" }), StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let refused = hers.put(&format!("{PROFILE}/{path}"), &body).await;
        assert_eq!(refused.status, status, "{path} {body}");
    }
    assert_eq!(counts(&server.database.database).await, ["n=0"; 4]);
    // Blanks around her own words are not stored, nor is a note of blanks.
    let own =
        json!({ "answer": answer(json!(["other_difficulty"]), json!(" ro\n")), "seen_edition": 0 });
    hers.put(&format!("{PROFILE}/answers/difficulties"), &own).await;
    let draft = hers.profile().await["draft"].clone();
    assert_eq!(draft["answers"]["difficulties"]["note"], "ro");
}
