//! Nothing that those who run a trial are told while it runs depends on the arms of units in blocks that
//! are not full, or on what came of them; and a caseworker who asks about every citizen of hers is told
//! one arm of such a block, and none of a cluster. (That nothing else tells the next arm is shown by
//! `jobnet-trials`: `tests/conceal.rs`.)

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use jobnet_server::access::{Rule, TABLE};
use jobnet_server::dispatch;
use jobnet_server::post::Tray;
use jobnet_server::trials::enrol::{Assessed, enrol};
use jobnet_server::trials::ledger::{self, Assignment};
use jobnet_server::trials::{Serving, exposure, seed, store};
use jobnet_trials::protocol::{Allocation, Protocol};
use jobnet_trials::randomise::Blocks;
use serde_json::{Value, json};

use crate::dispatch::{LETTERS, fill};
use crate::enrolment::{designs, facts};
use crate::exposures::shown;
use crate::ledger::sql;
use crate::support::casework::Office;
use crate::support::database::{TestDatabase, both};
use crate::support::extracts::{day, keys, query};
use crate::support::server::{Serve, TestServer};
use crate::{KEY, close, count, now, protocol, run, well};

const POSTED: &str = "letters-2026";
/// Whom [`fill`] does not know.
const FIRST: i32 = 1000;
const FILES: [&str; 4] = ["assignments", "exposures", "baseline", "codebook"];

/// Everything about trials that a researcher can ask for, of both trials. What is written to somebody
/// made up is left out: it takes the program that prints, and no row of anybody.
fn addresses() -> Vec<String> {
    let is_told = |rule: &&Rule| {
        rule.method.as_str() == "GET"
            && rule.path.starts_with("/api/v1/trial")
            && !rule.path.contains("{step}")
    };
    let mut addresses = BTreeSet::new();
    for rule in TABLE.iter().filter(is_told) {
        for key in [KEY, POSTED] {
            let path = rule.path.replace("{trial}", key);
            for file in FILES {
                for format in ["csv", "parquet"] {
                    addresses.insert(path.replace("{file}", &format!("{file}.{format}")));
                }
            }
        }
    }
    addresses.into_iter().collect()
}

type Answers = BTreeMap<String, Vec<u8>>;

async fn answers(server: &TestServer) -> Answers {
    // Anew each time: one session may ask only so often.
    let cookie = server.sign_in("researcher").await;
    let mut answers = BTreeMap::new();
    for address in addresses() {
        let answer = server.get(&address, &[("cookie", &cookie)]).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.text());
        answers.insert(address, answer.body.to_vec());
    }
    answers
}

/// The addresses whose answers differ.
fn differing(one: &Answers, other: &Answers) -> Vec<String> {
    one.iter()
        .filter(|(address, body)| other.get(*address) != Some(*body))
        .map(|(address, _)| address.clone())
        .collect()
}

/// The rows of blocks that are not full: how long a block is, the seed says.
async fn open_blocks(test: &TestDatabase, key: &str) -> (i32, Protocol, Vec<Assignment>) {
    let db = test.database.read();
    let stored = store::load(db, key).await.expect("a trial");
    let protocol = stored.trial.protocol().clone();
    let Allocation::Blocks { multiples } = &protocol.allocation else { panic!("no blocks") };
    let weights: Vec<u32> = protocol.arms.iter().map(|arm| arm.weight.into()).collect();
    let seed = seed::open(db, &keys(), stored.id).await.expect("a seed");
    let rows = ledger::assignments(db, stored.id).await.expect("reads");
    let is_open = |row: &&Assignment| {
        let blocks = Blocks::new(&seed, "unit", &row.stratum, &weights, multiples).expect("lots");
        let number = u32::try_from(row.block.expect("a block")).expect("a number");
        let there =
            rows.iter().filter(|other| (&other.stratum, other.block) == (&row.stratum, row.block));
        there.count() < blocks.block(number).len()
    };
    let open = rows.iter().filter(is_open).cloned().collect();
    (stored.id, protocol, open)
}

async fn unlock(test: &TestDatabase, table: &str) {
    let statements = match test.kind {
        "sqlite" => {
            vec![format!("DROP TRIGGER {table}_refuse_0"), format!("DROP TRIGGER {table}_refuse_1")]
        }
        _ => vec![format!("ALTER TABLE {table} DISABLE TRIGGER USER")],
    };
    for statement in statements {
        sql(test, &statement).await.expect("unlocks");
    }
}

async fn set_arm(test: &TestDatabase, trial: i32, unit: &str, arm: &str) {
    let change = format!(
        "UPDATE trial_assignments SET arm = '{arm}' WHERE trial_id = {trial} AND unit = '{unit}'"
    );
    assert_eq!(sql(test, &change).await.expect("updates"), 1);
}

/// Whether the answers stay the same when every unit of a block that is not full gets another arm. How
/// many there are.
async fn another_arm_changes_nothing(server: &TestServer, key: &str) -> usize {
    let test = &server.database;
    let (trial, protocol, open) = open_blocks(test, key).await;
    let before = answers(server).await;
    for row in &open {
        let place = protocol.arms.iter().position(|arm| arm.key.as_str() == row.arm);
        let next = (place.expect("an arm") + 1) % protocol.arms.len();
        set_arm(test, trial, &row.unit, protocol.arms[next].key.as_str()).await;
    }
    let after = answers(server).await;
    assert_eq!(differing(&before, &after), [""; 0], "{key} with {} held back", open.len());
    for row in &open {
        set_arm(test, trial, &row.unit, &row.arm).await;
    }
    open.len()
}

/// What is sent is told of everybody in a block after which another has begun, and of nobody else.
async fn of_full_blocks_is_told(server: &TestServer) {
    let (test, path) = (&server.database, format!("/api/v1/trials/{POSTED}/messages"));
    let ask = async || {
        let cookie = server.sign_in("researcher").await;
        server.get(&path, &[("cookie", &cookie)]).await.json()
    };
    let db = test.database.read();
    let stored = store::load(db, POSTED).await.expect("a trial");
    let rows = ledger::assignments(db, stored.id).await.expect("reads");
    let newest = |stratum: &str| {
        rows.iter().filter(|row| row.stratum == stratum).filter_map(|row| row.block).max()
    };
    let (held, told): (Vec<_>, Vec<_>) =
        rows.iter().partition(|row| row.block == newest(&row.stratum));
    let messages = ask().await;
    assert_eq!(messages["held_back"], json!(held.len()));
    let planned = |messages: &serde_json::Value| {
        let lines = messages["calendar"].as_array().expect("lines");
        lines.iter().filter_map(|line| line["planned"].as_u64()).sum::<u64>()
    };
    assert!(!told.is_empty() && planned(&messages) > 0, "{messages}");
    let row = told.iter().find(|row| row.arm != "later").expect("a row");
    set_arm(test, stored.id, &row.unit, "later").await;
    assert_ne!(ask().await["calendar"], messages["calendar"]);
    set_arm(test, stored.id, &row.unit, &row.arm).await;
}

#[tokio::test]
async fn what_is_told_does_not_depend_on_the_arms_of_blocks_that_are_not_full() {
    for database in both().await {
        fill(&database.database).await;
        let server = TestServer::demo(database);
        let (test, db) = (&server.database, &server.database.database);
        run(db, &protocol()).await;
        run(db, &serde_json::from_str(LETTERS).expect("a protocol")).await;
        let serving = Serving::default();
        let mut tray = Tray { now: now() };
        dispatch::day(db, &keys(), &serving, day("2026-11-22"), now(), &mut tray)
            .await
            .expect("a day");
        let trials = serving.now(db, &keys()).await.expect("answers");
        let trial = trials.iter().find(|one| one.protocol.key.as_str() == KEY).expect("runs");
        for table in ["trial_assignments", "trial_exposures", "trial_openings", "trial_dispatches"]
        {
            unlock(test, table).await;
        }
        let mut held_back = 0;
        for number in 0..44 {
            let scheme = if number % 3 == 0 { "graduate" } else { "dagpenge" };
            let (citizen, known) = (FIRST + number, facts(scheme, "Centre 1"));
            let found = enrol(db, trial, citizen, &known, day("2026-11-22"), now(), "b").await;
            let Ok(Assessed::Enrolled(enrolled)) = found else { panic!("{found:?}") };
            let arm = trial.protocol.arm(&enrolled.arm.parse().expect("a key")).expect("an arm");
            // She sees what her arm decides, every third also something else.
            let mut word = shown();
            let setting = |name: &str| json!(arm.settings[name]);
            word.presentation = serde_json::from_value(setting("presentation")).expect("known");
            word.framing = serde_json::from_value(setting("framing")).expect("known");
            exposure::store(db, trial.id, citizen, &word, now()).await.expect("stores");
            if number % 3 == 1 {
                exposure::store(db, trial.id, citizen, &shown(), now()).await.expect("stores");
            }
            if [0, 5, 12, 23, 31].contains(&number) {
                held_back += another_arm_changes_nothing(&server, KEY).await;
            }
        }
        assert!(held_back > 0);
        assert!(another_arm_changes_nothing(&server, POSTED).await > 0);

        // Nor does anything that came of them.
        let before = answers(&server).await;
        for key in [KEY, POSTED] {
            let (trial, _, open) = open_blocks(test, key).await;
            assert!(!open.is_empty(), "{key}");
            for row in open {
                let (trial, unit) = (trial, row.unit);
                let posted = format!(
                    "DELETE FROM outbox_messages WHERE trial = '{key}' AND citizen_id IN (SELECT \
                     citizen_id FROM trial_units WHERE trial_id = {trial} AND unit = '{unit}')"
                );
                sql(test, &posted).await.expect("deletes");
                for table in ["trial_exposures", "trial_openings", "trial_dispatches"] {
                    let gone =
                        format!("DELETE FROM {table} WHERE trial_id = {trial} AND unit = '{unit}'");
                    sql(test, &gone).await.expect("deletes");
                }
            }
        }
        assert_eq!(differing(&before, &answers(&server).await), [""; 0]);

        // The comparison can find something: of a full block the arm is told, and of everyone at the end.
        let rows = ledger::assignments(db.read(), trial.id).await.expect("reads");
        let full = rows.iter().find(|row| row.block == Some(0)).expect("a row");
        let other = trial.protocol.arms.iter().map(|arm| arm.key.as_str());
        let other = other.into_iter().find(|arm| *arm != full.arm).expect("an arm");
        set_arm(test, trial.id, &full.unit, other).await;
        let told = differing(&before, &answers(&server).await);
        for part in ["watch", "export/assignments.csv", "export/assignments.parquet"] {
            assert!(told.contains(&format!("/api/v1/trials/{KEY}/{part}")), "{told:?}");
        }
        of_full_blocks_is_told(&server).await;
        well(db, KEY, close()).await;
        well(db, POSTED, close()).await;
        let before = answers(&server).await;
        let (id, protocol, open) = open_blocks(test, POSTED).await;
        let other = protocol.arms.iter().map(|arm| arm.key.as_str());
        let other = other.into_iter().find(|arm| *arm != open[0].arm).expect("an arm");
        set_arm(test, id, &open[0].unit, other).await;
        let told = differing(&before, &answers(&server).await);
        assert!(told.contains(&format!("/api/v1/trials/{POSTED}/watch")), "{told:?}");
    }
}

/// Citizens of both demo caseworkers.
const MINE: [&str; 2] = ["SYN-DEMO-FULL-TIME", "SYN-OWN"];

/// A caseworker who asks about the citizens of hers.
struct Caseworker<'a> {
    office: &'a Office,
    cookie: String,
    asked: Cell<u32>,
}

impl<'a> Caseworker<'a> {
    async fn come_in(office: &'a Office, persona: &str) -> Self {
        let cookie = office.server.sign_in(persona).await;
        Self { office, cookie, asked: Cell::new(0) }
    }

    /// What she is told of one of them.
    async fn ask(&self, citizen: &str) -> Value {
        self.asked.set(self.asked.get() + 1);
        let key = format!("key-{}", self.asked.get());
        let path = format!("/api/v1/citizens/{}/unblinding", self.office.public_id(citizen));
        let headers = [("cookie", self.cookie.as_str()), ("idempotency-key", key.as_str())];
        let told = self.office.server.post(&path, &headers, &json!({"reason": "She rang"})).await;
        assert_eq!(told.status, StatusCode::CREATED, "{}", told.text());
        told.json()
    }

    /// What she is told of both, when she asks about both at once.
    async fn ask_all(&self) -> [Value; 2] {
        tokio::join!(self.ask(MINE[0]), self.ask(MINE[1])).into()
    }
}

/// Enrols a citizen; her pseudonym.
async fn enrolled(test: &TestDatabase, citizen: i32) -> Assignment {
    let db = &test.database;
    let trials = Serving::default().now(db, &keys()).await.expect("answers");
    let known = facts("dagpenge", "Jobcenter Aarhus");
    let found = enrol(db, &trials[0], citizen, &known, day("2026-11-22"), now(), "b").await;
    let Ok(Assessed::Enrolled(enrolled)) = found else { panic!("{found:?}") };
    let rows = ledger::assignments(db.read(), trials[0].id).await.expect("reads");
    rows.into_iter().find(|row| row.unit == enrolled.unit).expect("a row")
}

/// Gives a unit another arm of its trial.
async fn another_arm(test: &TestDatabase, protocol: &Protocol, row: &Assignment) {
    let other = protocol.arms.iter().find(|arm| arm.key.as_str() != row.arm).expect("an arm");
    set_arm(test, row.trial_id, &row.unit, other.key.as_str()).await;
}

#[tokio::test]
async fn a_caseworker_who_asks_about_all_of_hers_learns_no_arm_of_the_next() {
    for (name, protocol) in designs() {
        for database in both().await {
            let office = Office::open(database).await;
            let test = &office.server.database;
            let caseworker = Caseworker::come_in(&office, "caseworker").await;
            let ordinary = caseworker.ask_all().await;
            run(&test.database, &protocol).await;
            unlock(test, "trial_assignments").await;
            let mut rows = Vec::new();
            for citizen in MINE {
                let found = format!("SELECT id FROM citizens WHERE register_id = '{citizen}'");
                let id = query(&test.database, &found).await[0].replace("id=", "");
                rows.push(enrolled(test, id.parse().expect("a number")).await);
            }
            let told = caseworker.ask_all().await;
            let arms = told.iter().filter(|told| told["arm"].is_object()).count();
            match name {
                // Of a block that is not full one; the other's could be anything.
                "blocks" => {
                    assert_eq!(arms, 1, "{told:?}");
                    let held = usize::from(told[0]["arm"].is_object());
                    assert_eq!(told[held], ordinary[held]);
                    another_arm(test, &protocol, &rows[held]).await;
                    assert_eq!(caseworker.ask_all().await, told);
                    // Nor is another caseworker told.
                    let other = Caseworker::come_in(&office, "caseworker-job-centre").await;
                    assert_eq!(other.ask_all().await, told);
                    // No block of two times eight is open after as many more and one.
                    for stranger in FIRST..FIRST + 16 {
                        enrolled(test, stranger).await;
                    }
                    let told = caseworker.ask_all().await;
                    assert!(told.iter().all(|told| told["arm"].is_object()), "{told:?}");
                }
                // No lot says anything of another, and what is told is what was drawn.
                "keyed" => {
                    assert_eq!(arms, 2, "{told:?}");
                    another_arm(test, &protocol, &rows[1]).await;
                    let after = caseworker.ask_all().await;
                    assert!(after[0] == told[0] && after[1] != told[1], "{after:?}");
                }
                // What was drawn for the cluster is what its next citizen gets: as if there were no trial.
                _ => {
                    assert_eq!(told, ordinary, "{name}");
                    assert_eq!(count(&test.database, "trial_unblindings").await, 0);
                }
            }
        }
    }
}
