//! Fourteen months of both trials that send something, day by day, over five thousand made-up
//! citizens, through the real database, enrolment, planning, outbox, tray and batches. What came to
//! whom when is compared, person by person and to the minute, with a second reckoning in Python, which
//! shares no code. The same for fewer on the other database.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

#[path = "dispatch/found.rs"]
mod found;
#[path = "dispatch/judge.rs"]
mod judge;
#[path = "dispatch/office.rs"]
mod office;
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

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_api::trial::Step;
use jobnet_server::db::Database;
use jobnet_server::dispatch::{self, Done};
use jobnet_server::post::Tray;
use jobnet_server::trials::{Serving, store, unit};
use jobnet_trials::protocol::Protocol;
use serde_json::{Value, json};

use found::Ledger;
use office::{Arrived, Office};
use support::database::{postgres, sqlite};
use support::extracts::keys;
use world::{Citizen, Random};

const CHECKLIST: &str = include_str!("../trials/checklist-2026.json");
const LETTERS: &str = include_str!("../trials/letters-2026.json");
const SEED: u64 = 20_261_101;
/// What happens to the trials, by the day of the world.
const LIFE: [(u64, &str, &str); 8] = [
    (0, "checklist-2026", "start"),
    (0, "letters-2026", "start"),
    (95, "letters-2026", "pause"),
    (104, "letters-2026", "resume"),
    (150, "checklist-2026", "pause"),
    (153, "checklist-2026", "resume"),
    // While people are still enrolled, and after two days on which nothing was sent.
    (198, "checklist-2026", "close"),
    (330, "letters-2026", "close"),
];

fn step(word: &str) -> Step {
    match word {
        "start" => Step::Start {},
        "pause" => Step::Pause { why: "a fault".to_owned() },
        "resume" => Step::Resume {},
        _ => Step::Close { why: "enough".to_owned() },
    }
}

/// Both trials, registered the day before the world begins: their numbers, by their keys.
async fn trials(database: &Database) -> BTreeMap<&'static str, i32> {
    let at = world::at(world::day(-1), "12:00");
    let mut ids = BTreeMap::new();
    for (text, key) in [(CHECKLIST, "checklist-2026"), (LETTERS, "letters-2026")] {
        let protocol: Protocol = serde_json::from_str(text).unwrap();
        store::save_draft(database, &protocol, 0).await.unwrap();
        let stored = store::take(database, &keys(), key, Step::Register {}, "system", at).await;
        ids.insert(key, stored.unwrap().id);
    }
    ids
}

/// Enrols and plans.
async fn plan(
    database: &Database,
    serving: &Serving,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Done {
    let done = dispatch::day(database, &keys(), serving, today, now, &mut Tray { now }).await;
    done.unwrap()
}

/// Runs the world day by day; what came.
async fn run(
    database: &Database,
    people: &[Citizen],
    numbers: &BTreeMap<i32, i32>,
) -> Vec<Arrived> {
    let ids = trials(database).await;
    let mut objections: BTreeMap<NaiveDate, Vec<(&str, i32)>> = BTreeMap::new();
    let by_number: BTreeMap<i32, i32> = numbers.iter().map(|(id, number)| (*number, *id)).collect();
    for one in people {
        for (trial, on) in &one.objects {
            objections.entry(*on).or_default().push((trial, by_number[&one.number]));
        }
    }
    let serving = Serving::default();
    let mut office = Office::open(database);
    for number in 0..world::DAYS {
        let today = world::day(number.cast_signed());
        // Still yesterday in universal time.
        let early = world::at(today, "00:05");
        for (_, trial, word) in LIFE.iter().filter(|(on, ..)| *on == number) {
            store::take(database, &keys(), trial, step(word), "system", early).await.unwrap();
        }
        for (trial, citizen) in objections.get(&today).into_iter().flatten() {
            unit::object(database, ids[trial], *citizen, early).await.unwrap();
        }
        for (time, what) in world::tasks(number) {
            let now = world::at(today, time);
            match what {
                "send" => office.send(now).await,
                "close" => office.close(now).await,
                _ => {
                    plan(database, &serving, today, now).await;
                    if number % 20 == 0 {
                        // As after a crash or at another server: nothing happens.
                        let again = plan(database, &Serving::default(), today, now).await;
                        assert_eq!(again, Done::default(), "{today}");
                    }
                }
            }
        }
    }
    office.arrived()
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

/// What came of fourteen months.
struct Told {
    people: Vec<Citizen>,
    ledger: Ledger,
    lines: BTreeSet<String>,
    events: BTreeMap<String, i64>,
}

/// Runs the world of so many; what both reckonings say of it, which is the same.
async fn told(database: &Database, count: i32) -> Told {
    let people = world::citizens(count, &mut Random(SEED));
    registers::fill(database, &people).await;
    let numbers: BTreeMap<i32, i32> = found::rows(database, "SELECT id, register_id FROM citizens")
        .await
        .iter()
        .map(|row| {
            let id: String = row.try_get("", "register_id").unwrap();
            (row.try_get("", "id").unwrap(), id.replace("SYN-", "").parse().unwrap())
        })
        .collect();
    let arrived = run(database, &people, &numbers).await;
    let ledger = found::ledger(database, &numbers).await;
    let ours = found::lines(database, &arrived, &numbers).await;
    let early = "SELECT m.id FROM outbox_messages m JOIN outbox_events e ON e.message_id = m.id \
                 WHERE e.kind = 'planned' AND m.not_before > e.at";
    assert!(found::rows(database, early).await.is_empty(), "planned before its day");

    let folder = tempfile::tempdir().unwrap();
    let world = json!({
        "first": world::FIRST, "days": world::DAYS, "citizens": people, "life": LIFE,
        "tasks": (0..world::DAYS).map(world::tasks).collect::<Vec<_>>(),
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
        assert!(ours.len() > people.len() / 10, "{trial}: {}", ours.len());
    }
    let difference: Vec<_> = ours.symmetric_difference(&theirs).take(20).collect();
    assert!(difference.is_empty(), "ours {}, theirs {}: {difference:#?}", ours.len(), theirs.len());
    judge::everything_is_hers(database, &people, &numbers, &arrived).await;
    judge::sums_agree(database, &ours).await;
    Told { people, ledger, lines: ours, events: found::events(database).await }
}

#[tokio::test]
async fn who_gets_what_when_is_what_a_second_reckoning_says() {
    let test = sqlite().await;
    let told = told(&test.database, 5_000).await;
    judge::every_case_occurs(&told.lines, &told.events);
    let late =
        judge::nobody_too_early_twice_or_after_the_end(&told.people, &told.ledger, &told.lines);
    assert!(late > 5, "{late} of control had waited and were still sick");
}

#[tokio::test]
async fn it_is_the_same_on_the_other_database() {
    let test = postgres().await;
    let told = told(&test.database, 400).await;
    judge::nobody_too_early_twice_or_after_the_end(&told.people, &told.ledger, &told.lines);
    let sent = told.lines.iter().filter(|line| line.ends_with(",sent")).count();
    assert!(sent > 60, "{sent} came");
}
