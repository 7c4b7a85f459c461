//! The command as a process: exit codes, what it prints, death in the middle, two at once.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use jobnet_server::import::ImportError;

use support::database::{TestDatabase, both};
use support::extracts::{ANNA, BO, CITIZENS, Extracts, RING, SICKNESS, WORK_HOURS, dump};

fn command(test: &TestDatabase, folder: &Extracts, flags: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jobnet-server"));
    // The configuration of whoever runs the tests is not the tests'.
    command.env_clear().env("JOBNET__KEYS__RING", RING).current_dir(folder.path());
    command.args(["--database-url", &test.url, "import"]).arg(folder.path()).args(flags);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(test: &TestDatabase, folder: &Extracts, flags: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = command(test, folder, flags).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code(), text(stdout), text(stderr))
}

#[tokio::test]
async fn it_says_what_it_did() {
    for test in both().await {
        let folder = Extracts::valid();
        let (code, out, err) = run(&test, &folder, &["--as-of", "2026-06-01"]);
        assert_eq!(code, Some(0), "{err}");
        assert!(out.contains("work_hours: 4 new, 0 changed, 0 unchanged"), "{out}");
        assert!(out.contains("as of 2026-06-01: 14 new, 0 changed, 0 unchanged"), "{out}");
        let (code, out, _) = run(&test, &folder, &["--as-of", "2026-06-01"]);
        assert_eq!(code, Some(0));
        assert!(out.contains("as of 2026-06-01: 0 new, 0 changed, 14 unchanged"), "{out}");
    }
}

#[tokio::test]
async fn a_refused_folder_ends_with_status_two_and_a_list() {
    for test in both().await {
        let folder = Extracts::new().with("citizens", CITIZENS, &[ANNA, BO]).with(
            "sickness",
            SICKNESS,
            &["SYN-1,2026-02-30,,care", "SYN-3,2026-02-03,,flu"],
        );
        let before = dump(&test.database).await;
        let (code, out, err) = run(&test, &folder, &[]);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{err}");
        assert!(err.contains("sickness.csv:2, from: “2026-02-30” is not a date"), "{err}");
        assert!(err.contains("3 error"), "{err}");
        let (code, _, err) = run(&test, &folder, &["--errors-json"]);
        assert_eq!(code, Some(2), "{err}");
        let problems: Vec<serde_json::Value> =
            err.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        assert_eq!(problems.len(), 3, "{err}");
        assert_eq!(problems[0]["file"], "sickness.csv");
        assert_eq!(problems[0]["line"], 2);
        assert_eq!(problems[0]["column"], "from");
        assert_eq!(problems[0]["value"], "2026-02-30");
        assert_eq!(problems[0]["code"], "date");
        assert_eq!(dump(&test.database).await, before);
    }
}

/// A folder that takes a while.
fn large() -> Extracts {
    let mut rows = String::from(WORK_HOURS);
    for employer in 0..20_000 {
        for month in 1..=12 {
            write!(rows, "\nSYN-1,2026-{month:02},Employer {employer},7.4,ordinary,1000,").unwrap();
        }
    }
    Extracts::new()
        .with("citizens", CITIZENS, &[ANNA, BO])
        .with_bytes("work_hours.csv", rows.as_bytes())
}

/// Starts an import and waits until it has stored the citizens and reads work hours.
fn in_the_middle(test: &TestDatabase, folder: &Extracts) -> Child {
    let mut child = command(test, folder, &["--as-of", "2026-07-01"]).spawn().unwrap();
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    while !line.contains("citizens.csv: 2 rows") {
        line.clear();
        assert!(stderr.read_line(&mut line).unwrap() > 0, "it ended before the citizens were read");
    }
    child
}

#[tokio::test]
async fn killed_in_the_middle_it_leaves_the_database_as_it_was() {
    for test in both().await {
        Extracts::valid().import_well(&test.database, "2026-06-01").await;
        let before = dump(&test.database).await;
        let folder = large();
        let mut child = in_the_middle(&test, &folder);
        std::thread::sleep(Duration::from_millis(300));
        child.kill().unwrap();
        // Killed, not ended by itself: it was in the middle.
        assert_eq!(child.wait().unwrap().signal(), Some(9), "{}", test.kind);
        assert_eq!(dump(&test.database).await, before, "{}", test.kind);
        // And the next import finds nothing of it in its way, once PostgreSQL has noticed the
        // death: it does so when the statement it is at has ended.
        let again = Extracts::valid();
        let mut outcome = again.import(&test.database, "2026-06-01").await;
        for _ in 0..100 {
            if !matches!(outcome, Err(ImportError::Busy)) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
            outcome = again.import(&test.database, "2026-06-01").await;
        }
        assert_eq!(outcome.unwrap().totals(), (0, 0, 14), "{}", test.kind);
    }
}

#[tokio::test]
async fn a_second_import_is_refused_while_one_runs() {
    for test in both().await {
        Extracts::valid().import_well(&test.database, "2026-06-01").await;
        let before = dump(&test.database).await;
        let running = test.database.begin_import().await.unwrap().expect("no other import runs");
        let (code, out, err) = run(&test, &Extracts::valid(), &["--as-of", "2026-07-01"]);
        assert_eq!((code, out.as_str()), (Some(1), ""), "{}: {err}", test.kind);
        assert!(err.contains("another import is running"), "{}: {err}", test.kind);
        running.rollback().await.unwrap();
        assert_eq!(dump(&test.database).await, before, "{}", test.kind);
        let (code, _, err) = run(&test, &Extracts::valid(), &["--as-of", "2026-07-01"]);
        assert_eq!(code, Some(0), "{}: {err}", test.kind);
    }
}

#[tokio::test]
async fn a_moved_clock_is_refused_where_not_everyone_is_made_up() {
    for test in both().await {
        Extracts::valid().import_well(&test.database, "2026-06-01").await;
        let before = dump(&test.database).await;
        let nowhere = tempfile::tempdir().unwrap();
        let mut serve = Command::new(env!("CARGO_BIN_EXE_jobnet-server"));
        serve.env_clear().env("JOBNET__KEYS__RING", RING).current_dir(nowhere.path());
        serve.args(["--database-url", &test.url, "serve", "--demo", "--listen", "127.0.0.1:0"]);
        // Without the app to serve it ends either way.
        serve.args(["--dist", "nowhere", "--now", "2036-06-01T12:00:00+02:00"]);
        let output = serve.output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success(), "{}: {said}", test.kind);
        assert!(said.contains("not made up"), "{}: {said}", test.kind);
        assert_eq!(dump(&test.database).await, before, "{}", test.kind);
    }
}
