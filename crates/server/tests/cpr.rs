//! CPR numbers in the database: sealed on the way in, found by keyed hash, sealed anew under
//! another key, and nowhere readable.
#![allow(clippy::expect_used, reason = "a test may panic, in its helpers too")]

mod support;

use std::fs;
use std::process::{Command, Output};

use jobnet_server::cpr;
use jobnet_server::db::Database;
use jobnet_server::import::{ImportError, Show, import};
use jobnet_server::keys::Keyring;
use sea_orm::{ConnectionTrait, Statement};

use support::database::{TestDatabase, both, sqlite};
use support::extracts::{ANNA, BO, CITIZENS, Extracts, keys, query, when};

const ANNAS: &str = "0181901234";
const BOS: &str = "0282852345";

/// Anna and Bo, and then Anna with another number.
async fn with_history(test: &TestDatabase) {
    Extracts::valid().import_well(&test.database, "2026-11-01").await;
    let renumbered = ANNA.replace(ANNAS, "0181905555");
    let later = Extracts::new().with("citizens", CITIZENS, &[&renumbered, BO]);
    later.import_well(&test.database, "2026-11-22").await;
}

/// Every table of the database, as text; bytes as hexadecimal digits.
async fn everything(test: &TestDatabase) -> String {
    let facts = query(&test.database, "SELECT * FROM citizen_facts").await;
    let sealed = match test.kind {
        "sqlite" => "SELECT hash, citizen_id, key_id, hex(sealed) AS sealed FROM cpr_numbers",
        _ => "SELECT hash, citizen_id, key_id, encode(sealed, 'escape') AS sealed FROM cpr_numbers",
    };
    (facts.join("\n") + "\n") + &query(&test.database, sealed).await.join("\n")
}

async fn number(database: &Database, keys: &Keyring, cpr: &str) -> Option<i32> {
    cpr::find(database.read(), keys, cpr).await.expect("reads")
}

/// The numbers behind all versions of a citizen's facts, oldest first.
async fn history(database: &Database, keys: &Keyring, citizen: i32) -> Vec<String> {
    let sql = format!("SELECT run_id, cpr_hash FROM citizen_facts WHERE citizen_id = {citizen}");
    let mut numbers = Vec::new();
    for row in query(database, &sql).await {
        let hash = row.rsplit('=').next().expect("a hash").to_owned();
        let opened = cpr::open(database.read(), keys, citizen, &hash).await.expect("opens");
        numbers.push(opened.expect("a number"));
    }
    numbers
}

fn ring(lines: &[(&str, &str)]) -> Keyring {
    let lines: Vec<String> =
        lines.iter().map(|(id, byte)| format!("{id}:{}", byte.repeat(32))).collect();
    Keyring::parse(&lines.join("\n")).expect("a ring")
}

#[tokio::test]
async fn numbers_are_sealed_on_the_way_in_with_their_history_and_found_by_hash() {
    for test in both().await {
        with_history(&test).await;
        let all = everything(&test).await;
        for part in ["0181901234", "0181905555", "0282852345", "90123", "85234"] {
            assert!(!all.contains(part), "{}: {part} in {all}", test.kind);
        }
        let database = &test.database;
        assert_eq!(number(database, &keys(), "0181905555").await, Some(1));
        assert_eq!(number(database, &keys(), BOS).await, Some(2));
        assert_eq!(number(database, &keys(), ANNAS).await, None, "hers no longer");
        assert_eq!(number(database, &keys(), "0101010101").await, None);
        assert_eq!(number(database, &ring(&[("test", "08")]), BOS).await, None, "another key");
        assert_eq!(history(database, &keys(), 1).await, [ANNAS, "0181905555"]);
    }
}

#[tokio::test]
async fn the_same_extracts_again_change_nothing() {
    for test in both().await {
        Extracts::valid().import_well(&test.database, "2026-11-22").await;
        let before = everything(&test).await;
        let (new, changed, _) = Extracts::valid().import_well(&test.database, "2026-11-22").await;
        assert_eq!((new, changed), (0, 0));
        assert_eq!(everything(&test).await, before, "not even the random part");
    }
}

#[tokio::test]
async fn rotation_seals_everything_anew_and_servers_go_on_meanwhile() {
    for test in both().await {
        with_history(&test).await;
        let database = &test.database;
        let both = ring(&[("k2", "09"), ("test", "07")]);
        assert_eq!(number(database, &both, BOS).await, Some(2), "before");
        let folder = Extracts::valid();
        let early = import(database, &both, folder.path(), when(), Show::Nothing).await;
        assert!(matches!(early, Err(ImportError::MixedKeys)), "{early:?}");
        assert_eq!(cpr::rotate(database, &both).await.expect("rotates"), 3);
        assert_eq!(cpr::rotate(database, &both).await.expect("rotates"), 0, "safe to repeat");
        let new = ring(&[("k2", "09")]);
        assert_eq!(history(database, &new, 1).await, [ANNAS, "0181905555"]);
        assert_eq!(number(database, &new, BOS).await, Some(2));
        assert_eq!(number(database, &keys(), BOS).await, None, "the old key is of no use");
        let rows = query(database, "SELECT DISTINCT key_id FROM cpr_numbers").await;
        assert_eq!(rows, ["key_id=k2"]);
        let later =
            Extracts::new().with("citizens", CITIZENS, &[&ANNA.replace(ANNAS, "0181905555"), BO]);
        let report = import(database, &new, later.path(), when(), Show::Nothing).await;
        let (new_rows, changed, _) = report.expect("imports").totals();
        assert_eq!((new_rows, changed), (0, 0), "the numbers are still the same numbers");
    }
}

#[tokio::test]
async fn numbers_from_before_are_sealed() {
    for test in both().await {
        with_history(&test).await;
        let db = test.database.read();
        for sql in [
            "DELETE FROM cpr_numbers",
            "UPDATE citizen_facts SET cpr_hash = '0181901234' WHERE citizen_id = 1",
            "UPDATE citizen_facts SET cpr_hash = '0282852345' WHERE citizen_id = 2",
        ] {
            let statement = Statement::from_string(db.get_database_backend(), sql);
            db.execute_raw(statement).await.expect("changes");
        }
        let sealed = cpr::seal_plain(&test.database, &keys()).await.expect("seals");
        assert_eq!(sealed, 2);
        assert_eq!(number(&test.database, &keys(), ANNAS).await, Some(1));
        assert_eq!(history(&test.database, &keys(), 1).await, [ANNAS, ANNAS]);
    }
}

#[tokio::test]
async fn a_number_moved_to_another_citizen_cannot_be_opened() {
    let test = sqlite().await;
    Extracts::valid().import_well(&test.database, "2026-11-22").await;
    let db = test.database.read();
    let swap = "UPDATE cpr_numbers SET sealed = (SELECT sealed FROM cpr_numbers \
                WHERE citizen_id = 1) WHERE citizen_id = 2";
    db.execute_raw(Statement::from_string(db.get_database_backend(), swap)).await.expect("swaps");
    let hash = keys().index(BOS);
    assert!(cpr::open(db, &keys(), 2, &hash).await.is_err());
}

fn program(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jobnet-server")).args(arguments).output().expect("runs")
}

#[test]
fn the_keys_are_made_beside_the_file_and_missed_when_they_are_gone() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("jobnet.db");
    let url = format!("sqlite:{}", path.display());
    let extracts = Extracts::valid();
    let import = || {
        let folder = extracts.path().display().to_string();
        program(&["import", &folder, "--database-url", &url])
    };
    assert!(import().status.success());
    let made = folder.path().join("jobnet.db.keys");
    let line = fs::read_to_string(&made).expect("made");
    assert!(import().status.success(), "found again");
    fs::remove_file(&made).expect("deletes");
    let output = import();
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(error.contains("keys.file") && error.contains("jobnet.db.keys"), "{error}");

    // A new key in front of the old one, and everything sealed anew.
    let new = program(&["keys", "new", "k2", "--database-url", &url]).stdout;
    let new = String::from_utf8(new).expect("UTF-8");
    fs::write(&made, new + &line).expect("writes");
    let rotated = program(&["keys", "rotate", "--database-url", &url]);
    let said = String::from_utf8(rotated.stdout).expect("UTF-8");
    let (numbers, seeds) = said.split_once('\n').expect("two lines");
    assert_eq!(numbers, "2 CPR numbers sealed under the key k2");
    assert_eq!(seeds, "0 seeds of trials sealed under the key k2\n");
    assert!(import().status.success());
    let bytes = [&path, &folder.path().join("jobnet.db-wal")]
        .map(|file| fs::read(file).unwrap_or_default())
        .concat();
    for cpr in [ANNAS, BOS] {
        assert!(!bytes.windows(10).any(|part| part == cpr.as_bytes()), "{cpr} is in the file");
    }
}
