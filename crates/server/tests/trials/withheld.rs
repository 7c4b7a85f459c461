//! What was drawn stays, and is told to nobody: neither flags nor words of what was shown tell of a trial
//! that is withheld, and no pause, objection or end gives a checklist to those who were to have none.

use std::time::Duration;

use axum::body::Body;
use axum::http::StatusCode;
use chrono::TimeDelta;
use jobnet_api::trial::Step;
use jobnet_server::db::Database;
use jobnet_server::trials::unit;
use jobnet_trials::protocol::{DelayedControl, Protocol, Trigger};
use serde_json::{Value, json};

use crate::checklist::{plain, protocol};
use crate::dispatch::LETTERS;
use crate::exposures::shown;
use crate::support::database::{both, sqlite};
use crate::support::extracts::{day, query};
use crate::support::server::{Serve, TestServer, request};
use crate::{close, come_to, now, pause, report, run, well};

const KEY: &str = "checklist-2026";
const HER: &str = "citizen-full-time";
/// The delivered trials are for others than her.
const OUTSIDE: &str = "citizen-social-assistance";
const LIST: &str = "/api/v1/me/checklist";
const FLAGS: &str = "/ofrep/v1/evaluate/flags";

fn letters() -> Protocol {
    serde_json::from_str(LETTERS).expect("a protocol")
}

/// Her arm, if she has one.
async fn drawn(database: &Database) -> Vec<String> {
    query(database, "SELECT arm FROM trial_assignments").await
}

/// What the flag of the checklist says where no trial runs.
fn disabled() -> String {
    json!({ "key": "checklist", "reason": "DISABLED" }).to_string()
}

/// Whatever a program that has her session could ask of trials.
async fn told(server: &TestServer, cookie: &str) -> Vec<(StatusCode, Vec<String>, String)> {
    let headers = [("cookie", cookie)];
    let me = server.get("/api/v1/me", &headers).await.json();
    let question = json!({ "context": { "targetingKey": me["handle"] } });
    let mut answers = Vec::new();
    for flag in ["", "/checklist", "/checklist.access", "/letters", "/letters.post"] {
        answers.push(plain(server.post(&format!("{FLAGS}{flag}"), &headers, &question).await));
    }
    for trial in [KEY, "letters-2026"] {
        let list = json!({
            "trial": trial, "shown": { "surface": "checklist" }, "text_ids": [], "drawing": null,
            "build": "test", "viewport": "wide", "shown_at": "2026-11-22T12:00:00Z",
        });
        let mut account = serde_json::to_value(shown()).expect("JSON");
        account["trial"] = json!(trial);
        for (path, word) in
            [("/api/v1/me/profile/exposures", &list), ("/api/v1/me/exposures", &account)]
        {
            answers.push(plain(server.post(path, &headers, word).await));
        }
    }
    answers
}

#[tokio::test]
async fn neither_those_without_a_list_nor_those_outside_can_find_out_that_a_trial_runs() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        let cookies = [server.sign_in(HER).await, server.sign_in(OUTSIDE).await];
        let mut nothing = Vec::new();
        for cookie in &cookies {
            nothing.push(told(&server, cookie).await);
        }
        assert_eq!(nothing[0][1].2, disabled());
        run(db, &protocol("ordinary")).await;
        run(db, &letters()).await;
        for cookie in &cookies {
            server.get("/api/v1/boot", &[("cookie", cookie)]).await;
        }
        assert_eq!(drawn(db).await, ["arm=ordinary"]);
        for is_paused in [false, true] {
            for (cookie, nothing) in cookies.iter().zip(&nothing) {
                assert_eq!(told(&server, cookie).await, *nothing, "paused: {is_paused}");
            }
            if !is_paused {
                // And yet nothing is dropped: two words of each trial, by both.
                come_to(db, "trial_exposures", 8).await;
                well(db, KEY, pause()).await;
                well(db, "letters-2026", pause()).await;
            }
        }
    }
}

#[tokio::test]
async fn a_word_of_what_is_withheld_is_answered_as_soon_as_one_of_nothing() {
    let server = TestServer::filled(sqlite().await).await;
    let db = &server.database.database;
    run(db, &protocol("ordinary")).await;
    let cookie = server.sign_in(HER).await;
    let headers = [("cookie", cookie.as_str())];
    server.get("/api/v1/boot", &headers).await;
    assert_eq!(drawn(db).await, ["arm=ordinary"]);
    let say = async |trial: &str| {
        let word = json!({
            "trial": trial, "shown": { "surface": "checklist" }, "text_ids": [], "drawing": null,
            "build": "test", "viewport": "wide", "shown_at": "2026-11-22T12:00:00Z",
        });
        let sent = server.post("/api/v1/me/profile/exposures", &headers, &word);
        let answer = tokio::time::timeout(Duration::from_secs(3), sent).await;
        plain(answer.expect("it waits for nobody who writes"))
    };
    // A write waits for this one.
    let held = db.begin_write().await.expect("holds");
    let (withheld, nothing) = (say(KEY).await, say("nothing-2026").await);
    assert_eq!(withheld.0, StatusCode::UNPROCESSABLE_ENTITY, "{}", withheld.2);
    assert_eq!(withheld, nothing);
    held.rollback().await.expect("lets go");
    come_to(db, "trial_exposures", 1).await;
}

#[tokio::test]
async fn who_has_a_list_is_told_what_her_own_page_shows() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        run(db, &protocol("checklist")).await;
        run(db, &letters()).await;
        let cookie = server.sign_in(HER).await;
        server.get("/api/v1/boot", &[("cookie", &cookie)]).await;
        assert_eq!(drawn(db).await, ["arm=checklist"]);
        let answers = told(&server, &cookie).await;
        let flag: Value = serde_json::from_str(&answers[2].2).expect("JSON");
        let told = (&flag["reason"], &flag["value"], &flag["metadata"]["trial"]);
        assert_eq!(told, (&json!("SPLIT"), &json!("given"), &json!(KEY)));
        assert_eq!(answers[5].0, StatusCode::NO_CONTENT, "{}", answers[5].2);
        // That others get letters is not for her to know.
        assert_eq!(answers[7].0, StatusCode::UNPROCESSABLE_ENTITY, "{}", answers[7].2);
    }
}

/// Whether she has a list: the same for her page, its address, and the interface.
async fn has_list(server: &impl Serve, persona: &str) -> bool {
    let cookie = server.sign_in(persona).await;
    let headers = [("cookie", cookie.as_str()), ("sec-fetch-mode", "navigate")];
    let boot = server.get("/api/v1/boot", &headers).await.json();
    let has = boot["has_checklist"].as_bool().expect("a word");
    let (list, page) = (server.get(LIST, &headers).await, server.get("/tjekliste", &headers).await);
    let status = if has { StatusCode::OK } else { StatusCode::NOT_FOUND };
    assert_eq!((list.status, page.status), (status, status), "{}", list.text());
    if !has {
        let nothing = server.get("/api/v1/me/shoes", &headers).await;
        assert_eq!(plain(list), plain(nothing));
    }
    has
}

#[tokio::test]
async fn a_pause_and_the_end_give_nobody_a_list_before_everything_is_measured() {
    for arm in ["ordinary", "checklist"] {
        for database in both().await {
            let server = TestServer::filled(database).await;
            let (db, beside) = (&server.database.database, server.beside());
            run(db, &protocol(arm)).await;
            let hers = arm == "checklist";
            assert_eq!(has_list(&server, HER).await, hers);
            assert_eq!(drawn(db).await, [format!("arm={arm}")]);
            for step in [pause(), Step::Resume {}, pause(), close(), report()] {
                let name = format!("{arm} after {step:?}");
                well(db, KEY, step).await;
                assert_eq!(has_list(&server, HER).await, hers, "{name}");
                assert_eq!(has_list(&beside, HER).await, hers, "{name}");
                assert!(has_list(&server, OUTSIDE).await, "{name}");
            }
            // The last outcomes are of the 182 days after her enrolment.
            server.wait(TimeDelta::days(182));
            assert_eq!(has_list(&server, HER).await, hers, "{arm} on the last day");
            server.wait(TimeDelta::days(1));
            assert!(has_list(&server, HER).await, "{arm}: then everyone has one");
        }
    }
}

#[tokio::test]
async fn an_objection_neither_takes_a_list_nor_gives_one() {
    for arm in ["ordinary", "checklist"] {
        for database in both().await {
            let server = TestServer::filled(database).await;
            let db = &server.database.database;
            let trial = run(db, &protocol(arm)).await.id;
            let hers = arm == "checklist";
            assert_eq!(has_list(&server, HER).await, hers);
            let units = "SELECT u.citizen_id FROM trial_units u JOIN trial_assignments a \
                         ON a.trial_id = u.trial_id AND a.unit = u.unit";
            let citizen = query(db, units).await[0].replace("citizen_id=", "");
            let citizen = citizen.parse().expect("a number");
            unit::object(db, trial, citizen, now()).await.expect("stores");
            for step in [pause(), Step::Resume {}, close()] {
                assert_eq!(has_list(&server, HER).await, hers, "{arm} before {step:?}");
                // Nothing of the trial is left on her page.
                let cookie = server.sign_in(HER).await;
                let list = server.get(LIST, &[("cookie", &cookie)]).await.json();
                assert_eq!(list["trial"], Value::Null);
                let flag = told(&server, &cookie).await[1].2.clone();
                assert_eq!(flag, disabled());
                well(db, KEY, step).await;
            }
            assert_eq!(has_list(&server, HER).await, hers, "{arm} after the end");
            server.wait(TimeDelta::days(183));
            assert!(has_list(&server, HER).await, "{arm}: then everyone has one");
        }
    }
}

/// Her number in the database.
async fn number_of_her(database: &Database) -> i32 {
    let sql = "SELECT id FROM citizens WHERE register_id = 'SYN-DEMO-FULL-TIME'";
    query(database, sql).await[0].replace("id=", "").parse().expect("a number")
}

#[tokio::test]
async fn the_end_tells_her_of_the_trial_and_when_she_gets_a_list() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        run(db, &protocol("ordinary")).await;
        assert!(!has_list(&server, HER).await);
        let told = async || {
            let cookie = server.sign_in(HER).await;
            server.get("/api/v1/me/trials", &[("cookie", &cookie)]).await.json()
        };
        for step in [pause(), close()] {
            assert_eq!(told().await, json!([]), "before {step:?}");
            well(db, KEY, step).await;
        }
        let mine = told().await;
        let arm = (&mine[0]["key"], &mine[0]["arm"]["da"]);
        assert_eq!(arm, (&json!(KEY), &json!("Uden tjekliste")));
        let words = mine[0]["public"]["objection"]["da"].as_str().expect("words");
        assert!(words.contains("Har du ingen, får du en, når vi er færdige med at måle."));
        assert!(!has_list(&server, HER).await, "that is not yet");
    }
}

#[tokio::test]
async fn who_may_still_be_drawn_has_no_list_before_she_is() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let (db, beside) = (&server.database.database, server.beside());
        run(db, &protocol("checklist")).await;
        // She is not drawn by what shows her nothing.
        let cookie = server.sign_in(HER).await;
        let headers = [("cookie", cookie.as_str())];
        let saw = server.send(request("PUT", &format!("{LIST}/seen"), &headers, Body::empty()));
        assert_eq!(saw.await.status, StatusCode::NOT_FOUND);
        well(db, KEY, pause()).await;
        // Also if her lot will give her one.
        assert!(!has_list(&server, HER).await && !has_list(&beside, HER).await);
        assert!(has_list(&server, OUTSIDE).await, "she may not be in it");
        assert_eq!(drawn(db).await, [""; 0], "nobody has a lot");
        well(db, KEY, Step::Resume {}).await;
        assert!(has_list(&server, HER).await, "now she is drawn");
        assert_eq!(drawn(db).await, ["arm=checklist"]);
    }
}

#[tokio::test]
async fn a_list_is_not_given_before_the_first_day_of_enrolment_either() {
    for (arm, is_paused) in [("ordinary", false), ("checklist", false), ("checklist", true)] {
        for database in both().await {
            let server = TestServer::filled(database).await;
            let (db, beside) = (&server.database.database, server.beside());
            let mut tomorrow = protocol(arm);
            tomorrow.starts = day("2026-11-23");
            run(db, &tomorrow).await;
            if is_paused {
                well(db, KEY, pause()).await;
            }
            let name = format!("{arm}, paused: {is_paused}");
            assert!(!has_list(&server, HER).await && !has_list(&beside, HER).await, "{name}");
            assert!(has_list(&server, OUTSIDE).await, "{name}: she may not be in it");
            assert_eq!(drawn(db).await, [""; 0], "{name}: nobody has a lot");
        }
    }
}

#[tokio::test]
async fn who_can_no_longer_be_drawn_has_a_list_as_everyone_has() {
    for why in ["closed", "the days are over", "she objects"] {
        let server = TestServer::filled(sqlite().await).await;
        let db = &server.database.database;
        let mut protocol = protocol("ordinary");
        if why == "the days are over" {
            protocol.ends = protocol.starts;
        }
        let trial = run(db, &protocol).await.id;
        well(db, KEY, pause()).await;
        match why {
            "closed" => {
                assert!(!has_list(&server, HER).await);
                well(db, KEY, close()).await;
            }
            "she objects" => {
                assert!(!has_list(&server, HER).await);
                unit::object(db, trial, number_of_her(db).await, now()).await.expect("stores");
            }
            _ => {}
        }
        assert!(has_list(&server, HER).await, "{why}");
        assert_eq!(drawn(db).await, [""; 0], "{why}");
    }
}

#[tokio::test]
async fn who_has_got_her_turn_keeps_it_in_a_pause() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        let mut waits = protocol("ordinary");
        let trigger = Trigger::Days { after: 30, still: Vec::new() };
        waits.delayed = Some(DelayedControl { then: "checklist".parse().expect("a key"), trigger });
        run(db, &waits).await;
        assert!(!has_list(&server, HER).await);
        well(db, KEY, pause()).await;
        assert!(!has_list(&server, HER).await, "her turn has not come");
        server.wait(TimeDelta::days(30));
        assert!(has_list(&server, HER).await, "it comes in a pause, too");
        well(db, KEY, Step::Resume {}).await;
        assert!(has_list(&server, HER).await);
        well(db, KEY, close()).await;
        assert!(has_list(&server, HER).await);
        assert_eq!(drawn(db).await, ["arm=ordinary"]);
    }
}

#[tokio::test]
async fn another_trial_of_the_list_draws_nobody_who_is_still_measured() {
    for (arm, other) in [("ordinary", "checklist"), ("checklist", "ordinary")] {
        for database in both().await {
            let server = TestServer::filled(database).await;
            let db = &server.database.database;
            run(db, &protocol(arm)).await;
            let hers = arm == "checklist";
            assert_eq!(has_list(&server, HER).await, hers);
            well(db, KEY, close()).await;
            let mut next = protocol(other);
            next.key = "checklist-2027".parse().expect("a key");
            run(db, &next).await;
            for days in [0, 182] {
                server.wait(TimeDelta::days(days));
                assert_eq!(has_list(&server, HER).await, hers, "{arm} after {days} days");
                assert_eq!(drawn(db).await, [format!("arm={arm}")]);
            }
            server.wait(TimeDelta::days(1));
            assert_eq!(has_list(&server, HER).await, !hers, "{arm}: then she is drawn anew");
            assert_eq!(drawn(db).await.len(), 2);
        }
    }
}
