//! `bench api`: how fast a citizen's account of 36 months (session check, record of the look,
//! reading, rules and JSON included) is served from SQLite, beside the same bytes served from memory
//! by a bare route of the same server, over real sockets, in the same run; at a small and a large
//! population. Their databases are made once and stay in `target/bench/api`; `prepare` makes them
//! and measures nothing.
//!
//! Each server is a process of its own, and so is the load generator (this one, one thread). On few
//! cores it takes its share all the same, and more of it beside the cheaper route; `cpu_ratio`
//! compares the time that the server alone spends on an answer. Neither route compresses in the
//! comparison; `brotli_per_second` is what a browser gets, which asks for it.
//!
//! Prints one JSON object.
//! `cargo run --release -p jobnet-server --example bench_api -- [prepare | SMALL LARGE ROUNDS]`

use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
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
use jobnet_server::session::{self, Lifetimes, NewSession};
use jobnet_server::site::Site;
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

const ACCOUNT: &str = "/api/v1/me/account";
const MEMORY: &str = "/memory";
/// Citizens in the smaller and in the larger population.
const SMALL: i32 = 2_000;
const LARGE: i32 = 200_000;
/// Connections that ask at the same time.
const CLIENTS: usize = 8;
/// Citizens that are asked for, spread over the population.
const ASKED: i32 = 512;
/// How long one measurement takes.
const SPAN: Duration = Duration::from_secs(2);

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, default: i32| {
        arguments.get(at).and_then(|text| text.parse().ok()).unwrap_or(default)
    };
    if arguments.first().is_some_and(|first| first == "serve") {
        return tokio::runtime::Runtime::new()?.block_on(serve(number(1, 0)));
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    if arguments.first().is_some_and(|first| first == "prepare") {
        return runtime.block_on(async {
            for citizens in [SMALL, LARGE] {
                database(citizens).await?.close().await?;
            }
            Ok(())
        });
    }
    runtime.block_on(compare(number(0, SMALL), number(1, LARGE), number(2, 7)))
}

async fn compare(small: i32, large: i32, rounds: i32) -> Outcome<()> {
    let (small, large) = (Server::start(small)?, Server::start(large)?);
    let (mut of_small, mut of_large) = (Vec::new(), Vec::new());
    // One round that does not count warms both up.
    for round in 0..=rounds {
        let measured = (small.measure().await?, large.measure().await?);
        if round > 0 {
            of_small.push(measured.0);
            of_large.push(measured.1);
        }
    }
    let result = json!({
        "bytes": small.bytes().await?,
        "rounds": rounds,
        "small": small.summary(&of_small),
        "large": large.summary(&of_large),
    });
    Ok(writeln!(std::io::stdout(), "{}", serde_json::to_string_pretty(&result)?)?)
}

/// What a server says when it is ready.
#[derive(Serialize, Deserialize)]
struct Ready {
    citizens: i32,
    address: String,
    cookies: Vec<String>,
}

/// The database with this many citizens, made if it is not there.
async fn database(citizens: i32) -> Outcome<Database> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/bench/api");
    std::fs::create_dir_all(&folder)?;
    let url = |path: &Path| format!("sqlite:{}", path.display());
    let path = folder.join(format!("{citizens}.db"));
    if !path.is_file() {
        // Half a database must not be taken for a whole one.
        let making = tempfile::tempdir_in(&folder)?;
        let half = making.path().join("half.db");
        let database = Database::connect(&url(&half), 1).await?;
        database.migrate().await?;
        fill(&database, citizens).await?;
        database.close().await?;
        std::fs::rename(&half, &path)?;
    }
    let database = Database::connect(&url(&path), Config::default().database.connections).await?;
    database.migrate().await?;
    Ok(database)
}

/// The other process: opens a database, serves, and ends with its parent.
async fn serve(citizens: i32) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("index.html"), "<p>app</p>")?;
    let mut config = Config::default();
    config.server.demo = true;
    // One machine asks for all citizens.
    config.limits.requests_per_minute = 0;
    let database = database(citizens).await?;
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
        let lifetimes = Lifetimes::default();
        cookies.push(session::start(&database, new, None, &lifetimes, clock::now()).await?);
    }
    let keys = Keyring::parse(&Keyring::new_line("bench")?)?;
    let site = Site::open(folder.path())?;
    let app = App::new(config, database.clone(), keys, Clock::system(), site)?;
    let answer = ask(&listen(jobnet_server::http::router(&app)).await?, &cookies[0]).await?;
    let memory = Router::new().route(
        MEMORY,
        get(move || {
            let body = Bytes::clone(&answer);
            async move { ([(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-store")], body) }
        }),
    );
    let address = listen(jobnet_server::http::router(&app).merge(memory)).await?;
    let ready = Ready { citizens, address, cookies };
    writeln!(std::io::stdout(), "{}", serde_json::to_string(&ready)?)?;
    tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await??;
    // As a server ends. Else its write-ahead logs are there at the next run, which reads them through:
    // what is read so is slower to be written over.
    Ok(database.close().await?)
}

async fn listen(router: Router) -> Outcome<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?.to_string();
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(address)
}

/// The body of one answer, over a connection of its own.
async fn ask(address: &str, cookie: &str) -> Outcome<Bytes> {
    let mut connection = Connection::open(address).await?;
    let length = connection.ask(ACCOUNT, cookie, "").await?;
    let end = connection.buffer.len();
    Ok(connection.buffer.split_off(end - length).into())
}

/// A server under load.
struct Server {
    process: Child,
    ready: Ready,
}

/// One measurement: answers a second, the 99th percentile, and the server's time for an answer.
#[derive(Clone, Copy)]
struct Rate {
    per_second: f64,
    p99_ms: f64,
    cpu_us: f64,
}

/// The measurements of one round.
struct Round {
    memory: Rate,
    account: Rate,
    brotli: Rate,
}

impl Server {
    fn start(citizens: i32) -> Outcome<Self> {
        let mut process = Command::new(std::env::current_exe()?)
            .args(["serve", &citizens.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        let output = process.stdout.take().ok_or("no standard output")?;
        BufReader::new(output).read_line(&mut line)?;
        Ok(Self { process, ready: serde_json::from_str(&line)? })
    }

    async fn bytes(&self) -> Outcome<usize> {
        Ok(ask(&self.ready.address, &self.ready.cookies[0]).await?.len())
    }

    async fn measure(&self) -> Outcome<Round> {
        Ok(Round {
            memory: self.rate(MEMORY, "").await?,
            account: self.rate(ACCOUNT, "").await?,
            brotli: self.rate(ACCOUNT, "accept-encoding: gzip, br\r\n").await?,
        })
    }

    async fn rate(&self, path: &'static str, header: &'static str) -> Outcome<Rate> {
        let mut clients = tokio::task::JoinSet::new();
        let cpu_before = self.cpu_seconds()?;
        let begun = Instant::now();
        for client in 0..CLIENTS {
            let address = self.ready.address.clone();
            let cookies: Vec<String> =
                self.ready.cookies.iter().skip(client).step_by(CLIENTS).cloned().collect();
            clients.spawn(async move {
                let mut connection = Connection::open(&address).await?;
                let mut times = Vec::new();
                for cookie in cookies.iter().cycle() {
                    if begun.elapsed() > SPAN {
                        break;
                    }
                    let asked = Instant::now();
                    connection.ask(path, cookie, header).await?;
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
        let cpu = self.cpu_seconds()? - cpu_before;
        times.sort_unstable();
        let answers = times.len() as f64;
        let p99 = times.get(times.len() * 99 / 100).copied().unwrap_or_default();
        Ok(Rate {
            per_second: answers / elapsed,
            p99_ms: p99.as_secs_f64() * 1e3,
            cpu_us: cpu * 1e6 / answers,
        })
    }

    /// Processor time of the server so far, in user and system mode.
    fn cpu_seconds(&self) -> Outcome<f64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.process.id()))?;
        // The second field is the program's name and may hold anything but the last parenthesis.
        let fields = stat.rsplit_once(')').ok_or("no statistics of the process")?.1;
        let ticks: u64 =
            fields.split_whitespace().skip(11).take(2).flat_map(str::parse::<u64>).sum();
        // Linux counts a hundredth of a second as a tick on every platform it shows to programs.
        Ok(ticks as f64 / 100.0)
    }

    /// Medians over the rounds.
    fn summary(&self, rounds: &[Round]) -> Value {
        let median = |of: &dyn Fn(&Round) -> f64| {
            let mut values: Vec<f64> = rounds.iter().map(of).collect();
            values.sort_by(f64::total_cmp);
            values.get(values.len() / 2).copied().unwrap_or_default()
        };
        json!({
            "citizens": self.ready.citizens,
            "memory_per_second": median(&|round| round.memory.per_second),
            "account_per_second": median(&|round| round.account.per_second),
            "ratio": median(&|round| round.account.per_second / round.memory.per_second),
            "memory_cpu_us": median(&|round| round.memory.cpu_us),
            "account_cpu_us": median(&|round| round.account.cpu_us),
            "cpu_ratio": median(&|round| round.memory.cpu_us / round.account.cpu_us),
            "memory_p99_ms": median(&|round| round.memory.p99_ms),
            "account_p99_ms": median(&|round| round.account.p99_ms),
            "brotli_per_second": median(&|round| round.brotli.per_second),
            "brotli_p99_ms": median(&|round| round.brotli.p99_ms),
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It ends when its standard input does, and removes its database.
        drop(self.process.stdin.take());
        let _ended = self.process.wait();
    }
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

    /// Asks, with one more header line or none, and reads the whole answer; the length of its body.
    async fn ask(&mut self, path: &str, cookie: &str, header: &str) -> Outcome<usize> {
        let request =
            format!("GET {path} HTTP/1.1\r\nhost: bench\r\n{header}cookie: sid={cookie}\r\n\r\n");
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
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let length = length.map(str::parse::<usize>).transpose()?;
            // A compressed answer comes in chunks, of which the last one is empty.
            while length.map_or(!self.buffer.ends_with(b"\r\n0\r\n\r\n"), |length| {
                self.buffer.len() < end + 4 + length
            }) {
                if self.stream.read_buf(&mut self.buffer).await? == 0 {
                    return Err("the server closed the connection".into());
                }
            }
            return Ok(length.unwrap_or(self.buffer.len() - end - 4));
        }
    }
}
