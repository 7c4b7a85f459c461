//! `jobnet-server trial …` as scripts use it.

use std::path::Path;
use std::process::{Command, Output};

use rusqlite::Connection;

use crate::{FILE, KEY};

fn trial(folder: &Path, arguments: &[&str]) -> Output {
    let database = format!("sqlite:{}", folder.join("jobnet.db").display());
    let mut command = Command::new(env!("CARGO_BIN_EXE_jobnet-server"));
    command.current_dir(folder).args(["--database-url", &database, "trial"]).args(arguments);
    command.env("JOBNET__LOG__FILTER", "error").output().expect("runs")
}

/// What the record says was looked at.
fn looks(folder: &Path) -> Vec<(String, String)> {
    let record = Connection::open(folder.join("jobnet.db.access-log")).expect("opens");
    let sql = "SELECT handle, criterion FROM access_log WHERE category = 'trials' ORDER BY seq";
    let mut rows = record.prepare(sql).expect("is SQL");
    let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("reads");
    rows.map(|row| row.expect("a row")).collect()
}

fn well(folder: &Path, arguments: &[&str]) -> String {
    let output = trial(folder, arguments);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

fn badly(folder: &Path, arguments: &[&str], status: i32) -> String {
    let output = trial(folder, arguments);
    assert_eq!(output.status.code(), Some(status), "{arguments:?}");
    String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8")
}

#[test]
fn a_trial_goes_from_file_to_report_by_commands() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    let file = folder.join("protocol.json");
    std::fs::write(&file, FILE).expect("writes");
    let file = file.display().to_string();
    assert_eq!(well(folder, &["import", &file]), format!("{KEY} is a draft, version 1\n"));
    assert_eq!(well(folder, &["import", &file]), format!("{KEY} is a draft, version 2\n"));
    assert_eq!(well(folder, &["export", KEY]), FILE);
    assert!(badly(folder, &["verify", KEY], 1).contains("is not registered"));
    assert!(badly(folder, &["start", KEY], 1).contains("Draft"));
    let registered = well(folder, &["register", KEY]);
    let digest = |line: &str| {
        let found = registered.lines().find_map(|text| text.strip_prefix(line));
        found.expect("a digest").to_owned()
    };
    let protocol: jobnet_trials::protocol::Protocol = serde_json::from_str(FILE).expect("JSON");
    assert_eq!(digest("protocol sha256:"), protocol.digest().expect("digests").to_string());
    assert!(badly(folder, &["import", &file], 1).contains("locked"));
    for (arguments, expected) in [
        (vec!["start", KEY], "is running"),
        (vec!["pause", KEY, "--why", "a fault"], "is paused"),
        (vec!["resume", KEY], "is running"),
        (vec!["list"], "is running: 0 of 4000 units enrolled, 2026-11-01 to 2027-05-31"),
        (vec!["close", KEY, "--why", "enough"], "is closed"),
        (vec!["verify", KEY], "0 units of visualisation-2026: every lot is as drawn"),
    ] {
        assert!(well(folder, &arguments).contains(expected), "{arguments:?}");
    }
    assert!(badly(folder, &["pause", KEY, "--why", "x"], 1).contains("Closed"));
    let reported = well(folder, &["report", KEY, "--da", "Ord er nok.", "--en", "Words do."]);
    let seed = reported.lines().find_map(|line| line.strip_prefix("seed ")).expect("the seed");
    let seed: jobnet_trials::randomise::Seed = seed.parse().expect("a seed");
    assert_eq!(seed.commitment().to_string(), digest("seed sha256:"));
    assert!(badly(folder, &["object", KEY, "--citizen", "SYN-1"], 1).contains("no citizen"));
    assert!(badly(folder, &["close", "nothing", "--why", "x"], 1).contains("there is no trial"));
}

#[test]
fn what_is_no_protocol_is_refused_with_its_place() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    for (text, place) in [
        ("{\"key\": \"A\"}".to_owned(), "key"),
        (FILE.replace("\"weight\": 1", "\"weight\": -1"), "arms[0].weight"),
        (FILE.replace("\"question\"", "\"guess\""), "guess"),
        (format!("{FILE}{{}}"), "trailing"),
        ("no JSON".to_owned(), "line 1"),
    ] {
        std::fs::write(folder.join("protocol.json"), text).expect("writes");
        let said = badly(folder, &["import", "protocol.json"], 1);
        assert!(said.contains(place), "{said}");
    }
    assert!(badly(folder, &["import", "nowhere.json"], 1).contains("nowhere.json"));
    assert_eq!(well(folder, &["list"]), "");
    let blank = FILE.replace("\"surface\": \"account\"", "\"surface\": \"radio\"");
    std::fs::write(folder.join("protocol.json"), blank).expect("writes");
    let said = well(folder, &["import", "protocol.json"]);
    assert!(said.contains("before it can be registered: surface is not known"), "{said}");
    assert!(badly(folder, &["register", KEY], 1).contains("surface is not known"));
}

#[test]
fn a_ledger_that_was_changed_by_force_ends_with_status_2_and_a_sentence() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    std::fs::write(folder.join("protocol.json"), FILE).expect("writes");
    for arguments in [&["import", "protocol.json"][..], &["register", KEY], &["start", KEY]] {
        well(folder, arguments);
    }
    let database = Connection::open(folder.join("jobnet.db")).expect("opens");
    let forged = "INSERT INTO trial_assignments (trial_id, unit, arm, stratum, seq, block, \
                  position, algorithm, assigned_at, build) \
                  SELECT 1, 'forged ' || value, 'words-earned', '/dagpenge', value, 0, value, \
                  'blocks-1', 0, 'b' FROM (SELECT 0 AS value UNION SELECT 1 UNION \
                  SELECT 2 UNION SELECT 3)";
    database.execute(forged, []).expect("inserts");
    drop(database);
    let said = badly(folder, &["verify", KEY], 2);
    assert!(said.contains("but words-") || said.contains("was drawn"), "{said}");
    assert!(said.contains("the ledger is not what the seed and the protocol say"), "{said}");
}

#[test]
fn every_look_by_a_command_is_in_the_record() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    std::fs::write(folder.join("protocol.json"), FILE).expect("writes");
    well(folder, &["import", "protocol.json"]);
    well(folder, &["register", KEY]);
    assert_eq!(looks(folder), []);
    well(folder, &["list"]);
    well(folder, &["export", KEY]);
    well(folder, &["verify", KEY]);
    badly(folder, &["verify", "nothing"], 1);
    let expected = [
        "list of all trials".to_owned(),
        format!("protocol of the trial {KEY}"),
        format!("verify of the trial {KEY}"),
        "verify of the trial nothing".to_owned(),
    ];
    assert_eq!(looks(folder), expected.map(|look| ("system".to_owned(), look)));
    let database = format!("sqlite:{}", folder.join("jobnet.db").display());
    let mut audit = Command::new(env!("CARGO_BIN_EXE_jobnet-server"));
    audit.current_dir(folder).args(["--database-url", &database, "audit", "verify"]);
    assert!(audit.output().expect("runs").status.success(), "the chain holds");
    // What cannot be recorded is not shown.
    std::fs::remove_file(folder.join("jobnet.db.access-log")).expect("deletes");
    std::fs::create_dir(folder.join("jobnet.db.access-log")).expect("is made");
    assert!(!badly(folder, &["export", KEY], 1).contains("question"));
}

#[test]
fn without_its_keys_a_database_with_a_seed_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    std::fs::write(folder.join("protocol.json"), FILE).expect("writes");
    well(folder, &["import", "protocol.json"]);
    well(folder, &["register", KEY]);
    std::fs::remove_file(folder.join("jobnet.db.keys")).expect("deletes");
    assert!(badly(folder, &["verify", KEY], 1).contains("there are no keys in"));
    assert!(!folder.join("jobnet.db.keys").exists(), "no new ones are made in their place");
}

#[test]
fn every_protocol_that_is_delivered_can_be_registered_and_run_beside_the_others() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    let delivered = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("trials");
    let mut keys = Vec::new();
    for file in std::fs::read_dir(delivered).expect("protocols") {
        let file = file.expect("a file").path();
        let key = file.file_stem().and_then(|name| name.to_str()).expect("a key").to_owned();
        let said = well(folder, &["import", file.to_str().expect("a path")]);
        if key == HARMFUL {
            assert_harm_is_all_that_stops_it(folder, &said);
            continue;
        }
        assert_eq!(said, format!("{key} is a draft, version 1\n"));
        well(folder, &["register", &key]);
        well(folder, &["start", &key]);
        keys.push(key);
    }
    keys.sort();
    assert_eq!(keys, ["checklist-2026", "letters-2026", "receipt-texts-2026", KEY]);
    std::fs::write(folder.join("protocol.json"), receipt_by_sign_in()).expect("writes");
    let said = well(folder, &["import", "protocol.json"]);
    assert!(said.contains("enrolment does not go with"), "{said}");
}

/// The protocol that is delivered to be looked at.
const HARMFUL: &str = "generic-notice-2023";

/// Its published harm stands in the way of registering it, nothing else does, and leaving the harm out
/// of the file does not help.
fn assert_harm_is_all_that_stops_it(folder: &Path, said: &str) {
    let harm = "has a published harm and can only be previewed";
    let lacks: Vec<_> = said.lines().skip(1).collect();
    let expected = ["arms[2].known_harm", "arms[2].settings.presentation"]
        .map(|field| format!("before it can be registered: {field} {harm}"));
    assert_eq!(lacks, expected);
    for step in ["register", "start"] {
        badly(folder, &[step, HARMFUL], 1);
    }
    let mut file: serde_json::Value =
        serde_json::from_str(&well(folder, &["export", HARMFUL])).expect("JSON");
    let arm = file["arms"][2].as_object_mut().expect("an arm");
    assert!(arm.remove("known_harm").is_some(), "the draft keeps the harm");
    std::fs::write(folder.join("silent.json"), file.to_string()).expect("writes");
    let said = well(folder, &["import", "silent.json"]);
    assert_eq!(said.lines().skip(1).collect::<Vec<_>>(), expected[1..]);
    assert!(badly(folder, &["register", HARMFUL], 1).contains(harm));
}

/// A protocol of the receipt that would enrol before anyone has sent a form.
fn receipt_by_sign_in() -> String {
    let text = include_str!("../../trials/receipt-texts-2026.json");
    text.replace("receipt-texts-2026", "by-sign-in").replace("first_use", "sign_in")
}
