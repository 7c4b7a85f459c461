//! Two processes on one PostgreSQL enrol twenty thousand citizens for sixteen clients, and one of
//! them is killed in between and started again.

use std::collections::BTreeSet;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jobnet_server::db::Database;
use jobnet_server::trials::enrol::{Assessed, enrol};
use jobnet_server::trials::{Serving, ledger, verify};
use tokio::task::JoinSet;

use crate::enrolment::{facts, whole_blocks};
use crate::support::database::postgres;
use crate::support::extracts::{day, keys};
use crate::{KEY, count, now, protocol, run};

const UNITS: i32 = 20_000;
const SCHEMES: [&str; 2] = ["dagpenge", "graduate"];
/// Clients of each process.
const CLIENTS: i32 = 8;
/// Tells a process the database, and which of the two it is.
const DATABASE: &str = "JOBNET_TEST_DATABASE";
const WHICH: &str = "JOBNET_TEST_WHICH";

/// A process; killed when dropped.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// This very program, running [`serve`] only.
fn start(url: &str, which: i32) -> Server {
    let child = Command::new(std::env::current_exe().expect("a program"))
        .args(["--exact", "servers::serve", "--include-ignored", "--nocapture"])
        .env(DATABASE, url)
        .env(WHICH, which.to_string())
        .stdout(Stdio::null())
        .spawn();
    Server(child.expect("starts"))
}

/// Not a test of its own: what each of the two processes does.
#[tokio::test]
#[ignore = "started by the test below"]
async fn serve() {
    let Ok(url) = std::env::var(DATABASE) else { return };
    let which: i32 = std::env::var(WHICH).expect("which").parse().expect("a number");
    let database = Database::connect(&url, 8).await.expect("connects");
    let trials = Serving::default().now(&database, &keys()).await.expect("answers");
    let mut clients = JoinSet::new();
    for client in 0..CLIENTS {
        let (database, trial) = (database.clone(), Arc::clone(&trials[0]));
        clients.spawn(async move {
            for citizen in (0..UNITS).filter(|citizen| citizen / 2 % CLIENTS == client) {
                // Each has half of the citizens, and every tenth asks at both.
                if citizen % 2 != which && citizen % 10 != 0 {
                    continue;
                }
                let facts = facts(SCHEMES[(citizen / 2 % 2) as usize], "Centre");
                let today = day("2026-11-22");
                let assessed = enrol(&database, &trial, citizen, &facts, today, now(), "b").await;
                assert!(matches!(assessed, Ok(Assessed::Enrolled(_))), "{assessed:?}");
            }
        });
    }
    while let Some(ended) = clients.join_next().await {
        ended.expect("no client failed");
    }
}

#[tokio::test]
async fn twenty_thousand_are_enrolled_once_while_a_server_is_killed() {
    let test = postgres().await;
    let db = &test.database;
    let trial = run(db, &protocol()).await.id;
    let (mut first, mut second) = (start(&test.url, 0), start(&test.url, 1));
    let begun = Instant::now();
    let until = async |units: u64| {
        while count(db, "trial_assignments").await < units {
            assert!(begun.elapsed() < Duration::from_secs(900), "they do not get on");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    until(4_000).await;
    drop(second);
    let at_the_kill = count(db, "trial_assignments").await;
    until(at_the_kill + 1_000).await;
    second = start(&test.url, 1);
    for server in [&mut first, &mut second] {
        assert!(server.0.wait().expect("ends").success());
    }

    let rows = ledger::assignments(db.read(), trial).await.expect("reads");
    let units: BTreeSet<_> = rows.iter().map(|row| &row.unit).collect();
    assert_eq!((rows.len(), units.len()), (20_000, 20_000));
    assert_eq!(count(db, "trial_units").await, 20_000);
    assert_eq!(count(db, "trial_baselines").await, 20_000);
    for scheme in SCHEMES {
        // A block has 8 or 16 of the 10,000.
        assert!(whole_blocks(&rows, &format!("/{scheme}")) >= 624);
    }
    let proved = verify::verify(db, &keys(), KEY).await.expect("proves");
    assert_eq!((proved.units, proved.mistakes), (20_000, Vec::new()));
}
