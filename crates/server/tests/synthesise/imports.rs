//! Both extracts import without an error, in their order, and the corrections become history.

use jobnet_server::assemble;
use jobnet_server::db::Database;
use jobnet_server::import::{Report, Show, import};
use jobnet_server::population::{citizen, newest};
use jobnet_server::synthesise::{EARLIER, Options, run};

use super::support::database::sqlite;
use super::support::extracts::{keys, when};
use super::today;

async fn read(database: &Database, folder: &std::path::Path) -> Report {
    match import(database, &keys(), folder, when(), Show::Nothing).await {
        Ok(report) => report,
        Err(error) => panic!("{}: {error} {error:?}", folder.display()),
    }
}

#[tokio::test]
async fn the_earlier_extract_then_the_extract_import_and_keep_history() {
    let out = tempfile::tempdir().unwrap();
    let options = Options { citizens: 500, seed: 1, out: out.path().to_owned(), as_of: today() };
    run(&options).unwrap();
    let kept = sqlite().await;
    let database = &kept.database;

    let earlier = read(database, &out.path().join(EARLIER)).await;
    assert!(earlier.synthetic && earlier.as_of < today());
    let report = read(database, out.path()).await;
    assert_eq!(report.as_of, today());
    let (new, changed, _) = report.totals();
    assert!(new > 5_000, "{new} rows");
    assert!(changed > 0, "no correction replaced anything");
    let again = read(database, out.path()).await;
    assert_eq!((again.totals().0, again.totals().1), (0, 0), "idempotent");

    let population = newest(database).await.unwrap();
    assert_eq!((population.as_of, population.synthetic), (Some(today()), true));

    // What she was told before the correction can still be explained.
    let asta = citizen(database, "SYN-DEMO-FULL-TIME").await.unwrap().unwrap();
    let month = "2026-08".parse().unwrap();
    let mut hours = Vec::new();
    for as_of in [earlier.as_of, today()] {
        let answer = assemble::facts(database.read(), asta, as_of, when().now).await;
        let case = answer.unwrap().unwrap().case;
        let found = case.months.iter().find(|known| known.month == month).unwrap();
        hours.push(found.work_hours.unwrap().to_string());
    }
    assert_eq!(hours, ["42.00", "60.50"]);
}
