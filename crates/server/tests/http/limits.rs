//! Who asks too often is told when to come back, whatever she writes into headers.

use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::extract::ConnectInfo;
use axum::http::StatusCode;
use hyper::body::Frame;
use jobnet_server::config::{Config, OidcConfig};
use serde_json::json;

use crate::support::casework::Office;
use crate::support::database::sqlite;
use crate::support::server::{Answer, Serve, TestServer, demo_extracts, request};

async fn limited(requests: u32, proxies: &[&str]) -> TestServer {
    let mut config = Config::default();
    config.server.demo = true;
    config.limits.requests_per_minute = requests;
    config.server.trusted_proxies =
        proxies.iter().map(|net| net.parse().expect("a network")).collect();
    let database = sqlite().await;
    demo_extracts().import_well(&database.database, "2026-11-22").await;
    TestServer::new(database, config)
}

/// A body whose end never comes, after its first letter.
struct Endless(bool);

impl axum::body::HttpBody for Endless {
    type Data = Bytes;
    type Error = std::convert::Infallible;
    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if std::mem::replace(&mut self.0, true) {
            return Poll::Pending;
        }
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(b"{")))))
    }
}

async fn boot(server: &TestServer, peer: &str, headers: &[(&str, &str)]) -> Answer {
    let mut asked = request("GET", "/api/v1/boot", headers, Body::empty());
    let peer: SocketAddr = format!("{peer}:4711").parse().expect("an address");
    asked.extensions_mut().insert(ConnectInfo(peer));
    server.send(asked).await
}

#[tokio::test]
async fn the_address_of_those_who_are_not_signed_in_is_counted_and_not_what_they_claim() {
    let server = limited(3, &[]).await;
    for step in 0..5 {
        let forged = format!("198.51.100.{step}");
        let cookie = format!("sid={step:064}");
        let headers = [("x-forwarded-for", forged.as_str()), ("cookie", cookie.as_str())];
        let answer = boot(&server, "203.0.113.7", &headers).await;
        if step < 3 {
            assert_eq!(answer.status, StatusCode::OK, "{step}");
            continue;
        }
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{step}");
        assert_eq!(answer.json()["code"], "too_often");
        let seconds: u64 = answer.header("retry-after").parse().expect("seconds");
        assert!((1..=60).contains(&seconds), "{seconds}");
    }
    assert_eq!(boot(&server, "203.0.113.8", &[]).await.status, StatusCode::OK, "another address");
    assert_eq!(server.get("/livez", &[]).await.status, StatusCode::OK, "health is not counted");
}

#[tokio::test]
async fn behind_a_proxy_of_ours_its_clients_are_told_apart() {
    let server = limited(1, &["10.0.0.0/8"]).await;
    for (client, status) in [
        ("198.51.100.1", StatusCode::OK),
        ("198.51.100.2", StatusCode::OK),
        ("198.51.100.1", StatusCode::TOO_MANY_REQUESTS),
        ("192.0.2.66, 198.51.100.1", StatusCode::TOO_MANY_REQUESTS),
    ] {
        let answer = boot(&server, "10.0.0.1", &[("x-forwarded-for", client)]).await;
        assert_eq!(answer.status, status, "{client}");
    }
}

#[tokio::test]
async fn each_session_is_counted_for_itself() {
    let server = limited(4, &[]).await;
    let (one, other) =
        (server.sign_in("citizen-full-time").await, server.sign_in("researcher").await);
    for step in 0..6 {
        let status = server.get("/api/v1/me", &[("cookie", &one)]).await.status;
        let expected = if step < 4 { StatusCode::OK } else { StatusCode::TOO_MANY_REQUESTS };
        assert_eq!(status, expected, "{step}");
    }
    assert_eq!(server.get("/api/v1/me", &[("cookie", &other)]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn cpr_numbers_cannot_be_tried_one_after_the_other() {
    let office = Office::open(sqlite().await).await;
    let cookie = office.server.sign_in("caseworker").await;
    let mut refused = 0;
    // 20 a minute are let through.
    for step in 0..30 {
        let body = json!({ "cpr": format!("01839{step:05}"), "reason": "Trying" });
        let answer =
            office.server.post("/api/v1/guest-access", &[("cookie", &cookie)], &body).await;
        let is_refused = answer.status == StatusCode::TOO_MANY_REQUESTS;
        assert!(step >= 20 || !is_refused, "{step}");
        refused += usize::from(is_refused);
    }
    assert!(refused > 0);
}

#[tokio::test]
async fn an_office_behind_one_address_signs_in_at_once_and_more_than_that_waits() {
    let office = Office::open(sqlite().await).await;
    for step in 0..60 {
        for path in ["/api/v1/boot", "/auth/login", "/auth/callback", "/api/v1/boot"] {
            let status = office.server.get(path, &[]).await.status;
            assert_ne!(status, StatusCode::TOO_MANY_REQUESTS, "{path}, number {step}");
        }
    }
    let mut refused = 0;
    // 120 a minute are let through.
    for step in 60..160 {
        let status = office.server.get("/auth/login", &[]).await.status;
        let is_refused = status == StatusCode::TOO_MANY_REQUESTS;
        assert!(step >= 120 || !is_refused, "{step}");
        refused += usize::from(is_refused);
    }
    assert!(refused > 0);
}

#[tokio::test]
async fn who_asks_too_often_can_still_sign_out() {
    let server = limited(2, &[]).await;
    let cookie = server.sign_in("citizen-full-time").await;
    let headers = [("cookie", cookie.as_str())];
    let mut status = StatusCode::OK;
    for _ in 0..4 {
        status = server.get("/api/v1/me", &headers).await.status;
    }
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    let out = server.post("/api/v1/session/end", &headers, &json!({})).await;
    assert_eq!(out.status, StatusCode::NO_CONTENT);
    let me = server.beside().get("/api/v1/me", &headers).await;
    assert_eq!(me.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn words_that_are_not_the_providers_are_counted() {
    let mut config = Config::default();
    config.limits.requests_per_minute = 3;
    let issuer = "http://127.0.0.1:9".to_owned();
    config.oidc = Some(OidcConfig { issuer, ..OidcConfig::default() });
    let server = TestServer::new(sqlite().await, config);
    let mut last = StatusCode::OK;
    for step in 0..6 {
        let kind = [("content-type", "application/x-www-form-urlencoded")];
        let word = request("POST", "/auth/backchannel-logout", &kind, "logout_token=x".into());
        last = server.send(word).await.status;
        assert!(step >= 3 || last == StatusCode::BAD_REQUEST, "{step}: {last}");
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}

/// The page of the checklist is the only one that is there or not by what the database says. What goes
/// ahead of other pages is counted, too, and left out for who asks too often (`ahead`).
#[tokio::test]
async fn the_page_that_the_database_decides_on_is_counted_and_no_other_is_refused() {
    let server = limited(3, &[]).await;
    let hers = server.sign_in("citizen-full-time").await;
    let ask = async |path: &str, cookie: &str| {
        server.get(path, &[("cookie", cookie), ("accept", "text/html")]).await
    };
    for step in 0..5 {
        let (status, expected) = (ask("/tjekliste", &hers).await.status, StatusCode::OK);
        let expected = if step < 3 { expected } else { StatusCode::TOO_MANY_REQUESTS };
        assert_eq!(status, expected, "{step}");
    }
    let made_up = format!("sid={:064}", 1);
    let mut last = None;
    for _ in 0..5 {
        last = Some(ask("/tjekliste", &made_up).await);
    }
    let last = last.expect("asked");
    assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
    assert_ne!(last.header("retry-after"), "");
    for _ in 0..5 {
        assert_eq!(ask("/", &hers).await.status, StatusCode::OK);
        assert_eq!(ask("/tjekliste", "").await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_body_that_never_ends_is_answered_in_time() {
    let mut config = Config::default();
    config.server.demo = true;
    config.server.timeout_seconds = 1;
    let server = TestServer::new(sqlite().await, config);
    let kind = [("content-type", "application/json")];
    let begun = Instant::now();
    let asked = request("POST", "/api/v1/session/demo", &kind, Body::new(Endless(false)));
    let sent = tokio::time::timeout(Duration::from_secs(20), server.send(asked));
    let answer = sent.await.expect("an answer");
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(answer.json()["code"], "unavailable");
    assert!(begun.elapsed() >= Duration::from_secs(1), "not before");
}
