//! What trials send: planned once at however many servers, and shown to researchers as it is.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use axum::http::StatusCode;
use jobnet_server::db::Database;
use jobnet_server::dispatch::{self, Composer, Done, Queue};
use jobnet_server::outbox::message::{Compose, Composed, Content, Planned};
use jobnet_server::post::Tray;
use jobnet_server::trials::{Serving, store, unit};
use jobnet_trials::protocol::{Allocation, Protocol};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::support::database::{TestDatabase, both, sqlite};
use crate::support::extracts::{CITIZENS, CONTACTS, Extracts, SICKNESS, day, keys, query};
use crate::support::server::{Serve, TestServer};
use crate::{close, count, now, pause, run, well};

pub(crate) const LETTERS: &str = include_str!("../../trials/letters-2026.json");
pub(crate) const CHECKLIST: &str = include_str!("../../trials/checklist-2026.json");

/// What became of messages, of which none has failed or is in doubt.
fn fates(waiting: u64, sent: u64, opened: u64) -> Value {
    json!({"waiting": waiting, "sent": sent, "delivered": 0, "returned": 0, "opened": opened,
           "failed": 0, "doubtful": 0, "withdrawn": {}})
}

/// A delivered protocol, with nearly everyone in one arm. Each lot is for itself, so that what is sent
/// to whom may be told while it runs.
pub(crate) fn protocol(text: &str, arm: &str) -> Protocol {
    let mut protocol: Protocol = serde_json::from_str(text).expect("a protocol");
    protocol.allocation = Allocation::Keyed {};
    protocol.strata.clear();
    for each in &mut protocol.arms {
        each.weight = if each.key.as_str() == arm { 99 } else { 1 };
    }
    protocol
}

/// What of a citizen is not as of the others.
pub(crate) struct Row {
    pub(crate) street: String,
    pub(crate) is_protected: bool,
    pub(crate) died_on: &'static str,
    pub(crate) sick_until: &'static str,
}

/// Forty citizens who were registered two days ago and have been sick for five weeks; of number 1
/// no address is known, number 2 is exempt from Digital Post.
pub(crate) async fn fill(database: &Database) {
    fill_with(database, "2026-11-20", |_, row| row).await;
}

/// The same as the registers have them on a day, changed by `change`.
pub(crate) async fn fill_with(database: &Database, as_of: &str, change: impl Fn(u32, Row) -> Row) {
    let (mut citizens, mut contacts, mut sick) = (Vec::new(), Vec::new(), Vec::new());
    for n in 1..=40 {
        let row = Row {
            street: if n == 1 { String::new() } else { format!("Vej {n}") },
            is_protected: false,
            died_on: "",
            sick_until: "",
        };
        let Row { street, is_protected, died_on, sick_until } = change(n, row);
        let exempt = n == 2;
        citizens.push(format!(
            "SYN-{n},018190{n:04},Anna,Ødegård,1990-01-01,Aarhus,Fund A,Centre,dagpenge,,,,,,\
             2026-11-20,,"
        ));
        contacts.push(format!(
            "SYN-{n},{n}@example.invalid,+45000,da,{exempt},{is_protected},sms,{died_on},{street},\
             0000,By"
        ));
        sick.push(format!("SYN-{n},2026-10-22,{sick_until},sickness"));
    }
    let lines = |lines: &[String]| lines.join("\n");
    let synthetic = json!({"synthetic": true, "seed": 1, "citizens": 40, "as_of": as_of});
    Extracts::new()
        .with_bytes("synthetic.json", synthetic.to_string().as_bytes())
        .with("citizens", CITIZENS, &[&lines(&citizens)])
        .with("contacts", &format!("{CONTACTS},street,postal_code,city"), &[&lines(&contacts)])
        .with("sickness", SICKNESS, &[&lines(&sick)])
        .import_well(database, as_of)
        .await;
}

/// Keeps what is planned, or refuses it.
#[derive(Clone, Default)]
struct Kept {
    messages: Arc<Mutex<Vec<Planned>>>,
    is_full: bool,
}

impl Kept {
    fn all(&self) -> Vec<Planned> {
        self.messages.lock().expect("no panic").clone()
    }
}

impl Queue for Kept {
    async fn take(&mut self, _: &DatabaseTransaction, planned: &[Planned]) -> anyhow::Result<()> {
        anyhow::ensure!(!self.is_full, "it is full");
        self.messages.lock().expect("no panic").extend_from_slice(planned);
        Ok(())
    }
}

/// A day at several servers at once: what was planned in all.
async fn at_four_servers(test: &TestDatabase, today: &str) -> (Vec<Planned>, Done) {
    let kept = Kept::default();
    let mut servers = JoinSet::new();
    let today = day(today);
    for _ in 0..4 {
        let server = Database::connect(&test.url, 2).await.expect("connects");
        let mut queue = kept.clone();
        servers.spawn(async move {
            let at = today.and_hms_opt(6, 0, 0).expect("a time").and_utc();
            let serving = Serving::default();
            let done = dispatch::day(&server, &keys(), &serving, today, at, &mut queue).await;
            server.close().await.expect("closes");
            done.expect("a day")
        });
    }
    let mut sum = Done::default();
    for done in servers.join_all().await {
        sum.planned += done.planned;
        sum.withheld += done.withheld;
    }
    (kept.all(), sum)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn four_servers_plan_every_message_once() {
    for test in both().await {
        let db = &test.database;
        fill(db).await;
        run(db, &protocol(LETTERS, "physical-follow-up")).await;
        run(db, &protocol(CHECKLIST, "checklist")).await;
        let (first, _) = at_four_servers(&test, "2026-11-22").await;
        // Who cannot get the letter of some arm is in none: without address, and exempt.
        assert_eq!(count(db, "trial_assignments").await, 38 + 40, "{}", test.kind);
        assert_eq!(count(db, "trial_baselines").await, 78);
        let exclusions =
            query(db, "SELECT reason, COUNT(*) AS n FROM trial_exclusions GROUP BY reason");
        assert_eq!(exclusions.await, ["reason=unmet:address n=1", "reason=unmet:digital_post n=1"]);
        let (next, _) = at_four_servers(&test, "2026-11-23").await;
        let (again, done) = at_four_servers(&test, "2026-11-23").await;
        assert_eq!((again, done), (Vec::new(), Done::default()), "the same day brings nothing");
        let all: Vec<_> = first.iter().chain(&next).collect();
        let ids: BTreeSet<_> = all.iter().map(|message| message.id).collect();
        assert_eq!(ids.len(), all.len(), "{}: no message twice", test.kind);
        assert_eq!(count(db, "trial_dispatches").await, all.len() as u64 + 1, "one is exempt");
        assert!(first.iter().all(|message| message.trial == "letters-2026"));
        assert!(next.iter().all(|message| message.trial == "checklist-2026"));
    }
}

#[tokio::test]
async fn nothing_that_the_queue_refused_is_lost_and_what_is_paused_waits() {
    for test in both().await {
        let db = &test.database;
        fill(db).await;
        run(db, &protocol(LETTERS, "physical")).await;
        let serving = Serving::default();
        let today = day("2026-11-22");
        let mut queue = Kept { is_full: true, ..Kept::default() };
        let refused = dispatch::day(db, &keys(), &serving, today, now(), &mut queue).await;
        assert!(refused.is_err());
        assert_eq!(count(db, "trial_dispatches").await, 0, "{}", test.kind);
        queue.is_full = false;
        dispatch::day(db, &keys(), &serving, today, now(), &mut queue).await.expect("a day");
        let planned = queue.all();
        assert_eq!(planned.len() as u64, count(db, "trial_dispatches").await);

        let site = "https://jobnet.example".to_owned();
        let composer = Composer { database: db.clone(), keys: keys(), site, today: Some(today) };
        let message = planned.iter().find(|message| message.step == "letter-physical");
        let message = message.expect("a letter on paper");
        match composer.compose(message, now()).await.expect("answers") {
            Composed::Send(Content::Letter { address, .. }) => {
                assert_eq!(address[0], "Anna Ødegård");
                assert!(address[1].starts_with("Vej ") && address[2] == "0000 By", "{address:?}");
            }
            other => panic!("{other:?}"),
        }
        well(db, "letters-2026", pause()).await;
        assert_eq!(composer.compose(message, now()).await.expect("answers"), Composed::Wait);
        let done = dispatch::day(db, &keys(), &serving, day("2026-12-30"), now(), &mut queue).await;
        assert_eq!(done.expect("a day"), Done::default());
    }
}

#[tokio::test]
async fn who_is_still_measured_is_enrolled_into_no_other_trial_of_the_surface() {
    for test in both().await {
        let db = &test.database;
        fill(db).await;
        let (serving, mut enrolled) = (Serving::default(), Vec::new());
        for key in ["checklist-2026", "checklist-2027"] {
            let mut list = protocol(CHECKLIST, "checklist");
            list.key = key.parse().expect("a key");
            run(db, &list).await;
            let (today, mut queue) = (day("2026-11-22"), Kept::default());
            let done = dispatch::day(db, &keys(), &serving, today, now(), &mut queue).await;
            enrolled.push(done.expect("a day").enrolled);
            well(db, key, close()).await;
            // Of whom nothing leads to what was drawn for her, nothing is measured.
            let citizen = query(db, "SELECT citizen_id FROM trial_units").await[0].clone();
            let citizen = citizen.replace("citizen_id=", "").parse().expect("a number");
            unit::forget(db, citizen).await.expect("forgets");
        }
        assert_eq!(enrolled, [40, 1], "{}", test.kind);
    }
}

#[tokio::test]
async fn a_researcher_sees_every_message_and_the_calendar_and_nobody_else_does() {
    let server = TestServer::filled(sqlite().await).await;
    let cookie = server.sign_in("researcher").await;
    let path = "/api/v1/trials/letters-2026/messages";
    let get = async |cookie: &str, path: &str| server.get(path, &[("cookie", cookie)]).await;
    assert_eq!(get(&cookie, path).await.status, StatusCode::NOT_FOUND);
    let db = &server.database.database;
    run(db, &protocol(LETTERS, "physical")).await;
    run(db, &protocol(CHECKLIST, "checklist")).await;
    for who in ["citizen-full-time", "caseworker"] {
        let other = server.sign_in(who).await;
        assert_eq!(get(&other, path).await.status, StatusCode::FORBIDDEN, "{who}");
    }
    let told = get(&cookie, path).await.json();
    let messages = told["messages"].as_array().expect("messages");
    let name =
        |one: &Value| format!("{} {} {}", one["step"], one["content"]["type"], one["language"]);
    let names: Vec<_> = messages.iter().map(|one| name(one).replace('"', "")).collect();
    let expected = [
        "letter-digital digital_post da",
        "letter-digital digital_post en",
        "letter-physical letter da",
        "letter-physical letter en",
        "follow-up letter da",
        "follow-up letter en",
    ];
    assert_eq!(names, expected);
    assert_eq!(messages[0]["arms"], json!(["later", "digital"]));
    assert_eq!(messages[2]["content"]["address"][0], "Asta Opdigtet");
    let title = "Du kan have ret til hjælp eller penge i din pension";
    assert_eq!(messages[0]["content"]["letter"]["title"], title);
    let line = |step: &str, arm: &str, channel: &str, days: u32, waits: bool| {
        json!({"step": step, "arm": arm, "channel": channel, "after_days": days,
               "waits_for_end": waits, "planned": 0, "withheld": {}, "fates": fates(0, 0, 0)})
    };
    let calendar = json!([
        line("letter-digital", "later", "digital_post", 184, true),
        line("letter-digital", "digital", "digital_post", 0, false),
        line("letter-physical", "physical", "letter", 0, false),
        line("letter-physical", "physical-follow-up", "letter", 0, false),
        line("follow-up", "physical-follow-up", "letter", 30, false),
    ]);
    assert_eq!(told["calendar"], calendar);
    let other = get(&cookie, "/api/v1/trials/checklist-2026/messages").await.json();
    let mail = &other["messages"][0]["content"];
    assert_eq!((&mail["type"], &mail["subject"]), (&json!("email"), &json!("Du har en ny besked")));
    assert!(mail["html"].as_str().expect("HTML").contains("<h1>Du har fået en tjekliste"));
}

#[tokio::test]
async fn a_researcher_sees_what_became_of_messages_and_the_days_to_come_by_arm() {
    for test in both().await {
        let db = &test.database;
        fill(db).await;
        run(db, &protocol(LETTERS, "physical-follow-up")).await;
        let (serving, today) = (Serving::default(), day("2026-11-22"));
        let mut tray = Tray { now: now() };
        dispatch::day(db, &keys(), &serving, today, now(), &mut tray).await.expect("a day");
        let told = async || {
            let stored = store::load(db.read(), "letters-2026").await.expect("a trial");
            let told = dispatch::messages(db.read(), &stored, "https://jobnet.example").await;
            serde_json::to_value(told.expect("messages")).expect("JSON")
        };
        let of_step = |told: &Value, list: &str, step: &str| {
            let all = told[list].as_array().expect("a list").clone();
            let is_it = |one: &&Value| one["step"] == step && one["arm"] == "physical-follow-up";
            all.iter().find(is_it).cloned().expect("a line")
        };
        let before = told().await;
        let line = of_step(&before, "calendar", "letter-physical");
        let all = line["planned"].as_u64().expect("a number");
        assert!(all > 30, "{line}");
        assert_eq!(line["fates"], fates(all, 0, 0));
        let first = of_step(&before, "days", "letter-physical");
        assert_eq!((&first["planned"], &first["expected"]), (&json!(all), &json!(0)));
        assert_eq!(first["on"], "2026-11-22");
        // Thirty days later, to whoever is still sick then.
        let later = of_step(&before, "days", "follow-up");
        assert_eq!((&later["planned"], &later["expected"]), (&json!(0), &json!(all)));
        assert_eq!(later["on"], "2026-12-22");

        // One is sent and its link opened, one dead, one withdrawn.
        let ids =
            "SELECT id FROM outbox_messages WHERE step = 'letter-physical' ORDER BY id LIMIT 3";
        let ids = query(db, ids).await;
        let ids: Vec<_> = ids.iter().map(|id| id.replace("id=", "")).collect();
        let became = [
            "state = 'sent', opened_at = 1",
            "state = 'dead', reason = '451'",
            "state = 'withdrawn', reason = 'recovered'",
        ];
        for (id, became) in ids.iter().zip(became) {
            let sql = format!("UPDATE outbox_messages SET {became} WHERE id = '{id}'");
            let transaction = db.begin_write().await.expect("begins");
            transaction.execute_unprepared(&sql).await.expect("updates");
            transaction.commit().await.expect("commits");
        }
        let mut sum = fates(0, 0, 0);
        let lines = told().await["calendar"].as_array().expect("lines").clone();
        for line in lines.iter().filter(|line| line["step"] == "letter-physical") {
            for name in ["sent", "opened", "failed", "doubtful"] {
                let more = line["fates"][name].as_u64().expect("a number");
                sum[name] = json!(sum[name].as_u64().expect("a number") + more);
            }
        }
        let mut expected = fates(0, 1, 1);
        expected["failed"] = json!(1);
        assert_eq!(sum, expected, "{lines:?}");
        well(db, "letters-2026", pause()).await;
        let days = told().await["days"].as_array().expect("days").clone();
        assert!(days.iter().all(|day| day["expected"] == 0), "nothing is to come in a pause");
    }
}

#[tokio::test]
async fn a_message_is_a_file_as_its_made_up_recipient_gets_it() {
    let server = TestServer::filled(sqlite().await).await;
    let db = &server.database.database;
    run(db, &protocol(LETTERS, "physical")).await;
    run(db, &protocol(CHECKLIST, "checklist")).await;
    let cookie = server.sign_in("researcher").await;
    let get = async |path: &str| {
        server.get(&format!("/api/v1/trials/{path}"), &[("cookie", cookie.as_str())]).await
    };
    for path in [
        "letters-2026/messages/letter-physical/letter-da.pdf",
        "letters-2026/messages/letter-digital/digital_post-en.pdf",
    ] {
        let file = get(path).await;
        assert_eq!(file.status, StatusCode::OK, "{}", file.text());
        assert_eq!(file.header("content-type"), "application/pdf");
        assert!(file.body.starts_with(b"%PDF-"));
    }
    let mail = get("checklist-2026/messages/checklist-invitation/email-da.html").await;
    assert!(mail.text().contains("<h1>Du har fået en tjekliste"), "{}", mail.text());
    let policy = mail.header("content-security-policy").to_owned();
    for part in ["sandbox", "default-src 'none'", "frame-ancestors 'self'"] {
        assert!(policy.contains(part) && !policy.contains("script-src"), "{policy}");
    }
    for nowhere in [
        "letters-2026/messages/letter-physical/email-da.html",
        "letters-2026/messages/letter-physical/letter-fr.pdf",
        "letters-2026/messages/letter-physical/letter.pdf",
        "letters-2026/messages/x/letter-da.pdf",
        "x/messages/letter-physical/letter-da.pdf",
        "checklist-2026/messages/checklist-invitation/nem_sms-da.pdf",
    ] {
        assert_eq!(get(nowhere).await.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
}
