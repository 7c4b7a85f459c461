//! Never two, none lost: messages leave by a real mail server and a real folder while the servers
//! that send them are killed again and again.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test that shows its figures")]

mod support;
#[path = "outbox/tray_kills.rs"]
mod tray_kills;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use chrono::DateTime;
use jobnet_server::outbox::message::Channel;
use jobnet_server::outbox::probe;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use support::database::{TestDatabase, postgres, sqlite};
use support::extracts::query;
use support::smtp::Sink;

/// What is killed how often.
struct Trial {
    emails: u32,
    texts: u32,
    kills: u32,
    /// How many servers send at once.
    servers: usize,
    /// Whether the mail server's log can be read.
    has_log: bool,
    seed: u64,
}

/// Someone who empties the folder as files appear in it, and counts each.
struct Postman {
    counts: std::thread::JoinHandle<BTreeMap<String, u32>>,
    seen: Arc<AtomicU64>,
    stop: Arc<AtomicBool>,
}

impl Postman {
    fn start(folder: PathBuf) -> Self {
        let (seen, stop) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
        let (counter, told) = (Arc::clone(&seen), Arc::clone(&stop));
        let counts = std::thread::spawn(move || {
            let mut counts = BTreeMap::new();
            loop {
                let last = told.load(Ordering::SeqCst);
                for entry in fs::read_dir(&folder).unwrap() {
                    let path = entry.unwrap().path();
                    if path.extension().is_some_and(|ending| ending == "xml") {
                        let text = fs::read_to_string(&path).unwrap();
                        assert!(text.ends_with("</memo:Message>"), "a file appears whole");
                        fs::remove_file(&path).unwrap();
                        let (_, rest) = text.split_once("<memo:recipientID>").unwrap();
                        *counts.entry(rest[..10].to_owned()).or_insert(0) += 1;
                        counter.fetch_add(1, Ordering::SeqCst);
                    }
                }
                if last {
                    return counts;
                }
                std::thread::sleep(Duration::from_millis(3));
            }
        });
        Self { counts, seen, stop }
    }

    fn end(self) -> BTreeMap<String, u32> {
        self.stop.store(true, Ordering::SeqCst);
        self.counts.join().unwrap()
    }
}

fn configuration(place: &Path, sink: &Sink, has_log: bool) -> PathBuf {
    let log =
        if has_log { format!("log_file = \"{}\"", sink.log().display()) } else { String::new() };
    let text = format!(
        "log.filter = \"warn\"\n\
         [outbox]\nsend_from_hour = 0\nsend_until_hour = 24\nlease_seconds = 4\nattempts = 50\n\
         first_wait_seconds = 1\nlongest_wait_seconds = 1\n\
         [outbox.email]\nhost = \"127.0.0.1\"\nport = {}\nprotection = \"none\"\n\
         from = \"Jobnet <no-reply@jobnet.example>\"\ntimeout_seconds = 2\nsettle_seconds = 1\n\
         log_form = \"message_ids\"\n{log}\n\
         [outbox.post]\nsender_cvr = \"12345678\"\nsender_label = \"Jobnet\"\nfolder = \"{}\"\n\
         timeout_seconds = 2\n",
        sink.port,
        place.join("post").display(),
    );
    let path = place.join("jobnet.toml");
    fs::write(&path, text).unwrap();
    path
}

/// A program that runs; it does not outlive a test that fails.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ended_already = self.0.kill();
        let _ = self.0.wait();
    }
}

/// `jobnet-server serve`, which sends while it serves.
fn serve(config: &Path, database: &TestDatabase) -> Running {
    let dist = config.with_file_name("dist");
    fs::create_dir_all(&dist).unwrap();
    fs::write(dist.join("index.html"), "<p>app</p>").unwrap();
    let mut serve = command(config, database);
    serve.args(["serve", "--listen", "127.0.0.1:0", "--dist"]).arg(dist);
    Running(serve.env("JOBNET__SERVER__DRAIN_SECONDS", "0").spawn().unwrap())
}

/// Tells a server to stop, and waits until it has.
fn stop(mut server: Running) {
    let told = Command::new("kill").arg(server.0.id().to_string()).status().unwrap();
    assert!(told.success() && server.0.wait().unwrap().success());
}

/// `jobnet-server outbox …`.
fn run(config: &Path, database: &TestDatabase, what: &[&str]) -> Running {
    Running(command(config, database).arg("outbox").args(what).spawn().unwrap())
}

/// The program in the folder of its configuration: what it makes stays there.
fn command(config: &Path, database: &TestDatabase) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jobnet-server"));
    command
        .current_dir(config.parent().unwrap())
        .arg("--config")
        .arg(config)
        .args(["--database-url", &database.url])
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    command
}

/// How many messages may still be sent or found out.
async fn left(database: &TestDatabase) -> usize {
    let sql = "SELECT id FROM outbox_messages \
               WHERE state NOT IN ('sent', 'unknown', 'dead', 'withdrawn')";
    query(&database.database, sql).await.len()
}

/// Keys are made in the working folder if the database is no file: not in the project's.
fn assert_no_keys_here() {
    assert!(!Path::new("jobnet.keys").exists(), "a run leaves keys in the folder of the tests");
}

fn email_of(number: u32) -> String {
    format!("citizen-{number}@example.org")
}

fn cpr_of(number: u32) -> String {
    format!("{number:010}")
}

/// Runs it, checks that nobody got two and none is lost, and returns how many are unknown.
async fn check(database: TestDatabase, trial: Trial) -> usize {
    let place = tempfile::tempdir().unwrap();
    fs::create_dir(place.path().join("post")).unwrap();
    let sink = Sink::start(0.25);
    let config = configuration(place.path(), &sink, trial.has_log);
    let now = DateTime::from_timestamp(1_795_348_800, 0).unwrap();
    let mut recipients = BTreeMap::new();
    for number in 0..trial.emails {
        let planned =
            probe::plan(&database.database, Channel::Email, &email_of(number), "kill", now).await;
        recipients.insert(planned.unwrap().id.to_string(), email_of(number));
    }
    for number in 0..trial.texts {
        let planned =
            probe::plan(&database.database, Channel::NemSms, &cpr_of(number), "kill", now).await;
        recipients.insert(planned.unwrap().id.to_string(), cpr_of(number));
    }
    let postman = Postman::start(place.path().join("post"));
    let mut random = ChaCha8Rng::seed_from_u64(trial.seed);
    let mut servers: Vec<Running> = (0..trial.servers).map(|_| serve(&config, &database)).collect();
    // So many messages pass between two kills that there are some left for the last.
    let between = u64::from((trial.emails + trial.texts) / trial.kills);
    let mut kills = 0;
    while kills < trial.kills {
        let passed = || sink.seen() + postman.seen.load(Ordering::SeqCst);
        let until = passed() + random.next_u64() % between;
        let begun = Instant::now();
        while passed() < until && begun.elapsed() < Duration::from_secs(3) {
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_micros(random.next_u64() % 30_000));
        let which = usize::try_from(random.next_u64()).unwrap() % servers.len();
        servers[which].0.kill().unwrap();
        let ended = servers[which].0.wait().unwrap();
        assert_eq!(ended.signal(), Some(9), "it ended by itself after {kills} kills");
        kills += 1;
        servers[which] = serve(&config, &database);
    }
    assert_ne!(left(&database).await, 0, "there was nothing left to send at the last kill");
    let begun = Instant::now();
    while left(&database).await > 0 {
        assert!(begun.elapsed() < Duration::from_secs(300), "something is never sent");
        std::thread::sleep(Duration::from_millis(100));
    }
    servers.into_iter().for_each(stop);
    let texts = postman.end();
    let emails = sink.taken();
    for (recipient, count) in emails.iter().chain(&texts) {
        assert_eq!(*count, 1, "{recipient} got {count}");
    }
    let sql = "SELECT id, state FROM outbox_messages";
    let mut unknown = BTreeSet::new();
    for row in query(&database.database, sql).await {
        let (id, state) = row.split_once(' ').unwrap();
        let recipient = &recipients[id.strip_prefix("id=").unwrap()];
        let has_it = emails.contains_key(recipient) || texts.contains_key(recipient);
        match state {
            "state=sent" => assert!(has_it, "{recipient} is said to have it"),
            "state=unknown" => {
                unknown.insert(recipient.clone());
            }
            other => panic!("{recipient}: {other}"),
        }
    }
    assert_eq!(texts.len(), usize::try_from(trial.texts).unwrap(), "a folder loses nothing");
    assert!(unknown.iter().all(|recipient| recipient.contains('@')), "{unknown:?}");
    let sql =
        "SELECT detail, COUNT(*) AS n FROM outbox_events WHERE kind = 'reconciled' GROUP BY detail";
    let reconciled = query(&database.database, sql).await;
    println!("{}: {} kills, {} unknown, {reconciled:?}", database.kind, kills, unknown.len());
    if trial.has_log {
        for found in ["detail=delivered", "detail=not_delivered"] {
            let is_there = reconciled.iter().any(|row| row.starts_with(found));
            assert!(is_there, "no kill came between a message and its answer: {reconciled:?}");
        }
    }
    unknown.len()
}

const TWO_HUNDRED: Trial =
    Trial { emails: 1000, texts: 1000, kills: 200, servers: 1, has_log: true, seed: 1 };

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_kills_send_nothing_twice_and_lose_nothing_on_sqlite() {
    assert_eq!(check(sqlite().await, TWO_HUNDRED).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nor_with_two_servers_at_once_on_postgresql() {
    assert_eq!(check(postgres().await, Trial { servers: 2, seed: 2, ..TWO_HUNDRED }).await, 0);
    assert_no_keys_here();
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_mail_servers_log_what_is_in_doubt_is_counted_and_not_sent_again() {
    let trial = Trial { emails: 300, texts: 0, kills: 40, servers: 1, has_log: false, seed: 3 };
    assert_ne!(check(sqlite().await, trial).await, 0, "no kill left a message in doubt");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_sends_while_it_serves_and_finishes_the_message_in_hand_when_told_to_stop() {
    let database = sqlite().await;
    let place = tempfile::tempdir().unwrap();
    // Every message is slow: one is in hand whenever the server is told.
    let sink = Sink::start(1.0);
    let config = configuration(place.path(), &sink, true);
    let now = DateTime::from_timestamp(1_795_348_800, 0).unwrap();
    for number in 0..200 {
        let to = email_of(number);
        probe::plan(&database.database, Channel::Email, &to, "serve", now).await.unwrap();
    }
    let server = serve(&config, &database);
    let begun = Instant::now();
    while sink.seen() < 12 {
        assert!(begun.elapsed() < Duration::from_secs(60), "nothing is sent");
        std::thread::sleep(Duration::from_millis(5));
    }
    stop(server);
    let sent = sink.taken().len();
    let sql = "SELECT state, COUNT(*) AS n FROM outbox_messages GROUP BY state";
    let expected = [format!("state=sent n={sent}"), format!("state=waiting n={}", 200 - sent)];
    assert_eq!(query(&database.database, sql).await, expected);
}
