//! The system under test: the release server, each time on a fresh copy of one small database
//! that the real `synthesise` and `import` made.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use serde_json::Value;
use tempfile::TempDir;

/// The day that counts as today on every stage.
pub const TODAY: &str = "2026-11-22";

/// How many citizens there are besides the demo identities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crowd {
    /// Enough for the pages of citizens.
    Small,
    /// Enough for a caseload of several pages.
    Large,
    /// Enough for a trial of 2,000.
    Trial,
}

impl Crowd {
    const fn citizens(self) -> &'static str {
        match self {
            Self::Small => "40",
            Self::Large => "1500",
            Self::Trial => "2600",
        }
    }
}

const SEED: &str = "7";
const DATABASE: &str = "jobnet.sqlite";

/// A running server that ends with this value.
pub struct Server {
    port: u16,
    folder: TempDir,
    crowd: Crowd,
    process: Option<Child>,
    settings: Vec<(String, String)>,
    is_demo: bool,
    now: Option<String>,
}

impl Server {
    /// Starts one on a copy of the database.
    ///
    /// # Errors
    /// The server is not built, or does not become ready.
    pub fn start(crowd: Crowd) -> Result<Self> {
        let mut server = Self::stopped(crowd)?;
        server.resume()?;
        Ok(server)
    }

    /// A copy of the database and a free port; nothing runs yet.
    ///
    /// # Errors
    /// The server is not built.
    pub fn stopped(crowd: Crowd) -> Result<Self> {
        let folder = tempfile::tempdir().context("a folder for the database")?;
        // With the keys its CPR numbers are sealed with.
        for file in [DATABASE.to_owned(), format!("{DATABASE}.keys")] {
            fs::copy(template(crowd)?.join(&file), folder.path().join(&file))
                .with_context(|| format!("copying {file}"))?;
        }
        let port = free_port()?;
        Ok(Self {
            port,
            folder,
            crowd,
            process: None,
            settings: Vec::new(),
            is_demo: true,
            now: None,
        })
    }

    /// Sets a setting such as `sessions.idle_seconds` for the next start.
    pub fn set(&mut self, setting: &str, value: &str) {
        let name = format!("JOBNET__{}", setting.replace('.', "__").to_uppercase());
        self.settings.push((name, value.to_owned()));
    }

    /// From the next start on there are no demo identities.
    pub fn without_demo(&mut self) {
        self.is_demo = false;
    }

    /// At the next start its clock begins at this time, and goes on from there.
    pub fn at(&mut self, time: &str) {
        self.now = Some(time.to_owned());
    }

    /// Its address, without a slash at the end.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Ends it; the database stays.
    ///
    /// # Errors
    /// The process cannot be ended.
    pub fn stop(&mut self) -> Result<()> {
        if let Some(mut process) = self.process.take() {
            process.kill().context("ending the server")?;
            process.wait().context("ending the server")?;
        }
        Ok(())
    }

    /// Starts it again on the same port and database.
    ///
    /// # Errors
    /// It does not become ready.
    pub fn resume(&mut self) -> Result<()> {
        let log = File::options().create(true).append(true).open(self.log_path())?;
        let database = format!("sqlite://{}", self.folder.path().join(DATABASE).display());
        let mut command = Command::new(binary());
        command.args(["serve", "--database-url", &database]);
        command.args(self.now.as_ref().map_or(["--today", TODAY], |now| ["--now", now]));
        command.args(self.is_demo.then_some("--demo"));
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        command.args(["--listen", &format!("127.0.0.1:{}", self.port)]);
        command.current_dir(root()).stdin(Stdio::null());
        command.stdout(log.try_clone()?).stderr(log);
        let process = command.spawn().with_context(|| {
            format!("{} does not start; is it built (cargo xtask build)?", binary().display())
        })?;
        self.process = Some(process);
        self.wait_until_ready()
    }

    /// Runs a command of the server on its database; what it says.
    ///
    /// # Errors
    /// The command fails.
    pub fn tell(&self, arguments: &[&str]) -> Result<String> {
        let database = format!("sqlite://{}", self.folder.path().join(DATABASE).display());
        let mut command = Command::new(binary());
        succeed(command.args(["--database-url", &database]).args(arguments))
    }

    /// Rows of its database as lists of lists, while it runs.
    ///
    /// # Errors
    /// The database refuses the question.
    pub fn rows(&self, sql: &str) -> Result<Value> {
        self.rows_of(DATABASE, sql)
    }

    /// The same of the record of who looked at what, which has a file of its own.
    ///
    /// # Errors
    /// The file cannot be read so.
    pub fn record(&self, sql: &str) -> Result<Value> {
        self.rows_of(&format!("{DATABASE}.access-log"), sql)
    }

    fn rows_of(&self, file: &str, sql: &str) -> Result<Value> {
        const ASK: &str = "import json, sqlite3, sys\n\
             with sqlite3.connect(f'file:{sys.argv[1]}?mode=ro', uri=True) as database: \
             print(json.dumps(database.execute(sys.argv[2]).fetchall()))";
        let database = self.folder.path().join(file);
        let said = succeed(Command::new("python3").args(["-c", ASK]).arg(database).arg(sql))?;
        serde_json::from_str(&said).context("rows")
    }

    /// The answer of its API to a client that is no browser, with the session of a cookie.
    ///
    /// # Errors
    /// It does not answer 200 with JSON.
    pub fn get(address: &str, path: &str, session: &str) -> Result<Value> {
        let host = address.strip_prefix("http://").context("an address")?;
        let mut stream = TcpStream::connect(host)?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        write!(stream, "GET {path} HTTP/1.0\r\nHost: {host}\r\nCookie: sid={session}\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (head, body) = answer.split_once("\r\n\r\n").context("no body")?;
        if head.split(' ').nth(1) != Some("200") {
            bail!("{path} answered {head}");
        }
        serde_json::from_str(body).with_context(|| path.to_owned())
    }

    /// Puts rows into its database, which nothing else may be using.
    ///
    /// # Errors
    /// The database refuses them.
    pub fn put(&self, sql: &str) -> Result<()> {
        const PUT: &str = "import sqlite3, sys\n\
             with sqlite3.connect(sys.argv[1]) as database: \
             database.executescript(open(sys.argv[2]).read())";
        // By a file: thousands of rows are more than an argument may be long.
        let (database, file) =
            (self.folder.path().join(DATABASE), self.folder.path().join("put.sql"));
        fs::write(&file, sql)?;
        succeed(Command::new("python3").args(["-c", PUT]).arg(database).arg(file)).map(drop)
    }

    /// What its database answers, a list for each row.
    ///
    /// # Errors
    /// The database refuses the question.
    pub fn ask(&self, sql: &str) -> Result<Vec<Vec<Value>>> {
        const ASK: &str = "import json, sqlite3, sys\n\
             print(json.dumps(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchall()))";
        let mut command = Command::new("python3");
        command.args(["-c", ASK]).arg(self.folder.path().join(DATABASE)).arg(sql);
        let output = command.output().context("python3")?;
        if !output.status.success() {
            bail!("{sql}: {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    /// The folder of its database, which goes with it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// How many citizens it has.
    pub const fn crowd(&self) -> Crowd {
        self.crowd
    }

    /// A register as it was imported: what every list of citizens is compared with.
    ///
    /// # Errors
    /// There is none of that name.
    pub fn register(&self, name: &str) -> Result<String> {
        register(self.crowd, name)
    }

    /// What it has logged.
    pub fn log(&self) -> String {
        fs::read_to_string(self.log_path()).unwrap_or_default()
    }

    fn log_path(&self) -> PathBuf {
        self.folder.path().join("server.log")
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let begun = Instant::now();
        loop {
            if is_ready(self.port) {
                return Ok(());
            }
            let ended = self.process.as_mut().and_then(|p| p.try_wait().ok().flatten());
            if let Some(status) = ended {
                bail!("the server ended with {status}:\n{}", self.log());
            }
            if begun.elapsed() > Duration::from_secs(20) {
                bail!("the server does not become ready:\n{}", self.log());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It fails only if the process has already ended.
        self.stop().ok();
    }
}

/// What the `evaluate` command says about an extract: the independent truth for every figure.
///
/// # Errors
/// The command refuses the extract.
pub fn evaluate(case: &Value) -> Result<Value> {
    let mut command = Command::new(binary());
    command.args(["evaluate", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.stderr(Stdio::piped()).spawn().context("evaluate")?;
    let mut input = child.stdin.take().context("evaluate has no standard input")?;
    input.write_all(case.to_string().as_bytes())?;
    drop(input);
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("evaluate refuses {case}: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// A register that the database of so many was made of, as it was imported.
///
/// # Errors
/// There is none of that name.
pub fn register(crowd: Crowd, name: &str) -> Result<String> {
    let path = template(crowd)?.join("registers").join(format!("{name}.csv"));
    fs::read_to_string(&path).with_context(|| path.display().to_string())
}

/// The root of the project.
pub fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).map_or_else(|| here.clone(), Path::to_path_buf)
}

fn binary() -> PathBuf {
    std::env::var_os("JOBNET_SERVER")
        .map_or_else(|| root().join("target/release/jobnet-server"), PathBuf::from)
}

/// The folder of the database that all are copied from; made once per run.
fn template(crowd: Crowd) -> Result<&'static Path> {
    type Template = OnceLock<Result<TempDir, String>>;
    static SMALL: Template = OnceLock::new();
    static LARGE: Template = OnceLock::new();
    static TRIAL: Template = OnceLock::new();
    let template = match crowd {
        Crowd::Small => &SMALL,
        Crowd::Large => &LARGE,
        Crowd::Trial => &TRIAL,
    };
    let made = template.get_or_init(|| make_template(crowd).map_err(|error| format!("{error:#}")));
    made.as_ref().map(TempDir::path).map_err(|error| anyhow!("{error}"))
}

fn make_template(crowd: Crowd) -> Result<TempDir> {
    let base = root().join("target/e2e");
    fs::create_dir_all(&base).with_context(|| base.display().to_string())?;
    // A static is never dropped: what runs left that are over is cleared here.
    for entry in fs::read_dir(&base)?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_running =
            name.split('-').next().is_some_and(|id| Path::new("/proc").join(id).exists());
        if !is_running {
            fs::remove_dir_all(entry.path()).ok(); // another run may be clearing it as well
        }
    }
    let folder = TempDir::with_prefix_in(format!("{}-", std::process::id()), &base)?;
    let registers = folder.path().join("registers");
    let database = format!("sqlite://{}?mode=rwc", folder.path().join(DATABASE).display());
    let mut synthesise = Command::new(binary());
    synthesise.args([
        "synthesise",
        "--citizens",
        crowd.citizens(),
        "--seed",
        SEED,
        "--as-of",
        TODAY,
    ]);
    succeed(synthesise.arg("--out").arg(&registers))?;
    // First what was known then, so that corrections have a history.
    for folder in [registers.join("earlier"), registers] {
        let mut import = Command::new(binary());
        succeed(import.arg("import").arg(&folder).args(["--database-url", &database]))?;
    }
    Ok(folder)
}

/// Runs it; what it says.
fn succeed(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("{command:?}"))?;
    if output.status.success() {
        return Ok(String::from_utf8(output.stdout)?);
    }
    bail!("{command:?} failed: {}", String::from_utf8_lossy(&output.stderr))
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn is_ready(port: u16) -> bool {
    let answer = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        write!(stream, "GET {} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n", jobnet_api::paths::READYZ)?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    answer().is_ok_and(|answer| answer.split(' ').nth(1) == Some("200"))
}
