//! Letters on paper and in Digital Post, while whatever puts them into their folders and whatever
//! makes batches of them is killed: each is in one batch or one file, or in none and nobody says it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use chrono::DateTime;
use jobnet_server::outbox::Manifest;
use jobnet_server::outbox::message::Channel;
use jobnet_server::outbox::probe;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use sea_orm::ConnectionTrait;

use crate::support::database::{TestDatabase, postgres, sqlite};
use crate::support::extracts::query;
use crate::{Postman, assert_no_keys_here, cpr_of, run};

const LETTERS: u32 = 120;
const POSTS: u32 = 60;
const SENDER_KILLS: u32 = 15;
const CLOSER_KILLS: u32 = 40;

/// Someone who takes each batch away as it appears, and looks whether it is what it says.
struct Printer {
    letters: JoinHandle<BTreeMap<String, u32>>,
    stop: Arc<AtomicBool>,
}

impl Printer {
    fn start(folder: PathBuf) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&stop);
        let letters = std::thread::spawn(move || {
            let mut letters = BTreeMap::new();
            loop {
                let last = told.load(Ordering::SeqCst);
                for entry in fs::read_dir(&folder).unwrap() {
                    let batch = entry.unwrap();
                    if batch.file_name().to_string_lossy().starts_with("batch-") {
                        for id in take(&batch.path()) {
                            *letters.entry(id).or_insert(0) += 1;
                        }
                    }
                }
                if last {
                    return letters;
                }
                std::thread::sleep(Duration::from_millis(5));
            }
        });
        Self { letters, stop }
    }

    fn end(self) -> BTreeMap<String, u32> {
        self.stop.store(true, Ordering::SeqCst);
        self.letters.join().unwrap()
    }
}

/// The letters of a batch, which is whole; it is taken away.
fn take(batch: &Path) -> Vec<String> {
    let mut check = Command::new("sha256sum");
    check.args(["--check", "--strict", "SHA256SUMS"]).current_dir(batch).stdout(Stdio::null());
    assert!(check.status().unwrap().success());
    let text = fs::read(batch.join("manifest.json")).unwrap();
    let manifest: Manifest = serde_json::from_slice(&text).unwrap();
    assert_eq!(fs::read_dir(batch).unwrap().count(), manifest.letters.len() + 2);
    fs::remove_dir_all(batch).unwrap();
    manifest.letters.into_iter().map(|entry| entry.id).collect()
}

fn configuration(place: &Path) -> PathBuf {
    let text = format!(
        "log.filter = \"warn\"\n\
         [outbox]\nsend_from_hour = 0\nsend_until_hour = 24\nlease_seconds = 4\nattempts = 50\n\
         first_wait_seconds = 1\nlongest_wait_seconds = 1\n\
         [outbox.post]\nsender_cvr = \"12345678\"\nsender_label = \"Jobnet\"\nfolder = \"{}\"\n\
         timeout_seconds = 2\n[outbox.letters]\nfolder = \"{}\"\n",
        place.join("post").display(),
        place.join("print").display(),
    );
    let path = place.join("jobnet.toml");
    fs::write(&path, text).unwrap();
    path
}

/// What is left of a batch that was being made.
fn half_made(folder: &Path) -> usize {
    fs::read_dir(folder.join(".closing")).map_or(0, Iterator::count)
}

async fn check(database: TestDatabase, seed: u64) {
    let place = tempfile::tempdir().unwrap();
    let (post, print) = (place.path().join("post"), place.path().join("print"));
    fs::create_dir(&post).unwrap();
    fs::create_dir(&print).unwrap();
    let config = configuration(place.path());
    let now = DateTime::from_timestamp(1_795_348_800, 0).unwrap();
    let db = &database.database;
    let (mut letters, mut posts) = (Vec::new(), BTreeMap::new());
    for number in 0..LETTERS {
        let to = format!("Anna Ødegård;Vej {number};8000 Aarhus C");
        let planned = probe::plan(db, Channel::Letter, &to, "kill", now).await.unwrap();
        letters.push(planned.id.to_string());
    }
    for number in 0..POSTS {
        let to = cpr_of(number);
        let planned = probe::plan(db, Channel::DigitalPost, &to, "kill", now).await.unwrap();
        posts.insert(planned.id.to_string(), to);
    }
    let (postman, printer) = (Postman::start(post), Printer::start(print.clone()));
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let send = || run(&config, &database, &["send", "--until-empty"]);
    let close = || run(&config, &database, &["close-batch"]);
    let pause = |random: &mut ChaCha8Rng, longest_ms: u64| {
        std::thread::sleep(Duration::from_millis(random.next_u64() % longest_ms));
    };
    // First everything goes into the tray and the folder.
    let mut sender = send();
    for _ in 0..SENDER_KILLS {
        pause(&mut random, 500);
        // It may have ended by itself.
        let _ended = sender.0.kill();
        sender.0.wait().unwrap();
        sender = send();
    }
    assert!(sender.0.wait().unwrap().success());
    // Of some nothing more may be sent, now that their letters lie there.
    let gone: Vec<_> = letters.iter().step_by(3).map(|id| format!("'{id}'")).collect();
    let sql = format!("DELETE FROM outbox_probes WHERE message_id IN ({})", gone.join(", "));
    let transaction = db.begin_write().await.unwrap();
    transaction.execute_unprepared(&sql).await.unwrap();
    transaction.commit().await.unwrap();
    let mut left_half_made = 0;
    for kill in 0..CLOSER_KILLS {
        let mut closer = close();
        if kill == 0 {
            // One surely comes while the batch is made.
            let begun = Instant::now();
            while half_made(&print) == 0 && begun.elapsed() < Duration::from_secs(20) {
                std::thread::sleep(Duration::from_micros(200));
            }
        } else {
            pause(&mut random, 300);
        }
        let _ended = closer.0.kill();
        closer.0.wait().unwrap();
        left_half_made += usize::from(half_made(&print) > 0);
    }
    // In the tray stands a folder of the sender's.
    while half_made(&print) > 0 || fs::read_dir(print.join(".tray")).unwrap().count() > 1 {
        assert!(close().0.wait().unwrap().success());
    }
    let (posted, printed) = (postman.end(), printer.end());
    assert!(posted.values().chain(printed.values()).all(|count| *count == 1), "one got two");
    let known: BTreeSet<&String> = letters.iter().collect();
    assert!(printed.keys().all(|id| known.contains(id)));
    let rows = query(db, "SELECT id, state FROM outbox_messages").await;
    assert_eq!(rows.len(), letters.len() + posts.len());
    let mut withdrawn = 0;
    for row in rows {
        let (id, state) = row.split_once(' ').unwrap();
        let id = id.trim_start_matches("id=");
        let has_left =
            posts.get(id).map_or(printed.contains_key(id), |cpr| posted.contains_key(cpr));
        match state {
            "state=sent" => assert!(has_left, "{id} is said to have left"),
            "state=withdrawn" => {
                assert!(!has_left, "{id} is said not to have left");
                withdrawn += 1;
            }
            other => panic!("{id}: {other}"),
        }
    }
    assert_eq!(posted.len(), posts.len(), "a folder loses nothing");
    println!("{}: {left_half_made} half made, {withdrawn} withdrawn", database.kind);
    assert!(left_half_made > 0, "no kill came while a batch was made");
    assert_eq!(withdrawn, gone.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn killing_whoever_makes_batches_prints_nothing_twice_and_loses_nothing_on_sqlite() {
    check(sqlite().await, 4).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nor_on_postgresql() {
    check(postgres().await, 5).await;
    assert_no_keys_here();
}
