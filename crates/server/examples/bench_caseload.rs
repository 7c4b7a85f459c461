//! `bench caseload`: how long a page of 100 takes when 10,000 citizens are one caseload, for every
//! filter, a search and every order, from SQLite: the query, its counts and its JSON. Session check
//! and record come on top of it at the server; the goal of 100 ms is for all of it.
//!
//! Prints one JSON object, with how SQLite finds the rows (`EXPLAIN QUERY PLAN`).
//! `cargo run --release -p jobnet-server --example bench_caseload -- [CITIZENS] [ROUNDS]`

use std::error::Error;
use std::io::Write;
use std::time::{Duration, Instant};

use jobnet_api::boot::Role;
use jobnet_api::casework::{CaseloadFilter, CaseloadQuery, CaseloadSort, MAX_PAGE_SIZE};
use jobnet_server::caseload::{Scope, search};
use jobnet_server::clock;
use jobnet_server::db::Database;
use jobnet_server::session::Session;
use rusqlite::Connection;
use serde_json::{Map, Value, json};

type Outcome<T> = Result<T, Box<dyn Error>>;

const FUND: &str = "Fagenes A-kasse";
const GOAL: Duration = Duration::from_millis(100);

fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let mut number =
        |default: u32| arguments.next().and_then(|text| text.parse().ok()).unwrap_or(default);
    let (citizens, rounds) = (number(10_000), number(30));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let result = runtime.block_on(measure(citizens, rounds))?;
    Ok(writeln!(std::io::stdout(), "{}", serde_json::to_string_pretty(&result)?)?)
}

/// What is asked, by name.
fn queries() -> Vec<(&'static str, CaseloadQuery)> {
    let page = || CaseloadQuery { page_size: MAX_PAGE_SIZE, ..CaseloadQuery::default() };
    let filtered = |filters: &[CaseloadFilter]| CaseloadQuery { filters: filters.into(), ..page() };
    let sorted = |sort| CaseloadQuery { sort, descending: true, ..page() };
    vec![
        ("everyone", page()),
        ("last_page", CaseloadQuery { page: 100, ..page() }),
        ("benefit_ends_soon", filtered(&[CaseloadFilter::BenefitEndsSoon])),
        ("karens_ahead", filtered(&[CaseloadFilter::KarensAhead])),
        ("new", filtered(&[CaseloadFilter::New])),
        ("sick_listed", filtered(&[CaseloadFilter::SickListed])),
        ("two_filters", filtered(&[CaseloadFilter::New, CaseloadFilter::SickListed])),
        ("search", CaseloadQuery { search: "name 77".to_owned(), ..page() }),
        ("by_runs_out", sorted(CaseloadSort::RunsOut)),
        ("by_karens", sorted(CaseloadSort::KarensMissing)),
        ("by_registration", sorted(CaseloadSort::RegisteredOn)),
        ("by_deadline", sorted(CaseloadSort::NextDeadline)),
    ]
}

async fn measure(citizens: u32, rounds: u32) -> Outcome<Value> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("caseload.db");
    let database = Database::connect(&format!("sqlite:{}", file.display()), 1).await?;
    database.migrate().await?;
    fill(&database, citizens).await?;
    let now = clock::now();
    let session = Session {
        key: String::new(),
        persona: None,
        handle: "bench".to_owned(),
        citizen: None,
        name: "Karen".to_owned(),
        role: Role::FundCaseworker,
        organisation: Some(FUND.to_owned()),
        ends_at: now,
        ends_at_the_latest: now,
    };
    let today = "2026-11-22".parse()?;
    let scope = Scope { session: &session, today, by_cpr: None };
    let mut found = Map::new();
    let mut slowest = Duration::ZERO;
    for (name, query) in queries() {
        let mut times = Vec::new();
        let mut total = 0;
        // One round that does not count warms it up.
        for round in 0..=rounds {
            let begun = Instant::now();
            let page = search(database.read(), &scope, &query).await?;
            let bytes = serde_json::to_vec(&page.rows)?.len();
            if round > 0 {
                times.push(begun.elapsed());
            }
            total = page.total;
            if total > 0 && bytes < 100 {
                return Err("an empty page".into());
            }
        }
        times.sort_unstable();
        let worst = times.last().copied().unwrap_or_default();
        slowest = slowest.max(worst);
        let median = times.get(times.len() / 2).copied().unwrap_or_default();
        let (median, worst) = (median.as_secs_f64() * 1e3, worst.as_secs_f64() * 1e3);
        found.insert(
            name.to_owned(),
            json!({ "total": total, "median_ms": median, "worst_ms": worst }),
        );
    }
    database.close().await?;
    Ok(json!({
        "citizens": citizens,
        "queries": found,
        "plan": plan(&Connection::open(&file)?)?,
        "goal_ms": GOAL.as_millis(),
        "meets_goal": slowest <= GOAL,
    }))
}

/// How SQLite finds the rows of a filter and of an order.
fn plan(database: &Connection) -> Outcome<Value> {
    let mut plans = Map::new();
    for (name, sql) in [
        ("sick_listed", "AND sick_since IS NOT NULL ORDER BY name_key, citizen_id"),
        ("by_deadline", "ORDER BY deadline_on DESC NULLS LAST, name_key, citizen_id"),
    ] {
        let sql = format!(
            "EXPLAIN QUERY PLAN SELECT * FROM caseload WHERE fund = '{FUND}' {sql} LIMIT 100"
        );
        let mut statement = database.prepare(&sql)?;
        let steps = statement.query_map([], |row| row.get::<_, String>(3))?;
        plans.insert(name.to_owned(), json!(steps.collect::<Result<Vec<_>, _>>()?));
    }
    Ok(Value::Object(plans))
}

/// Citizens of one fund: a seventh ends soon, a fifteenth is new, a hundredth is sick.
async fn fill(database: &Database, citizens: u32) -> Outcome<()> {
    let transaction = database.begin_write().await?;
    let people = format!(
        "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < {citizens})"
    );
    for sql in [
        format!("{people} INSERT INTO citizens SELECT n, 'SYN-' || n, 'p' || n FROM c"),
        format!(
            "{people} INSERT INTO caseload (citizen_id, fund, job_centre, caseworker, name, \
             name_key, birth_date, scheme, registered_on, remaining_hours, runs_out_month, \
             karens_state, karens_window_to, karens_missing, sick_since, deadline_kind, \
             deadline_on) SELECT n, '{FUND}', 'Jobcenter Aarhus', 'Karen', 'Name ' || n, \
             'name ' || (n * 7919 % 1000003), '1990-01-01', 'dagpenge', \
             CASE WHEN n % 15 = 0 THEN '2026-11-10' ELSE '2026-03-01' END, n % 3848 * 100, \
             CASE WHEN n % 7 = 0 THEN 202612 ELSE 202806 END, \
             CASE WHEN n % 16 = 0 THEN 'open' END, CASE WHEN n % 16 = 0 THEN 202612 END, \
             CASE WHEN n % 16 = 0 THEN n % 14800 END, \
             CASE WHEN n % 100 = 0 THEN '2026-11-18' END, \
             CASE WHEN n % 3 = 0 THEN 'fund_meeting' END, \
             CASE WHEN n % 3 = 0 THEN date('2026-11-22', '+' || (n % 40) || ' days') END FROM c"
        ),
    ] {
        sea_orm::ConnectionTrait::execute_unprepared(&transaction, &sql).await?;
    }
    Ok(transaction.commit().await?)
}
