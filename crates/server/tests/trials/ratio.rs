//! The alarm over the sizes of arms: of units as they come, of clusters at the end; and where it is seen.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use jobnet_api::trial::Watch;
use jobnet_server::http::admin;
use jobnet_server::trials::enrol::{Assessed, enrol};
use jobnet_server::trials::{Serving, store, watch};
use jobnet_trials::protocol::{Allocation, Design, Protocol};

use crate::enrolment::{designs, facts};
use crate::ledger::sql;
use crate::support::database::{TestDatabase, both};
use crate::support::extracts::{day, keys, query};
use crate::support::server::{Beside, Serve, TestServer};
use crate::{KEY, close, now, protocol, run, well};

async fn watched(test: &TestDatabase) -> Watch {
    let db = test.database.read();
    let stored = store::load(db, KEY).await.expect("a trial");
    watch::watch(db, &stored, now()).await.expect("counts")
}

/// Two arms, each lot for itself.
fn keyed() -> Protocol {
    let arms = protocol().arms[..2].to_vec();
    let (design, allocation) = (Design::Parallel {}, Allocation::Keyed {});
    Protocol { design, allocation, arms, strata: Vec::new(), ..protocol() }
}

/// Units of these arms, one after the other, as if they had been drawn.
async fn drawn(test: &TestDatabase, protocol: &Protocol, first: usize, arms: &[usize]) {
    for (number, arm) in arms.iter().enumerate() {
        let (place, arm) = (first + number, &protocol.arms[*arm].key);
        let row = format!(
            "INSERT INTO trial_assignments \
             (trial_id, unit, arm, stratum, algorithm, assigned_at, build) \
             VALUES (1, 'u{place}', '{arm}', '', 'keyed-1', {place}, 'b')"
        );
        sql(test, &row).await.expect("inserts");
    }
}

/// The alarm as the list and the metrics have it.
async fn alarm(server: &TestServer) -> (bool, String) {
    let cookie = server.sign_in("researcher").await;
    let list = server.get("/api/v1/trials", &[("cookie", &cookie)]).await.json();
    let metrics = Beside(admin::router(&server.app)).get("/metrics", &[]).await;
    let name = "jobnet_trial_sample_ratio_alarm";
    let line = metrics.text().lines().find(|line| line.starts_with(name)).unwrap_or_default();
    (list[0]["alarm"].as_bool().expect("a word"), line.to_owned())
}

#[tokio::test]
async fn an_alarm_that_was_raised_stays_and_stands_in_the_list_and_the_metrics() {
    let line = |on: u8| format!("jobnet_trial_sample_ratio_alarm{{trial=\"{KEY}\"}} {on}");
    for database in both().await {
        let server = TestServer::filled(database).await;
        let (test, protocol) = (&server.database, keyed());
        run(&test.database, &protocol).await;
        assert_eq!(alarm(&server).await, (false, String::new()), "nobody is in it");
        drawn(test, &protocol, 0, &[0, 1, 1, 0]).await;
        assert_eq!(alarm(&server).await, (false, line(0)));
        drawn(test, &protocol, 4, &[0; 60]).await;
        let raised = watched(test).await.sample_ratio.expect("a check");
        assert!(raised.alarm && raised.e_value > 1_000.0, "{raised:?}");
        // Of a trial that grows the ledger is read once a minute, for both.
        server.wait(TimeDelta::seconds(59));
        assert_eq!(alarm(&server).await, (false, line(0)));
        server.wait(TimeDelta::seconds(1));
        assert_eq!(alarm(&server).await, (true, line(1)));
        // The others come afterwards: the sizes are right now, and were not.
        drawn(test, &protocol, 64, &[1; 60]).await;
        let even = watched(test).await.sample_ratio.expect("a check");
        assert!(even.alarm && even.chi_square < 1e-12, "{even:?}");
        assert!((even.e_value / raised.e_value - 1.0).abs() < 1e-9, "{even:?} {raised:?}");
        server.wait(TimeDelta::minutes(1));
        assert_eq!(alarm(&server).await, (true, line(1)));
    }
    for database in both().await {
        let server = TestServer::filled(database).await;
        let (test, protocol) = (&server.database, keyed());
        run(&test.database, &protocol).await;
        drawn(test, &protocol, 0, &[[0, 1]; 62].concat()).await;
        assert_eq!(alarm(&server).await, (false, line(0)), "in turn there is none");
    }
}

async fn enrolled(test: &TestDatabase, citizen: i32, scheme: &str, centre: &str) {
    let trials = Serving::default().now(&test.database, &keys()).await.expect("answers");
    let (known, today) = (facts(scheme, centre), day("2026-11-22"));
    let found = enrol(&test.database, &trials[0], citizen, &known, today, now(), "b").await;
    assert!(matches!(found, Ok(Assessed::Enrolled(_))), "{found:?}");
}

#[tokio::test]
async fn what_is_told_later_comes_behind_so_that_a_crossing_does_not_vanish() {
    for database in both().await {
        let test = &database;
        let protocol = Protocol {
            allocation: protocol().allocation,
            strata: vec!["scheme".to_owned()],
            ..keyed()
        };
        run(&test.database, &protocol).await;
        let add = async |unit: String, arm: usize, stratum: &str, block: u32, at: u32| {
            let row = format!(
                "INSERT INTO trial_assignments (trial_id, unit, arm, stratum, seq, block, \
                 position, algorithm, assigned_at, build) VALUES \
                 (1, '{unit}', '{}', '{stratum}', {at}, {block}, {at}, 'blocks-1', {at}, 'b')",
                protocol.arms[arm].key
            );
            sql(test, &row).await.expect("inserts");
        };
        // In turn a unit of one stratum, all of the first arm, and one of another, all of the second.
        for at in 0..60 {
            add(format!("a{at}"), 0, "/dagpenge", 0, 2 * at).await;
            add(format!("b{at}"), 1, "/graduate", 0, 2 * at + 1).await;
        }
        assert!(watched(test).await.sample_ratio.is_none(), "no block is full");
        add("next-a".to_owned(), 0, "/dagpenge", 1, 200).await;
        let raised = watched(test).await.sample_ratio.expect("a check");
        assert!(raised.alarm, "sixty of the first arm are told: {raised:?}");
        add("next-b".to_owned(), 1, "/graduate", 1, 201).await;
        let even = watched(test).await.sample_ratio.expect("a check");
        assert!(even.alarm && even.chi_square < 1e-12, "{even:?}");
        assert!((even.e_value / raised.e_value - 1.0).abs() < 1e-9, "{even:?} {raised:?}");
        well(&test.database, KEY, close()).await;
        let ended = watched(test).await.sample_ratio.expect("a check");
        assert!((ended.e_value / raised.e_value - 1.0).abs() < 1e-9, "{ended:?}");
    }
}

#[tokio::test]
async fn at_the_end_clusters_are_counted_by_what_was_drawn_for_them_and_checked_by_its_weights() {
    for (name, protocol) in designs() {
        let shares = matches!(protocol.design, Design::Saturation { .. });
        for database in both().await {
            let server = TestServer::filled(database).await;
            let test = &server.database;
            run(&test.database, &protocol).await;
            for citizen in 0..60 {
                enrolled(test, citizen, "dagpenge", &format!("Centre {}", citizen % 20)).await;
            }
            let running = watched(test).await;
            assert_eq!(running.clusters, [], "{name}");
            if !shares && !name.contains("clusters") {
                well(&test.database, KEY, close()).await;
                assert_eq!(watched(test).await.clusters, [], "{name}");
                continue;
            }
            assert!(running.sample_ratio.is_none(), "{name}");
            // Of which sixty more come, in the end.
            let first = if shares { "0" } else { protocol.arms[0].key.as_str() };
            let count = async || -> BTreeMap<String, u32> {
                let rows = query(&test.database, "SELECT drawn FROM trial_clusters").await;
                let mut counts = BTreeMap::new();
                for row in rows {
                    *counts.entry(row.replace("drawn=", "")).or_default() += 1;
                }
                counts
            };
            well(&test.database, KEY, close()).await;
            for more in [0_u32, 60] {
                for number in 0..more {
                    let row = format!(
                        "INSERT INTO trial_clusters \
                         (trial_id, cluster, stratum, drawn, algorithm, assigned_at, build) \
                         VALUES (1, 'x{number}', '', '{first}', 'keyed-1', {number}, 'b')"
                    );
                    sql(test, &row).await.expect("inserts");
                }
                server.wait(TimeDelta::minutes(1));
                let (watched, counts) = (watched(test).await, count().await);
                let expected: Vec<(&str, u16)> = if shares {
                    vec![("0", 1), ("500", 2), ("1000", 1)]
                } else {
                    protocol.arms.iter().map(|arm| (arm.key.as_str(), arm.weight)).collect()
                };
                let found: Vec<_> =
                    watched.clusters.iter().map(|one| (one.drawn.as_str(), one.weight)).collect();
                assert_eq!(found, expected, "{name}");
                let weights: u16 = expected.iter().map(|(_, weight)| weight).sum();
                let mut chi_square = 0.0;
                for one in &watched.clusters {
                    let counted = counts.get(&one.drawn).copied().unwrap_or_default();
                    assert_eq!(one.clusters, u64::from(counted), "{name} {}", one.drawn);
                    let planned = f64::from(20 + more) * f64::from(one.weight) / f64::from(weights);
                    chi_square += (f64::from(counted) - planned).powi(2) / planned;
                }
                let check = watched.sample_ratio.expect("a check");
                assert!((check.chi_square - chi_square).abs() < 1e-9, "{name}: {check:?}");
                assert_eq!(usize::try_from(check.degrees_of_freedom), Ok(expected.len() - 1));
                // By a hash of the name one in a thousand honest lots is as uneven.
                if more > 0 || !name.contains("keyed") {
                    assert_eq!(check.alarm, more > 0, "{name}: {check:?}");
                    assert_eq!(alarm(&server).await.0, more > 0, "{name}");
                }
            }
        }
    }
}
