//! The real importer on a real database: what comes in is imported whole, and then a second time
//! changes nothing, or refused with at least one problem. The first byte names the register that
//! the rest are the rows of; from 128 on, the rest brings its own header.
#![no_main]

use std::fs;
use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate};
use jobnet_server::db::Database;
use jobnet_server::import::spec::REGISTERS;
use jobnet_server::import::{ImportError, Show, When, import};
use jobnet_server::keys::Keyring;
use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;
use tokio::runtime::Runtime;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("one")
});

/// An empty database with the schema, to copy.
static EMPTY: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    RUNTIME.block_on(async {
        let database = Database::connect(&url(&folder), 1).await.expect("connects");
        database.migrate().await.expect("migrates");
        database.close().await.expect("closes");
    });
    folder
});

/// Somebody whom rows of other registers can be about.
const CITIZEN: &str = "SYN-1,0181901234,Asta,Vinterlund,1990-01-01,Aarhus,Fagenes A-kasse,\
                       Jobcenter Aarhus,dagpenge,full_time,22041.00,,false,2026-03-01,2026-02-27,,";

fn url(folder: &TempDir) -> String {
    format!("sqlite://{}?mode=rwc", folder.path().join("test.sqlite").display())
}

fn header(register: usize) -> String {
    let names: Vec<&str> = REGISTERS[register].columns.iter().map(|column| column.name).collect();
    names.join(",") + "\n"
}

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rows)) = bytes.split_first() else { return };
    let register = usize::from(first % 128) % REGISTERS.len();
    let place = tempfile::tempdir().expect("a folder");
    for file in fs::read_dir(EMPTY.path()).expect("a folder").flatten() {
        fs::copy(file.path(), place.path().join(file.file_name())).expect("copies");
    }
    let extracts = tempfile::tempdir().expect("a folder");
    let write = |register: usize, text: &[u8]| {
        let file = extracts.path().join(format!("{}.csv", REGISTERS[register].name));
        fs::write(file, text).expect("writes");
    };
    if register > 0 {
        write(0, format!("{}{CITIZEN}\n", header(0)).as_bytes());
    }
    let own_header = if *first < 128 { header(register) } else { String::new() };
    write(register, &[own_header.as_bytes(), rows].concat());
    RUNTIME.block_on(async {
        let database = Database::connect(&url(&place), 1).await.expect("connects");
        let keys = Keyring::parse(&format!("test:{}", "07".repeat(32))).expect("a ring");
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day");
        let when = When { as_of: None, today, now: DateTime::default() };
        let again = || import(&database, &keys, extracts.path(), when, Show::Nothing);
        match again().await {
            Ok(_) => match again().await {
                Ok(report) => {
                    let (new, changed, _) = report.totals();
                    assert_eq!((new, changed), (0, 0), "the same folder twice");
                }
                Err(error) => panic!("the same folder twice: {error}"),
            },
            Err(ImportError::Rejected(problems)) => assert!(problems.total() > 0),
            Err(error) => panic!("{error}"),
        }
        database.close().await.expect("closes");
    });
});
