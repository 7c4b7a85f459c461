//! Signing out: here, at the provider, and what the provider's word about it is worth.

use axum::http::StatusCode;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use chrono::TimeDelta;
use jobnet_api::boot::Role;
use jobnet_server::config::{Config, OidcConfig};
use jobnet_server::session::{self, NewSession};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::database::{both, sqlite};
use crate::support::extracts::query;
use crate::support::provider::{Browser, Place, Site};
use crate::support::server::{Beside, Serve, TestServer};

#[tokio::test]
async fn signing_out_here_ends_the_session_at_the_provider_too() {
    let site = Site::start(sqlite().await).await;
    let browser = Browser::open();
    browser.sign_in(&site, "asta").await;
    let out = browser.sign_out(&site).await;
    assert_eq!(out.status, StatusCode::OK);
    assert!(!browser.is_signed_in(&site).await);
    let out: Value = serde_json::from_str(&out.text).expect("JSON");
    let next = out["continue_at"].as_str().expect("an address");
    assert!(next.starts_with(&site.provider.issuer), "{next}");
    let asked = browser.go(next).await;
    let there = confirm(&browser, &site, &asked.text).await;
    assert_eq!(there.address.to_string(), site.at("/"));
    browser.begin(&site, "").await; // The provider asks who she is: it has forgotten.
}

/// Says yes to the provider's question whether to sign out.
async fn confirm(browser: &Browser, site: &Site, page: &str) -> Place {
    let secret =
        page.split("name=\"xsrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let form = [("xsrf", secret.expect("a form")), ("logout", "yes")];
    let address = format!("{}/session/end/confirm", site.provider.issuer);
    let answered = browser.ask(Method::POST, &address, &form).await;
    browser.follow(answered, |_| false).await
}

#[tokio::test]
async fn signing_out_at_the_provider_ends_the_session_here() {
    for database in both().await {
        let site = Site::start(database).await;
        let (browser, other) = (Browser::open(), Browser::open());
        browser.sign_in(&site, "asta").await;
        other.sign_in(&site, "karen").await;
        let asked = browser.go(&format!("{}/session/end", site.provider.issuer)).await;
        confirm(&browser, &site, &asked.text).await;
        assert!(!browser.is_signed_in(&site).await);
        assert!(other.is_signed_in(&site).await, "nobody else's");
    }
}

#[tokio::test]
async fn only_the_providers_own_word_signs_anyone_out() {
    let site = Site::start(sqlite().await).await;
    let browser = Browser::open();
    browser.sign_in(&site, "asta").await;
    let part = |value: Value| BASE64.encode(value.to_string());
    let claims = json!({
        "iss": site.provider.issuer, "aud": "jobnet", "sub": "asta", "iat": 1_795_000_000,
        "exp": 4_000_000_000_u64, "jti": "1",
        "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
    });
    let unsigned =
        format!("{}.{}.", part(json!({"alg": "none", "typ": "logout+jwt"})), part(claims.clone()));
    let header = json!({"alg": "RS256", "typ": "logout+jwt", "kid": "key-1"});
    let forged = format!("{}.{}.{}", part(header), part(claims.clone()), BASE64.encode([7; 256]));
    // A secret that is shared must not do for a key.
    let shared = format!("{}.{}.AAAA", part(json!({"alg": "HS256"})), part(claims));
    for token in [unsigned.as_str(), forged.as_str(), shared.as_str(), "nonsense", ""] {
        let form = [("logout_token", token)];
        let address = site.at("/auth/backchannel-logout");
        let answer = browser.ask(Method::POST, &address, &form).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{token}");
    }
    assert!(browser.is_signed_in(&site).await);
}

#[tokio::test]
async fn a_provider_that_hangs_keeps_nobody_from_signing_out() {
    // Takes connections, and never says a word.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let mut config = Config::default();
    let issuer = format!("http://{}", silent.local_addr().expect("an address"));
    config.oidc = Some(OidcConfig { issuer, ..Default::default() });
    let server = TestServer::new(sqlite().await, config);
    let new = NewSession {
        persona: None,
        subject: "https://provider.example 7".to_owned(),
        provider_session: None,
        citizen: None,
        name: "Asta".to_owned(),
        role: Role::Citizen,
        organisation: None,
    };
    let now = server.app.clock().now();
    let id = session::start(server.app.database(), new, None, server.app.lifetimes(), now)
        .await
        .expect("starts");
    let waiting = server.beside();
    let router = Beside(server.router());
    let login = tokio::spawn(async move { router.get("/auth/login", &[]).await });
    tokio::task::yield_now().await;
    let cookie = format!("sid={id}");
    let headers = [("cookie", cookie.as_str())];
    let out = server.post("/api/v1/session/end", &headers, &json!({})).await;
    assert!(!login.is_finished(), "who signs in is still waiting");
    assert_eq!(out.status, StatusCode::NO_CONTENT);
    let set: Vec<_> = out.headers.get_all("set-cookie").iter().collect();
    assert!(set.iter().any(|each| each.as_bytes().starts_with(b"sid=; ")), "{set:?}");
    let me = waiting.get("/api/v1/me", &headers).await;
    assert_eq!(me.status, StatusCode::UNAUTHORIZED);
    let there = login.await.expect("answers");
    assert_eq!(there.header("location"), "/log-ind?problem=provider", "and is told in the end");
}

#[tokio::test]
async fn after_signing_out_here_the_provider_asks_again_who_she_is() {
    let site = Site::start(sqlite().await).await;
    let browser = Browser::open();
    browser.sign_in(&site, "asta").await;
    // She does not go on to the provider, which still knows her.
    assert_eq!(browser.sign_out(&site).await.status, StatusCode::OK);
    // `sign_in` asserts that the provider shows its question.
    assert_eq!(browser.sign_in(&site, "asta").await.path(), "/timer-og-ydelse");
    // The same when her session ended by itself.
    site.server.wait(TimeDelta::minutes(31));
    assert!(!browser.is_signed_in(&site).await);
    browser.begin(&site, "").await;
    // And when she signs out of a session that has ended, so that no cookie of it is left.
    browser.sign_out(&site).await;
    let question = browser.begin(&site, "").await;
    // A sign-in that began before signing out does not end after it.
    browser.sign_out(&site).await;
    let back = browser.choose(&question, "asta").await.address.to_string();
    assert_eq!(browser.go(&back).await.path(), "/log-ind?problem=expired");
}

#[tokio::test]
async fn the_providers_word_counts_once() {
    for database in both().await {
        let site = Site::start(database).await;
        let browser = Browser::open();
        browser.sign_in(&site, "asta").await;
        let asked = browser.go(&format!("{}/session/end", site.provider.issuer)).await;
        confirm(&browser, &site, &asked.text).await;
        assert!(!browser.is_signed_in(&site).await);
        let said = browser.go(&format!("{}/test/last-word", site.provider.issuer)).await.text;
        let token = said.strip_prefix("logout_token=").expect("the provider's word");
        let address = site.at("/auth/backchannel-logout");
        let form = [("logout_token", token)];
        let again = browser.ask(Method::POST, &address, &form).await;
        assert_eq!(again.status, StatusCode::BAD_REQUEST);
        let database = &site.server.database.database;
        let words = query(database, "SELECT expires_at FROM logout_words").await;
        assert_eq!(words.len(), 1, "kept until it expires");
    }
}

/// A session here of this subject and this session of the provider's, if it said so; her cookie.
async fn session(site: &Site, subject: &str, sid: Option<&str>) -> String {
    let issuer = &site.provider.issuer;
    let new = NewSession {
        persona: None,
        subject: format!("{issuer} {subject}"),
        provider_session: sid.map(|sid| format!("{issuer} {sid}")),
        citizen: None,
        name: "Asta".to_owned(),
        role: Role::Citizen,
        organisation: None,
    };
    let app = &site.server.app;
    let id = session::start(app.database(), new, None, app.lifetimes(), app.clock().now()).await;
    format!("sid={}", id.expect("starts"))
}

/// Which of these sessions live.
async fn living(site: &Site, cookies: &[String]) -> Vec<bool> {
    let mut living = Vec::new();
    for cookie in cookies {
        let me = site.server.get("/api/v1/me", &[("cookie", cookie)]).await;
        living.push(me.status == StatusCode::OK);
    }
    living
}

/// What a right word has beside whom it is about (OpenID Connect Back-Channel Logout 1.0, 2.4).
fn word(site: &Site, jti: &str, more: Value) -> Value {
    let now = jobnet_server::clock::now().timestamp();
    let mut claims = json!({
        "iss": site.provider.issuer, "aud": "jobnet", "iat": now, "exp": now + 120, "jti": jti,
        "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
    });
    for (name, value) in more.as_object().expect("claims") {
        claims[name.as_str()] = value.clone();
    }
    claims
}

#[tokio::test]
async fn a_word_ends_the_session_or_the_person_it_names() {
    for (more, left) in [
        (json!({"sid": "one"}), [false, true, true, true, true]),
        (json!({"sub": "asta"}), [false, false, false, true, true]),
        // Of her session of which the provider did not say to which of its own it belongs, it may be
        // this one; of anybody else's it is not.
        (json!({"sub": "asta", "sid": "one"}), [false, true, false, true, true]),
        (json!({"sub": "asta", "sid": "nine"}), [true, true, false, true, true]),
        (json!({"sub": "asta", "aud": ["jobnet"]}), [false, false, false, true, true]),
    ] {
        let site = Site::start(sqlite().await).await;
        let mut cookies = Vec::new();
        for (subject, sid) in [
            ("asta", Some("one")),
            ("asta", Some("two")),
            ("asta", None),
            ("karen", Some("three")),
            ("karen", None),
        ] {
            cookies.push(session(&site, subject, sid).await);
        }
        for header in [json!({}), json!({"typ": "JWT"})] {
            let jti = header.to_string();
            let token = site.provider.sign(&header, &word(&site, &jti, more.clone())).await;
            let form = [("logout_token", token.as_str())];
            let address = site.at("/auth/backchannel-logout");
            let answer = Browser::open().ask(Method::POST, &address, &form).await;
            assert_eq!(answer.status, StatusCode::OK, "{more} {header}");
        }
        assert_eq!(living(&site, &cookies).await, left, "{more}");
    }
}

#[tokio::test]
async fn a_signed_word_that_breaks_a_rule_signs_nobody_out() {
    let site = Site::start(sqlite().await).await;
    let cookies = [session(&site, "asta", Some("one")).await];
    let past = jobnet_server::clock::now().timestamp() - 10;
    for (case, header, more) in [
        ("a nonce", json!({}), json!({"nonce": "n"})),
        ("an empty nonce", json!({}), json!({"nonce": null})),
        ("no events", json!({}), json!({"events": null})),
        ("another event", json!({}), json!({"events": {"http://example.org/other": {}}})),
        ("for someone else", json!({}), json!({"aud": "another"})),
        ("for someone else, too", json!({}), json!({"aud": ["jobnet", "another"]})),
        ("by someone else", json!({}), json!({"iss": "https://provider.example"})),
        ("expired", json!({}), json!({"exp": past})),
        ("no end", json!({}), json!({"exp": null})),
        ("no beginning", json!({}), json!({"iat": null})),
        ("from the future", json!({}), json!({"iat": past + 86_400, "exp": past + 90_000})),
        ("no id", json!({}), json!({"jti": null})),
        ("nobody", json!({}), json!({"sub": null, "sid": null})),
        ("another kind of token", json!({"typ": "at+jwt"}), json!({})),
        ("something critical", json!({"crit": ["b64"]}), json!({})),
        ("an algorithm that was not used", json!({"alg": "PS256"}), json!({})),
        ("a shared secret", json!({"alg": "HS256"}), json!({})),
        ("an unknown key", json!({"kid": "key-9"}), json!({})),
    ] {
        let mut claims = word(&site, case, json!({"sub": "asta", "sid": "one"}));
        for (name, value) in more.as_object().expect("claims") {
            // JSON null: without the claim. But a nonce must not be there at all.
            match claims.as_object_mut() {
                Some(claims) if value.is_null() && name != "nonce" => drop(claims.remove(name)),
                _ => claims[name.as_str()] = value.clone(),
            }
        }
        let token = site.provider.sign(&header, &claims).await;
        let form = [("logout_token", token.as_str())];
        let address = site.at("/auth/backchannel-logout");
        let answer = Browser::open().ask(Method::POST, &address, &form).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{case}");
        assert_eq!(living(&site, &cookies).await, [true], "{case}");
    }
    // The same word without any of it counts.
    let token = site.provider.sign(&json!({}), &word(&site, "right", json!({"sub": "asta"}))).await;
    let form = [("logout_token", token.as_str())];
    let address = site.at("/auth/backchannel-logout");
    let answer = Browser::open().ask(Method::POST, &address, &form).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(living(&site, &cookies).await, [false]);
}

#[tokio::test]
async fn a_word_is_heard_by_the_keys_last_known_when_no_newer_ones_can_be_had() {
    let mut site = Site::start_with(sqlite().await, |oidc| oidc.keys_seconds = 2).await;
    let browser = Browser::open();
    browser.sign_in(&site, "asta").await;
    let karens = [session(&site, "karen", None).await];
    let sign = async |jti: &str, sub: &str| {
        site.provider.sign(&json!({}), &word(&site, jti, json!({"sub": sub}))).await
    };
    let right = sign("right", "asta").await;
    // By a key that was never read.
    site.provider.rotate(false).await;
    let unknown = sign("unknown", "karen").await;
    site.provider.stop();
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    let too_old = "/log-ind?problem=provider";
    assert_eq!(Browser::open().go(&site.at("/auth/login")).await.path(), too_old);
    for (token, status) in [(right, StatusCode::OK), (unknown, StatusCode::BAD_REQUEST)] {
        let form = [("logout_token", token.as_str())];
        let address = site.at("/auth/backchannel-logout");
        let answer = Browser::open().ask(Method::POST, &address, &form).await;
        assert_eq!(answer.status, status);
    }
    assert!(!browser.is_signed_in(&site).await);
    assert_eq!(living(&site, &karens).await, [true]);
}
