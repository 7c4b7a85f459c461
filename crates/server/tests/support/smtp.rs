//! A real mail server (aiosmtpd, pinned) that keeps what it takes and tells it in a log.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tempfile::TempDir;

/// A running server.
#[derive(Debug)]
pub struct Sink {
    server: Child,
    pub port: u16,
    folder: TempDir,
    seen: Arc<AtomicU64>,
}

fn files() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/outbox")
}

/// Python with the packages of the list, made once and again when the list changes.
fn python() -> PathBuf {
    let list = files().join("requirements.txt");
    let wanted = fs::read_to_string(&list).expect("the list of packages");
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("smtp-sink");
    let (python, mark) = (place.join("bin/python"), place.join("packages"));
    let lock = File::create(place.with_extension("lock")).expect("a lock");
    lock.lock().expect("the lock");
    if fs::read_to_string(&mark).is_ok_and(|had| had == wanted) {
        return python;
    }
    let must = |command: &mut Command| {
        let status = command.status().expect("python3 is installed (apt-get install python3-venv)");
        assert!(status.success(), "{command:?}");
    };
    must(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&place));
    let pip = ["install", "--quiet", "--disable-pip-version-check", "--requirement"];
    must(Command::new(place.join("bin/pip")).args(pip).arg(&list));
    fs::write(&mark, wanted).expect("writes");
    python
}

impl Sink {
    /// Starts one; this share of the messages is slow.
    pub fn start(slow: f64) -> Self {
        Self::start_with(&[slow.to_string()])
    }

    /// Starts one that takes messages over TLS only: `starttls` or `tls`, its certificate and key.
    pub fn with_tls(protection: &str, certificate: &Path, key: &Path) -> Self {
        let file = |path: &Path| path.display().to_string();
        let slow = "0".to_owned();
        Self::start_with(&[slow, protection.to_owned(), file(certificate), file(key)])
    }

    fn start_with(arguments: &[String]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(folder.path().join("store")).expect("a folder");
        let mut server = Command::new(python())
            .arg(files().join("sink.py"))
            .arg(folder.path().join("log"))
            .arg(folder.path().join("store"))
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut lines = BufReader::new(server.stdout.take().expect("its output")).lines();
        let port = lines.next().expect("a line").expect("text").parse().expect("a port");
        let seen = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&seen);
        std::thread::spawn(move || {
            for _ in lines {
                counter.fetch_add(1, Ordering::SeqCst);
            }
        });
        Self { server, port, folder, seen }
    }

    /// How many messages have come in, taken or not.
    pub fn seen(&self) -> u64 {
        self.seen.load(Ordering::SeqCst)
    }

    pub fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// How often each recipient got a message.
    pub fn taken(&self) -> BTreeMap<String, u32> {
        let mut taken = BTreeMap::new();
        for line in fs::read_to_string(self.log()).expect("the log").lines() {
            let (_, to) = line.split_once("to=<").expect("a recipient");
            *taken.entry(to.trim_end_matches('>').to_owned()).or_insert(0) += 1;
        }
        taken
    }

    /// Each message as it came, in the order of coming.
    pub fn messages(&self) -> Vec<String> {
        let path = |number: u32| self.folder.path().join(format!("store/{number}.eml"));
        (1..).map_while(|number| fs::read_to_string(path(number)).ok()).collect()
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
