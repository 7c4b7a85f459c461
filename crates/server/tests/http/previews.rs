//! Previews: a link shows a made-up citizen's page to whoever has it, and leaves no trace.

use axum::http::StatusCode;
use chrono::TimeDelta;
use jobnet_api::boot::Boot;
use jobnet_api::trial::PreviewCitizen;
use serde_json::{Value, json};

use crate::support::database::{both, sqlite};
use crate::support::extracts::query;
use crate::support::server::{Answer, Serve, TestServer};

const PREVIEWS: &str = "/api/v1/previews";

fn asked(hours: u16) -> Value {
    json!({ "presentation": "what_if", "framing": "lacking", "situation": "near_limit",
            "hours": hours })
}

/// The same of a demo identity, as her data are.
fn asked_of(citizen: &str) -> Value {
    let mut asked = asked(1);
    asked["citizen"] = json!(citizen);
    asked["situation"] = json!("ordinary");
    asked
}

async fn link(server: &TestServer, cookie: &str, body: &Value) -> Answer {
    server.post(PREVIEWS, &[("cookie", cookie)], body).await
}

async fn token(server: &TestServer, hours: u16) -> String {
    token_of(server, &asked(hours)).await
}

async fn token_of(server: &TestServer, asked: &Value) -> String {
    let cookie = server.sign_in("researcher").await;
    let answer = link(server, &cookie, asked).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    answer.json()["token"].as_str().expect("a text").to_owned()
}

/// How many rows every table has.
async fn rows(server: &TestServer) -> Vec<(String, Vec<String>)> {
    let database = &server.database.database;
    let tables = match server.database.kind {
        "sqlite" => "SELECT name AS t FROM sqlite_master WHERE type = 'table'",
        _ => "SELECT CAST(tablename AS TEXT) AS t FROM pg_tables WHERE schemaname = 'public'",
    };
    let mut rows = Vec::new();
    for table in query(database, tables).await {
        let table = table.replace("t=", "");
        let count = query(database, &format!("SELECT COUNT(*) AS n FROM \"{table}\"")).await;
        rows.push((table, count));
    }
    assert!(rows.len() > 20, "{rows:?}");
    rows
}

#[tokio::test]
async fn whoever_has_the_link_sees_a_made_up_citizen_as_the_arm_would_have_her() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let token = token(&server, 1).await;
        let answer = server.get(&format!("{PREVIEWS}/{token}"), &[]).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        assert_eq!(answer.header("cache-control"), "no-store");
        let arm = json!({ "trial": "preview", "presentation": "what_if", "framing": "lacking" });
        assert_eq!(answer.json()["arm"], arm);
        let boot: Boot = serde_json::from_slice(&answer.body).expect("a first answer");
        assert!(boot.preview && boot.synthetic && boot.me.is_none() && boot.personas.is_empty());
        boot.account.expect("an account").evaluate().expect("the rules can read it");
    }
}

#[tokio::test]
async fn any_demo_citizen_can_be_looked_at_and_is_written_anew_not_read() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        // In this database she has other months than her story: they must not be shown.
        let cookie = server.sign_in("citizen-full-time").await;
        let own =
            server.get("/api/v1/boot", &[("cookie", &cookie)]).await.json()["account"].clone();
        let mut cases = std::collections::BTreeSet::new();
        for citizen in PreviewCitizen::ALL {
            let token = token_of(&server, &asked_of(citizen.word())).await;
            let before = rows(&server).await;
            let answer = server.get(&format!("{PREVIEWS}/{token}"), &[]).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
            assert_eq!(rows(&server).await, before, "{citizen:?} leaves a trace");
            let boot: Boot = serde_json::from_slice(&answer.body).expect("a first answer");
            let facts = boot.account.expect("an account");
            let shown = serde_json::to_value(&facts.case).expect("a case");
            assert_ne!(shown, own["case"], "{citizen:?}");
            assert!(facts.reports.is_empty(), "{citizen:?}");
            assert!(cases.insert(shown.to_string()), "{citizen:?} is somebody else");
            facts.evaluate().expect("the rules can read it");
        }
        let cookie = server.sign_in("researcher").await;
        for citizen in ["citizen-full-time", "SYN-DEMO-FULL-TIME", "researcher", ""] {
            let answer = link(&server, &cookie, &asked_of(citizen)).await;
            assert!(answer.status.is_client_error(), "{citizen}: {}", answer.status);
        }
    }
}

#[tokio::test]
async fn a_link_is_good_for_the_hours_asked_and_then_says_so_in_words() {
    let server = TestServer::filled(sqlite().await).await;
    let token = token(&server, 2).await;
    let path = format!("{PREVIEWS}/{token}");
    server.wait(TimeDelta::minutes(119));
    assert_eq!(server.get(&path, &[]).await.status, StatusCode::OK);
    server.wait(TimeDelta::minutes(1));
    for path in [path.as_str(), &path[..path.len() - 1], "/api/v1/previews/x"] {
        for (language, title) in [("da", "Linket virker ikke"), ("en", "The link does not work")] {
            let answer = server.get(path, &[("accept-language", language)]).await;
            assert_eq!(answer.status, StatusCode::GONE, "{path}");
            assert_eq!(answer.json()["title"], title);
            assert_eq!(answer.json()["code"], "gone");
        }
    }
}

#[tokio::test]
async fn links_last_between_an_hour_and_two_weeks() {
    let server = TestServer::filled(sqlite().await).await;
    let cookie = server.sign_in("administrator").await;
    for (hours, status) in [
        (0, StatusCode::UNPROCESSABLE_ENTITY),
        (1, StatusCode::CREATED),
        (336, StatusCode::CREATED),
        (337, StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let answer = link(&server, &cookie, &asked(hours)).await;
        assert_eq!(answer.status, status, "{hours}");
        if status != StatusCode::CREATED {
            assert_eq!(answer.json()["errors"][0]["pointer"], "/hours");
        }
    }
}

#[tokio::test]
async fn a_preview_writes_nothing_whoever_looks_and_whatever_she_sends() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let token = token(&server, 1).await;
        let citizen = server.sign_in("citizen-full-time").await;
        let exposure = json!({
            "trial": "preview", "surface": "overview", "presentation": "what_if",
            "framing": "lacking", "text_ids": ["goal"], "drawing": null, "build": "test",
            "viewport": "wide", "shown_at": "2026-11-22T12:00:00Z",
        });
        let before = rows(&server).await;
        let researcher = String::new();
        for cookie in [researcher.as_str(), citizen.as_str()] {
            let headers = [("cookie", cookie), ("sec-fetch-mode", "navigate")];
            let page = server.get(&format!("/forhaandsvisning/{token}"), &headers).await;
            assert_eq!(page.status, StatusCode::OK);
            let boot = server.get(&format!("{PREVIEWS}/{token}"), &headers).await;
            assert_eq!(boot.status, StatusCode::OK);
            let sent = server.post("/api/v1/me/exposures", &headers, &exposure).await;
            let refused = if cookie.is_empty() {
                StatusCode::UNAUTHORIZED
            } else {
                StatusCode::UNPROCESSABLE_ENTITY
            };
            assert_eq!(sent.status, refused, "{}", sent.text());
        }
        let staff = server.sign_in("researcher").await;
        let with_session = rows(&server).await;
        assert_eq!(link(&server, &staff, &asked(3)).await.status, StatusCode::CREATED);
        assert_eq!(rows(&server).await, with_session, "a link is not stored");
        let sessions = |rows: &[(String, Vec<String>)]| {
            let others = rows.iter().filter(|(table, _)| table != "sessions");
            others.cloned().collect::<Vec<_>>()
        };
        assert_eq!(sessions(&with_session), sessions(&before));
    }
}

#[tokio::test]
async fn the_page_of_a_preview_alone_may_stand_in_our_frames_and_asks_for_the_preview_only() {
    let server = TestServer::filled(sqlite().await).await;
    let token = token(&server, 1).await;
    let page = format!("/forhaandsvisning/{token}");
    for (path, ancestors, frames) in [
        (page.as_str(), "frame-ancestors 'self';", "SAMEORIGIN"),
        ("/", "frame-ancestors 'none';", "DENY"),
        ("/forhaandsvisning", "frame-ancestors 'none';", "DENY"),
        ("/api/v1/boot", "frame-ancestors 'none';", "DENY"),
    ] {
        let answer = server.get(path, &[]).await;
        assert!(answer.header("content-security-policy").contains(ancestors), "{path}");
        assert_eq!(answer.header("x-frame-options"), frames, "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
    }
    let answer = server.get(&page, &[]).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    let asks = format!("href=\"{PREVIEWS}/{token}\"");
    assert!(answer.text().contains(&asks) && !answer.text().contains("/api/v1/boot"));
    let home = server.get("/", &[]).await;
    assert!(home.text().contains("href=\"/api/v1/boot\""));
    assert_eq!(server.post(&page, &[], &json!({})).await.status, StatusCode::METHOD_NOT_ALLOWED);
}
