//! Every unit once and every block whole, whatever happens at the same time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jobnet_server::db::Database;
use jobnet_server::trials::enrol::{Assessed, Enrolled, enrol, find};
use jobnet_server::trials::unit::{forget, object};
use jobnet_server::trials::{Serving, ledger, verify};
use jobnet_trials::protocol::eligible::{Excluded, Fact, Facts};
use jobnet_trials::protocol::{Allocation, Design, Protocol, Share, Unit};
use tokio::task::JoinSet;

use crate::support::database::{TestDatabase, both};
use crate::support::extracts::{day, keys};
use crate::{KEY, close, count, now, pause, protocol, run, well};

pub(crate) fn facts(scheme: &str, centre: &str) -> Facts {
    let value = |text: &str| Fact::Value(text.to_owned());
    Facts::from([
        ("scheme".to_owned(), value(scheme)),
        ("job_centre".to_owned(), value(centre)),
        ("age".to_owned(), Fact::Number(36)),
    ])
}

const SCHEMES: [&str; 2] = ["dagpenge", "graduate"];

/// Enrols citizens through several servers, each of its own connections, sixteen at a time and
/// every citizen twice.
async fn enrol_all(test: &TestDatabase, citizens: i32) -> Vec<Enrolled> {
    let mut clients = JoinSet::new();
    let servers = [
        Database::connect(&test.url, 4).await.expect("connects"),
        Database::connect(&test.url, 4).await.expect("connects"),
    ];
    let trials: Vec<_> = {
        let mut trials = Vec::new();
        for server in &servers {
            let serving = Serving::default().now(server, &keys()).await.expect("answers");
            trials.push(Arc::clone(&serving[0]));
        }
        trials
    };
    for client in 0..16_i32 {
        let server = servers[client as usize % 2].clone();
        let trial = Arc::clone(&trials[client as usize % 2]);
        clients.spawn(async move {
            let mut mine = Vec::new();
            // Two clients, at different servers, ask for the same citizens.
            for citizen in (0..citizens).filter(|citizen| citizen % 8 == client / 2) {
                let scheme = SCHEMES[citizen as usize % 2];
                let facts = facts(scheme, &format!("Centre {}", citizen % 20));
                let today = day("2026-11-22");
                match enrol(&server, &trial, citizen, &facts, today, now(), "b").await {
                    Ok(Assessed::Enrolled(enrolled)) => mine.push((citizen, enrolled)),
                    other => panic!("{other:?}"),
                }
            }
            mine
        });
    }
    let mut found = BTreeMap::<i32, Enrolled>::new();
    for (citizen, enrolled) in clients.join_all().await.into_iter().flatten() {
        let first = found.entry(citizen).or_insert_with(|| enrolled.clone());
        assert_eq!(*first, enrolled, "both servers give her the same");
    }
    for server in servers {
        server.close().await.expect("closes");
    }
    found.into_values().collect()
}

fn saturation(allocation: Allocation) -> Protocol {
    let share = |treated_per_mille, weight| Share { treated_per_mille, weight };
    let shares = vec![share(0, 1), share(500, 2), share(1000, 1)];
    let design = Design::Saturation { within: "job_centre".to_owned(), shares };
    let strata = match allocation {
        Allocation::Keyed {} => Vec::new(),
        Allocation::Blocks { .. } => vec!["job_centre".to_owned()],
    };
    Protocol { design, allocation, strata, ..protocol() }
}

pub(crate) fn designs() -> Vec<(&'static str, Protocol)> {
    let clustered = || {
        let mut clustered = Protocol { unit: Unit::JobCentre, strata: Vec::new(), ..protocol() };
        clustered.power.icc_per_mille = Some(20);
        clustered.power.cluster_size = Some(40);
        clustered
    };
    let keyed = || Protocol { allocation: Allocation::Keyed {}, strata: Vec::new(), ..protocol() };
    vec![
        ("blocks", protocol()),
        ("clusters", clustered()),
        ("saturation", saturation(protocol().allocation)),
        ("keyed", keyed()),
        ("keyed clusters", Protocol { allocation: Allocation::Keyed {}, ..clustered() }),
        ("keyed saturation", saturation(Allocation::Keyed {})),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixteen_clients_at_two_servers_enrol_everyone_once_in_every_design() {
    for (name, protocol) in designs() {
        for test in both().await {
            let db = &test.database;
            let trial = run(db, &protocol).await.id;
            let enrolled = enrol_all(&test, 160).await;
            assert_eq!(enrolled.len(), 160, "{name} {}", test.kind);
            let units: BTreeSet<_> = enrolled.iter().map(|one| &one.unit).collect();
            assert_eq!(units.len(), 160);
            let rows = ledger::assignments(db.read(), trial).await.expect("reads");
            assert_eq!(rows.len(), 160);
            let proved = verify::verify(db, &keys(), KEY).await.expect("proves");
            assert_eq!(proved.mistakes, [], "{name} {}", test.kind);
            let clusters = if name.contains("blocks") || name == "keyed" { 0 } else { 20 };
            assert_eq!(proved.clusters, clusters, "{name}");
            assert_eq!(count(db, "trial_baselines").await, 160);
            if name == "blocks" {
                for stratum in ["/dagpenge", "/graduate"] {
                    whole_blocks(&rows, stratum);
                }
            }
        }
    }
}

/// Every block but the last has every arm equally often.
pub(crate) fn whole_blocks(rows: &[ledger::Assignment], stratum: &str) -> usize {
    let mut blocks = BTreeMap::<i32, BTreeMap<&str, u32>>::new();
    for row in rows.iter().filter(|row| row.stratum == stratum) {
        let block = blocks.entry(row.block.expect("a block")).or_default();
        *block.entry(&row.arm).or_default() += 1;
    }
    let last = blocks.pop_last().expect("a block").0;
    assert_eq!(blocks.len(), usize::try_from(last).expect("a number"));
    for arms in blocks.values() {
        let times: BTreeSet<_> = arms.values().copied().collect();
        assert!(arms.len() == 8 && times.len() == 1, "{stratum}: {arms:?}");
        assert!(times.iter().all(|times| [1, 2].contains(times)));
    }
    blocks.len()
}

#[tokio::test]
async fn nobody_is_enrolled_outside_the_days_or_after_a_step_that_was_not_noticed() {
    for test in both().await {
        let db = &test.database;
        run(db, &protocol()).await;
        let trials = Serving::default().now(db, &keys()).await.expect("answers");
        let facts = facts("dagpenge", "Centre");
        for (today, is_in) in [
            ("2026-10-31", false),
            ("2027-06-01", false),
            ("2026-11-01", true),
            ("2027-05-31", true),
        ] {
            let citizen = if today < "2027" { 1 } else { 2 };
            let assessed = enrol(db, &trials[0], citizen, &facts, day(today), now(), "b").await;
            let assessed = assessed.expect("answers");
            assert_eq!(matches!(assessed, Assessed::Enrolled(_)), is_in, "{today}");
            assert!(is_in || assessed == Assessed::NotNow);
        }
        assert_eq!(count(db, "trial_assignments").await, 2);
        // This server has not looked since; the transaction does.
        well(db, KEY, pause()).await;
        let today = day("2026-11-22");
        let assessed = enrol(db, &trials[0], 3, &facts, today, now(), "b").await.expect("answers");
        assert_eq!(assessed, Assessed::NotNow);
        well(db, KEY, close()).await;
        assert_eq!(count(db, "trial_units").await, 2);
    }
}

#[tokio::test]
async fn who_may_not_be_in_it_is_counted_once_for_each_reason() {
    for test in both().await {
        let db = &test.database;
        let trial = run(db, &protocol()).await.id;
        let trials = Serving::default().now(db, &keys()).await.expect("answers");
        let today = day("2026-11-22");
        let mut unknown = facts("dagpenge", "Centre");
        unknown.remove("age");
        let cases = [
            (facts("social_assistance", "x"), Excluded::Unmet("scheme".to_owned())),
            (facts("social_assistance", "x"), Excluded::Unmet("scheme".to_owned())),
            (unknown, Excluded::Unknown("age".to_owned())),
        ];
        for (facts, reason) in cases {
            let assessed = enrol(db, &trials[0], 1, &facts, today, now(), "b").await;
            assert_eq!(assessed.expect("answers"), Assessed::Excluded(reason));
        }
        let rows = ledger::exclusions(db.read(), trial).await.expect("reads");
        let reasons: BTreeSet<_> = rows.iter().map(|row| row.reason.as_str()).collect();
        assert_eq!(rows.len(), 2);
        assert_eq!(reasons, BTreeSet::from(["unknown:age", "unmet:scheme"]));
        assert_eq!(count(db, "trial_assignments").await, 0);
        // Later she may.
        let assessed = enrol(db, &trials[0], 1, &facts("graduate", "x"), today, now(), "b").await;
        assert!(matches!(assessed, Ok(Assessed::Enrolled(_))));
        assert_eq!(count(db, "trial_units").await, 1);
    }
}

#[tokio::test]
async fn who_objects_is_not_drawn_and_who_is_forgotten_leaves_nobodys_lot() {
    for test in both().await {
        let db = &test.database;
        let trial = run(db, &protocol()).await.id;
        let trials = Serving::default().now(db, &keys()).await.expect("answers");
        let (today, facts) = (day("2026-11-22"), facts("dagpenge", "Centre"));
        object(db, trial, 1, now()).await.expect("stores");
        object(db, trial, 1, now()).await.expect("it may be said twice");
        let assessed = enrol(db, &trials[0], 1, &facts, today, now(), "b").await;
        assert_eq!(assessed.expect("answers"), Assessed::NotNow);
        enrol(db, &trials[0], 2, &facts, today, now(), "b").await.expect("answers");
        object(db, trial, 2, now()).await.expect("stores");
        let found = find(db.read(), trial, 2).await.expect("answers").expect("she is in it");
        assert!(found.objected_at.is_some());

        assert_eq!(forget(db, 2).await.expect("forgets"), 1);
        assert_eq!(find(db.read(), trial, 2).await.expect("answers"), None);
        let rows = ledger::assignments(db.read(), trial).await.expect("reads");
        assert_eq!((rows.len(), &rows[0].unit), (1, &found.unit));
        assert_eq!(count(db, "trial_baselines").await, 0);
        let proved = verify::verify(db, &keys(), KEY).await.expect("proves");
        assert_eq!((proved.units, proved.mistakes), (1, Vec::new()));
    }
}
