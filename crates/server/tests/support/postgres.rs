//! A real PostgreSQL of the test's own: a private cluster on a free port of the loopback address,
//! stopped when it is dropped.

use std::fs::{self, File};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A running cluster.
#[derive(Debug)]
pub struct Postgres {
    server: Child,
    port: u16,
    folder: TempDir,
}

/// The log of the cluster.
const LOG: &str = "log";

/// The name of a database, by its address.
fn name(url: &str) -> &str {
    url.rsplit('/').next().unwrap_or_default()
}

/// Where Debian keeps the servers' programs; the newest version wins.
fn programs() -> PathBuf {
    let mut versions: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .expect("PostgreSQL is installed (apt-get install postgresql)")
        .map(|entry| entry.expect("its folder can be read").path().join("bin"))
        .collect();
    versions.sort();
    versions.pop().expect("a version of PostgreSQL is installed")
}

/// Starts from a thread that never ends: the signal of a parent's death comes when the thread that
/// started the child ends.
fn spawn(mut command: Command) -> Child {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let _ = sender.send(command.spawn());
        loop {
            std::thread::park();
        }
    });
    receiver.recv().expect("the thread answers").expect("postgres runs")
}

/// PostgreSQL refuses to run as root: then its own user runs it.
fn as_postgres(program: &Path) -> Command {
    let root = fs::metadata("/proc/self")
        .map(|metadata| std::os::unix::fs::MetadataExt::uid(&metadata) == 0)
        .unwrap_or(false);
    let mut command = Command::new("setpriv");
    // A server whose test was killed would run on for ever otherwise.
    command.arg("--pdeathsig=KILL");
    if root {
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]);
    }
    command.arg(program);
    command
}

impl Postgres {
    /// Makes a cluster and waits until it answers.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).expect("permissions");
        let data = folder.path().join("data");
        let made = as_postgres(&programs().join("initdb"))
            .current_dir("/")
            .args(["--no-sync", "--auth=trust", "--username=test", "--encoding=UTF8"])
            .args(["--locale=C", "-D"])
            .arg(&data)
            .stdout(Stdio::null())
            .status()
            .expect("initdb runs");
        assert!(made.success(), "initdb failed");
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .expect("a free port")
            .port();
        let mut server = as_postgres(&programs().join("postgres"));
        server
            .current_dir("/")
            .arg("-D")
            .arg(&data)
            .args(["-p", &port.to_string(), "-h", "127.0.0.1", "-F"])
            .arg("-k")
            .arg(folder.path())
            .args(["-c", "log_line_prefix=%d "])
            .stdout(Stdio::null())
            .stderr(File::create(folder.path().join(LOG)).expect("a file for the log"));
        let cluster = Self { server: spawn(server), port, folder };
        cluster.wait();
        cluster
    }

    fn wait(&self) {
        let begun = Instant::now();
        while !self.sql("postgres", "SELECT 1") {
            assert!(begun.elapsed() < Duration::from_secs(30), "PostgreSQL does not answer");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn sql(&self, database: &str, sql: &str) -> bool {
        Command::new(programs().join("psql"))
            .args(["-h", "127.0.0.1", "-p", &self.port.to_string(), "-U", "test", "-q", "-c", sql])
            .arg(database)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }

    /// Writes down what is said from now on over new connections to a database of this address.
    pub fn listen_to(&self, url: &str) {
        let name = name(url);
        let sql = format!("ALTER DATABASE {name} SET log_statement = 'all'");
        assert!(self.sql("postgres", &sql), "nobody listens to {name}");
    }

    /// What was written down of a database of this address, without the values.
    pub fn statements(&self, url: &str) -> Vec<String> {
        let log = fs::read_to_string(self.folder.path().join(LOG)).expect("the log");
        let said = format!("{} LOG:  ", name(url));
        log.lines()
            .filter_map(|line| line.strip_prefix(&said)?.split_once(": "))
            .filter(|(how, _)| *how == "statement" || how.starts_with("execute "))
            .map(|(_, sql)| sql.to_owned())
            .collect()
    }

    /// An empty database of this name, as an address.
    pub fn database(&self, name: &str) -> String {
        assert!(self.sql("postgres", &format!("CREATE DATABASE {name}")), "no database {name}");
        format!("postgres://test@127.0.0.1:{}/{name}", self.port)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // The data is thrown away: no need to end well.
        let _ = self.server.kill();
        let _ = self.server.wait();
        // Its folder belongs to the user postgres and root may delete it.
        let _ = fs::remove_dir_all(self.folder.path());
    }
}
