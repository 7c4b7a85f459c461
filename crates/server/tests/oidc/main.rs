//! Signing in through a real, certified provider, as a browser would.
#![allow(clippy::expect_used, reason = "a test may panic, in its helpers too")]

#[path = "../support/mod.rs"]
mod support;

mod age;
mod sign_out;

use chrono::TimeDelta;
use jobnet_api::boot::Role;
use jobnet_server::session::{self, Lifetimes, NewSession, Touch};
use reqwest::StatusCode;
use serde_json::{Value, json};

use support::database::{both, sqlite};
use support::extracts::query;
use support::provider::{Browser, Site};
use support::server::{Serve, TestServer};

#[tokio::test]
async fn she_signs_in_and_comes_back_to_her_page_and_no_token_comes_with_her() {
    for database in both().await {
        let site = Site::start(database).await;
        let browser = Browser::open();
        let boot = browser.json(&site, "/api/v1/boot").await.1;
        assert_eq!((&boot["sign_in_at"], &boot["personas"]), (&json!("/auth/login"), &json!([])));
        let there = browser.sign_in(&site, "asta").await;
        assert_eq!((there.status, there.path().as_str()), (StatusCode::OK, "/timer-og-ydelse"));
        let ours: Vec<String> = there
            .way
            .iter()
            .filter(|address| address.as_str().starts_with(&site.address))
            .map(ToString::to_string)
            .collect();
        assert!(ours.iter().all(|address| !address.contains("token")), "{ours:?}");
        let (status, me) = browser.json(&site, "/api/v1/me").await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(me["name"], "Asta Vinterlund");
        assert_eq!((&me["roles"], &me["persona"]), (&json!(["citizen"]), &Value::Null));
        let (_, account) = browser.json(&site, "/api/v1/me/account").await;
        assert_eq!(account["authority"], "Fagenes A-kasse", "found by her CPR number");
        let database = &site.server.database.database;
        let sessions = query(database, "SELECT * FROM sessions").await.join("\n");
        assert!(!sessions.contains("0181901234") && !sessions.contains("eyJ"), "{sessions}");
        assert!(query(database, "SELECT nonce FROM sign_ins").await.is_empty(), "and forgotten");
    }
}

#[tokio::test]
async fn every_way_to_fail_says_which_and_signs_nobody_in() {
    let site = Site::start(sqlite().await).await;
    for (sub, problem) in [("nobody", "refused"), ("low", "level"), ("other", "no_access")] {
        let browser = Browser::open();
        let there = browser.sign_in(&site, sub).await;
        assert_eq!(there.path(), format!("/log-ind?problem={problem}"), "{sub}");
        assert_eq!(there.status, StatusCode::OK);
        assert!(!browser.is_signed_in(&site).await, "{sub}");
    }
    let rows = query(&site.server.database.database, "SELECT id_hash FROM sessions").await;
    assert!(rows.is_empty());
}

#[tokio::test]
async fn a_state_that_was_tampered_with_or_is_anothers_or_too_old_is_refused() {
    for database in both().await {
        let site = Site::start(database).await;
        let browser = Browser::open();
        let question = browser.begin(&site, "").await;
        let back = browser.choose(&question, "asta").await.address.to_string();
        let expired = "/log-ind?problem=expired";
        let tampered = back.replace("state=", "state=x");
        assert_eq!(browser.go(&tampered).await.path(), expired);
        let stateless = back.replace("state=", "estate=");
        assert_eq!(Browser::open().go(&stateless).await.path(), expired);
        assert_eq!(Browser::open().go(&back).await.path(), expired, "another browser");
        assert!(!browser.is_signed_in(&site).await);

        let browser = Browser::open();
        let question = browser.begin(&site, "").await;
        let back = browser.choose(&question, "asta").await.address.to_string();
        site.server.wait(TimeDelta::minutes(10));
        assert_eq!(browser.go(&back).await.path(), expired, "ten minutes later");
        assert!(!browser.is_signed_in(&site).await);
    }
}

#[tokio::test]
async fn a_code_counts_once_and_for_its_own_sign_in_only() {
    let site = Site::start(sqlite().await).await;
    let browser = Browser::open();
    let question = browser.begin(&site, "").await;
    let back = browser.choose(&question, "asta").await.address;
    assert_eq!(browser.go(back.as_str()).await.path(), "/");
    assert!(browser.is_signed_in(&site).await);
    let thief = Browser::open();
    assert_eq!(browser.go(back.as_str()).await.path(), "/log-ind?problem=expired", "replayed");

    // The code of another sign-in under a state of one's own: used before, and without its PKCE.
    let question = thief.begin(&site, "").await;
    let own = thief.choose(&question, "").await.address;
    let value = |address: &reqwest::Url, name: &str| {
        let found = address.query_pairs().find(|(each, _)| each == name);
        found.expect(name).1.into_owned()
    };
    let forged = site.at(&format!(
        "/auth/callback?code={}&state={}",
        value(&back, "code"),
        value(&own, "state")
    ));
    assert_eq!(thief.go(&forged).await.path(), "/log-ind?problem=expired");

    let victim = Browser::open();
    let question = victim.begin(&site, "").await;
    let fresh = value(&victim.choose(&question, "asta").await.address, "code");
    let question = thief.begin(&site, "").await;
    let own = thief.choose(&question, "").await.address;
    let state = value(&own, "state");
    let forged = site.at(&format!("/auth/callback?code={fresh}&state={state}"));
    assert_eq!(thief.go(&forged).await.path(), "/log-ind?problem=expired", "PKCE");
    assert!(!thief.is_signed_in(&site).await);
}

#[tokio::test]
async fn another_issuers_answer_is_not_taken() {
    let site = Site::start(sqlite().await).await;
    let browser = Browser::open();
    let question = browser.begin(&site, "").await;
    let mut back = browser.choose(&question, "asta").await.address;
    let others: Vec<(String, String)> = back
        .query_pairs()
        .map(|(name, value)| match name.as_ref() {
            "iss" => (name.into_owned(), "https://evil.example".to_owned()),
            _ => (name.into_owned(), value.into_owned()),
        })
        .collect();
    back.query_pairs_mut().clear().extend_pairs(others);
    assert_eq!(browser.go(back.as_str()).await.path(), "/log-ind?problem=provider");
}

#[tokio::test]
async fn a_new_key_is_fetched_and_one_that_is_not_published_is_not_believed() {
    let site = Site::start(sqlite().await).await;
    assert_eq!(Browser::open().sign_in(&site, "asta").await.path(), "/timer-og-ydelse");
    // What the provider published is remembered for five seconds at least.
    tokio::time::sleep(std::time::Duration::from_secs(6)).await;
    site.provider.rotate(true).await;
    assert_eq!(Browser::open().sign_in(&site, "asta").await.path(), "/timer-og-ydelse");
    site.provider.rotate(false).await;
    let browser = Browser::open();
    let there = browser.sign_in(&site, "asta").await;
    assert_eq!(there.path(), "/log-ind?problem=provider");
    assert!(!browser.is_signed_in(&site).await);
}

#[tokio::test]
async fn a_key_that_was_withdrawn_counts_no_longer_than_keys_may() {
    let mut site = Site::start_with(sqlite().await, |oidc| oidc.keys_seconds = 2).await;
    let signed_in = Browser::open();
    assert_eq!(signed_in.sign_in(&site, "asta").await.path(), "/timer-og-ydelse");
    site.provider.withdraw().await;
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    let browser = Browser::open();
    let down = "/log-ind?problem=provider";
    assert_eq!(browser.sign_in(&site, "asta").await.path(), down, "signed with the old one");
    assert!(!browser.is_signed_in(&site).await);
    // What nobody can read again is not believed for ever, either.
    site.provider.stop();
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    assert_eq!(browser.go(&site.at("/auth/login")).await.path(), down);
    assert!(signed_in.is_signed_in(&site).await, "who is signed in stays so");
    let out = signed_in.sign_out(&site).await;
    assert!(out.text.contains("continue_at"), "and is led to sign out there: {out:?}");
}

#[tokio::test]
async fn a_token_that_is_old_or_anothers_signs_nobody_in() {
    let site = Site::start(sqlite().await).await;
    let now = jobnet_server::clock::now().timestamp();
    for (header, claims) in [
        (json!({}), json!({ "exp": now - 60 })),
        (json!({}), json!({ "aud": "another" })),
        (json!({}), json!({ "aud": ["jobnet", "another"] })),
        (json!({}), json!({ "iss": "https://evil.example" })),
        (json!({}), json!({ "nonce": "another" })),
        (json!({}), json!({ "nonce": null })),
        (json!({ "alg": "none" }), json!({})),
        (json!({ "alg": "HS256" }), json!({})),
    ] {
        site.provider.change_token(&header, &claims).await;
        let browser = Browser::open();
        let there = browser.sign_in(&site, "asta").await;
        assert_eq!(there.path(), "/log-ind?problem=provider", "{header} {claims}");
        assert!(!browser.is_signed_in(&site).await, "{header} {claims}");
    }
    // Made anew in the same way and with nothing changed it counts.
    site.provider.change_token(&json!({}), &json!({})).await;
    assert_eq!(Browser::open().sign_in(&site, "asta").await.path(), "/timer-og-ydelse");
}

#[tokio::test]
async fn a_provider_that_is_down_is_said_and_everything_else_goes_on() {
    let mut site = Site::start(sqlite().await).await;
    let browser = Browser::open();
    let question = browser.begin(&site, "").await;
    let back = browser.choose(&question, "asta").await.address;
    let signed_in = Browser::open();
    signed_in.sign_in(&site, "asta").await;
    site.provider.stop();
    let down = "/log-ind?problem=provider";
    assert_eq!(browser.go(back.as_str()).await.path(), down, "in the middle");
    assert!(signed_in.is_signed_in(&site).await, "who is signed in stays so");
    let out = signed_in.sign_out(&site).await;
    assert!(out.status.is_success(), "and can sign out");
    assert!(!signed_in.is_signed_in(&site).await);
    let office = support::casework::Office::open(sqlite().await).await;
    let begun = office.server.get("/auth/login", &[]).await;
    assert_eq!((begun.status, begun.header("location")), (StatusCode::SEE_OTHER, down));
}

#[tokio::test]
async fn the_way_back_leads_to_our_own_pages_only() {
    let site = Site::start(sqlite().await).await;
    for (return_to, page) in [
        ("/regler", "/regler"),
        // That there is such a page is not said: whoever has none is told the same of both.
        ("/tjekliste", "/tjekliste"),
        ("/findes-ikke", "/findes-ikke"),
        ("//evil.example", "/"),
        ("/%5Cevil.example", "/"),
        ("https://evil.example/regler", "/"),
        ("/api/v1/me/data", "/"),
        ("regler", "/"),
        ("", "/"),
    ] {
        let browser = Browser::open();
        let question = browser.begin(&site, &format!("?return_to={return_to}")).await;
        let back = browser.choose(&question, "asta").await;
        let there = browser.follow(back, |_| false).await;
        assert_eq!(there.address.to_string(), site.at(page), "{return_to}");
    }
}

#[tokio::test]
async fn without_a_cpr_number_she_is_signed_in_and_has_no_account_yet() {
    let site = Site::start(sqlite().await).await;
    let browser = Browser::open();
    assert_eq!(browser.sign_in(&site, "no-cpr").await.path(), "/timer-og-ydelse");
    let (status, boot) = browser.json(&site, "/api/v1/boot").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!((&boot["me"]["name"], &boot["account"]), (&json!("Nora Uden"), &Value::Null));
    assert_eq!(browser.json(&site, "/api/v1/me/account").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_was_known_once_needs_no_cpr_number_again() {
    let server = TestServer::filled(sqlite().await).await;
    let now = server.app.clock().now();
    let database = server.app.database();
    let mut found = Vec::new();
    for citizen in [None, Some(1), None] {
        let new = NewSession {
            persona: None,
            subject: "https://provider.example 7".to_owned(),
            provider_session: None,
            citizen,
            name: "Asta".to_owned(),
            role: Role::Citizen,
            organisation: None,
        };
        let lifetimes = Lifetimes::default();
        let id = session::start(database, new, None, &lifetimes, now).await.expect("starts");
        let session =
            session::find(database, &id, Touch::Look, &lifetimes, now).await.expect("reads");
        found.push(session.expect("lives").citizen);
    }
    assert_eq!(found, [None, Some(1), Some(1)]);
}

#[tokio::test]
async fn at_work_she_is_no_citizen_even_if_the_provider_has_one_name_for_both() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let now = server.app.clock().now();
        let database = server.app.database();
        let mut cookies = Vec::new();
        for (role, citizen) in
            [(Role::Citizen, Some(1)), (Role::FundCaseworker, None), (Role::Researcher, Some(1))]
        {
            let new = NewSession {
                persona: None,
                subject: "https://provider.example 7".to_owned(),
                provider_session: None,
                citizen,
                name: "Asta".to_owned(),
                role,
                organisation: None,
            };
            let id = session::start(database, new, None, &Lifetimes::default(), now)
                .await
                .expect("starts");
            let session = session::find(database, &id, Touch::Look, &Lifetimes::default(), now)
                .await
                .expect("reads");
            let is_citizen = session.expect("lives").citizen.is_some();
            assert_eq!(is_citizen, role == Role::Citizen, "{role:?}");
            cookies.push(format!("sid={id}"));
        }
        let stored = query(database, "SELECT role FROM sessions WHERE citizen_id = 1").await;
        assert_eq!(stored, ["role=citizen"]);
        // As an earlier version stored it.
        let earlier = "UPDATE sessions SET citizen_id = 1 RETURNING role";
        assert_eq!(query(database, earlier).await.len(), 3);
        let mut accounts = Vec::new();
        for cookie in &cookies {
            let boot = server.get("/api/v1/boot", &[("cookie", cookie)]).await;
            accounts.push(!boot.json()["account"].is_null());
        }
        assert_eq!(accounts, [true, false, false]);
    }
}

#[tokio::test]
async fn a_caseworkers_role_and_organisation_come_from_the_provider() {
    let site = Site::start(sqlite().await).await;
    let browser = Browser::open();
    browser.sign_in(&site, "karen").await;
    let (_, me) = browser.json(&site, "/api/v1/me").await;
    assert_eq!(me["roles"], json!(["fund_caseworker"]));
    assert_eq!(me["organisation"], "Fagenes A-kasse");
    assert_eq!(me["session_ends_at"], "2026-11-22T12:15:00Z", "a caseworker's quarter of an hour");
}
