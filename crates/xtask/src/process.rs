//! Starting other programs, with progress and with failures said in one sentence.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};

use crate::project;

static CLOCK: OnceLock<Instant> = OnceLock::new();

/// Seconds are counted from here.
pub(crate) fn start_clock() {
    CLOCK.get_or_init(Instant::now);
}

/// Prints a line with the seconds since the command began.
pub(crate) fn say(text: &str) {
    let seconds = CLOCK.get_or_init(Instant::now).elapsed().as_secs();
    println!("[{seconds:>4} s] {text}");
}

/// What becomes of a program's output while it runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Show {
    /// A line now and then that says where it is; everything if it fails.
    Progress,
    /// Every line.
    Everything,
}

/// How a program ended, and what it said.
pub(crate) struct Outcome {
    /// It ended with status 0.
    pub(crate) success: bool,
    /// Both streams, line by line as they came.
    pub(crate) log: String,
}

/// The programs that run, by process number.
static RUNNING: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

/// Asks every program that runs to end. Whoever waits for one of them sees it fail.
pub(crate) fn end_all() {
    for process in running().iter() {
        // One that has just ended by itself is what is wanted.
        Command::new("kill").arg(process.to_string()).status().ok();
    }
}

fn running() -> MutexGuard<'static, BTreeSet<u32>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

const HEARTBEAT: Duration = Duration::from_secs(10);
const LINES_OF_FAILURE: usize = 60;

/// cargo building tests, with every lint an error. What clippy reads is what is run: else all that the
/// workspace depends on would be compiled once to be read and again to be run. (clippy's compiler leaves
/// out some early optimisations of our own crates, and no check that our code could fail.)
pub(crate) fn cargo_linted(arguments: &[&str]) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.args(arguments).current_dir(project::root());
    // As `cargo clippy -- -D warnings` calls it, but for a build.
    cargo.env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver");
    cargo.env("CLIPPY_ARGS", "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__");
    cargo
}

/// Runs a program to its end.
///
/// # Errors
/// The program cannot be started. That it failed is in the [`Outcome`].
pub(crate) fn watch(label: &str, command: &mut Command, show: Show) -> Result<Outcome> {
    let program = command.get_program().to_string_lossy().into_owned();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("`{program}` cannot be started"))?;
    running().insert(child.id());
    let (sender, lines) = mpsc::channel();
    let streams: [Option<Box<dyn Read + Send>>; 2] = [
        child.stdout.take().map(|stream| Box::new(stream) as Box<dyn Read + Send>),
        child.stderr.take().map(|stream| Box::new(stream) as Box<dyn Read + Send>),
    ];
    for stream in streams.into_iter().flatten() {
        let sender = sender.clone();
        thread::spawn(move || forward(stream, &sender));
    }
    drop(sender);
    let mut log = String::new();
    let mut last_said = Instant::now();
    loop {
        match lines.recv_timeout(HEARTBEAT) {
            Ok(line) => {
                log.push_str(&line);
                log.push('\n');
                if show == Show::Everything {
                    println!("{line}");
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if show == Show::Progress && last_said.elapsed() >= HEARTBEAT {
            last_said = Instant::now();
            say(&format!("  {label}: {}", where_it_is(&log)));
        }
    }
    // Not one that is waited for: its number may then be another's.
    running().remove(&child.id());
    let status = child.wait().with_context(|| format!("`{program}` was lost"))?;
    Ok(Outcome { success: status.success(), log })
}

/// Runs a program that has to succeed, and gives what it said.
///
/// # Errors
/// It cannot be started, or fails; the message says which registry could not be reached, if
/// that was the reason.
pub(crate) fn must(label: &str, command: &mut Command, show: Show) -> Result<String> {
    let outcome = watch(label, command, show)?;
    if outcome.success {
        return Ok(outcome.log);
    }
    if let Some(sentence) = unreachable_registry(&outcome.log) {
        return Err(anyhow!("{label}: {sentence}"));
    }
    if show == Show::Progress {
        let lines: Vec<&str> = outcome.log.lines().collect();
        for line in &lines[lines.len().saturating_sub(LINES_OF_FAILURE)..] {
            eprintln!("    {line}");
        }
    }
    Err(anyhow!("{label} failed; its own words are above"))
}

/// Ends a program that would otherwise outlive an early return.
pub(crate) struct Guard(pub(crate) Child);

impl Drop for Guard {
    fn drop(&mut self) {
        // Both fail only if it has already ended.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// The standard output of a small program, or `None` if it is missing or fails.
pub(crate) fn ask(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn forward(stream: impl Read, sender: &Sender<String>) {
    let mut reader = BufReader::new(stream);
    let mut bytes = Vec::new();
    while matches!(reader.read_until(b'\n', &mut bytes), Ok(1..)) {
        let line = String::from_utf8_lossy(&bytes).trim_end().to_owned();
        if sender.send(line).is_err() {
            return;
        }
        bytes.clear();
    }
}

/// One line on where a program is: its last words, and how many crates it has compiled.
fn where_it_is(log: &str) -> String {
    let crates = log.lines().filter(|line| line.trim_start().starts_with("Compiling ")).count();
    let last = log.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("starting").trim();
    let last: String = last.chars().take(90).collect();
    if crates > 0 { format!("{last} ({crates} crates so far)") } else { last }
}

/// If the words of a failed program say that a registry could not be reached: which, and what
/// to try.
fn unreachable_registry(log: &str) -> Option<&'static str> {
    const REGISTRIES: [(&[&str], &str); 5] = [
        (
            &[
                "failed to download",
                "failed to query replaced source",
                "failed to get `",
                "download of config.json failed",
                "spurious network error",
            ],
            "crates.io could not be reached; check the network, set HTTPS_PROXY, or name a \
             mirror in ~/.cargo/config.toml, and run the command again: it goes on where it was",
        ),
        (
            &["npm error code E", "npm ERR! code E", "npm error network"],
            "the npm registry could not be reached; check the network, or name a mirror with \
             `npm config set registry URL`, and run the command again",
        ),
        (
            &["could not download file from", "failed to download file"],
            "the Rust distribution server (static.rust-lang.org) could not be reached; check the \
             network, or name a mirror in RUSTUP_DIST_SERVER, and run the command again",
        ),
        (
            &["ERROR: Could not find a version", "ERROR: No matching distribution"],
            "PyPI could not be reached; check the network, or name a mirror in PIP_INDEX_URL, and \
             run the command again",
        ),
        (
            &["E: Failed to fetch", "E: Unable to locate package", "Temporary failure resolving"],
            "the Debian package server could not be reached; check the network and \
             /etc/apt/sources.list, and run the command again",
        ),
    ];
    const NETWORK: [&str; 12] = [
        "ENOTFOUND",
        "ECONNREFUSED",
        "ECONNRESET",
        "ETIMEDOUT",
        "EAI_AGAIN",
        "resolv",
        "onnect",
        "timed out",
        "timeout",
        "network",
        "error sending request",
        "Unable to locate",
    ];
    let looks_like_network = NETWORK.iter().any(|word| log.contains(word));
    REGISTRIES
        .iter()
        .find(|(signs, _)| looks_like_network && signs.iter().any(|sign| log.contains(sign)))
        .map(|(_, sentence)| *sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unreachable_registry_is_named() {
        let cases = [
            (
                "error: failed to download from `https://index.crates.io/x`\n\
                 Caused by: [6] Could not resolve hostname",
                Some("crates.io"),
            ),
            ("npm error code ENOTFOUND\nnpm error syscall getaddrinfo", Some("npm")),
            ("npm error code EUSAGE\nnpm error lock file out of sync", None),
            (
                "error: could not download file from 'https://x' to 'y': timed out",
                Some("static.rust-lang.org"),
            ),
            ("E: Failed to fetch http://deb/x  Temporary failure resolving 'deb'", Some("Debian")),
            (
                "WARNING: Retrying after connection broken by 'NewConnectionError'\n\
                 ERROR: No matching distribution found for anyio==4.16.0",
                Some("PyPI"),
            ),
            ("ERROR: No matching distribution found for anyio==99", None),
            ("error[E0425]: cannot find value `x` in this scope", None),
        ];
        for (log, expected) in cases {
            match (unreachable_registry(log), expected) {
                (Some(sentence), Some(name)) => assert!(sentence.contains(name), "{log}"),
                (found, expected) => assert_eq!(found, expected, "{log}"),
            }
        }
    }

    #[test]
    fn progress_says_the_last_line_and_counts_crates() {
        let log = "   Compiling a v1.0.0\n   Compiling b v2.0.0\n\n";
        assert_eq!(where_it_is(log), "Compiling b v2.0.0 (2 crates so far)");
        assert_eq!(where_it_is(""), "starting");
    }

    #[test]
    fn what_runs_can_be_ended_and_then_has_failed() {
        let begun = Instant::now();
        let waits = thread::spawn(|| {
            watch("sh", Command::new("sh").args(["-c", "exec sleep 120"]), Show::Progress)
        });
        let is_ours = |number: &u32| {
            let words = std::fs::read(format!("/proc/{number}/cmdline")).unwrap_or_default();
            words == b"sleep\x00120\x00"
        };
        let number = loop {
            let found = running().iter().copied().find(is_ours);
            if let Some(number) = found {
                break number;
            }
            assert!(begun.elapsed() < Duration::from_secs(60), "it does not run");
        };
        // Not `end_all`: other tests run programs, too.
        Command::new("kill").arg(number.to_string()).status().unwrap();
        assert!(!waits.join().unwrap().unwrap().success);
        assert!(!running().contains(&number));
    }

    #[test]
    fn a_failing_program_is_an_error_and_its_words_are_kept() {
        let outcome =
            watch("sh", Command::new("sh").args(["-c", "echo no >&2; exit 3"]), Show::Progress);
        let outcome = outcome.unwrap();
        assert!(!outcome.success);
        assert_eq!(outcome.log, "no\n");
        assert!(must("sh", Command::new("sh").args(["-c", "exit 3"]), Show::Progress).is_err());
    }
}
