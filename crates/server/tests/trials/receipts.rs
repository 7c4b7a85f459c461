//! What becomes of messages once they have left: to which page each leads, the short links of text
//! messages, receipts, and the counts of all of it by arm.

use std::io::Write;

use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use jobnet_server::commands::outbox::{Command, run as command};
use jobnet_server::config::Config;
use jobnet_server::db::Database;
use jobnet_server::dispatch::{self, Composer};
use jobnet_server::outbox::LINK_DAYS;
use jobnet_server::outbox::message::{Channel, Compose, Composed, Content};
use jobnet_server::outbox::outcome::{self, Came};
use jobnet_server::outbox::queue::{self, Claim};
use jobnet_server::outbox::receipts::{self, Fate, Noted, Receipt};
use jobnet_server::post::Tray;
use jobnet_server::trials::{Serving, store};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::dispatch::{CHECKLIST, LETTERS, fill, protocol};
use crate::support::database::both;
use crate::support::extracts::{day, keys, query};
use crate::support::server::{Serve, TestServer};
use crate::{now, run};

const SITE: &str = "https://jobnet.example";

/// A day after the trials began.
fn later() -> DateTime<Utc> {
    now() + TimeDelta::days(1)
}

/// Two days of planning.
async fn plan(database: &Database) {
    for today in ["2026-11-22", "2026-11-23"] {
        let (serving, mut tray) = (Serving::default(), Tray { now: now() });
        let done = dispatch::day(database, &keys(), &serving, day(today), now(), &mut tray).await;
        done.expect("a day");
    }
}

async fn change(database: &Database, sql: &str) {
    let transaction = database.begin_write().await.expect("begins");
    transaction.execute_unprepared(sql).await.expect("changes");
    transaction.commit().await.expect("commits");
}

/// The text messages that are due.
async fn claim(database: &Database) -> Vec<Claim> {
    let lease = TimeDelta::minutes(5);
    let claims = queue::claim(database, Channel::NemSms, 100, "t", later(), lease).await;
    claims.expect("claims")
}

/// What a text message says.
async fn composed(composer: &Composer, claim: &Claim, at: DateTime<Utc>) -> Content {
    match composer.compose(&claim.message, at).await.expect("answers") {
        Composed::Send(content) => content,
        other => panic!("{other:?}"),
    }
}

async fn hand_over(database: &Database, claim: &Claim, content: &Content, came: &Came) {
    let lease = TimeDelta::minutes(5);
    let words = content.words();
    let begun = queue::begin_handing_over(database, claim, &words, later(), lease).await;
    assert!(begun.expect("begins"));
    assert!(outcome::end(database, claim, true, came, later()).await.expect("ends"));
}

/// How far the text messages to the arm with a list have come.
async fn fates(database: &Database) -> Value {
    let stored = store::load(database.read(), "checklist-2026").await.expect("a trial");
    let told = dispatch::messages(database.read(), &stored, SITE).await.expect("messages");
    let told = serde_json::to_value(told).expect("JSON");
    let lines = told["calendar"].as_array().expect("lines");
    let line = lines.iter().find(|line| line["channel"] == "nem_sms").expect("a line");
    line["fates"].clone()
}

fn composer(database: &Database) -> Composer {
    let today = Some(day("2026-11-23"));
    Composer { database: database.clone(), keys: keys(), site: SITE.to_owned(), today }
}

#[tokio::test]
async fn a_message_leads_to_the_page_it_is_about_whatever_its_step_is_called() {
    for test in both().await {
        let db = &test.database;
        fill(db).await;
        let mut list = protocol(CHECKLIST, "checklist");
        list.dispatch[0].key = "invitation".parse().expect("a key");
        let mut letters = protocol(LETTERS, "physical");
        for step in &mut letters.dispatch {
            step.key = format!("checklist-{}", step.key).parse().expect("a key");
        }
        run(db, &list).await;
        run(db, &letters).await;
        plan(db).await;
        let targets = query(db, "SELECT DISTINCT trial, target FROM outbox_messages").await;
        let expected =
            ["trial=checklist-2026 target=/tjekliste", "trial=letters-2026 target=/breve"];
        assert_eq!(targets, expected, "{}", test.kind);
    }
}

#[tokio::test]
async fn the_link_of_a_text_message_is_its_own_counts_and_ends() {
    for database in both().await {
        fill(&database.database).await;
        let server = TestServer::demo(database);
        let db = &server.database.database;
        run(db, &protocol(CHECKLIST, "checklist")).await;
        plan(db).await;
        let (claims, composer) = (claim(db).await, composer(db));
        let at = server.app.clock().now();
        let mut codes = Vec::new();
        for claim in &claims[..2] {
            let content = composed(&composer, claim, at).await;
            let Content::NemSms { text, .. } = &content else { panic!("{content:?}") };
            let (before, code) = text.split_once("/l/").expect("a link");
            assert_eq!(before, format!("Du har en ny besked. Log ind og se den: {SITE}"));
            codes.push(code.to_owned());
            hand_over(db, claim, &content, &Came::Sent).await;
        }
        assert_ne!(codes[0], codes[1]);
        let before = fates(db).await;
        assert_eq!((&before["sent"], &before["opened"]), (&json!(2), &json!(0)));
        let follow = async |code: &str| {
            let answer = server.get(&format!("/l/{code}"), &[]).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER);
            answer.header("location").to_owned()
        };
        for _ in 0..2 {
            assert_eq!(follow(&codes[0]).await, "/log-ind?til=/tjekliste");
        }
        assert_eq!(fates(db).await["opened"], 1);
        // Who opens the copy among her letters has opened it, too, and who has opened both has once.
        for (claim, opened) in [(&claims[0], 1), (&claims[1], 2)] {
            let (citizen, id) = (claim.message.citizen, claim.message.id);
            change(db, &format!("INSERT INTO letters_read VALUES ({citizen}, '{id}', 1)")).await;
            assert_eq!(fates(db).await["opened"], opened);
        }
        server.wait(TimeDelta::days(LINK_DAYS));
        for code in &codes {
            assert_eq!(follow(code).await, "/log-ind?problem=link");
        }
    }
}

#[tokio::test]
async fn a_receipt_is_noted_once_and_counted_for_the_arm() {
    for test in both().await {
        let db = &test.database;
        fill(db).await;
        run(db, &protocol(CHECKLIST, "checklist")).await;
        plan(db).await;
        let (claims, composer) = (claim(db).await, composer(db));
        let doubt = Came::FoundUnknown { reason: "nobody_knows".to_owned() };
        for (claim, came) in claims.iter().zip([Came::Sent, Came::Sent, Came::Sent, doubt]) {
            let content = composed(&composer, claim, now()).await;
            hand_over(db, claim, &content, &came).await;
        }
        let ids: Vec<_> = claims.iter().map(|claim| claim.message.id).collect();
        let receipt = |number: usize, fate| Receipt { id: ids[number], fate, at: later() };
        let take = async |all: &[Receipt]| {
            receipts::take(db, all, later() + TimeDelta::hours(1)).await.expect("notes")
        };
        let first = [
            receipt(0, Fate::Delivered),
            receipt(1, Fate::Delivered),
            receipt(1, Fate::Delivered),
            // It lay in her letter box, and came back.
            receipt(1, Fate::Returned),
            // Nobody knew whether it had left.
            receipt(3, Fate::Delivered),
            // This one has not.
            receipt(4, Fate::Delivered),
        ];
        let before = fates(db).await;
        assert_eq!((&before["sent"], &before["doubtful"]), (&json!(3), &json!(1)));
        let strange = vec![ids[4]];
        assert_eq!(take(&first).await, Noted { new: 4, known: 1, strange: strange.clone() });
        assert_eq!(take(&first).await, Noted { new: 0, known: 5, strange });
        let after = fates(db).await;
        let waiting = u64::try_from(claims.len() - 4).expect("a number");
        let expected = json!({
            "waiting": waiting, "sent": 4, "delivered": 2, "returned": 1, "opened": 0, "failed": 0,
            "doubtful": 0, "withdrawn": {},
        });
        assert_eq!(after, expected, "{}", test.kind);
        let events = "SELECT kind, at FROM outbox_events WHERE kind IN ('delivered', 'returned')";
        let at = later().timestamp_millis();
        let expected = ["delivered", "delivered", "delivered", "returned"];
        assert_eq!(query(db, events).await, expected.map(|kind| format!("kind={kind} at={at}")));
        // What the operator does with the file of whoever carries them on.
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        writeln!(file, "id,fate,at\n{},delivered,2020-01-01T12:00:00Z", ids[2]).expect("writes");
        let told = Command::Delivered { file: file.path().to_owned() };
        command(db, &Config::default(), &keys(), &told).await.expect("is noted");
        assert_eq!(fates(db).await["delivered"], 3);
        writeln!(file, "{},delivered,2020-01-01T12:00:00Z", ids[4]).expect("writes");
        let refused = command(db, &Config::default(), &keys(), &told).await;
        let refused = refused.expect_err("it has not left").to_string();
        assert_eq!(refused, "receipts of no message that has left: 1");
    }
}
