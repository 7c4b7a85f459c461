//! `bench trials`: how long it takes to give one unit her lot, beside SQLite's own insert of one row
//! of the same ledger (prepared, its own transaction, no lot, no triggers), and how many keyed
//! hashes one core draws.
//!
//! Prints one JSON object; both inserts take turns, each in a file of its own.
//! `cargo run --release -p jobnet-server --example bench_trials -- [UNITS] [HASHES]`

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use jobnet_api::trial::Step;
use jobnet_server::clock;
use jobnet_server::db::Database;
use jobnet_server::keys::Keyring;
use jobnet_server::trials::enrol::{Assessed, enrol};
use jobnet_server::trials::{Serving, store};
use jobnet_trials::protocol::Protocol;
use jobnet_trials::protocol::eligible::{Fact, Facts};
use jobnet_trials::randomise::{Keyed, Seed};
use rusqlite::Connection;
use serde_json::{Value, json};

type Outcome<T> = Result<T, Box<dyn Error>>;

const PROTOCOL: &str = include_str!("../trials/visualisation-2026.json");
/// The goal for one unit, and for the keyed hashes of a second.
const GOAL: (Duration, f64) = (Duration::from_millis(2), 1_000_000.0);

fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let mut number =
        |default: i32| arguments.next().and_then(|text| text.parse().ok()).unwrap_or(default);
    let (units, hashes) = (number(20_000), number(5_000_000));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let folder = tempfile::tempdir()?;
    let assignment = runtime.block_on(assignments(folder.path(), units))?;
    let result = json!({ "assignment": assignment, "keyed_hash": keyed(hashes)? });
    Ok(writeln!(std::io::stdout(), "{}", serde_json::to_string_pretty(&result)?)?)
}

async fn assignments(folder: &Path, units: i32) -> Outcome<Value> {
    let url = format!("sqlite:{}", folder.join("ours.db").display());
    let database = Database::connect(&url, 1).await?;
    database.migrate().await?;
    let keys = Keyring::parse(&Keyring::new_line("bench")?)?;
    let protocol: Protocol = serde_json::from_str(PROTOCOL)?;
    let key = protocol.key.as_str();
    store::save_draft(&database, &protocol, 0).await?;
    for step in [Step::Register {}, Step::Start {}] {
        store::take(&database, &keys, key, step, "bench", clock::now()).await?;
    }
    let trials = Serving::default().now(&database, &keys).await?;
    let facts = Facts::from([
        ("scheme".to_owned(), Fact::Value("dagpenge".to_owned())),
        ("age".to_owned(), Fact::Number(40)),
    ]);
    let today = protocol.starts;

    let bare = Connection::open(folder.join("bare.db"))?;
    bare.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; \
         CREATE TABLE assignments (trial INTEGER, unit TEXT, arm TEXT, stratum TEXT, seq INTEGER, \
         block INTEGER, position INTEGER, algorithm TEXT, at INTEGER, build TEXT, \
         PRIMARY KEY (trial, unit)); \
         CREATE UNIQUE INDEX place ON assignments (trial, stratum, seq);",
    )?;
    let mut insert = bare.prepare(
        "INSERT INTO assignments VALUES \
         (1, ?1, 'words-earned', '/dagpenge', ?2, ?2, 0, 'blocks-1', ?2, 'bench')",
    )?;
    let (mut ours, mut bare_times) = (Vec::new(), Vec::new());
    for citizen in 0..units {
        let begun = Instant::now();
        let assessed =
            enrol(&database, &trials[0], citizen, &facts, today, clock::now(), "bench").await?;
        ours.push(begun.elapsed());
        let Assessed::Enrolled(enrolled) = assessed else { return Err("not enrolled".into()) };
        let begun = Instant::now();
        insert.execute((&enrolled.unit, citizen))?;
        bare_times.push(begun.elapsed());
    }
    drop(insert);
    database.close().await?;
    let (ours, bare) = (quantiles(ours), quantiles(bare_times));
    Ok(json!({
        "units": units,
        "p50_us": { "ours": ours[0], "bare_insert": bare[0] },
        "p99_us": { "ours": ours[1], "bare_insert": bare[1] },
        "p99_goal_us": micros(GOAL.0),
        "p99_meets_goal": ours[1] <= micros(GOAL.0),
    }))
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

/// Median and 99th percentile in microseconds.
fn quantiles(mut times: Vec<Duration>) -> [f64; 2] {
    times.sort_unstable();
    let at = |share: usize| times.get((times.len() * share / 100).min(times.len() - 1));
    [50, 99].map(|share| at(share).copied().map_or(0.0, micros))
}

/// Hashes of units with names as long as real ones, on this one thread.
fn keyed(hashes: i32) -> Outcome<Value> {
    let keyed = Keyed::new(&Seed::new([7; 32]), "unit");
    let units: Vec<String> = (0..1_000).map(|number| format!("{number:032x}")).collect();
    let mut counts = [0_u32; 8];
    let begun = Instant::now();
    for number in 0..hashes {
        let unit = &units[usize::try_from(number)? % units.len()];
        counts[keyed.arm(unit, &[1; 8]).ok_or("no arm")?] += 1;
    }
    let second = f64::from(hashes) / begun.elapsed().as_secs_f64();
    Ok(json!({
        "per_second": second,
        "goal_per_second": GOAL.1,
        "meets_goal": second >= GOAL.1,
        "arms": counts.iter().filter(|count| **count > 0).count(),
    }))
}
