//! An import twice changes nothing, a correction keeps what it corrects, an error changes nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use jobnet_server::db::registers::{self, dataset, work_hours};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use support::database::both;
use support::extracts::{
    ANNA, BO, CITIZENS, CONTACTS, Extracts, SICKNESS, WORK_HOURS, day, dump, query,
};

#[tokio::test]
async fn the_same_folder_twice_changes_nothing() {
    for test in both().await {
        let folder = Extracts::valid();
        assert_eq!(
            folder.import_well(&test.database, "2026-06-01").await,
            (14, 0, 0),
            "{}",
            test.kind
        );
        let before = dump(&test.database).await;
        assert_eq!(
            folder.import_well(&test.database, "2026-06-01").await,
            (0, 0, 14),
            "{}",
            test.kind
        );
        assert_eq!(dump(&test.database).await, before, "{}", test.kind);
        // On a later day only the log moves on: the figures are known to stand on that day too.
        assert_eq!(folder.import_well(&test.database, "2026-07-01").await, (0, 0, 14));
        let after = dump(&test.database).await;
        let log = |row: &&String| {
            !row.starts_with("id=2 imported_at") && !row.starts_with("run_id=2 file")
        };
        assert_eq!(after.iter().filter(log).collect::<Vec<_>>(), before.iter().collect::<Vec<_>>());
        let dataset = dataset(test.database.read()).await.unwrap().unwrap();
        assert_eq!(dataset.as_of, day("2026-07-01"));
    }
}

/// Anna's hours in March as they stood on a day.
async fn hours(test: &support::database::TestDatabase, on: Option<&str>) -> Vec<Option<i64>> {
    let rows = work_hours::Entity::find()
        .filter(work_hours::Column::CitizenId.eq(1))
        .filter(work_hours::Column::Month.eq(202_603))
        .filter(work_hours::Column::Kind.eq("ordinary"))
        .filter(registers::as_of(on.map(day)))
        .all(test.database.read())
        .await
        .unwrap();
    rows.into_iter().map(|row| row.hours).collect()
}

#[tokio::test]
async fn a_corrected_row_replaces_the_old_one_and_keeps_it() {
    for test in both().await {
        Extracts::valid().import_well(&test.database, "2026-06-01").await;
        let corrected = |hours: &str| {
            let row = format!("SYN-1,2026-03,Bakery,{hours},ordinary,9500.50,2026-04-10");
            Extracts::new().with("work_hours", WORK_HOURS, &[&row])
        };
        assert_eq!(corrected("61.25").import_well(&test.database, "2026-07-01").await, (0, 1, 0));
        // Twice on one day, the second time to unknown.
        assert_eq!(corrected("70").import_well(&test.database, "2026-08-01").await, (0, 1, 0));
        assert_eq!(corrected("").import_well(&test.database, "2026-08-01").await, (0, 1, 0));
        assert_eq!(corrected("").import_well(&test.database, "2026-08-01").await, (0, 0, 1));

        for (on, expected) in [
            (Some("2026-05-31"), vec![]),
            (Some("2026-06-01"), vec![Some(5_000)]),
            (Some("2026-06-30"), vec![Some(5_000)]),
            (Some("2026-07-01"), vec![Some(6_125)]),
            (Some("2026-07-31"), vec![Some(6_125)]),
            (Some("2026-08-01"), vec![None]),
            (None, vec![None]),
        ] {
            assert_eq!(hours(&test, on).await, expected, "{} on {on:?}", test.kind);
        }
        // What counted for no whole day is kept too, and each version names who replaced it.
        let versions = "SELECT run_id, hours, replaced_by FROM work_hours WHERE citizen_id = 1 \
                        AND month = 202603 AND kind = 'ordinary'";
        let expected = [
            "run_id=1 hours=5000 replaced_by=2",
            "run_id=2 hours=6125 replaced_by=3",
            "run_id=3 hours=7000 replaced_by=4",
            "run_id=4 hours= replaced_by=",
        ];
        assert_eq!(query(&test.database, versions).await, expected, "{}", test.kind);
    }
}

#[tokio::test]
async fn a_column_that_an_extract_lacks_says_nothing_and_an_empty_field_says_none() {
    const WITH_ADDRESS: &str = "citizen,email,mobile,language,digital_post_exempt,\
        address_protected,notification,died_on,street,postal_code,city";
    for test in both().await {
        Extracts::valid().import_well(&test.database, "2026-06-01").await;
        let contacts = |header: &str, row: &str| Extracts::new().with("contacts", header, &[row]);
        let old = |email: &str| contacts(CONTACTS, &format!("SYN-1,{email},,da,false,true,email,"));
        let new = |address: &str| {
            contacts(WITH_ADDRESS, &format!("SYN-1,a@example.org,,da,false,true,email,,{address}"))
        };
        let stands = async |email: &str, street: &str| {
            let now = "SELECT email, street FROM contacts WHERE replaced_by IS NULL";
            let expected = format!("email={email} street={street}");
            assert_eq!(query(&test.database, now).await, [expected], "{}", test.kind);
        };
        let counts = new("Vej 1,8000,Aarhus").import_well(&test.database, "2026-07-01").await;
        assert_eq!(counts, (0, 1, 0));
        stands("a@example.org", "Vej 1").await;
        // As it was, but for the columns it lacks: nothing has changed.
        let counts = old("a@example.org").import_well(&test.database, "2026-08-01").await;
        assert_eq!(counts, (0, 0, 1));
        stands("a@example.org", "Vej 1").await;
        // Another e-mail address: where she lives is known as before.
        let counts = old("b@example.org").import_well(&test.database, "2026-09-01").await;
        assert_eq!(counts, (0, 1, 0));
        stands("b@example.org", "Vej 1").await;
        new(",,").import_well(&test.database, "2026-10-01").await;
        stands("a@example.org", "").await;
        // Somebody new, of whom nothing was known.
        let bo = contacts(CONTACTS, "SYN-2,,,da,false,true,,");
        assert_eq!(bo.import_well(&test.database, "2026-10-02").await, (1, 0, 0));
    }
}

#[tokio::test]
async fn a_row_that_a_later_extract_lacks_stays() {
    for test in both().await {
        Extracts::valid().import_well(&test.database, "2026-06-01").await;
        let later =
            Extracts::new().with("citizens", CITIZENS, &[ANNA]).with("sickness", SICKNESS, &[]);
        assert_eq!(later.import_well(&test.database, "2026-07-01").await, (0, 0, 1));
        for table in ["citizen_facts", "sickness"] {
            let ended = format!("SELECT citizen_id FROM {table} WHERE replaced_by IS NOT NULL");
            assert_eq!(query(&test.database, &ended).await, Vec::<String>::new(), "{table}");
        }
    }
}

#[tokio::test]
async fn an_older_extract_cannot_replace_a_newer_version() {
    for test in both().await {
        Extracts::valid().import_well(&test.database, "2026-06-01").await;
        let before = dump(&test.database).await;
        let old = Extracts::new().with(
            "work_hours",
            WORK_HOURS,
            &[
                // As it is in the database: no problem.
                "SYN-1,2026-03,Bakery,12.50,subsidised,2000.00,2026-04-10",
                "SYN-1,2026-03,Bakery,49,ordinary,9500.50,2026-04-10",
            ],
        );
        let problems = old.import_badly(&test.database, "2026-05-31").await;
        assert_eq!(problems.len(), 1);
        let said = problems[0].to_string();
        assert!(said.starts_with("work_hours.csv:3: "), "{said}");
        assert!(said.contains("2026-06-01") && said.contains("2026-05-31"), "{said}");
        assert_eq!(dump(&test.database).await, before, "{}", test.kind);
    }
}

#[tokio::test]
async fn every_error_of_three_files_is_said_and_nothing_is_imported() {
    for test in both().await {
        Extracts::new()
            .with("citizens", CITIZENS, &[BO])
            .import_well(&test.database, "2026-05-01")
            .await;
        let before = dump(&test.database).await;
        let folder = Extracts::valid()
            .with(
                "work_hours",
                WORK_HOURS,
                &[
                    "SYN-1,2026-03,Bakery,50,ordinary,9500,2026-04-10",
                    "SYN-1,2026-13,Bakery,-1,casual,9500,2026-04-10",
                    "SYN-1,2026-03,Bakery,51,ordinary,9500,2026-04-10",
                ],
            )
            .with(
                "sickness",
                SICKNESS,
                &["SYN-1,2026-05-02,2026-05-01,sickness", "SYN-9,2026-05-02,,care"],
            )
            .with("job_search", support::extracts::JOB_SEARCH, &["SYN-2,2026-02-30,Baker,Bread,,"]);
        let problems = folder.import_badly(&test.database, "2026-06-01").await;
        let said: Vec<_> = problems
            .iter()
            .map(|problem| {
                let column = problem.column.clone().unwrap_or_default();
                format!("{}:{}:{column}", problem.file, problem.line)
            })
            .collect();
        let expected = [
            "work_hours.csv:3:month",
            "work_hours.csv:3:hours",
            "work_hours.csv:3:kind",
            "work_hours.csv:4:citizen+month+employer+kind",
            "sickness.csv:2:to",
            "sickness.csv:3:citizen",
            "job_search.csv:2:applied_on",
        ];
        assert_eq!(said, expected, "{}", test.kind);
        assert_eq!(dump(&test.database).await, before, "{}", test.kind);
    }
}
