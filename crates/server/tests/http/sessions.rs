//! Signing in and out, and how sessions end.

use axum::http::StatusCode;
use chrono::TimeDelta;
use jobnet_server::config::Config;
use jobnet_server::session::{Which, revoke};
use serde_json::json;

use crate::support::database::{both, sqlite};
use crate::support::extracts::query;
use crate::support::server::{Serve, TestServer};

const ME: &str = "/api/v1/me";

async fn is_signed_in(server: &impl Serve, cookie: &str) -> bool {
    server.get(ME, &[("cookie", cookie)]).await.status == StatusCode::OK
}

#[tokio::test]
async fn signing_in_says_who_and_until_when_and_signing_out_ends_it() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let cookie = server.sign_in("citizen-full-time").await;
        let me = server.get(ME, &[("cookie", &cookie)]).await;
        let handle = me.json()["handle"].clone();
        assert!(handle.as_str().is_some_and(|handle| handle.len() > 8), "{handle}");
        assert_eq!(
            me.json(),
            json!({
                "name": "Asta Vinterlund",
                "handle": handle,
                "now": "2026-11-22T12:00:00Z",
                "roles": ["citizen"],
                "persona": "citizen-full-time",
                "organisation": null,
                "session_ends_at": "2026-11-22T12:30:00Z",
                "session_ends_at_the_latest": "2026-11-22T20:00:00Z",
            })
        );
        assert_eq!(me.header("cache-control"), "no-store");
        let out = server.post("/api/v1/session/end", &[("cookie", &cookie)], &json!({})).await;
        assert_eq!(out.status, StatusCode::NO_CONTENT);
        assert!(out.header("set-cookie").contains("Max-Age=0"));
        assert_eq!(out.header("clear-site-data"), "\"cache\"");
        assert!(!is_signed_in(&server, &cookie).await);
        let again = server.post("/api/v1/session/end", &[("cookie", &cookie)], &json!({})).await;
        assert_eq!(again.status, StatusCode::NO_CONTENT, "signing out is safe to repeat");
    }
}

#[tokio::test]
async fn the_database_holds_no_session_id() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let cookie = server.sign_in("administrator").await;
        let id = cookie.split_once('=').expect("name and value").1.to_owned();
        let rows = query(&server.database.database, "SELECT id_hash FROM sessions").await;
        assert_eq!(rows.len(), 1);
        assert!(!rows[0].contains(&id), "only a hash is stored");
        assert!(rows[0].contains(&jobnet_server::secret::hash(&id)));
    }
}

/// Uses a session: any route but the one that says when it ends.
async fn is_usable(server: &TestServer, cookie: &str) -> bool {
    let boot = server.get("/api/v1/boot", &[("cookie", cookie)]).await;
    !boot.json()["me"].is_null()
}

/// Waits until the last use of a session is stored.
async fn until_seen(server: &TestServer) {
    let now = server.app.clock().now().timestamp();
    let seen = format!("SELECT seen_at FROM sessions WHERE seen_at = {now}");
    while query(&server.database.database, &seen).await.is_empty() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_session_ends_after_its_roles_time_without_a_request() {
    for (persona, minutes) in [
        ("citizen-full-time", 30),
        ("researcher", 30),
        ("administrator", 30),
        ("caseworker", 15),
        ("caseworker-job-centre", 15),
    ] {
        for database in both().await {
            let server = TestServer::filled(database).await;
            let cookie = server.sign_in(persona).await;
            let idle = TimeDelta::minutes(minutes);
            server.wait(idle - TimeDelta::seconds(1));
            assert!(is_usable(&server, &cookie).await, "{persona}");
            until_seen(&server).await;
            server.wait(idle - TimeDelta::seconds(1));
            assert!(is_usable(&server, &cookie).await, "the request before kept it alive");
            until_seen(&server).await;
            server.wait(idle);
            assert!(!is_usable(&server, &cookie).await, "{persona}");
        }
    }
}

#[tokio::test]
async fn asking_when_a_session_ends_does_not_keep_it_alive_and_extending_does() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let cookie = server.sign_in("caseworker").await;
        let headers = [("cookie", cookie.as_str())];
        server.wait(TimeDelta::minutes(10));
        let me = server.get(ME, &headers).await.json();
        assert_eq!(me["session_ends_at"], "2026-11-22T12:15:00Z");
        assert_eq!(me["organisation"], "Fagenes A-kasse");
        let extended = server.post("/api/v1/session/extend", &headers, &json!({})).await;
        assert_eq!(extended.status, StatusCode::OK);
        assert_eq!(extended.json()["session_ends_at"], "2026-11-22T12:25:00Z");
        assert_eq!(server.get(ME, &headers).await.json(), extended.json(), "it is stored");
        server.wait(TimeDelta::minutes(15));
        let late = server.post("/api/v1/session/extend", &headers, &json!({})).await;
        assert_eq!(late.status, StatusCode::UNAUTHORIZED, "what has ended stays ended");
    }
}

#[tokio::test]
async fn a_session_ends_after_eight_hours_however_busy() {
    let server = TestServer::filled(sqlite().await).await;
    let cookie = server.sign_in("researcher").await;
    for step in 1..32 {
        server.wait(TimeDelta::minutes(15));
        assert!(is_usable(&server, &cookie).await, "after {step} quarters of an hour");
        until_seen(&server).await;
    }
    let me = server.get(ME, &[("cookie", &cookie)]).await.json();
    assert_eq!(me["session_ends_at"], "2026-11-22T20:00:00Z", "not half an hour more");
    server.wait(TimeDelta::minutes(15));
    assert!(!is_signed_in(&server, &cookie).await);
}

#[tokio::test]
async fn a_session_is_shared_by_servers_and_ended_at_all_of_them() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let other = server.beside();
        let first = server.sign_in("citizen-full-time").await;
        let second = other.sign_in("researcher").await;
        for cookie in [&first, &second] {
            assert!(is_signed_in(&server, cookie).await && is_signed_in(&other, cookie).await);
        }
        let handles = query(
            &server.database.database,
            "SELECT handle FROM sessions WHERE persona = 'researcher'",
        );
        let handle = handles.await[0].strip_prefix("handle=").expect("a handle").to_owned();
        let database = &server.database.database;
        assert_eq!(revoke(database, &Which::Handle(handle)).await.expect("revokes"), 1);
        assert!(!is_signed_in(&other, &second).await && is_signed_in(&other, &first).await);
        assert_eq!(revoke(database, &Which::All).await.expect("revokes"), 1);
        assert!(!is_signed_in(&other, &first).await);
    }
}

#[tokio::test]
async fn the_same_person_has_the_same_handle_at_every_sign_in() {
    let server = TestServer::filled(sqlite().await).await;
    for persona in ["caseworker", "researcher", "caseworker"] {
        server.sign_in(persona).await;
    }
    let handles = query(&server.database.database, "SELECT DISTINCT handle FROM sessions").await;
    assert_eq!(handles.len(), 2);
    let known = query(&server.database.database, "SELECT subject_hash FROM identities").await;
    assert_eq!(known.len(), 2);
}

#[tokio::test]
async fn each_sign_in_gives_a_new_id_and_ends_the_old_session() {
    let server = TestServer::filled(sqlite().await).await;
    let first = server.sign_in("citizen-full-time").await;
    let body = json!({ "persona": "administrator" });
    let answer = server.post("/api/v1/session/demo", &[("cookie", &first)], &body).await;
    let second = answer.cookie();
    assert_ne!(first, second);
    assert!(!is_signed_in(&server, &first).await);
    assert!(is_signed_in(&server, &second).await);
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
    let server = TestServer::filled(sqlite().await).await;
    let body = json!({ "persona": "researcher" });
    let answer = server.post("/api/v1/session/demo", &[], &body).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("sid="), "{cookie}");
    assert!(cookie.ends_with("; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax"), "{cookie}");

    let mut config = Config::default();
    config.server.public_url = Some("https://example.org".to_owned());
    let server = TestServer::new(sqlite().await, config);
    let answer = server.post("/api/v1/session/end", &[], &json!({})).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-sid=;"), "{cookie}");
    assert!(cookie.ends_with("; HttpOnly; SameSite=Lax; Secure"), "{cookie}");
}

/// A browser takes a `__Host-` cookie only if it is secure, for the whole site and for no domain.
#[tokio::test]
async fn under_https_the_sessions_cookie_is_bound_to_this_host() {
    let database = sqlite().await;
    crate::support::server::demo_extracts().import_well(&database.database, "2026-11-22").await;
    let mut config = Config::default();
    config.server.demo = true;
    config.server.public_url = Some("https://example.org".to_owned());
    let server = TestServer::new(database, config);
    let body = json!({ "persona": "citizen-full-time" });
    let answer = server.post("/api/v1/session/demo", &[], &body).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    let cookies = answer.headers.get_all("set-cookie").iter();
    let cookies: Vec<&str> = cookies.map(|each| each.to_str().expect("ASCII")).collect();
    let cookie = cookies.iter().find(|each| each.starts_with("__Host-sid=")).expect("is set");
    let mut parts = cookie.split("; ");
    let id = parts.next().and_then(|pair| pair.strip_prefix("__Host-sid=")).expect("an id");
    assert_eq!(id.len(), 64);
    let attributes: Vec<&str> = parts.collect();
    assert_eq!(attributes, ["Path=/", "Max-Age=86400", "HttpOnly", "SameSite=Lax", "Secure"]);
    assert!(is_signed_in(&server, &format!("__Host-sid={id}")).await);
    assert!(!is_signed_in(&server, &format!("sid={id}")).await, "under its own name only");
}

#[tokio::test]
async fn there_is_no_demo_sign_in_outside_a_demo_or_with_real_people() {
    let real = TestServer::demo(sqlite().await);
    crate::support::server::demo_extracts()
        .without("synthetic.json")
        .import_well(&real.database.database, "2026-11-22")
        .await;
    let no_demo = TestServer::new(sqlite().await, Config::default());
    crate::support::server::demo_extracts()
        .import_well(&no_demo.database.database, "2026-11-22")
        .await;
    for server in [real, no_demo] {
        let body = json!({ "persona": "citizen-full-time" });
        let answer = server.post("/api/v1/session/demo", &[], &body).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        let personas = server.get("/api/v1/session/personas", &[]).await;
        assert_eq!(personas.json(), json!([]));
    }
}

#[tokio::test]
async fn one_made_up_citizen_makes_the_whole_pass_for_made_up_and_one_real_one_closes_the_demo() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let cookie = server.sign_in("citizen-full-time").await;
        assert!(is_signed_in(&server, &cookie).await);
        crate::support::server::demo_extracts()
            .without("synthetic.json")
            .import_well(&server.database.database, "2026-11-23")
            .await;
        // Another one, which remembers nothing of the time before.
        let server = server.beside();
        assert!(!is_signed_in(&server, &cookie).await, "who is in does not stay");
        let boot = server.get("/api/v1/boot", &[]).await.json();
        assert_eq!((&boot["synthetic"], &boot["personas"]), (&json!(true), &json!([])));
        let body = json!({ "persona": "citizen-full-time" });
        let answer = server.post("/api/v1/session/demo", &[], &body).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn an_unknown_persona_is_named_in_the_answer() {
    let server = TestServer::filled(sqlite().await).await;
    let body = json!({ "persona": "nobody" });
    let answer = server.post("/api/v1/session/demo", &[("accept-language", "en")], &body).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.json()["errors"][0]["pointer"], "/persona");
}

/// As an import does for its whole length on SQLite.
#[tokio::test]
async fn signing_out_while_the_database_is_held_takes_the_cookie_all_the_same() {
    let server = TestServer::filled(sqlite().await).await;
    let cookie = server.sign_in("citizen-full-time").await;
    let path = server.database.url.strip_prefix("sqlite:").expect("a file");
    let other = rusqlite::Connection::open(path).expect("opens");
    other.execute_batch("BEGIN IMMEDIATE").expect("holds the lock");
    let out = server.post("/api/v1/session/end", &[("cookie", &cookie)], &json!({})).await;
    assert!(out.status.is_server_error(), "{}", out.status);
    assert!(out.header("set-cookie").contains("Max-Age=0"), "{:?}", out.headers);
    assert_eq!(out.header("content-type"), "application/problem+json");
    assert_eq!(out.headers.get_all("content-type").iter().count(), 1);
    other.execute_batch("ROLLBACK").expect("lets go");
}
