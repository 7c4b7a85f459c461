//! `bench api`: how fast a citizen's account of 36 months (session check, reading, rules and JSON
//! included) is served from SQLite, beside the same bytes served from memory by a bare route, over
//! real sockets, in the same run; at a small and a large population.
//!
//! Prints one JSON object.
//! `cargo run --release -p jobnet-server --example bench_api -- [SMALL] [LARGE] [ROUNDS]`

use std::error::Error;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::routing::get;
use jobnet_server::app::App;
use jobnet_server::clock::{self, Clock};
use jobnet_server::config::Config;
use jobnet_server::db::Database;
use jobnet_server::keys::Keyring;
use jobnet_server::session::{self, NewSession};
use jobnet_server::site::Site;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

const ACCOUNT: &str = "/api/v1/me/account";
/// Connections that ask at the same time.
const CLIENTS: usize = 8;
/// Citizens that are asked for, spread over the population.
const ASKED: i32 = 512;
/// How long one measurement takes.
const SPAN: Duration = Duration::from_secs(3);

#[tokio::main]
async fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, default: i32| {
        arguments.get(at).and_then(|text| text.parse().ok()).unwrap_or(default)
    };
    let rounds = number(2, 5);
    let small = Bench::start(number(0, 2_000)).await?;
    let large = Bench::start(number(1, 200_000)).await?;
    let (mut of_small, mut of_large) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        of_small.push(small.measure().await?);
        of_large.push(large.measure().await?);
    }
    let result = json!({
        "bytes": small.bytes,
        "small": small.summary(&of_small),
        "large": large.summary(&of_large),
    });
    write_out(&serde_json::to_string_pretty(&result)?)
}

fn write_out(text: &str) -> Outcome<()> {
    use std::io::Write;
    Ok(writeln!(std::io::stdout(), "{text}")?)
}

/// A server with its database.
struct Bench {
    citizens: i32,
    address: String,
    cookies: Vec<String>,
    bytes: usize,
    _folder: tempfile::TempDir,
}

/// One measurement: requests a second, and the 99th percentile in milliseconds.
#[derive(Clone, Copy)]
struct Rate {
    per_second: f64,
    p99_ms: f64,
}

impl Bench {
    async fn start(citizens: i32) -> Outcome<Self> {
        let folder = tempfile::tempdir()?;
        std::fs::write(folder.path().join("index.html"), "<p>app</p>")?;
        let mut config = Config::default();
        config.server.demo = true;
        config.database.url = format!("sqlite:{}", folder.path().join("bench.db").display());
        let database = Database::connect(&config.database.url, config.database.connections).await?;
        database.migrate().await?;
        fill(&database, citizens).await?;
        let mut cookies = Vec::new();
        for step in 0..ASKED {
            let citizen = 1 + i32::try_from(i64::from(step) * 7919 % i64::from(citizens))?;
            let new = NewSession {
                persona: Some("citizen-full-time".to_owned()),
                subject: format!("bench {citizen}"),
                provider_session: None,
                citizen: Some(citizen),
                name: "Bench".to_owned(),
                role: jobnet_api::boot::Role::Citizen,
                organisation: None,
            };
            cookies.push(session::start(&database, new, None, clock::now()).await?);
        }
        let site = Site::open(folder.path())?;
        let keys = Keyring::parse(&Keyring::new_line("bench")?)?;
        let app = App::new(config, database, keys, Clock::system(), site)?;
        let answer =
            ask(&serve(jobnet_server::http::router(&app)).await?, ACCOUNT, &cookies[0]).await?;
        let body = Bytes::from(answer.clone());
        let memory =
            Router::new().route(
                "/memory",
                get(move || {
                    let body = body.clone();
                    async move {
                        ([(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-store")], body)
                    }
                }),
            );
        let address = serve(jobnet_server::http::router(&app).merge(memory)).await?;
        Ok(Self { citizens, address, cookies, bytes: answer.len(), _folder: folder })
    }

    async fn measure(&self) -> Outcome<(Rate, Rate)> {
        Ok((self.rate("/memory").await?, self.rate(ACCOUNT).await?))
    }

    async fn rate(&self, path: &'static str) -> Outcome<Rate> {
        let mut clients = tokio::task::JoinSet::new();
        let begun = Instant::now();
        for client in 0..CLIENTS {
            let address = self.address.clone();
            let cookies: Vec<String> =
                self.cookies.iter().skip(client).step_by(CLIENTS).cloned().collect();
            clients.spawn(async move {
                let mut connection = Connection::open(&address).await?;
                let mut times = Vec::new();
                for cookie in cookies.iter().cycle() {
                    if begun.elapsed() > SPAN {
                        break;
                    }
                    let asked = Instant::now();
                    connection.ask(path, cookie).await?;
                    times.push(asked.elapsed());
                }
                Ok::<_, Box<dyn Error + Send + Sync>>(times)
            });
        }
        let mut times = Vec::new();
        while let Some(client) = clients.join_next().await {
            times.extend(client??);
        }
        let elapsed = begun.elapsed().as_secs_f64();
        times.sort_unstable();
        let p99 = times.get(times.len() * 99 / 100).copied().unwrap_or_default();
        Ok(Rate { per_second: times.len() as f64 / elapsed, p99_ms: p99.as_secs_f64() * 1000.0 })
    }

    /// Medians over the rounds.
    fn summary(&self, rounds: &[(Rate, Rate)]) -> Value {
        let median = |of: &dyn Fn(&(Rate, Rate)) -> f64| {
            let mut values: Vec<f64> = rounds.iter().map(of).collect();
            values.sort_by(f64::total_cmp);
            values.get(values.len() / 2).copied().unwrap_or_default()
        };
        json!({
            "citizens": self.citizens,
            "memory_per_second": median(&|(memory, _)| memory.per_second),
            "account_per_second": median(&|(_, account)| account.per_second),
            "ratio": median(&|(memory, account)| account.per_second / memory.per_second),
            "memory_p99_ms": median(&|(memory, _)| memory.p99_ms),
            "account_p99_ms": median(&|(_, account)| account.p99_ms),
        })
    }
}

async fn serve(router: Router) -> Outcome<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?.to_string();
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(address)
}

/// Citizens with 36 settled months of benefit, work in two months of three, and an absence.
async fn fill(database: &Database, citizens: i32) -> Outcome<()> {
    let transaction = database.begin_write().await?;
    let numbers = |table: &str, upper: i32| {
        format!(
            "WITH RECURSIVE {table}(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM {table} \
             WHERE n < {upper})"
        )
    };
    let months = "m(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM m WHERE n < 35), \
                  months(month) AS (SELECT (2023 + (n + 11) / 12) * 100 + 1 + (n + 11) % 12 FROM m)";
    let people = numbers("c", citizens);
    for sql in [
        "INSERT INTO import_runs VALUES (1, 0, '2026-11-22', 1, 0, 0, 0)".to_owned(),
        format!("{people} INSERT INTO citizens SELECT n, 'SYN-' || n, 'p' || n FROM c"),
        format!(
            "{people} INSERT INTO citizen_facts (citizen_id, run_id, cpr_hash, first_name, last_name, \
             birth_date, municipality, fund, scheme, insurance, placed_on, registered_on, \
             valid_from) SELECT n, 1, 'h', 'A', 'B', '1990-01-01', 'Aarhus', 'Fund', \
             'dagpenge', 'full_time', '2023-12-01', '2023-11-20', '2026-11-22' FROM c"
        ),
        format!(
            "{people}, {months} INSERT INTO benefits (citizen_id, run_id, month, kind, paid_hours, \
             quarantine_hours, gross, settled, stated_on, valid_from) SELECT c.n, 1, month, \
             'dagpenge', 8000 + (c.n * 31 + month * 7) % 8000, 0, 1500000, 1, '2026-11-11', \
             '2026-11-22' FROM c, months"
        ),
        format!(
            "{people}, {months} INSERT INTO work_hours (citizen_id, run_id, month, employer, kind, \
             hours, earnings, reported_on, valid_from) SELECT c.n, 1, month, 'Bakery', 'ordinary', \
             (c.n * 17 + month * 3) % 8000, 900000, '2026-11-10', '2026-11-22' FROM c, months \
             WHERE month % 3 > 0"
        ),
        format!(
            "{people} INSERT INTO sickness (citizen_id, run_id, from_day, kind, to_day, valid_from) \
             SELECT n, 1, '2025-02-03', 'sickness', '2025-02-07', '2026-11-22' FROM c"
        ),
        "ANALYZE".to_owned(),
    ] {
        transaction.execute_unprepared(&sql).await?;
    }
    Ok(transaction.commit().await?)
}

/// The body of one answer, over a connection of its own.
async fn ask(address: &str, path: &str, cookie: &str) -> Outcome<Vec<u8>> {
    let mut connection = Connection::open(address).await?;
    let length = connection.ask(path, cookie).await?;
    let end = connection.buffer.len();
    Ok(connection.buffer.split_off(end - length))
}

/// A kept-alive HTTP/1.1 connection that does just enough.
struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    async fn open(address: &str) -> Outcome<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(1 << 16) })
    }

    /// Asks and reads the whole answer; the length of its body.
    async fn ask(&mut self, path: &str, cookie: &str) -> Outcome<usize> {
        let request = format!("GET {path} HTTP/1.1\r\nhost: bench\r\ncookie: sid={cookie}\r\n\r\n");
        self.stream.write_all(request.as_bytes()).await?;
        self.buffer.clear();
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err("the server closed the connection".into());
            }
            let Some(end) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") else {
                continue;
            };
            let head = std::str::from_utf8(&self.buffer[..end])?;
            if !head.starts_with("HTTP/1.1 200") {
                return Err(head.to_owned().into());
            }
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "))
                .ok_or("no content-length")?
                .parse::<usize>()?;
            while self.buffer.len() < end + 4 + length {
                if self.stream.read_buf(&mut self.buffer).await? == 0 {
                    return Err("the server closed the connection".into());
                }
            }
            return Ok(length);
        }
    }
}
