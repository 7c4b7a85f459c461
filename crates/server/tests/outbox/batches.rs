//! Letters on paper: a real tray, and the batches that are made of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use crate::Page;
use crate::support::database::{TestDatabase, both, sqlite};
use crate::support::extracts::query;
use chrono::{DateTime, TimeDelta, Utc};
use jobnet_messages::Language;
use jobnet_messages::letter::{Block, Letter};
use jobnet_server::clock::Clock;
use jobnet_server::config::{LettersConfig, OutboxConfig};
use jobnet_server::outbox::carrier::Paper;
use jobnet_server::outbox::message::{Channel, Compose, Composed, Content, Planned};
use jobnet_server::outbox::send::{Pace, Sender};
use jobnet_server::outbox::window::Window;
use jobnet_server::outbox::{CloseError, Closed, Manifest, enqueue, is_closed_today, open};
use uuid::Uuid;

/// 26 November 2026, 12:00 in Denmark.
fn noon() -> DateTime<Utc> {
    "2026-11-26T11:00:00Z".parse().unwrap()
}

fn letter() -> Letter {
    let text = "Du kan få hjælp, mens du er syg.".to_owned();
    Letter { title: "Hjælp til dig".to_owned(), body: vec![Block::Paragraph { text }] }
}

fn to(street: &str) -> Composed {
    Composed::Send(Content::Letter {
        address: ["Anna Ødegård", street, "8000 Aarhus C"].map(str::to_owned).to_vec(),
        letter: letter(),
        language: Language::Da,
    })
}

/// A composer with an answer for each message, else a letter.
#[derive(Clone, Default)]
struct Says(Arc<Mutex<BTreeMap<Uuid, Composed>>>);

impl Compose for Says {
    async fn compose(&self, message: &Planned, _: DateTime<Utc>) -> anyhow::Result<Composed> {
        Ok(self.0.lock().unwrap().get(&message.id).cloned().unwrap_or_else(|| to("Vej 1")))
    }
}

struct Printer {
    place: tempfile::TempDir,
    database: TestDatabase,
    says: Says,
    sender: Sender<Says>,
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

impl Printer {
    fn open(database: TestDatabase) -> Self {
        let (place, says) = (tempfile::tempdir().unwrap(), Says::default());
        let letters = LettersConfig { folder: place.path().to_owned(), ..LettersConfig::default() };
        let config = OutboxConfig { letters: Some(letters), ..OutboxConfig::default() };
        let draws = AtomicU64::new(0);
        let sender = Sender::new(
            database.database.clone(),
            says.clone(),
            open(&config, Some(Arc::new(Page))).unwrap(),
            Pace {
                window: Window { from: 0, until: 24 },
                lease: TimeDelta::seconds(300),
                first_wait: TimeDelta::seconds(60),
                longest_wait: TimeDelta::hours(1),
                attempts: 3,
            },
            Clock::new(noon),
            Arc::new(move || draws.fetch_add(1, Ordering::SeqCst)),
            Arc::new(AtomicBool::new(false)),
        );
        Self { place, database, says, sender }
    }

    /// Letters of these numbers in the tray.
    async fn put(&mut self, numbers: impl IntoIterator<Item = u128>) {
        for number in numbers {
            let planned = Planned {
                id: id(number),
                citizen: 7,
                channel: Channel::Letter,
                trial: "letters".to_owned(),
                step: format!("step-{number}"),
                target: "/breve".to_owned(),
                not_before: noon(),
            };
            assert!(enqueue(&self.database.database, &planned, noon()).await.unwrap());
        }
        self.send().await;
    }

    async fn send(&mut self) {
        while self.sender.pass().await.unwrap() > 0 {}
    }

    fn say(&self, number: u128, composed: Composed) {
        self.says.0.lock().unwrap().insert(id(number), composed);
    }

    async fn close(&self) -> Closed {
        self.sender.close_batch(self.place.path()).await.unwrap()
    }

    async fn batch(&self) -> PathBuf {
        self.close().await.batch.unwrap()
    }

    fn tray(&self) -> PathBuf {
        self.place.path().join(".tray")
    }

    async fn states(&self) -> Vec<String> {
        let sql = "SELECT step, state, reason FROM outbox_messages";
        query(&self.database.database, sql).await
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<_> = entries.map(|name| name.into_string().unwrap()).collect();
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    names
}

fn manifest(batch: &Path) -> Manifest {
    serde_json::from_slice(&fs::read(batch.join("manifest.json")).unwrap()).unwrap()
}

/// The letters of a batch, in which there is nothing but them, and whose sums are right.
fn letters(batch: &Path) -> Vec<Uuid> {
    let ids: Vec<Uuid> =
        manifest(batch).letters.iter().map(|entry| entry.id.parse().unwrap()).collect();
    let files = ids.iter().map(|id| format!("{id}.pdf"));
    let mut all: Vec<_> = files.chain(["SHA256SUMS", "manifest.json"].map(str::to_owned)).collect();
    all.sort();
    assert_eq!(names(batch), all, "names say nothing of anybody");
    let sums = fs::read_to_string(batch.join("SHA256SUMS")).unwrap();
    assert_eq!(sums.lines().count(), ids.len());
    let mut check = Command::new("sha256sum");
    check.args(["--check", "--strict", "SHA256SUMS"]).current_dir(batch);
    assert!(check.stdout(Stdio::null()).status().unwrap().success());
    ids
}

#[tokio::test]
async fn a_batch_holds_each_letter_once_with_its_address_and_a_checksum_that_is_right() {
    let mut printer = Printer::open(sqlite().await);
    assert_eq!(printer.close().await, Closed::default(), "an empty tray makes no batch");
    printer.put([1, 2]).await;
    assert!(names(printer.place.path()).is_empty(), "a batch appears whole");
    let batch = printer.batch().await;
    assert_eq!(names(printer.place.path()), ["batch-2026-11-26"]);
    assert_eq!(letters(&batch), [id(1), id(2)]);
    let manifest = manifest(&batch);
    assert_eq!(manifest.closed_at, "2026-11-26T11:00:00Z");
    for entry in manifest.letters {
        assert_eq!(entry.address, ["Anna Ødegård", "Vej 1", "8000 Aarhus C"]);
        let pdf = fs::read(batch.join(entry.file)).unwrap();
        assert_eq!(entry.bytes, pdf.len());
        assert_eq!(pdf, Page.pdf(&letter(), Language::Da, &entry.address).unwrap());
    }
    assert_eq!(printer.close().await, Closed::default());
    printer.put([3]).await;
    assert!(printer.batch().await.ends_with("batch-2026-11-26-2"));
}

#[tokio::test]
async fn a_letter_that_may_not_go_any_more_is_taken_out_and_one_that_must_wait_waits() {
    for database in both().await {
        let mut printer = Printer::open(database);
        printer.put(1..=5).await;
        printer.say(2, Composed::Withdraw("died"));
        printer.say(3, Composed::Wait);
        printer.say(4, to("Gade 2"));
        let closed = printer.close().await;
        let batch = closed.batch.clone().unwrap();
        assert_eq!(closed, Closed { withheld: 1, anew: 1, waiting: 1, ..closed.clone() });
        assert_eq!(letters(&batch), [id(1), id(5)]);
        assert_eq!(names(&printer.tray()), [format!("{}.json", id(3))]);
        let states = |fourth: &str| {
            let line = |number, state: &str| format!("step=step-{number} state={state}");
            [
                line(1, "sent reason="),
                line(2, "withdrawn reason=died"),
                line(3, "sent reason="),
                line(4, fourth),
                line(5, "sent reason="),
            ]
        };
        assert_eq!(printer.states().await, states("waiting reason=readdressed"));
        // The one that has moved is written to where she lives, and goes with the one that waited.
        printer.say(3, to("Vej 1"));
        printer.send().await;
        let next = printer.batch().await;
        assert_eq!(letters(&next), [id(3), id(4)]);
        assert_eq!(manifest(&next).letters[1].address[1], "Gade 2");
        assert_eq!(printer.states().await, states("sent reason="));
        assert_eq!(printer.close().await, Closed::default());
    }
}

#[tokio::test]
async fn a_letter_of_which_it_is_not_known_that_it_has_left_waits_and_one_of_nobody_too() {
    let mut printer = Printer::open(sqlite().await);
    printer.put([1, 2]).await;
    let set = async |state: &str| {
        let transaction = printer.database.database.begin_write().await.unwrap();
        let sql = format!("UPDATE outbox_messages SET state = '{state}' WHERE step = 'step-1'");
        sea_orm::ConnectionTrait::execute_unprepared(&transaction, &sql).await.unwrap();
        transaction.commit().await.unwrap();
    };
    set("handing_over").await;
    let nobody = printer.tray().join(format!("{}.json", id(9)));
    fs::copy(printer.tray().join(format!("{}.json", id(1))), &nobody).unwrap();
    let closed = printer.close().await;
    assert_eq!(letters(closed.batch.as_deref().unwrap()), [id(2)]);
    assert_eq!((closed.waiting, nobody.exists()), (2, true));
    set("sent").await;
    assert_eq!(letters(&printer.batch().await), [id(1)]);
}

#[tokio::test]
async fn a_batch_that_was_left_half_made_is_asked_about_again_or_finished() {
    // Left after letters were taken out of the tray, and one was half written.
    let mut printer = Printer::open(sqlite().await);
    printer.put([1, 2, 3]).await;
    let closing = printer.place.path().join(".closing");
    let name = |number| format!("{}.json", id(number));
    fs::create_dir_all(&closing).unwrap();
    for number in [1, 2] {
        fs::rename(printer.tray().join(name(number)), closing.join(name(number))).unwrap();
    }
    fs::write(closing.join(format!("{}.pdf", id(1))), b"half").unwrap();
    // Stored, and left before it was thrown away; she may be written to again since.
    printer.say(2, Composed::Withdraw("protected"));
    let kept = fs::read(closing.join(name(2))).unwrap();
    let batch = printer.batch().await;
    assert_eq!(letters(&batch), [id(1), id(3)]);
    fs::write(printer.tray().join(name(2)), kept).unwrap();
    printer.say(2, to("Vej 1"));
    assert_eq!(printer.close().await, Closed { withheld: 1, ..Closed::default() });
    // Left after the manifest was written, and one letter was taken away: it has not appeared, and she
    // may have died since.
    let pdf = fs::read(batch.join(format!("{}.pdf", id(3)))).unwrap();
    fs::rename(&batch, &closing).unwrap();
    printer.put([4]).await;
    printer.say(1, Composed::Withdraw("died"));
    let batch = printer.batch().await;
    assert_eq!(letters(&batch), [id(3), id(4)]);
    assert_eq!(fs::read(batch.join(format!("{}.pdf", id(3)))).unwrap(), pdf);
    assert_eq!(printer.states().await[0], "step=step-1 state=withdrawn reason=died");
}

#[tokio::test]
async fn a_batch_that_was_taken_away_still_was_todays() {
    let mut printer = Printer::open(sqlite().await);
    printer.put([1]).await;
    let folder = printer.place.path().to_owned();
    assert!(!is_closed_today(&folder, noon()));
    let batch = printer.batch().await;
    fs::remove_dir_all(batch).unwrap();
    assert!(is_closed_today(&folder, noon()));
    assert!(!is_closed_today(&folder, noon() + TimeDelta::days(1)));
    printer.put([2]).await;
    assert!(printer.batch().await.ends_with("batch-2026-11-26-2"), "one name, two batches");
}

#[tokio::test]
async fn who_says_late_that_a_letter_lies_in_the_tray_changes_nothing() {
    for database in both().await {
        let mut printer = Printer::open(database);
        printer.put([1, 2]).await;
        let attempts = "SELECT step, attempts FROM outbox_messages";
        let before = query(&printer.database.database, attempts).await;
        printer.say(1, Composed::Withdraw("died"));
        printer.batch().await;
        // It counts only while the message is as it was when it was handed over.
        let after = query(&printer.database.database, attempts).await;
        assert_eq!((before[1] == after[1], before[0] == after[0]), (true, false), "{after:?}");
    }
}

#[tokio::test]
async fn what_is_no_letter_stops_the_batch_and_nothing_is_lost() {
    let mut printer = Printer::open(sqlite().await);
    printer.put([1, 2]).await;
    let broken = printer.tray().join(format!("{}.json", id(1)));
    let whole = fs::read(&broken).unwrap();
    fs::write(&broken, b"{").unwrap();
    let failed = printer.sender.close_batch(printer.place.path()).await;
    assert!(matches!(failed, Err(CloseError::Folder(_))), "{failed:?}");
    assert!(names(printer.place.path()).is_empty());
    fs::write(printer.place.path().join(".closing").join(format!("{}.json", id(1))), whole)
        .unwrap();
    assert_eq!(letters(&printer.batch().await), [id(1), id(2)]);
}
