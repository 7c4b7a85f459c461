//! The app's files and the headers of every answer.

use axum::http::StatusCode;
use base64::Engine;
use jobnet_server::config::Config;
use sha2::{Digest, Sha256};

use crate::support::database::sqlite;
use crate::support::server::{SCRIPT, Serve, TestServer};

const JS: &str = "/app-0123456789abcdef.js";

async fn server() -> TestServer {
    TestServer::demo(sqlite().await)
}

#[tokio::test]
async fn every_answer_has_every_security_header() {
    let server = server().await;
    let hash = base64::prelude::BASE64_STANDARD.encode(Sha256::digest(SCRIPT));
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-{hash}'; \
         style-src 'self'; img-src 'self' blob:; font-src 'self'; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-src 'self'; frame-ancestors 'none'; \
         manifest-src 'self'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
    );
    for path in ["/", JS, "/missing.js", "/api/v1/boot", "/api/v1/me", "/api/nothing", "/livez"] {
        let answer = server.get(path, &[]).await;
        for (name, value) in [
            ("content-security-policy", policy.as_str()),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-embedder-policy", "require-corp"),
            ("cross-origin-resource-policy", "same-origin"),
            ("strict-transport-security", ""),
        ] {
            assert_eq!(answer.header(name), value, "{name} of {path}");
        }
        assert!(answer.header("permissions-policy").contains("geolocation=()"), "{path}");
        assert_eq!(answer.header("x-request-id").len(), 16, "{path}");
    }
}

#[tokio::test]
async fn on_https_browsers_are_told_to_stay_there() {
    let mut config = Config::default();
    config.server.public_url = Some("https://example.org".to_owned());
    let answer = TestServer::new(sqlite().await, config).get("/", &[]).await;
    assert!(answer.header("strict-transport-security").starts_with("max-age=63072000"));
    assert!(answer.header("content-security-policy").ends_with("; upgrade-insecure-requests"));
}

#[tokio::test]
async fn files_with_a_hash_are_kept_for_ever_and_come_compressed() {
    let server = server().await;
    for (accepted, encoding, body) in
        [("gzip, br", "br", "brotli"), ("gzip", "gzip", "gzip"), ("", "", "export default 1")]
    {
        let answer = server.get(JS, &[("accept-encoding", accepted)]).await;
        assert_eq!(answer.text(), body);
        assert_eq!(answer.header("content-encoding"), encoding);
        assert_eq!(answer.header("content-type"), "text/javascript");
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
        assert!(answer.header("vary").contains("accept-encoding"));
    }
    assert_eq!(server.get("/robots.txt", &[]).await.header("cache-control"), "no-cache");
}

#[tokio::test]
async fn a_page_is_asked_for_again_and_not_sent_again() {
    let server = server().await;
    for path in ["/", "/timer-og-ydelse", "/timer-og-ydelse/", "/regler"] {
        let answer = server.get(path, &[]).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.text().starts_with("<p>app"), "{path}");
        assert_eq!(answer.header("cache-control"), "no-cache");
        let tag = answer.header("etag");
        assert!(!tag.is_empty());
        let again = server.get(path, &[("if-none-match", tag)]).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED);
        assert_eq!(again.body, b"");
    }
}

#[tokio::test]
async fn an_unknown_page_gets_the_app_with_404_and_a_missing_file_a_problem() {
    let server = server().await;
    let page = server.get("/findes-ikke", &[("sec-fetch-mode", "navigate")]).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.text().starts_with("<p>app"));
    let tag = page.header("etag").to_owned();
    let again = server
        .get("/findes-ikke", &[("sec-fetch-mode", "navigate"), ("if-none-match", &tag)])
        .await;
    assert_eq!(again.status, StatusCode::NOT_FOUND, "never 304 for what is not there");
    let old_browser = server.get("/findes-ikke", &[("accept", "text/html,*/*")]).await;
    assert!(old_browser.text().starts_with("<p>app"));
    for (path, headers) in [
        ("/app-fedcba9876543210.js", vec![("sec-fetch-mode", "no-cors")]),
        ("/app-fedcba9876543210.js", vec![("accept", "text/html,*/*")]),
        ("/findes-ikke", vec![("accept", "application/json")]),
        ("/../Cargo.toml", vec![]),
        ("/%2e%2e/Cargo.toml", vec![]),
    ] {
        let answer = server.get(path, &headers).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
    }
}

#[tokio::test]
async fn answers_of_the_api_are_compressed_when_that_is_worth_it() {
    let server = server().await;
    let big = server.get("/api/openapi.json", &[("accept-encoding", "br")]).await;
    assert_eq!(big.header("content-encoding"), "br");
    let small = server.get("/livez", &[("accept-encoding", "br")]).await;
    assert_eq!(small.header("content-encoding"), "");
}
