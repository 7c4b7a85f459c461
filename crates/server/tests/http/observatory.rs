//! The score that the HTTP Observatory gives our answers over https: its rules as MDN documents
//! them (“Tests and scoring”, August 2026), computed here since no scanner reaches a test. Not
//! computed: what is not the server's, such as the redirection from http and the preload list.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use base64::Engine;
use base64::prelude::BASE64_STANDARD as BASE64;
use jobnet_server::config::Config;
use jobnet_server::trials::store;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::support::database::sqlite;
use crate::support::server::{Answer, Serve, TestServer, demo_extracts};

/// An e-mail of a trial, as our own pages show it in a frame.
const MAIL: &str = "/api/v1/trials/checklist-2026/messages/checklist-invitation/email-da.html";

/// Directives of a content security policy, by name.
type Policy<'a> = BTreeMap<&'a str, Vec<&'a str>>;

/// What an answer earns by its content security policy; also what frames earn by it.
fn policy(answer: &Answer) -> Policy<'_> {
    let directives = answer.header("content-security-policy").split(';');
    directives
        .filter_map(|directive| {
            let mut words = directive.split_ascii_whitespace();
            Some((words.next()?, words.collect()))
        })
        .collect()
}

fn score_of_policy(policy: &Policy<'_>) -> i32 {
    if policy.is_empty() {
        return -25;
    }
    let sources = |name: &str| policy.get(name).or_else(|| policy.get("default-src"));
    let allows =
        |name: &str, word: &str| sources(name).is_none_or(|sources| sources.contains(&word));
    let is_wide = |name: &str| {
        sources(name).is_none_or(|sources| {
            sources.iter().any(|source| {
                ["*", "https:", "http:", "data:"].contains(source) || source.starts_with("http://")
            })
        })
    };
    if allows("script-src", "'unsafe-inline'") || is_wide("script-src") || is_wide("object-src") {
        return -20;
    }
    if allows("script-src", "'unsafe-eval'") {
        return -10;
    }
    if allows("style-src", "'unsafe-inline'") || is_wide("style-src") {
        return 0;
    }
    let only = |name: &str, values: &[&str]| {
        policy.get(name).is_some_and(|sources| sources.len() == 1 && values.contains(&sources[0]))
    };
    let is_closed = only("default-src", &["'none'"]);
    let forms = only("form-action", &["'none'", "'self'"]);
    let base = only("base-uri", &["'none'", "'self'"]);
    if is_closed && forms && base { 10 } else { 5 }
}

fn score_of_cookie(cookie: &str) -> i32 {
    let has = |word: &str| {
        cookie.split(';').any(|part| part.trim().to_ascii_lowercase().starts_with(word))
    };
    match (cookie.is_empty(), has("secure"), has("httponly"), has("samesite")) {
        (true, ..) => 0,
        (_, false, ..) => -40,
        (_, _, false, _) => -30,
        (_, _, _, false) => 0,
        _ => 5,
    }
}

fn score_of_transport(header: &str) -> i32 {
    const SIX_MONTHS: u64 = 15_768_000;
    let age = header.split(';').find_map(|part| part.trim().strip_prefix("max-age="));
    match age.and_then(|age| age.parse::<u64>().ok()) {
        None => -20,
        Some(age) if age < SIX_MONTHS => -10,
        Some(_) => 0,
    }
}

/// The whole score. A bonus counts only for who has lost no more than ten points.
fn score(answer: &Answer, cookie: &str) -> i32 {
    let policy = policy(answer);
    let is = |name: &str, value: &str, bonus: i32, missing: i32| {
        if answer.header(name) == value { bonus } else { missing }
    };
    let frames = match policy.get("frame-ancestors") {
        Some(_) => 5,
        None if answer.header("x-frame-options").is_empty() => -20,
        None => 0,
    };
    let referrer = match answer.header("referrer-policy") {
        "no-referrer" | "same-origin" | "strict-origin" | "strict-origin-when-cross-origin" => 5,
        "" => 0,
        _ => -5,
    };
    let shared = match answer.header("access-control-allow-origin") {
        "" => 0,
        _ => -50,
    };
    let parts = [
        score_of_policy(&policy),
        score_of_cookie(cookie),
        score_of_transport(answer.header("strict-transport-security")),
        frames,
        referrer,
        shared,
        is("x-content-type-options", "nosniff", 0, -5),
        is("cross-origin-resource-policy", "same-origin", 10, 0),
        is("cross-origin-embedder-policy", "require-corp", 10, 0),
        is("cross-origin-opener-policy", "same-origin", 10, 0),
    ];
    let base = 100 + parts.iter().filter(|part| **part < 0).sum::<i32>();
    let bonus: i32 = parts.iter().filter(|part| **part > 0).sum();
    if base >= 90 { base + bonus } else { base }
}

#[tokio::test]
async fn every_kind_of_answer_scores_a_plus() {
    let database = sqlite().await;
    demo_extracts().import_well(&database.database, "2026-11-22").await;
    let mut config = Config::default();
    config.server.public_url = Some("https://example.org".to_owned());
    // Only to have a cookie; a configuration that is loaded may not be both.
    config.server.demo = true;
    let server = TestServer::new(database, config);
    let body = json!({ "persona": "citizen-full-time" });
    let signed_in = server.post("/api/v1/session/demo", &[], &body).await;
    assert_eq!(signed_in.status, StatusCode::NO_CONTENT);
    let cookie = signed_in.header("set-cookie").to_owned();
    let sent = signed_in.cookie();
    let researcher = server.sign_in("researcher").await;
    let headers = [("cookie", researcher.as_str())];
    let protocol = serde_json::from_str(include_str!("../../trials/checklist-2026.json"));
    let protocol = protocol.expect("a protocol");
    store::save_draft(server.app.database(), &protocol, 0).await.expect("stores");
    let asked = json!({ "presentation": "what_if", "framing": "lacking",
                        "situation": "near_limit", "hours": 1 });
    let link = server.post("/api/v1/previews", &headers, &asked).await.json();
    let preview = format!("/forhaandsvisning/{}", link["token"].as_str().expect("a token"));
    for (path, cookie_sent) in [
        ("/", &sent),
        ("/log-ind", &sent),
        ("/robots.txt", &sent),
        ("/no-such-page", &sent),
        ("/api/v1/me", &sent),
        ("/api/v1/nothing", &sent),
        (preview.as_str(), &sent),
        (MAIL, &researcher),
    ] {
        let answer = server.get(path, &[("cookie", cookie_sent)]).await;
        let is_missing = path.ends_with("/nothing") || path == "/no-such-page";
        assert_eq!(answer.status == StatusCode::NOT_FOUND, is_missing, "{path}");
        let score = score(&answer, &cookie);
        assert!(score >= 130, "{path}: {score}");
        assert!(!answer.header("content-security-policy").contains("unsafe-inline"), "{path}");
    }
    // The e-mail keeps its style: the policy names it, and there is no other.
    let mail = server.get(MAIL, &headers).await;
    let (_, style) = mail.text().split_once("<style>").expect("a style");
    let (style, rest) = style.split_once("</style>").expect("its end");
    let hash = BASE64.encode(Sha256::digest(style.as_bytes()));
    let policy = policy(&mail);
    assert_eq!(policy["style-src"], [format!("'sha256-{hash}'")]);
    assert!(!rest.contains("<style") && !mail.text().contains(" style="), "{rest}");
}

/// The rules can say no: each part taken away costs what it must.
#[test]
fn a_soft_shell_scores_low() {
    let answer = |headers: &[(&'static str, &'static str)]| Answer {
        status: StatusCode::OK,
        headers: headers
            .iter()
            .map(|(name, value)| {
                let name = axum::http::HeaderName::from_static(name);
                (name, axum::http::HeaderValue::from_static(value))
            })
            .collect(),
        body: Vec::new(),
    };
    // Missing: policy 25, transport 20, frames 20, nosniff 5.
    assert_eq!(score(&answer(&[]), ""), 30);
    assert_eq!(score(&answer(&[]), "id=1; HttpOnly; SameSite=Strict"), -10);
    let with_policy = |value| {
        answer(&[
            ("content-security-policy", value),
            ("strict-transport-security", "max-age=63072000"),
            ("x-content-type-options", "nosniff"),
        ])
    };
    assert_eq!(
        score(&with_policy("default-src 'self' 'unsafe-inline'; frame-ancestors 'none'"), ""),
        80
    );
    assert_eq!(score(&with_policy("default-src 'self'; frame-ancestors 'none'"), ""), 110);
    let best = "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    assert_eq!(score(&with_policy(best), ""), 115);
    assert_eq!(score(&with_policy(best), "a=1; Secure; HttpOnly; SameSite=Lax"), 120);
}
