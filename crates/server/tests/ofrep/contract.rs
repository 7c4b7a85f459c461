//! The cases of the contract, and what our rules add to them.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::StatusCode;
use jobnet_api::trial::Step;
use jobnet_server::config::Config;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use crate::support::database::{TestDatabase, both, sqlite};
use crate::support::extracts::query;
use crate::support::server::{Answer, Serve, TestServer, demo_extracts, request};
use crate::{ALL, FLAGS, OTHERS, arm, handle, ledger, pause, run, step, token};

const CASES: &str = include_str!("cases.json");

/// One case, with what is known put in the places of its names.
struct Case {
    case: Value,
    names: BTreeMap<&'static str, String>,
}

impl Case {
    fn text(&self, field: &str) -> &str {
        self.case[field].as_str().unwrap_or_default()
    }

    fn put_in(&self, value: &Value) -> String {
        let mut text = value.to_string();
        for (name, known) in &self.names {
            text = text.replace(&format!("<{name}>"), &known.replace('"', "\\\""));
        }
        text
    }

    async fn ask(&self, server: &TestServer, cookie: &str) -> Answer {
        let headers = match &self.case["headers"] {
            Value::Null => "{}".to_owned(),
            headers => self.put_in(headers),
        };
        let headers: BTreeMap<String, String> = serde_json::from_str(&headers).expect("headers");
        let mut all = vec![("content-type", "application/json"), ("cookie", cookie)];
        all.extend(headers.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        let body = match self.case["raw_body"].as_str() {
            Some(raw) => raw.to_owned(),
            None => self.put_in(&self.case["body"]),
        };
        server.send(request("POST", self.text("path"), &all, Body::from(body))).await
    }

    fn check(&self, answer: &Answer) {
        let id = self.text("id");
        assert_eq!(answer.status.as_u16(), self.case["status"], "{id}: {}", answer.text());
        assert_eq!(answer.header("cache-control"), "no-store", "{id}");
        if let Some(headers) = self.case["response_headers"].as_object() {
            for (name, value) in headers {
                let found = answer.header(name);
                match value.as_str() {
                    Some("<seconds>") => {
                        let seconds: u64 = found.parse().expect("seconds");
                        assert!((1..=60).contains(&seconds), "{id}");
                    }
                    _ => assert_eq!(json!(found).to_string(), self.put_in(value), "{id} {name}"),
                }
            }
        }
        if self.case["response"].is_null() {
            assert_eq!(answer.text(), "", "{id}");
            return;
        }
        assert_eq!(answer.header("content-type"), "application/json", "{id}");
        let mut expected: Value =
            serde_json::from_str(&self.put_in(&self.case["response"])).expect("JSON");
        let found = answer.json();
        if expected["errorDetails"] == "<details>" {
            assert!(found["errorDetails"].as_str().is_some_and(|text| text.len() > 10), "{id}");
            expected["errorDetails"] = found["errorDetails"].clone();
        }
        assert_eq!(found, expected, "{id}");
    }
}

async fn flags(
    server: &impl Serve,
    cookie: &str,
    handle: &str,
    headers: &[(&str, &str)],
) -> Answer {
    let headers = [headers, &[("cookie", cookie)]].concat();
    server.post(ALL, &headers, &json!({ "context": { "targetingKey": handle } })).await
}

#[tokio::test]
async fn every_case_of_the_contract_is_answered_as_it_says() {
    let cases: Value = serde_json::from_str(CASES).expect("JSON");
    for case in cases["cases"].as_array().expect("cases") {
        for database in both().await {
            check(case, database).await;
        }
    }
}

async fn check(case: &Value, database: TestDatabase) {
    let state = case["state"].as_str().expect("a state");
    demo_extracts().import_well(&database.database, "2026-11-22").await;
    let mut config = Config::default();
    config.server.demo = true;
    // Signing in is one; asking who she is and for her page, two more.
    config.limits.requests_per_minute = if state == "limited" { 2 } else { 1000 };
    let server = TestServer::new(database, config);
    let db = &server.database.database;
    run(db).await;
    let mut names = BTreeMap::new();
    let mut cookie = String::new();
    if let Some(who) = case["who"].as_str() {
        cookie = server.sign_in(who).await;
        let handle = handle(&server, &cookie).await;
        let arm = arm(&server, &cookie).await;
        let drawn = query(db, "SELECT arm, algorithm FROM trial_assignments").await;
        let drawn = drawn.first().cloned().unwrap_or_default();
        for part in drawn.split(' ') {
            match part.split_once('=') {
                Some(("arm", value)) => names.insert("arm", value.to_owned()),
                Some(("algorithm", value)) => names.insert("algorithm", value.to_owned()),
                _ => None,
            };
        }
        for name in ["presentation", "framing"] {
            names.insert(name, arm[name].as_str().unwrap_or_default().to_owned());
        }
        if state != "limited" {
            names.insert("token", token(&server).await);
            let answer = flags(&server, &cookie, &handle, &[]).await;
            names.insert("etag", answer.header("etag").to_owned());
        }
        names.insert("handle", handle);
    }
    match state {
        "paused" => pause(db).await,
        "broken" => {
            let statement =
                Statement::from_string(db.read().get_database_backend(), "DELETE FROM trial_seeds");
            db.read().execute_raw(statement).await.expect("breaks");
            // What is known of a running trial is kept: it has to be read anew.
            step(db, Step::Pause { why: "a fault".to_owned() }).await;
            step(db, Step::Resume {}).await;
        }
        _ => {}
    }
    let case = Case { case: case.clone(), names };
    let before = ledger(db).await;
    let answer = case.ask(&server, &cookie).await;
    case.check(&answer);
    assert_eq!(ledger(db).await, before, "{}", case.text("id"));
}

#[tokio::test]
async fn all_flags_enrol_nobody_and_one_flag_enrols_as_her_page_does() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        run(db).await;
        for (who, reason, rows) in [
            ("citizen-full-time", "SPLIT", ["n=1", "n=1", "n=0", "n=0"]),
            // She is assessed, and may not be in it.
            ("citizen-social-assistance", "UNKNOWN", ["n=2", "n=1", "n=1", "n=0"]),
        ] {
            let before = ledger(db).await;
            let cookie = server.sign_in(who).await;
            let handle = handle(&server, &cookie).await;
            let answer = flags(&server, &cookie, &handle, &[]).await;
            let flag = |reason| move |key: &str| json!({ "key": key, "reason": reason });
            let expected =
                [FLAGS.map(flag("UNKNOWN")).to_vec(), OTHERS.map(flag("DISABLED")).to_vec()];
            assert_eq!(answer.json(), json!({ "flags": expected.concat() }));
            assert_eq!(ledger(db).await, before, "{who}");
            let body = json!({ "context": { "targetingKey": handle } });
            let path = format!("{ALL}/account");
            let one = server.post(&path, &[("cookie", &cookie)], &body).await.json();
            assert_eq!(one["reason"], reason, "{one}");
            assert_eq!(ledger(db).await, rows, "{who}");
            let arm = arm(&server, &cookie).await;
            for setting in ["presentation", "framing"] {
                assert_eq!(one["value"][setting], arm[setting], "{who}");
            }
            assert_eq!(ledger(db).await, rows, "{who}");
        }
    }
}

#[tokio::test]
async fn a_tag_covers_who_asks_what_is_asked_and_what_is_answered() {
    let server = TestServer::filled(sqlite().await).await;
    let db = &server.database.database;
    run(db).await;
    let mut tags = Vec::new();
    let mut asked = Vec::new();
    for who in ["citizen-full-time", "citizen-social-assistance"] {
        let cookie = server.sign_in(who).await;
        let handle = handle(&server, &cookie).await;
        let tag = flags(&server, &cookie, &handle, &[]).await.header("etag").to_owned();
        for known in [tag.clone(), format!("\"x\", W/{tag}"), "*".to_owned()] {
            let again = flags(&server, &cookie, &handle, &[("if-none-match", &known)]).await;
            assert_eq!((again.status, again.text()), (StatusCode::NOT_MODIFIED, ""), "{known}");
            assert_eq!((again.header("etag"), again.header("cache-control")), (&*tag, "no-store"));
        }
        let body = json!({ "context": { "targetingKey": handle, "page": "overview" } });
        let other = server.post(ALL, &[("cookie", &cookie)], &body).await;
        tags.extend([tag, other.header("etag").to_owned()]);
        asked.push((cookie, handle));
    }
    // The same flags for both of them, and yet four tags.
    for (cookie, handle) in &asked {
        for tag in &tags {
            let answer = flags(&server, cookie, handle, &[("if-none-match", tag)]).await;
            let own =
                tags[2 * asked.iter().position(|(each, _)| each == cookie).expect("one")] == *tag;
            assert_eq!(answer.status == StatusCode::NOT_MODIFIED, own);
        }
    }
    let (cookie, handle) = &asked[0];
    pause(db).await;
    let answer = flags(&server, cookie, handle, &[("if-none-match", &tags[0])]).await;
    assert_eq!(answer.status, StatusCode::OK, "the kill switch is news");
    assert_eq!(answer.json()["flags"][0], json!({ "key": "account", "reason": "DISABLED" }));
}

#[tokio::test]
async fn nobody_asks_for_another_and_a_link_that_is_not_whole_opens_nothing() {
    let server = TestServer::filled(sqlite().await).await;
    let db = &server.database.database;
    run(db).await;
    let token = token(&server).await;
    let cookie = server.sign_in("citizen-full-time").await;
    let own = handle(&server, &cookie).await;
    let staff = server.sign_in("researcher").await;
    let researcher = handle(&server, &staff).await;
    for (cookie, handle, header, status) in [
        (&cookie, &researcher, None, StatusCode::FORBIDDEN),
        (&staff, &own, None, StatusCode::FORBIDDEN),
        (&staff, &researcher, None, StatusCode::FORBIDDEN),
        (&staff, &researcher, Some(&token[1..]), StatusCode::FORBIDDEN),
        (&staff, &own, Some(&token[..]), StatusCode::FORBIDDEN),
        (&staff, &researcher, Some(&token[..]), StatusCode::OK),
        (&cookie, &own, Some(&token[..]), StatusCode::OK),
    ] {
        let headers: Vec<_> = header.map(|token| ("x-preview-token", token)).into_iter().collect();
        let answer = flags(&server, cookie, handle, &headers).await;
        assert_eq!(answer.status, status, "{handle} {header:?}");
        if status == StatusCode::OK {
            let first = answer.json()["flags"][0].clone();
            assert_eq!(first["value"], json!({ "presentation": "counters", "framing": "lacking" }));
            assert_eq!(first["metadata"]["preview"], true);
        } else {
            assert_eq!(answer.text(), "");
        }
    }
    assert_eq!(ledger(db).await, ["n=0"; 4]);
}

#[tokio::test]
async fn asking_does_not_keep_a_session_alive() {
    let server = TestServer::filled(sqlite().await).await;
    let cookie = server.sign_in("citizen-full-time").await;
    let handle = handle(&server, &cookie).await;
    let idle = server.app.lifetimes().idle_seconds;
    for _ in 0..3 {
        server.wait(chrono::TimeDelta::seconds(i64::from(idle) / 3 - 1));
        assert_eq!(flags(&server, &cookie, &handle, &[]).await.status, StatusCode::OK);
    }
    server.wait(chrono::TimeDelta::seconds(10));
    assert_eq!(flags(&server, &cookie, &handle, &[]).await.status, StatusCode::UNAUTHORIZED);
}
