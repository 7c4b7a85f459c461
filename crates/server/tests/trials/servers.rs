//! Two servers on one PostgreSQL, as processes of their own: sixteen clients ask them for the first
//! answer of twenty thousand citizens, and one server is killed in between and started again.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, RwLock};
use std::time::Duration;

use jobnet_server::trials::{ledger, verify};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::Value;
use tokio::task::JoinSet;

use crate::enrolment::whole_blocks;
use crate::support::database::{TestDatabase, postgres};
use crate::support::extracts::{RING, keys};
use crate::support::server::demo_extracts;
use crate::{KEY, count, protocol, run};

const UNITS: usize = 20_000;
const CLIENTS: usize = 16;
/// While one server is down every second attempt fails.
const MOST_ATTEMPTS: usize = 50;
const SCHEMES: [&str; 2] = ["dagpenge", "graduate"];

/// A server; killed when dropped.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts a server; its address.
fn start(url: &str, folder: &Path) -> (Server, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_jobnet-server"))
        .current_dir(folder)
        .args(["serve", "--listen", "127.0.0.1:0", "--today", "2026-11-22"])
        .args(["--database-url", url, "--dist", "."])
        .env("JOBNET__KEYS__RING", RING)
        .env("JOBNET__LIMITS__REQUESTS_PER_MINUTE", "0")
        .stdout(Stdio::piped())
        .spawn()
        .expect("starts");
    let mut log = BufReader::new(child.stdout.take().expect("standard output"));
    let server = Server(child);
    let address = loop {
        let mut line = String::new();
        assert!(log.read_line(&mut line).expect("a line") > 0, "the server ended");
        let event: Value = serde_json::from_str(&line).expect("JSON");
        if event["message"] == "listening" {
            break event["address"].as_str().expect("an address").to_owned();
        }
    };
    // It must not wait for someone to read its log.
    std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
    (server, address)
}

/// Citizens and a session for each: `sid=N` is citizen N's.
async fn people(test: &TestDatabase) {
    demo_extracts().import_well(&test.database, "2026-11-22").await;
    let now = jobnet_server::clock::now().timestamp();
    for sql in [
        format!(
            "INSERT INTO citizens (id, register_id, public_id) \
             SELECT 1000 + n, 'SYN-' || n, 'p' || n FROM generate_series(0, {}) AS n",
            UNITS - 1
        ),
        "INSERT INTO citizen_facts (citizen_id, run_id, cpr_hash, first_name, last_name, \
         birth_date, scheme, registered_on, valid_from, valid_to) \
         SELECT id, 1, 'h' || id, 'A', 'B', '1990-01-01', \
         CASE id % 2 WHEN 0 THEN 'dagpenge' ELSE 'graduate' END, \
         '2026-03-01', '2026-11-22', '9999-12-31' FROM citizens WHERE id >= 1000"
            .to_owned(),
        format!(
            "INSERT INTO sessions (id_hash, handle, citizen_id, name, role, subject_hash, \
             created_at, seen_at) \
             SELECT encode(sha256(CAST(CAST(id - 1000 AS text) AS bytea)), 'hex'), 'h' || id, id, \
             'A', 'citizen', 's' || id, {now}, {now} FROM citizens WHERE id >= 1000"
        ),
    ] {
        let statement = Statement::from_string(DbBackend::Postgres, sql);
        test.database.read().execute_raw(statement).await.expect("inserts");
    }
}

/// The arm in the first answer to a citizen; `None`: no answer came.
async fn ask(client: &reqwest::Client, address: &str, citizen: usize) -> Option<Value> {
    let url = format!("http://{address}/api/v1/boot");
    let request = client.get(url).header("cookie", format!("sid={citizen}"));
    let answer = request.timeout(Duration::from_secs(20)).send().await.ok()?;
    assert_eq!(answer.status(), 200);
    let boot: Value = serde_json::from_str(&answer.text().await.ok()?).ok()?;
    assert!(boot["account"].is_object());
    Some(boot["arm"].clone())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_thousand_are_enrolled_once_while_a_server_is_killed() {
    let test = postgres().await;
    people(&test).await;
    let trial = run(&test.database, &protocol()).await.id;
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("index.html"), "<p>app</p>").expect("writes");
    let (_first, one) = start(&test.url, folder.path());
    let (second, two) = start(&test.url, folder.path());
    let addresses = Arc::new([RwLock::new(one), RwLock::new(two)]);
    // Answers with an arm, answers that did not come, and ordinary pages.
    let [done, lost, ordinary] = [(); 3].map(|()| Arc::new(AtomicUsize::new(0)));

    let mut clients = JoinSet::new();
    for client in 0..CLIENTS {
        let addresses = addresses.clone();
        let (done, lost, ordinary) = (done.clone(), lost.clone(), ordinary.clone());
        clients.spawn(async move {
            let http = reqwest::Client::new();
            let address = |server: usize| addresses[server % 2].read().expect("unpoisoned").clone();
            for citizen in (client..UNITS).step_by(CLIENTS) {
                let mut arm = Value::Null;
                for attempt in 0..MOST_ATTEMPTS {
                    match ask(&http, &address(citizen / CLIENTS + attempt), citizen).await {
                        Some(Value::Null) => ordinary.fetch_add(1, Ordering::Relaxed),
                        Some(found) => {
                            arm = found;
                            break;
                        }
                        None => lost.fetch_add(1, Ordering::Relaxed),
                    };
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                assert_eq!(arm["trial"], KEY, "{citizen}");
                // Some look at two servers at once.
                if citizen % 20 == 0 {
                    let (one, two) = (address(0), address(1));
                    let (one, two) =
                        tokio::join!(ask(&http, &one, citizen), ask(&http, &two, citizen));
                    for again in [one, two].into_iter().flatten() {
                        assert_eq!(again, arm);
                    }
                }
                done.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    let mut second = Some(second);
    let mut again = None;
    while let Some(ended) = {
        tokio::select! {
            ended = clients.join_next() => ended,
            () = tokio::time::sleep(Duration::from_millis(10)) => Some(Ok(())),
        }
    } {
        ended.expect("no client failed");
        let units = done.load(Ordering::Relaxed);
        if units >= UNITS * 2 / 5 {
            drop(second.take());
        }
        if units >= UNITS / 2 && again.is_none() {
            let (server, address) = start(&test.url, folder.path());
            *addresses[1].write().expect("unpoisoned") = address;
            again = Some(server);
        }
    }
    assert!(lost.load(Ordering::Relaxed) > 0, "the kill was noticed");
    let ordinary = ordinary.load(Ordering::Relaxed);
    assert!(ordinary < UNITS / 100, "{ordinary} got the ordinary page at first");

    let rows = ledger::assignments(test.database.read(), trial).await.expect("reads");
    let units: BTreeSet<_> = rows.iter().map(|row| &row.unit).collect();
    assert_eq!((rows.len(), units.len()), (UNITS, UNITS));
    assert_eq!(count(&test.database, "trial_units").await, UNITS as u64);
    for scheme in SCHEMES {
        assert!(whole_blocks(&rows, &format!("/{scheme}")) > UNITS / 2 / 16 - 1);
    }
    let proved = verify::verify(&test.database, &keys(), KEY).await.expect("proves");
    assert_eq!((proved.units, proved.mistakes), (UNITS, Vec::new()));
}
