//! `bench caseload`: how long a page of 100 takes when 10,000 citizens are one caseload, for every
//! filter, a search and every order, on SQLite and on PostgreSQL: through the whole router, with
//! session check, query, counts, a line of the record for each citizen shown, JSON and brotli.
//!
//! Prints one JSON object, with how SQLite finds the rows (`EXPLAIN QUERY PLAN`); ends with status 1
//! when the slowest answer took longer than the goal.
//! `cargo run --release -p jobnet-server --example bench_caseload -- [CITIZENS] [ROUNDS]`

#[allow(dead_code, unreachable_pub, clippy::expect_used, reason = "the tests use more of it")]
#[path = "../tests/support/postgres.rs"]
mod postgres;

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt;
use jobnet_api::boot::Role;
use jobnet_api::casework::{CaseloadFilter, CaseloadQuery, CaseloadSort, MAX_PAGE_SIZE};
use jobnet_api::paths;
use jobnet_server::app::App;
use jobnet_server::clock::{self, Clock};
use jobnet_server::config::Config;
use jobnet_server::db::Database;
use jobnet_server::keys::Keyring;
use jobnet_server::session::{self, Lifetimes, NewSession};
use jobnet_server::site::Site;
use rusqlite::Connection;
use sea_orm::ConnectionTrait;
use serde_json::{Map, Value, json};
use tower::ServiceExt;

type Outcome<T> = Result<T, Box<dyn Error>>;

const FUND: &str = "Fagenes A-kasse";
const GOAL: Duration = Duration::from_millis(100);

fn main() -> Outcome<ExitCode> {
    let mut arguments = std::env::args().skip(1);
    let mut number =
        |default: u32| arguments.next().and_then(|text| text.parse().ok()).unwrap_or(default);
    let (citizens, rounds) = (number(10_000), number(30));
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("index.html"), "<p>app</p>")?;
    let file = folder.path().join("caseload.db");
    let cluster = postgres::Postgres::start();
    let urls = [
        ("sqlite", format!("sqlite:{}", file.display())),
        ("postgresql", cluster.database("caseload")),
    ];
    let runtime = tokio::runtime::Runtime::new()?;
    let mut result = Map::new();
    let mut slowest = Duration::ZERO;
    for (kind, url) in urls {
        let (found, worst) = runtime.block_on(measure(&url, folder.path(), citizens, rounds))?;
        result.insert(kind.to_owned(), found);
        slowest = slowest.max(worst);
    }
    let meets_goal = slowest <= GOAL;
    let result = json!({
        "citizens": citizens,
        "databases": result,
        "plan": plan(&Connection::open(&file)?)?,
        "goal_ms": GOAL.as_millis(),
        "slowest_to_goal": slowest.as_secs_f64() / GOAL.as_secs_f64(),
        "meets_goal": meets_goal,
    });
    writeln!(std::io::stdout(), "{}", serde_json::to_string_pretty(&result)?)?;
    Ok(if meets_goal { ExitCode::SUCCESS } else { ExitCode::FAILURE })
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

/// Every question's times, and the slowest answer of all.
async fn measure(url: &str, dist: &Path, citizens: u32, rounds: u32) -> Outcome<(Value, Duration)> {
    let mut config = Config::default();
    config.server.today = Some("2026-11-22".parse()?);
    // One caseworker asks without pause.
    config.limits.requests_per_minute = 0;
    let database = Database::connect(url, config.database.connections).await?;
    database.migrate().await?;
    fill(&database, citizens, url.starts_with("postgres")).await?;
    let new = NewSession {
        persona: None,
        subject: "bench".to_owned(),
        provider_session: None,
        citizen: None,
        name: "Karen".to_owned(),
        role: Role::FundCaseworker,
        organisation: Some(FUND.to_owned()),
    };
    let id = session::start(&database, new, None, &Lifetimes::default(), clock::now()).await?;
    let keys = Keyring::parse(&Keyring::new_line("bench")?)?;
    let app = App::new(config, database.clone(), keys, Clock::system(), Site::open(dist)?)?;
    let router = jobnet_server::http::router(&app);
    let mut found = Map::new();
    let mut slowest = Duration::ZERO;
    for (name, query) in queries() {
        let mut times = Vec::new();
        let mut total = 0;
        // One round that does not count warms it up.
        for round in 0..=rounds {
            let begun = Instant::now();
            let plain = if round == 0 { "identity" } else { "br" };
            let bytes = ask(&router, &id, &query, plain).await?;
            let took = begun.elapsed();
            if round == 0 {
                let page: Value = serde_json::from_slice(&bytes)?;
                total = page["total"].as_u64().unwrap_or_default();
                let rows = page["rows"].as_array().map_or(0, Vec::len);
                if total == 0 || rows == 0 {
                    return Err(format!("{name} finds nobody").into());
                }
            } else {
                times.push(took);
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
    let looks = jobnet_server::record::verify(&database, None).await??.rows;
    database.close().await?;
    Ok((json!({ "queries": found, "recorded": looks }), slowest))
}

/// One answer, whole.
async fn ask(
    router: &Router,
    session: &str,
    query: &CaseloadQuery,
    encoding: &str,
) -> Outcome<Vec<u8>> {
    let request = Request::post(paths::CASELOAD)
        .header("content-type", "application/json")
        .header("accept-encoding", encoding)
        .header("cookie", format!("sid={session}"))
        .body(Body::from(serde_json::to_vec(query)?))?;
    let response = router.clone().oneshot(request).await?;
    let status = response.status();
    let bytes = response.into_body().collect().await?.to_bytes().to_vec();
    if status != StatusCode::OK {
        return Err(format!("{status}: {}", String::from_utf8_lossy(&bytes)).into());
    }
    Ok(bytes)
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
async fn fill(database: &Database, citizens: u32, is_postgres: bool) -> Outcome<()> {
    let transaction = database.begin_write().await?;
    let people = format!(
        "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < {citizens})"
    );
    // SQLite keeps days as texts.
    let day = |text: &str| match is_postgres {
        true => format!("CAST({text} AS DATE)"),
        false => text.to_owned(),
    };
    let due = match is_postgres {
        true => "DATE '2026-11-22' + n % 40",
        false => "date('2026-11-22', '+' || (n % 40) || ' days')",
    };
    let registered = day("CASE WHEN n % 15 = 0 THEN '2026-11-10' ELSE '2026-03-01' END");
    let (born, sick) = (day("'1990-01-01'"), day("'2026-11-18'"));
    for sql in [
        format!("{people} INSERT INTO citizens SELECT n, 'SYN-' || n, 'p' || n FROM c"),
        format!(
            "{people} INSERT INTO caseload (citizen_id, fund, job_centre, caseworker, name, \
             name_key, birth_date, scheme, registered_on, remaining_hours, runs_out_month, \
             karens_state, karens_window_to, karens_missing, sick_since, deadline_kind, \
             deadline_on) SELECT n, '{FUND}', 'Jobcenter Aarhus', 'Karen', 'Name ' || n, \
             'name ' || (n * 7919 % 1000003), {born}, 'dagpenge', \
             {registered}, n % 3848 * 100, \
             CASE WHEN n % 7 = 0 THEN 202612 ELSE 202806 END, \
             CASE WHEN n % 16 = 0 THEN 'open' END, CASE WHEN n % 16 = 0 THEN 202612 END, \
             CASE WHEN n % 16 = 0 THEN n % 14800 END, \
             CASE WHEN n % 100 = 0 THEN {sick} END, \
             CASE WHEN n % 3 = 0 THEN 'fund_meeting' END, \
             CASE WHEN n % 3 = 0 THEN {due} END FROM c"
        ),
        "ANALYZE".to_owned(),
    ] {
        transaction.execute_unprepared(&sql).await?;
    }
    Ok(transaction.commit().await?)
}
