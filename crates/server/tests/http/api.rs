//! The API as a whole: who may do what, the description, problems, and what is logged.

use std::collections::BTreeSet;
use std::io;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::StatusCode;
use jobnet_server::access::TABLE;
use jobnet_server::{handlers, log};
use serde_json::{Value, json};

use crate::support::database::{TestDatabase, both, sqlite};
use crate::support::server::{Serve, TestServer, request};

#[test]
fn every_route_is_described_and_every_description_is_a_route() {
    let document: Value = serde_json::to_value(handlers::document()).expect("JSON");
    assert!(document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")));
    let paths = document["paths"].as_object().expect("paths");
    let mut described = BTreeSet::new();
    let mut names = BTreeSet::new();
    for (path, operations) in paths {
        for (method, operation) in operations.as_object().expect("operations") {
            described.insert((method.to_uppercase(), path.clone()));
            let name = operation["operationId"].as_str().expect("a name");
            assert!(names.insert(name.to_owned()), "two operations are called {name}");
        }
    }
    let routes: BTreeSet<_> =
        TABLE.iter().map(|rule| (rule.method.to_string(), rule.path.to_owned())).collect();
    assert_eq!(described, routes);
}

#[test]
fn every_answer_is_described_and_every_error_is_a_problem() {
    let document: Value = serde_json::to_value(handlers::document()).expect("JSON");
    for (path, operations) in document["paths"].as_object().expect("paths") {
        for operation in operations.as_object().expect("operations").values() {
            for (status, answer) in operation["responses"].as_object().expect("answers") {
                assert_ne!(
                    answer["description"].as_str().unwrap_or_default(),
                    "",
                    "{path} {status}"
                );
                // OFREP has its own way to say what is wrong, and for some of it says nothing.
                if path.starts_with("/ofrep/") {
                    let kinds = answer["content"].as_object().map(|kinds| kinds.keys().collect());
                    let kinds: Vec<_> = kinds.unwrap_or_default();
                    assert!(kinds.is_empty() || kinds == ["application/json"], "{path} {status}");
                } else if status.starts_with(['4', '5']) {
                    let kinds: Vec<_> =
                        answer["content"].as_object().expect("a body").keys().collect();
                    assert_eq!(kinds, ["application/problem+json"], "{path} {status}");
                }
            }
        }
    }
    let log = &document["paths"]["/api/v1/me/access-log"]["get"]["responses"];
    let statuses: Vec<_> = log.as_object().expect("answers").keys().collect();
    assert_eq!(statuses, ["200", "400", "401", "403", "429", "503"]);
}

#[test]
fn every_schema_that_is_referred_to_exists() {
    let document: Value = serde_json::to_value(handlers::document()).expect("JSON");
    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    match value.as_str() {
                        Some(pointer) if name == "$ref" => found.push(pointer.to_owned()),
                        _ => references(value, found),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(found.iter().any(|pointer| pointer.ends_with("/AccountAnswer")));
    for pointer in found {
        let pointer = pointer.strip_prefix('#').expect("of this document");
        assert!(document.pointer(pointer).is_some(), "{pointer}");
    }
}

/// A refused parameter is answered by axum with a text that is long enough to be compressed.
#[tokio::test]
async fn a_problem_is_not_called_compressed_because_the_answer_it_replaces_was() {
    let server = TestServer::filled(sqlite().await).await;
    let cookie = server.sign_in("citizen-full-time").await;
    let headers = [("cookie", cookie.as_str()), ("accept-encoding", "gzip, br")];
    let answer = server.get("/api/v1/me/access-log?before=yesterday", &headers).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(answer.header("content-encoding"), "");
    assert_eq!(answer.json()["status"], 400);
}

#[tokio::test]
async fn problems_speak_the_language_of_the_request() {
    let server = TestServer::filled(sqlite().await).await;
    for (language, tag, title) in [
        ("da-DK,da;q=0.9,en;q=0.8", "da", "Du er ikke logget ind"),
        ("en-GB,en;q=0.9", "en", "You are not signed in"),
        ("fr", "da", "Du er ikke logget ind"),
    ] {
        let answer = server.get("/api/v1/me", &[("accept-language", language)]).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(answer.header("content-language"), tag);
        assert!(answer.header("vary").contains("accept-language"));
        assert_eq!(answer.header("cache-control"), "no-store");
        let problem = answer.json();
        assert_eq!(problem["title"], title);
        assert_eq!(problem["status"], 401);
        assert_eq!(problem["type"], "urn:jobnet:problem:signed_out");
        assert_eq!(problem["request_id"], answer.header("x-request-id"));
    }
}

#[tokio::test]
async fn every_kind_of_refusal_is_a_problem() {
    let server = TestServer::filled(sqlite().await).await;
    let long = "x".repeat(70_000);
    for (method, path, headers, body, code) in [
        ("GET", "/api/v1/nothing", vec![], "", "not_found"),
        ("GET", "/api", vec![], "", "not_found"),
        ("DELETE", "/api/v1/me", vec![], "", "method_not_allowed"),
        ("POST", "/", vec![], "", "method_not_allowed"),
        ("POST", "/api/v1/session/demo", vec![], "{}", "bad_request"),
        (
            "POST",
            "/api/v1/session/demo",
            vec![("content-type", "application/json")],
            "{",
            "bad_request",
        ),
        (
            "POST",
            "/api/v1/session/demo",
            vec![("content-type", "application/json")],
            long.as_str(),
            "too_large",
        ),
        (
            "POST",
            "/api/v1/session/end",
            vec![("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")],
            "",
            "forbidden",
        ),
    ] {
        let answer =
            server.send(request(method, path, &headers, Body::from(body.to_owned()))).await;
        assert_eq!(answer.header("content-type"), "application/problem+json", "{method} {path}");
        assert_eq!(answer.json()["code"], code, "{method} {path}");
    }
}

#[tokio::test]
async fn readiness_ends_when_draining_begins_and_life_goes_on() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        assert_eq!(server.get("/readyz", &[]).await.status, StatusCode::OK);
        server.app.drain();
        assert_eq!(server.get("/readyz", &[]).await.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(server.get("/livez", &[]).await.status, StatusCode::OK);
        assert_eq!(server.get("/api/v1/boot", &[]).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_database_that_is_gone_is_our_fault_and_is_not_described_to_the_client() {
    let server = TestServer::filled(sqlite().await).await;
    let cookie = server.sign_in("citizen-full-time").await;
    server.database.database.clone().close().await.expect("closes");
    let answer = server.get("/api/v1/me/account", &[("cookie", &cookie)]).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(answer.json()["code"], "internal");
    assert!(!answer.text().contains("database"), "{}", answer.text());
    assert_eq!(server.get("/readyz", &[]).await.status, StatusCode::SERVICE_UNAVAILABLE);
}

/// A log that can be read.
#[derive(Clone, Default)]
pub(crate) struct Log(pub(crate) Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no test panicked").write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

async fn visit(database: TestDatabase) {
    let server = TestServer::filled(database).await;
    let cookie = server.sign_in("citizen-full-time").await;
    let headers = [("cookie", cookie.as_str()), ("idempotency-key", "0181901234")];
    let report = json!({ "month": "2026-04", "worked_hours": 1, "note": "Hemmeligheden" });
    server.post("/api/v1/me/hours-reports", &headers, &report).await;
    server.get("/api/v1/boot?name=Asta&cpr=018190-1234", &headers).await;
    server.get("/api/v1/me/account?as_of=0181901234", &headers).await;
    server.get("/Asta/Vinterlund/0181901234", &headers).await;
    server.database.database.clone().close().await.expect("closes");
    server.get("/api/v1/me/account", &headers).await;
}

#[tokio::test]
async fn the_log_names_routes_and_nobody() {
    let text = Log::default();
    let target = text.clone();
    let subscriber = log::subscriber("trace", move || target.clone()).expect("a filter");
    {
        let _guard = tracing::subscriber::set_default(subscriber);
        for database in both().await {
            visit(database).await;
        }
    }
    let bytes = text.0.lock().expect("no test panicked").clone();
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert!(text.contains(r#""route":"/api/v1/me/account","status":500"#), "{text}");
    for line in text.lines() {
        serde_json::from_str::<Value>(line).expect("one JSON object a line");
    }
    for personal in ["Asta", "Vinterlund", "018190", "Hemmeligheden", "SYN-DEMO", "sid="] {
        let line = text.lines().find(|line| line.contains(personal));
        assert_eq!(line, None, "the log holds {personal}");
    }
}
