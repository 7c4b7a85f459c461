//! Trials of how a profile is presented and of what a receipt says.

use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use jobnet_api::trial::Step;
use jobnet_server::db::Database;
use jobnet_server::trials::{catalogue, export, store, watch};
use jobnet_trials::protocol::Protocol;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use crate::support::casework::Office;
use crate::support::database::both;
use crate::support::extracts::{keys, query};
use crate::support::lots::next_two_differ;
use crate::support::server::{START, Serve, TestServer};
use crate::{LETTERS, Visitor};

/// The protocol that is delivered with the server.
const RECEIPTS: &str = include_str!("../../trials/receipt-texts-2026.json");
const EXPOSURES: &str = "/api/v1/me/profile/exposures";
const CITIZENS: [&str; 2] = ["citizen-full-time", "citizen-social-assistance"];

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(START, 0).expect("a time")
}

fn receipts() -> Protocol {
    serde_json::from_str(RECEIPTS).expect("a protocol")
}

/// Two arms in one list.
fn two_arms(mut protocol: Protocol) -> Protocol {
    protocol.arms.truncate(2);
    protocol.strata.clear();
    protocol
}

/// A trial of the presentation with these two ways.
fn presentations(ways: [&str; 2]) -> Protocol {
    let mut protocol = two_arms(receipts());
    protocol.key = "presentations".parse().expect("a key");
    protocol.surface = catalogue::PROFILE.to_owned();
    for (arm, way) in protocol.arms.iter_mut().zip(ways) {
        arm.settings = [("presentation".to_owned(), way.to_owned())].into();
    }
    protocol
}

async fn step(database: &Database, protocol: &Protocol, step: Step) {
    let key = protocol.key.as_str();
    store::take(database, &keys(), key, step, "7K3M-Q2ZD", now()).await.expect("the step is taken");
}

/// Of two arms and two citizens each gets one.
async fn run(database: &Database, protocol: &Protocol) {
    store::save_draft(database, protocol, 0).await.expect("stores");
    step(database, protocol, Step::Register {}).await;
    if protocol.arms.len() == 2 {
        next_two_differ(database, protocol.key.as_str()).await;
    }
    step(database, protocol, Step::Start {}).await;
}

async fn enrolled(database: &Database) -> usize {
    query(database, "SELECT unit FROM trial_assignments").await.len()
}

#[test]
fn the_delivered_protocol_can_be_registered_and_varies_the_text_only() {
    let protocol = receipts();
    assert_eq!(protocol.check(catalogue::catalogue()), []);
    let texts: Vec<_> = protocol.arms.iter().map(|arm| &arm.settings["text"]).collect();
    assert_eq!(texts, ["3.1", "3.2", "3.3"], "group and number of each text");
    assert!(protocol.arms.iter().all(|arm| arm.settings.len() == 1));
}

#[tokio::test]
async fn sending_the_form_enrols_and_the_text_is_the_arm_s_and_stays() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        let protocol = two_arms(receipts());
        run(db, &protocol).await;
        let mut texts = Vec::new();
        for (number, who) in CITIZENS.into_iter().enumerate() {
            let hers = Visitor::of(&server, who).await;
            assert_eq!(hers.send("one").await.status, StatusCode::UNPROCESSABLE_ENTITY);
            hers.fill().await;
            let handle = hers.get("/api/v1/me").await.json()["handle"].clone();
            let body = json!({ "context": { "targetingKey": handle } });
            let headers = [("cookie", hers.cookie.as_str())];
            let flag = "/ofrep/v1/evaluate/flags/receipt.text";
            let flag = server.post(flag, &headers, &body).await.json();
            assert_eq!(flag["reason"], "UNKNOWN", "{flag}");
            assert_eq!(enrolled(db).await, number, "neither asking nor what is refused enrols");
            let receipt = hers.send("one").await.json();
            assert_eq!(receipt["trial"], "receipt-texts-2026");
            assert_eq!(hers.send("two").await.json()["receipt"], receipt["receipt"]);
            assert_eq!(enrolled(db).await, number + 1);
            let letters = hers.get(LETTERS).await.json();
            assert_eq!(letters[0]["kind"]["receipt"], receipt["receipt"]);
            let unit = query(db, "SELECT arm FROM trial_assignments").await;
            let text = receipt["receipt"].as_str().expect("a text");
            let arm = protocol.arms.iter().find(|arm| arm.settings["text"] == text);
            let arm = arm.expect("an arm with her text").key.as_str();
            assert!(unit.contains(&format!("arm={arm}")), "{unit:?}");
            // By its id the letter has its words, too.
            let has_list = letters[0]["text"].to_string().contains("\"list\"");
            assert_eq!(has_list, text == "3.2", "{letters}");
            texts.push(receipt["receipt"].as_str().expect("a text").to_owned());
        }
        texts.sort();
        assert_eq!(texts, ["3.1", "3.2"]);
        step(db, &protocol, Step::Close { why: "enough".to_owned() }).await;
        for who in CITIZENS {
            let hers = Visitor::of(&server, who).await;
            let before = hers.profile().await["submissions"][0].clone();
            assert_eq!(before["trial"], "receipt-texts-2026", "what was sent stays as it was");
            let after = hers.send("three").await.json();
            assert_eq!((&after["receipt"], &after["trial"]), (&json!("3.1"), &Value::Null));
        }
    }
}

#[tokio::test]
async fn opening_her_profile_enrols_herself_and_the_answer_says_how_it_is_presented() {
    for database in both().await {
        let office = Office::open(database).await;
        let server = &office.server;
        let db = &server.database.database;
        let hers = Visitor::of(server, "citizen-full-time").await;
        let ordinary = hers.profile().await;
        assert_eq!(
            (&ordinary["presentation"], &ordinary["trial"]),
            (&json!("icon_array"), &Value::Null)
        );
        hers.fill_and_send("one").await;
        let protocol = presentations(["none_until_asked", "words"]);
        run(db, &protocol).await;
        let path = format!("/api/v1/citizens/{}/profile", office.public_id("SYN-DEMO-FULL-TIME"));
        let caseworker = Visitor::of(server, "caseworker").await;
        let seen = caseworker.get(&path).await;
        hers.get("/api/v1/boot").await;
        assert_eq!(enrolled(db).await, 0, "nor does her account enrol her");

        let mut shown = Vec::new();
        for who in CITIZENS {
            let profile = Visitor::of(server, who).await.profile().await;
            assert_eq!(profile["trial"], "presentations");
            shown.push(profile["presentation"].as_str().expect("a way").to_owned());
        }
        shown.sort();
        assert_eq!(shown, ["none_until_asked", "words"]);
        assert_eq!(enrolled(db).await, 2);
        assert_eq!(caseworker.get(&path).await.json(), seen.json(), "no arm in it");
        step(db, &protocol, Step::Pause { why: "a fault".to_owned() }).await;
        assert_eq!(hers.profile().await["presentation"], "icon_array");
    }
}

#[tokio::test]
async fn a_fault_of_the_trials_breaks_neither_page_nor_receipt() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        run(db, &receipts()).await;
        run(db, &presentations(["number", "words"])).await;
        let broken = Statement::from_string(
            db.read().get_database_backend(),
            "DROP TABLE trial_assignments",
        );
        db.read().execute_raw(broken).await.expect("breaks");
        let hers = Visitor::of(&server, "citizen-full-time").await;
        let profile = hers.profile().await;
        assert_eq!(
            (&profile["presentation"], &profile["trial"]),
            (&json!("icon_array"), &Value::Null)
        );
        let receipt = hers.fill_and_send("one").await;
        assert_eq!((&receipt["receipt"], &receipt["trial"]), (&json!("3.1"), &Value::Null));
        let text = server.app.metrics().text(db, now()).await.expect("writes");
        assert!(text.contains("jobnet_trial_failures_total"), "{text}");
    }
}

fn word(trial: &str, shown: &Value) -> Value {
    json!({
        "trial": trial, "shown": shown, "text_ids": ["profile.share"], "drawing": "00ff",
        "build": "0123456789abcdef", "viewport": "narrow", "shown_at": "2026-11-22T11:59:00Z",
        "opened": ["table"],
    })
}

#[tokio::test]
async fn what_was_shown_is_stored_once_a_day_and_counted_as_the_arm_s_or_not() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        let protocol = two_arms(receipts());
        run(db, &protocol).await;
        run(db, &presentations(["number", "words"])).await;
        let hers = Visitor::of(&server, "citizen-full-time").await;
        let receipt = hers.fill_and_send("one").await;
        let presentation = hers.profile().await["presentation"].clone();
        let of_profile = json!({ "surface": "profile", "presentation": presentation });
        let of_receipt = json!({ "surface": "receipt", "text": receipt["receipt"] });
        let headers = [("cookie", hers.cookie.as_str())];
        let mut more = word("presentations", &of_profile);
        more["opened"] = json!(["factors", "table"]);
        for body in [
            word("presentations", &of_profile),
            word("presentations", &of_profile),
            more,
            word("receipt-texts-2026", &of_receipt),
        ] {
            let answer = server.post(EXPOSURES, &headers, &body).await;
            assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
            assert_eq!(answer.header("cache-control"), "no-store");
        }
        let sql = "SELECT surface, presentation, framing, text_ids, shown_at FROM trial_exposures";
        let row = |surface: &str, shown: &Value| {
            format!(
                "surface={surface} presentation={} framing= text_ids=[\"profile.share\"] \
                 shown_at=1795348740000",
                shown.as_str().expect("a word")
            )
        };
        let expected = [row("profile", &presentation), row("receipt", &receipt["receipt"])];
        assert_eq!(query(db, sql).await, expected);
        let opened = query(db, "SELECT surface, opened FROM trial_openings").await;
        assert_eq!(
            opened,
            [
                "surface=profile opened=factors",
                "surface=profile opened=table",
                "surface=receipt opened=table"
            ]
        );
        // Another day, another text than her arm's.
        server.wait(TimeDelta::days(1));
        let hers = Visitor::of(&server, "citizen-full-time").await;
        let other = if receipt["receipt"] == "3.1" { "3.2" } else { "3.1" };
        let mut body = word("receipt-texts-2026", &json!({ "surface": "receipt", "text": other }));
        body["shown_at"] = json!("2026-11-23T11:59:00Z");
        let headers = [("cookie", hers.cookie.as_str())];
        server.post(EXPOSURES, &headers, &body).await;
        step(db, &protocol, Step::Close { why: "enough".to_owned() }).await;
        let stored = store::load(db.read(), protocol.key.as_str()).await.expect("a trial");
        let flow = watch::watch(db.read(), &stored, now()).await.expect("counts");
        let drawn = flow.arms.iter().find(|arm| arm.randomised == 1).expect("her arm");
        assert_eq!((drawn.exposed, drawn.crossed_over, drawn.unexposed), (1, 1, 0));
        let data = hers.get("/api/v1/me/data").await.json();
        assert_eq!(data["tables"]["trial_exposures"].as_array().map(Vec::len), Some(3));

        let nowhere = server.post(EXPOSURES, &headers, &word("preview", &of_profile)).await;
        assert_eq!(nowhere.json()["errors"][0]["pointer"], "/trial");
        let mut spoiled = word("presentations", &of_profile);
        spoiled["build"] = json!("my own words");
        let refused = server.post(EXPOSURES, &headers, &spoiled).await;
        assert_eq!(refused.json()["errors"][0]["pointer"], "/build");
        for wrong in [json!({ "surface": "radio" }), json!({ "surface": "receipt", "text": "x" })] {
            let refused = server.post(EXPOSURES, &headers, &word("presentations", &wrong)).await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        }
    }
}

/// How many items of her checklist stand there because of her profile.
async fn brought_up(hers: &Visitor<'_, TestServer>) -> usize {
    let list = hers.get("/api/v1/me/checklist").await.json();
    let entries = list["entries"].as_array().expect("entries");
    entries.iter().filter(|entry| entry["is_for_her_profile"] == true).count()
}

#[tokio::test]
async fn her_checklist_does_not_tell_what_she_has_not_asked_her_profile_for() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        for who in CITIZENS {
            let hers = Visitor::of(&server, who).await;
            hers.fill().await;
            hers.change("expectation", &["over6_months"]).await;
            assert_eq!(hers.send("one").await.status, StatusCode::CREATED);
            assert!(brought_up(&hers).await > 0, "{who}");
        }
        run(db, &presentations(["none_until_asked", "words"])).await;
        for (number, who) in CITIZENS.into_iter().enumerate() {
            let hers = Visitor::of(&server, who).await;
            let headers = [("cookie", hers.cookie.as_str())];
            assert!(brought_up(&hers).await > 0, "{who} has seen it before there was a trial");
            assert_eq!(enrolled(db).await, number, "the checklist enrols nobody");
            let way = hers.profile().await["presentation"].clone();
            let mut body =
                word("presentations", &json!({ "surface": "profile", "presentation": way }));
            server.post(EXPOSURES, &headers, &body).await;
            if way == "words" {
                assert!(brought_up(&hers).await > 0, "it is shown to {who}");
                continue;
            }
            assert_eq!(brought_up(&hers).await, 0, "to look at the button is not to ask");
            body["opened"] = json!(["asked"]);
            server.post(EXPOSURES, &headers, &body).await;
            assert!(brought_up(&hers).await > 0, "{who} has asked");
            // The profile of another form is another one.
            server.wait(TimeDelta::minutes(1));
            assert_eq!(hers.send("two").await.status, StatusCode::CREATED);
            assert_eq!(brought_up(&hers).await, 0, "of this one she has not asked");
        }
    }
}

#[test]
fn a_protocol_from_before_texts_had_ids_means_the_same_texts() {
    let now = receipts();
    let mut before = receipts();
    for (arm, word) in before.arms.iter_mut().zip(["plain", "next_steps", "encouraging"]) {
        arm.settings = [(catalogue::TEXT.to_owned(), word.to_owned())].into();
    }
    for (place, (old, new)) in before.arms.iter().zip(&now.arms).enumerate() {
        assert_eq!(catalogue::receipt(old), catalogue::receipt(new));
        for (other, shown) in now.arms.iter().enumerate() {
            let shown = &shown.settings[catalogue::TEXT];
            let decides = |arm: &jobnet_trials::protocol::Arm| {
                catalogue::decides(catalogue::TEXT, &arm.settings[catalogue::TEXT], shown)
            };
            assert_eq!((decides(old), decides(new)), (place == other, place == other), "{shown}");
        }
    }
    assert!(!catalogue::decides(catalogue::PRESENTATION, "plain", "3.1"), "only texts have ids");
    assert!(!before.check(catalogue::catalogue()).is_empty(), "a draft names the ids");
}

#[tokio::test]
async fn a_file_names_a_text_by_its_id_also_where_a_word_from_before_is_stored() {
    for test in both().await {
        let db = &test.database;
        run(db, &receipts()).await;
        let stored = store::load(db.read(), "receipt-texts-2026").await.expect("a trial");
        let words = ["plain", "next_steps", "encouraging", "3.2"];
        for (unit, word) in ["a", "b", "c", "d"].into_iter().zip(words) {
            let sql = format!(
                "INSERT INTO trial_exposures (trial_id, unit, surface, day, presentation, framing, \
                 text_ids, build, viewport, shown_at, received_at) \
                 VALUES ({}, '{unit}', 'receipt', '2026-11-22', '{word}', '', '[]', 'b', 'wide', \
                 0, 0)",
                stored.id
            );
            let row = Statement::from_string(db.read().get_database_backend(), sql);
            db.read().execute_raw(row).await.expect("inserts");
        }
        let file = "exposures.csv".parse().expect("a file");
        let file = export::export(db.read(), &stored, file).await.expect("exports");
        let file = String::from_utf8(file).expect("text");
        let mut shown: Vec<Vec<&str>> =
            file.lines().skip(1).map(|row| row.split(',').collect()).collect();
        shown.sort();
        let shown: Vec<_> = shown.iter().map(|row| (row[0], row[3])).collect();
        assert_eq!(shown, [("a", "3.1"), ("b", "3.2"), ("c", "3.3"), ("d", "3.2")], "{file}");
    }
}

#[tokio::test]
async fn a_trial_of_receipts_asks_nothing_about_her_account() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        run(&server.database.database, &receipts()).await;
        let hers = Visitor::of(&server, "citizen-full-time").await;
        hers.fill_and_send("one").await;
        let asked = hers.get("/api/v1/me/understanding").await.json();
        assert_eq!(asked, json!({ "questions": [] }));
    }
}

#[tokio::test]
async fn her_data_names_no_trial_that_is_withheld() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let mut withheld = receipts();
        withheld.disclosure = jobnet_trials::protocol::Disclosure::Withheld;
        run(&server.database.database, &withheld).await;
        let hers = Visitor::of(&server, "citizen-full-time").await;
        assert_eq!(hers.fill_and_send("one").await["trial"], "receipt-texts-2026");
        let tables = hers.get("/api/v1/me/data").await.json()["tables"].clone();
        assert_eq!(tables["profile_submissions"].as_array().map(Vec::len), Some(1));
        assert!(!tables.to_string().contains("receipt-texts-2026"));
    }
}
