//! What goes ahead of a first page: for whoever works with the system the answer with the document names
//! her files and her list; nobody else's tells them apart.

use axum::body::Body;
use axum::http::StatusCode;
use chrono::TimeDelta;
use jobnet_server::config::Config;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;

use crate::support::database::{both, postgres, sqlite};
use crate::support::server::{Answer, Serve, TestServer, demo_extracts, request};

const BOOT: &str = "</api/v1/boot>; rel=preload; as=fetch; crossorigin";
const CASELOAD: &str = "</api/v1/caseload/search>; rel=preload; as=fetch; crossorigin";
const TRIALS: &str = "</api/v1/trials>; rel=preload; as=fetch; crossorigin";
const STAFF: &str = "</staff_0_bg.wasm>; rel=preload; as=fetch; crossorigin, \
                     </shared_1_bg.wasm>; rel=preload; as=fetch; crossorigin, \
                     </staff.css>; rel=preload; as=style";
const RESEARCH: &str = "</research_0_bg.wasm>; rel=preload; as=fetch; crossorigin, \
                        </research.css>; rel=preload; as=style";

/// First pages, whose they are, and what goes ahead of each.
const FIRST: [(&str, &str, &[&str]); 9] = [
    ("caseworker", "/", &[BOOT, CASELOAD, STAFF]),
    ("caseworker", "/sagsbehandler", &[BOOT, CASELOAD, STAFF]),
    ("caseworker", "/sagsbehandler/", &[BOOT, CASELOAD, STAFF]),
    ("caseworker-job-centre", "/", &[BOOT, CASELOAD, STAFF]),
    ("caseworker-job-centre", "/sagsbehandler", &[BOOT, CASELOAD, STAFF]),
    ("researcher", "/", &[BOOT, TRIALS, RESEARCH]),
    ("researcher", "/forsker", &[BOOT, TRIALS, RESEARCH]),
    ("administrator", "/", &[BOOT, STAFF]),
    ("administrator", "/forsker", &[BOOT, TRIALS, RESEARCH]),
];

/// The document as everyone gets it.
async fn is_plain(server: &TestServer, path: &str, cookie: &str) {
    let nobodys = server.get("/regler", &[]).await;
    let answer = server.get(path, &[("cookie", cookie)]).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    assert_eq!((answer.header("link"), answer.header("cache-control")), ("", "no-cache"), "{path}");
    assert_eq!(answer.body, nobodys.body);
    let tag = answer.header("etag");
    assert_eq!((tag, tag.is_empty()), (nobodys.header("etag"), false), "{path}");
    let again = server.get(path, &[("cookie", cookie), ("if-none-match", tag)]).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{path}");
}

/// The same document with what she will need, made for her.
fn is_hers(answer: &Answer, ahead: &[&str], what: &str) {
    assert_eq!(answer.status, StatusCode::OK, "{what}");
    assert_eq!(answer.header("link"), ahead.join(", "), "{what}");
    assert_eq!(answer.header("cache-control"), "no-store", "{what}");
    assert_eq!((answer.header("etag"), answer.header("last-modified")), ("", ""), "{what}");
}

#[tokio::test]
async fn the_document_names_what_the_first_page_of_her_role_needs_until_she_signs_out() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let plain = server.get("/", &[]).await;
        let tag = plain.header("etag");
        for (persona, path, ahead) in FIRST {
            let what = format!("{path} of {persona}");
            let cookie = server.sign_in(persona).await;
            let answer = server.get(path, &[("cookie", &cookie)]).await;
            is_hers(&answer, ahead, &what);
            assert_eq!(answer.body, plain.body, "{what}");
            // She has the plain one, from before she signed in.
            for known in [("if-none-match", tag), ("if-none-match", "*"), ("range", "bytes=0-1")] {
                let again = server.get(path, &[("cookie", &cookie), known]).await;
                is_hers(&again, ahead, &what);
                assert_eq!(again.body, plain.body, "{what}");
            }
            let head = request("HEAD", path, &[("cookie", &cookie)], Body::empty());
            is_hers(&server.send(head).await, ahead, &what);
            server.post("/api/v1/session/end", &[("cookie", &cookie)], &json!({})).await;
            is_plain(&server, path, &cookie).await;
        }
    }
}

#[tokio::test]
async fn to_everyone_else_and_on_every_other_page_the_document_is_the_plain_one() {
    let server = TestServer::filled(sqlite().await).await;
    let (citizen, made_up) = (server.sign_in("citizen-full-time").await, format!("sid={:064}", 1));
    for path in ["/", "/sagsbehandler", "/forsker"] {
        for cookie in ["", "sid=x", &made_up, &citizen] {
            is_plain(&server, path, cookie).await;
        }
    }
    for (persona, path) in [
        ("caseworker", "/forsker"),
        ("caseworker", "/sagsbehandler/gaesteadgang"),
        ("researcher", "/sagsbehandler"),
        ("administrator", "/sagsbehandler"),
        ("administrator", "/udbakke"),
    ] {
        is_plain(&server, path, &server.sign_in(persona).await).await;
    }
    let cookie = server.sign_in("caseworker").await;
    let unknown = server.get("/nej", &[("cookie", &cookie), ("accept", "text/html")]).await;
    assert_eq!((unknown.status, unknown.header("link")), (StatusCode::NOT_FOUND, ""));
    let posted = server.post("/", &[("cookie", &cookie)], &json!({})).await;
    assert_eq!(posted.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn whoever_has_no_cookie_is_looked_up_nowhere() {
    let filled = TestServer::filled(postgres().await).await;
    let database = filled.database.listened_to().await;
    let server = TestServer::new(database, filled.app.config().clone());
    let asked = async |cookie: &str| {
        let before = server.database.statements().len();
        server.get("/", &[("cookie", cookie)]).await;
        server.database.statements().len() - before
    };
    for cookie in ["", "sid=x", "theme=dark"] {
        assert_eq!(asked(cookie).await, 0, "{cookie}");
    }
    assert!(asked(&server.sign_in("caseworker").await).await > 0);
}

#[tokio::test]
async fn opening_a_page_keeps_no_session_alive_and_a_database_that_fails_stops_no_page() {
    let server = TestServer::filled(sqlite().await).await;
    let cookie = server.sign_in("caseworker").await;
    let headers = [("cookie", cookie.as_str())];
    server.wait(TimeDelta::minutes(14));
    assert_ne!(server.get("/", &headers).await.header("link"), "");
    // Time for a use to be written down, which is not waited for.
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    server.wait(TimeDelta::minutes(1));
    is_plain(&server, "/", &cookie).await;

    let cookie = server.sign_in("caseworker").await;
    let db = server.database.database.read();
    let gone = "ALTER TABLE sessions RENAME TO gone";
    let gone = Statement::from_string(db.get_database_backend(), gone);
    db.execute_raw(gone).await.expect("renames");
    is_plain(&server, "/", &cookie).await;
}

async fn limited(requests: u32) -> TestServer {
    let mut config = Config::default();
    config.server.demo = true;
    config.limits.requests_per_minute = requests;
    let database = sqlite().await;
    demo_extracts().import_well(&database.database, "2026-11-22").await;
    TestServer::new(database, config)
}

#[tokio::test]
async fn who_makes_up_sessions_is_counted_among_those_who_have_none() {
    for (cookie, expected) in [
        ("theme=dark".to_owned(), StatusCode::OK),
        (format!("sid={:064}", 1), StatusCode::TOO_MANY_REQUESTS),
    ] {
        let server = limited(3).await;
        for _ in 0..5 {
            is_plain(&server, "/", &cookie).await;
        }
        assert_eq!(server.get("/api/v1/boot", &[]).await.status, expected, "{cookie}");
    }
}

#[tokio::test]
async fn who_asks_too_often_gets_the_plain_document() {
    // Of one address ten times as many.
    let server = limited(1).await;
    let cookie = server.sign_in("caseworker").await;
    let mut named = Vec::new();
    for _ in 0..20 {
        let answer = server.get("/", &[("cookie", &cookie)]).await;
        assert_eq!(answer.status, StatusCode::OK);
        named.push(!answer.header("link").is_empty());
    }
    assert!(named[0] && !named[19], "{named:?}");
}
