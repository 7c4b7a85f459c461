//! Rows of the ledger are added and never changed, and what was changed by force is found.

use jobnet_server::db::Database;
use jobnet_server::trials::enrol::{Assessed, enrol};
use jobnet_server::trials::{Serving, exposure, verify};
use jobnet_trials::randomise::Mistake;
use sea_orm::{ConnectionTrait, Statement};

use crate::enrolment::facts;
use crate::exposures::shown;
use crate::support::database::{TestDatabase, both};
use crate::support::extracts::{day, keys};
use crate::{KEY, count, now, protocol, run};

pub(crate) async fn sql(test: &TestDatabase, sql: &str) -> Result<u64, sea_orm::DbErr> {
    let db = test.database.read();
    let statement = Statement::from_string(db.get_database_backend(), sql);
    db.execute_raw(statement).await.map(|result| result.rows_affected())
}

/// A trial with so many units, one who may not be in it, and something shown.
async fn filled(database: &Database, units: i32) {
    run(database, &protocol()).await;
    let trials = Serving::default().now(database, &keys()).await.expect("answers");
    for citizen in 0..units {
        let scheme = if citizen % 3 == 0 { "graduate" } else { "dagpenge" };
        let facts = facts(scheme, "Jobcenter Aarhus");
        let today = day("2026-11-22");
        let assessed = enrol(database, &trials[0], citizen, &facts, today, now(), "b").await;
        assert!(matches!(assessed, Ok(Assessed::Enrolled(_))), "{assessed:?}");
    }
    let facts = facts("social_assistance", "Jobcenter Aarhus");
    let today = day("2026-11-22");
    let assessed = enrol(database, &trials[0], units, &facts, today, now(), "b").await;
    assert!(matches!(assessed, Ok(Assessed::Excluded(_))), "{assessed:?}");
    exposure::store(database, trials[0].id, 1, &shown(), now()).await.expect("stores");
}

#[tokio::test]
async fn rows_are_neither_changed_nor_taken_away() {
    for test in both().await {
        filled(&test.database, 4).await;
        jobnet_server::trials::unit::object(&test.database, 1, 2, now()).await.expect("stores");
        // What no citizen of this trial brings about stands in them, too.
        for row in [
            "trial_clusters (trial_id, cluster, stratum, drawn, algorithm, assigned_at, build) \
             VALUES (1, 'Centre 1', '', 'words-earned', 'keyed-1', 0, 'b')",
            "trial_dispatches (trial_id, unit, step, channel, due_on, ruled_at, ruling) \
             VALUES (1, 'a', 'letter', 'letter', '2026-11-22', 0, 'planned')",
            "trial_unblindings (trial_id, unit, id, presentation, framing, at) \
             VALUES (1, 'a', 'one', 'words', 'earned', 0)",
        ] {
            assert_eq!(sql(&test, &format!("INSERT INTO {row}")).await.expect("inserts"), 1);
        }
        let tables = [
            ("trial_events", "event", 2),
            ("trial_clusters", "drawn", 1),
            ("trial_dispatches", "ruling", 1),
            ("trial_unblindings", "presentation", 1),
            ("trial_assignments", "arm", 4),
            ("trial_exclusions", "reason", 1),
            ("trial_objections", "unit", 1),
            ("trial_exposures", "presentation", 1),
            ("trial_openings", "opened", 1),
        ];
        for (table, column, rows) in tables {
            for attempt in [
                format!("UPDATE {table} SET {column} = 'x'"),
                format!("DELETE FROM {table}"),
                format!("TRUNCATE {table}"),
            ] {
                let refused = sql(&test, &attempt).await.expect_err(&attempt).to_string();
                let is_truncate = attempt.starts_with("TRUNCATE") && test.kind == "sqlite";
                assert!(is_truncate || refused.contains("only ever added"), "{refused}");
            }
            assert_eq!(count(&test.database, table).await, rows, "{table}");
        }
        for attempt in [
            "UPDATE trials SET protocol = '{}'",
            "UPDATE trials SET key = 'x'",
            "DELETE FROM trials",
        ] {
            let refused = sql(&test, attempt).await.expect_err(attempt).to_string();
            assert!(refused.contains("locked"), "{refused}");
        }
    }
}

#[tokio::test]
async fn what_is_changed_by_force_is_found() {
    for test in both().await {
        let db = &test.database;
        filled(db, 60).await;
        let proved = verify::verify(db, &keys(), KEY).await.expect("proves");
        assert_eq!((proved.units, &proved.mistakes[..]), (60, &[][..]));
        let drop = match test.kind {
            "sqlite" => "DROP TRIGGER trial_assignments_refuse_0",
            _ => "DROP TRIGGER trial_assignments_no_update ON trial_assignments",
        };
        sql(&test, drop).await.expect("drops");
        let other = "UPDATE trial_assignments SET arm = 'words-lacking' \
                     WHERE stratum = '/dagpenge' AND seq = 5 AND arm <> 'words-lacking'";
        let changed = sql(&test, other).await.expect("updates");
        let proved = verify::verify(db, &keys(), KEY).await.expect("proves");
        assert_eq!(proved.mistakes.len() as u64, changed);
        let moved = "UPDATE trial_assignments SET seq = 1000 \
                     WHERE stratum = '/graduate' AND seq = 3";
        assert_eq!(sql(&test, moved).await.expect("updates"), 1);
        let proved = verify::verify(db, &keys(), KEY).await.expect("proves");
        let gap = Mistake::Gap { stratum: "/graduate".to_owned(), number: 3 };
        assert!(proved.mistakes.contains(&gap), "{:?}", proved.mistakes);
    }
}
