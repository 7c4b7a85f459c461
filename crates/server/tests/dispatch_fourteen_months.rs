//! Fourteen months of both trials that send something, day by day, over five thousand made-up
//! citizens, through the real database, enrolment, planning and writing. Who got what when is
//! compared, person by person, with a second reckoning in Python that shares no code.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

#[path = "dispatch/found.rs"]
mod found;
#[path = "dispatch/judge.rs"]
mod judge;
#[path = "dispatch/registers.rs"]
mod registers;
#[path = "support/mod.rs"]
mod support;
#[path = "dispatch/world.rs"]
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use jobnet_api::trial::Step;
use jobnet_server::db::Database;
use jobnet_server::dispatch::{self, Composer, Done, Queue};
use jobnet_server::outbox::message::{Channel, Compose, Composed, Content, Planned};
use jobnet_server::outbox::message_of_token;
use jobnet_server::trials::{Serving, store, unit};

use jobnet_trials::protocol::Protocol;
use sea_orm::DatabaseTransaction;
use serde_json::{Value, json};

use support::database::sqlite;
use support::extracts::keys;
use world::{Citizen, Random};

const CHECKLIST: &str = include_str!("../trials/checklist-2026.json");
const LETTERS: &str = include_str!("../trials/letters-2026.json");
const PEOPLE: i32 = 5_000;
const SEED: u64 = 20_261_101;
/// What happens to the trials, by the day of the world.
const LIFE: [(u64, &str, &str); 8] = [
    (0, "checklist-2026", "start"),
    (0, "letters-2026", "start"),
    (95, "letters-2026", "pause"),
    (104, "letters-2026", "resume"),
    (150, "checklist-2026", "pause"),
    (153, "checklist-2026", "resume"),
    (230, "checklist-2026", "close"),
    (330, "letters-2026", "close"),
];

fn hour(day: NaiveDate, hour: i64) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(hour)
}

fn step(word: &str) -> Step {
    match word {
        "start" => Step::Start {},
        "pause" => Step::Pause { why: "a fault".to_owned() },
        "resume" => Step::Resume {},
        _ => Step::Close { why: "enough".to_owned() },
    }
}

/// Keeps what is planned.
#[derive(Default)]
struct Kept(Vec<Planned>);

impl Queue for Kept {
    async fn take(&mut self, _: &DatabaseTransaction, planned: &[Planned]) -> anyhow::Result<()> {
        self.0.extend_from_slice(planned);
        Ok(())
    }
}

/// A message that was planned and waits for its day of sending.
struct Waiting {
    message: Planned,
    from: u64,
}

/// Messages leave up to two days after they were planned, as a batch of letters does.
fn delay(citizen: i32) -> u64 {
    u64::from(citizen.unsigned_abs()) % 3
}

/// What became of the messages: a line each.
struct Outcome {
    planned: BTreeMap<(String, i32, String, &'static str), NaiveDate>,
    came: BTreeMap<(String, i32, String, &'static str), (NaiveDate, String)>,
}

const fn name(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "email",
        Channel::DigitalPost => "digital_post",
        Channel::Letter => "letter",
        Channel::NemSms => "nem_sms",
    }
}

/// Runs the world day by day.
async fn run(database: &Database, people: &[Citizen], numbers: &BTreeMap<i32, i32>) -> Outcome {
    let ids: BTreeMap<&str, i32> = {
        let mut ids = BTreeMap::new();
        for (text, key) in [(CHECKLIST, "checklist-2026"), (LETTERS, "letters-2026")] {
            let protocol: Protocol = serde_json::from_str(text).unwrap();
            store::save_draft(database, &protocol, 0).await.unwrap();
            let at = hour(world::day(-1), 5);
            let stored =
                store::take(database, &keys(), key, Step::Register {}, "system", at).await.unwrap();
            ids.insert(key, stored.id);
        }
        ids
    };
    let mut objections: BTreeMap<NaiveDate, Vec<(&str, i32)>> = BTreeMap::new();
    let by_number: BTreeMap<i32, i32> = numbers.iter().map(|(id, number)| (*number, *id)).collect();
    for one in people {
        for (trial, on) in &one.objects {
            objections.entry(*on).or_default().push((trial, by_number[&one.number]));
        }
    }
    let serving = Serving::default();
    let site = "https://jobnet.example".to_owned();
    let composer = Composer { database: database.clone(), keys: keys(), site, today: None };
    let (mut waiting, mut ids_seen) = (Vec::<Waiting>::new(), BTreeSet::new());
    let mut outcome = Outcome { planned: BTreeMap::new(), came: BTreeMap::new() };
    for number in 0..world::DAYS {
        let today = world::day(number.cast_signed());
        for (_, trial, word) in LIFE.iter().filter(|(on, ..)| *on == number) {
            let at = hour(today, 4);
            store::take(database, &keys(), trial, step(word), "system", at).await.unwrap();
        }
        for (trial, citizen) in objections.get(&today).into_iter().flatten() {
            unit::object(database, ids[trial], *citizen, hour(today, 4)).await.unwrap();
        }
        let now = hour(today, 6);
        let mut queued = Kept::default();
        dispatch::day(database, &keys(), &serving, today, now, &mut queued).await.unwrap();
        if number % 20 == 0 {
            // The same day again, as after a crash or at another server: nothing happens.
            let (mut more, fresh) = (Kept::default(), Serving::default());
            let again = dispatch::day(database, &keys(), &fresh, today, now, &mut more).await;
            assert_eq!((again.unwrap(), more.0), (Done::default(), Vec::new()), "{today}");
        }
        for message in queued.0 {
            assert!(ids_seen.insert(message.id), "an id is used twice");
            assert!(message.not_before <= now, "{message:?}");
            let place = place(&message);
            assert_eq!(outcome.planned.insert(place, today), None, "{message:?}");
            waiting.push(Waiting { from: number + delay(numbers[&message.citizen]), message });
        }
        let mut still = Vec::new();
        for one in waiting {
            if one.from > number {
                still.push(one);
                continue;
            }
            let place = place(&one.message);
            let said = match composer.compose(&one.message, hour(today, 12)).await.unwrap() {
                Composed::Wait => {
                    still.push(one);
                    continue;
                }
                Composed::Withdraw(why) => why.to_owned(),
                Composed::Send(content) => {
                    is_hers(&content, &one.message, numbers[&one.message.citizen], hour(today, 12));
                    "sent".to_owned()
                }
            };
            assert_eq!(outcome.came.insert(place, (today, said)), None);
        }
        waiting = still;
    }
    outcome
}

fn place(message: &Planned) -> (String, i32, String, &'static str) {
    (message.trial.clone(), message.citizen, message.step.clone(), name(message.channel))
}

/// What is sent is addressed to her, and its link is that of the message.
fn is_hers(content: &Content, message: &Planned, number: i32, now: DateTime<Utc>) {
    let channel = message.channel;
    let cpr = registers::cpr(number);
    match content {
        Content::Email { to, text, html, .. } => {
            assert_eq!((channel, to), (Channel::Email, &format!("c{number}@example.invalid")));
            let link = text.lines().find(|line| line.starts_with("https://")).unwrap();
            let token = link.strip_prefix("https://jobnet.example/l/").unwrap();
            assert_eq!(message_of_token(&keys(), token, now), Some(message.id));
            assert!(html.contains(&format!("href=\"{link}\"")));
        }
        Content::DigitalPost { cpr: hers, .. } => {
            assert_eq!((channel, hers), (Channel::DigitalPost, &cpr));
        }
        Content::Letter { address, .. } => {
            let street = format!("Påfundsvej {number}");
            let name = format!("First{number} Last{number}");
            assert_eq!(channel, Channel::Letter);
            assert_eq!(address, &[name, street, "0000 Ingensteds".to_owned()]);
        }
        Content::NemSms { cpr: hers, text, .. } => {
            assert_eq!((channel, hers), (Channel::NemSms, &cpr));
            assert!(text.chars().count() <= 150);
        }
    }
}

/// The same by the second reckoning.
fn reckoned(folder: &Path) -> (BTreeSet<String>, Value) {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dispatch/reckon.py");
    let trials = Path::new(env!("CARGO_MANIFEST_DIR")).join("trials");
    let output = Command::new("python3").arg(program).arg(folder).arg(trials).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let expected = fs::read_to_string(folder.join("expected.csv")).unwrap();
    let enrolled = fs::read_to_string(folder.join("enrolled.json")).unwrap();
    (expected.lines().map(str::to_owned).collect(), serde_json::from_str(&enrolled).unwrap())
}

#[tokio::test]
async fn who_gets_what_when_is_what_a_second_reckoning_says() {
    let test = sqlite().await;
    let database = &test.database;
    let people = world::citizens(PEOPLE, &mut Random(SEED));
    registers::fill(database, &people).await;
    let numbers: BTreeMap<i32, i32> = found::rows(database, "SELECT id, register_id FROM citizens")
        .await
        .iter()
        .map(|row| {
            let id: String = row.try_get("", "register_id").unwrap();
            (row.try_get("", "id").unwrap(), id.replace("SYN-", "").parse().unwrap())
        })
        .collect();
    let outcome = run(database, &people, &numbers).await;
    let ledger = found::ledger(database, &numbers).await;
    let ours = found::lines(database, &outcome, &numbers).await;

    let folder = tempfile::tempdir().unwrap();
    let world = json!({
        "first": world::FIRST, "days": world::DAYS, "citizens": people, "life": LIFE,
        "arms": ledger.iter().map(|(trial, units)| {
            let arms = units.iter().map(|(number, (arm, _))| (number.to_string(), arm.clone()));
            (trial.clone(), arms.collect::<BTreeMap<_, _>>())
        }).collect::<BTreeMap<_, _>>(),
    });
    fs::write(folder.path().join("world.json"), world.to_string()).unwrap();
    let text = ours.iter().map(|line| format!("{line}\n")).collect::<String>();
    fs::write(folder.path().join("ours.csv"), text).unwrap();
    let (theirs, enrolled) = reckoned(folder.path());

    for (trial, units) in &ledger {
        let ours: BTreeMap<String, String> =
            units.iter().map(|(number, (_, on))| (number.to_string(), on.to_string())).collect();
        assert_eq!(json!(ours), enrolled[trial], "{trial}: who is enrolled when");
        assert!(ours.len() > 500, "{trial}: {}", ours.len());
    }
    let difference: Vec<_> = ours.symmetric_difference(&theirs).take(20).collect();
    assert!(difference.is_empty(), "ours {}, theirs {}: {difference:#?}", ours.len(), theirs.len());
    judge::every_case_occurs(&ours);
    judge::nobody_too_early_twice_or_after_the_end(&people, &ledger, &ours);
    judge::sums_agree(database, &ours).await;
}
