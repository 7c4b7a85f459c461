//! What happens between a letter that is ready for print and the batch it would go with.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use jobnet_api::trial::Step;
use jobnet_messages::Language;
use jobnet_messages::letter::Letter;
use jobnet_server::clock::Clock;
use jobnet_server::config::{LettersConfig, OutboxConfig};
use jobnet_server::db::Database;
use jobnet_server::dispatch::{self, Composer};
use jobnet_server::outbox::carrier::Paper;
use jobnet_server::outbox::send::{Pace, Sender};
use jobnet_server::outbox::window::Window;
use jobnet_server::outbox::{Closed, Manifest, open};
use jobnet_server::post::Tray;
use jobnet_server::trials::{Serving, store, unit};
use tempfile::TempDir;

use crate::dispatch::{LETTERS, fill, fill_with, protocol};
use crate::support::database::{TestDatabase, both};
use crate::support::extracts::{day, keys, query};
use crate::{close, now, pause, run, well};

struct Page;

impl Paper for Page {
    fn pdf(&self, _: &Letter, _: Language, address: &[String]) -> anyhow::Result<Vec<u8>> {
        Ok(address.join("\n").into_bytes())
    }
}

/// A sender of letters on paper, and its folder.
struct Print {
    place: TempDir,
    sender: Sender<Composer>,
    ahead: Arc<AtomicI64>,
}

fn print(database: &Database, today: NaiveDate) -> Print {
    let place = tempfile::tempdir().expect("a folder");
    let letters = LettersConfig { folder: place.path().to_owned(), ..LettersConfig::default() };
    let config = OutboxConfig { letters: Some(letters), ..OutboxConfig::default() };
    let site = "https://jobnet.example".to_owned();
    let composer = Composer { database: database.clone(), keys: keys(), site, today: Some(today) };
    let ahead = Arc::new(AtomicI64::new(0));
    let (read, draws) = (Arc::clone(&ahead), AtomicU64::new(0));
    let sender = Sender::new(
        database.clone(),
        composer,
        open(&config, Some(Arc::new(Page))).expect("channels"),
        Pace {
            window: Window { from: 0, until: 24 },
            lease: TimeDelta::seconds(300),
            first_wait: TimeDelta::seconds(60),
            longest_wait: TimeDelta::hours(1),
            attempts: 3,
        },
        Clock::new(move || at(read.load(Ordering::SeqCst))),
        Arc::new(move || draws.fetch_add(1, Ordering::SeqCst)),
        Arc::new(AtomicBool::new(false)),
    );
    Print { place, sender, ahead }
}

/// A day after the trial began, and so many minutes.
fn at(minutes: i64) -> DateTime<Utc> {
    now() + TimeDelta::days(1) + TimeDelta::minutes(minutes)
}

impl Print {
    async fn send(&mut self) {
        while self.sender.pass().await.expect("sends") > 0 {}
    }

    async fn close(&self) -> Closed {
        self.sender.close_batch(self.place.path()).await.expect("closes")
    }

    /// The streets to which the letters of a batch go: each has her number in it.
    fn streets(&self, closed: &Closed) -> Vec<String> {
        let batch = closed.batch.as_ref().expect("a batch");
        let text = std::fs::read(batch.join("manifest.json")).expect("a manifest");
        let manifest: Manifest = serde_json::from_slice(&text).expect("a manifest");
        let mut streets = Vec::new();
        for entry in manifest.letters {
            let pdf = std::fs::read_to_string(batch.join(&entry.file)).expect("a letter");
            assert_eq!(pdf, entry.address.join("\n"));
            streets.push(entry.address[1].clone());
        }
        streets.sort();
        streets
    }
}

/// Who has a letter in the tray: the numbers of their streets, sorted as text.
async fn ready(database: &Database) -> Vec<u32> {
    let sql = "SELECT c.register_id AS id FROM outbox_messages m JOIN citizens c ON c.id = m.citizen_id \
               WHERE m.channel = 'letter' AND m.state = 'sent'";
    let rows = query(database, sql).await;
    rows.iter().map(|row| row.replace("id=SYN-", "").parse().expect("a number")).collect()
}

fn streets(numbers: &[u32]) -> Vec<String> {
    let mut streets: Vec<_> = numbers.iter().map(|number| format!("Vej {number}")).collect();
    streets.sort();
    streets
}

/// A trial of letters on paper, in which some thirty are ready for print; to whom.
async fn filled(test: &TestDatabase) -> (&Database, Print, Vec<u32>) {
    let db = &test.database;
    fill(db).await;
    run(db, &protocol(LETTERS, "physical")).await;
    let (today, mut tray) = (day("2026-11-22"), Tray { now: now() });
    let done = dispatch::day(db, &keys(), &Serving::default(), today, now(), &mut tray).await;
    done.expect("a day");
    let mut print = print(db, day("2026-11-23"));
    print.send().await;
    let ready = ready(db).await;
    assert!(ready.len() > 30, "{ready:?}");
    (db, print, ready)
}

/// What became of the letters, with how many.
async fn became(database: &Database) -> Vec<String> {
    let sql = "SELECT state, reason, COUNT(*) AS n FROM outbox_messages WHERE channel = 'letter' \
               GROUP BY state, reason";
    query(database, sql).await
}

#[tokio::test]
async fn who_recovers_dies_gets_protected_moves_or_objects_before_the_batch_closes() {
    for test in both().await {
        let (db, mut print, ready) = filled(&test).await;
        let [recovers, dies, protected, moves, objects] = [3, 7, 11, 15, 19].map(|at| ready[at]);
        // The registers of the next day.
        fill_with(db, "2026-11-23", |n, mut row| {
            if n == recovers {
                row.sick_until = "2026-11-22";
            }
            if n == dies {
                row.died_on = "2026-11-22";
            }
            if n == protected {
                row.is_protected = true;
            }
            if n == moves {
                row.street = "Gade 4".to_owned();
            }
            row
        })
        .await;
        let sql = format!("SELECT id FROM citizens WHERE register_id = 'SYN-{objects}'");
        let citizen = query(db, &sql).await[0].replace("id=", "").parse().expect("a number");
        let stored = store::load(db.read(), "letters-2026").await.expect("a trial");
        unit::object(db, stored.id, citizen, now()).await.expect("stores");

        let closed = print.close().await;
        assert_eq!((closed.withheld, closed.anew, closed.waiting), (4, 1, 0), "{}", test.kind);
        let gone = [recovers, dies, protected, moves, objects];
        let stay: Vec<u32> = ready.iter().copied().filter(|n| !gone.contains(n)).collect();
        assert_eq!(print.streets(&closed), streets(&stay));
        assert_eq!(
            became(db).await,
            [
                format!("state=sent reason= n={}", stay.len()),
                "state=waiting reason=readdressed n=1".to_owned(),
                "state=withdrawn reason=died n=1".to_owned(),
                "state=withdrawn reason=objected n=1".to_owned(),
                "state=withdrawn reason=protected n=1".to_owned(),
                "state=withdrawn reason=recovered n=1".to_owned(),
            ]
        );
        // Researchers see it counted.
        let told = dispatch::messages(db.read(), &stored, "https://jobnet.example").await;
        let told = serde_json::to_value(told.expect("messages")).expect("JSON");
        let lines = told["calendar"].as_array().expect("lines");
        let withdrawn = |reason: &str| -> u64 {
            lines.iter().filter_map(|line| line["fates"]["withdrawn"][reason].as_u64()).sum()
        };
        assert_eq!(["died", "objected", "protected", "recovered"].map(withdrawn), [1; 4]);
        // The one who has moved gets hers at her new address.
        print.ahead.store(10, Ordering::SeqCst);
        print.send().await;
        assert_eq!(print.streets(&print.close().await), ["Gade 4"]);
        assert_eq!(print.close().await, Closed::default());
    }
}

#[tokio::test]
async fn letters_of_a_trial_that_is_stopped_wait_in_the_tray_until_it_goes_on() {
    for test in both().await {
        let (db, print, ready) = filled(&test).await;
        well(db, "letters-2026", pause()).await;
        let waits = Closed { waiting: ready.len(), ..Closed::default() };
        assert_eq!(print.close().await, waits, "{}", test.kind);
        assert_eq!(print.close().await, waits);
        assert!(std::fs::read_dir(print.place.path()).expect("a folder").all(|entry| {
            entry.expect("an entry").file_name().to_string_lossy().starts_with('.')
        }));
        well(db, "letters-2026", Step::Resume {}).await;
        assert_eq!(print.streets(&print.close().await), streets(&ready));
    }
}

#[tokio::test]
async fn letters_of_a_trial_that_has_ended_never_go() {
    for test in both().await {
        let (db, print, ready) = filled(&test).await;
        well(db, "letters-2026", close()).await;
        let withheld = ready.len();
        assert_eq!(print.close().await, Closed { withheld, ..Closed::default() }, "{}", test.kind);
        assert_eq!(became(db).await, [format!("state=withdrawn reason=closed n={withheld}")]);
        assert_eq!(print.close().await, Closed::default());
    }
}
