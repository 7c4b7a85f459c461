//! Any valid folder imports, and the database then holds what the folder says.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use jobnet_rules::units::{Hours, Money, Month};
use jobnet_server::db::registers::{self, benefits, citizen_facts, citizens, sickness, work_hours};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use sea_orm::{EntityTrait, QueryFilter};
use support::database::{TestDatabase, both};
use support::extracts::{BENEFITS, CITIZENS, Extracts, SICKNESS, WORK_HOURS, day};

const KINDS: [&str; 2] = ["ordinary", "subsidised"];
const BENEFIT_KINDS: [&str; 3] = ["dagpenge", "social_assistance", "holiday"];
const SPELLS: [&str; 3] = ["sickness", "parental_leave", "care"];

/// (citizen, month, employer, kind) → hours, earnings, reported on.
type Work =
    BTreeMap<(usize, Month, String, usize), (Option<Hours>, Option<Money>, Option<NaiveDate>)>;
/// (citizen, month, kind) → paid hours, gross, settled.
type Paid = BTreeMap<(usize, Month, usize), (Option<Hours>, Option<Money>, bool)>;
/// (citizen, from, kind) → to.
type Spells = BTreeMap<(usize, NaiveDate, usize), Option<NaiveDate>>;

/// What a folder says, in the types of the rules.
#[derive(Clone, Debug, Default, PartialEq)]
struct World {
    names: Vec<(String, Option<Money>)>,
    work: Work,
    paid: Paid,
    spells: Spells,
}

/// Names with commas, quotation marks and letters of all kinds, but no space at either end.
fn name() -> impl Strategy<Value = String> {
    "[a-zæøåÆØÅé\",;'|.-]([ -~æøåß漢]{0,20}[a-z\"漢])?"
}

fn hours() -> impl Strategy<Value = Option<Hours>> {
    proptest::option::of((0..=74_400_i64).prop_map(Hours::from_hundredths))
}

fn money() -> impl Strategy<Value = Option<Money>> {
    proptest::option::of((0..=99_999_999_i64).prop_map(Money::from_hundredths))
}

fn date() -> impl Strategy<Value = NaiveDate> {
    (0..40_000_u64).prop_map(|days| day("1950-01-01") + Days::new(days))
}

fn month() -> impl Strategy<Value = Month> {
    (0..400).prop_map(|months| Month::from_index(2_000 * 12 + months))
}

fn world() -> impl Strategy<Value = World> {
    let citizens = proptest::collection::vec((name(), money()), 1..6);
    citizens.prop_flat_map(|names| {
        let who = 0..names.len();
        let work = proptest::collection::btree_map(
            (who.clone(), month(), name(), 0..KINDS.len()),
            (hours(), money(), proptest::option::of(date())),
            0..40,
        );
        let paid = proptest::collection::btree_map(
            (who.clone(), month(), 0..BENEFIT_KINDS.len()),
            (hours(), money(), any::<bool>()),
            0..40,
        );
        let spells = proptest::collection::btree_map(
            (who, date(), 0..SPELLS.len()),
            proptest::option::of(0..500_u64),
            0..20,
        );
        (Just(names), work, paid, spells).prop_map(|(names, work, paid, spells)| {
            let spells = spells.into_iter();
            let spells = spells.map(|(key, days)| (key, days.map(|days| key.1 + Days::new(days))));
            World { names, work, paid, spells: spells.collect() }
        })
    })
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn or_empty<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

impl World {
    fn write(&self) -> Extracts {
        let write = |extracts: Extracts, register: &str, header: &str, rows: Vec<String>| {
            extracts.with(register, header, &rows.iter().map(String::as_str).collect::<Vec<_>>())
        };
        let citizens = self.names.iter().enumerate().map(|(id, (name, rate))| {
            let (name, rate) = (quoted(name), or_empty(*rate));
            format!("P-{id},018190{id:04},{name},B,1990-01-01,,,,dagpenge,,{rate},,,,,,")
        });
        let work = self.work.iter().map(|((who, month, employer, kind), (hours, pay, on))| {
            let (employer, kind) = (quoted(employer), KINDS[*kind]);
            let (hours, pay, on) = (or_empty(*hours), or_empty(*pay), or_empty(*on));
            format!("P-{who},{month},{employer},{hours},{kind},{pay},{on}")
        });
        let paid = self.paid.iter().map(|((who, month, kind), (hours, gross, settled))| {
            let (hours, gross) = (or_empty(*hours), or_empty(*gross));
            format!("P-{who},{month},{},{hours},,{gross},{settled},", BENEFIT_KINDS[*kind])
        });
        let spells = self.spells.iter().map(|((who, from, kind), to)| {
            format!("P-{who},{from},{},{}", or_empty(*to), SPELLS[*kind])
        });
        let extracts = write(Extracts::new(), "citizens", CITIZENS, citizens.collect());
        let extracts = write(extracts, "work_hours", WORK_HOURS, work.collect());
        let extracts = write(extracts, "benefits", BENEFITS, paid.collect());
        write(extracts, "sickness", SICKNESS, spells.collect())
    }

    async fn read(test: &TestDatabase, on: Option<NaiveDate>) -> Self {
        let db = test.database.read();
        let ids: BTreeMap<i32, usize> = citizens::Entity::find()
            .all(db)
            .await
            .unwrap()
            .into_iter()
            .map(|row| (row.id, row.register_id.strip_prefix("P-").unwrap().parse().unwrap()))
            .collect();
        let place = |words: &[&str], word: &str| words.iter().position(|w| *w == word).unwrap();
        let month = |number| registers::month_from_db(number).unwrap();
        let mut names: Vec<(usize, (String, Option<Money>))> = citizen_facts::Entity::find()
            .filter(registers::as_of(on))
            .all(db)
            .await
            .unwrap()
            .into_iter()
            .map(|row| {
                (
                    ids[&row.citizen_id],
                    (row.first_name, row.monthly_rate.map(Money::from_hundredths)),
                )
            })
            .collect();
        names.sort();
        let work = work_hours::Entity::find().filter(registers::as_of(on)).all(db).await.unwrap();
        let paid = benefits::Entity::find().filter(registers::as_of(on)).all(db).await.unwrap();
        let spells = sickness::Entity::find().filter(registers::as_of(on)).all(db).await.unwrap();
        Self {
            names: names.into_iter().map(|(_, name)| name).collect(),
            work: work
                .into_iter()
                .map(|row| {
                    let kind = place(&KINDS, &row.kind);
                    let key = (ids[&row.citizen_id], month(row.month), row.employer, kind);
                    let hours = row.hours.map(Hours::from_hundredths);
                    (key, (hours, row.earnings.map(Money::from_hundredths), row.reported_on))
                })
                .collect(),
            paid: paid
                .into_iter()
                .map(|row| {
                    let kind = place(&BENEFIT_KINDS, &row.kind);
                    let hours = row.paid_hours.map(Hours::from_hundredths);
                    let gross = row.gross.map(Money::from_hundredths);
                    ((ids[&row.citizen_id], month(row.month), kind), (hours, gross, row.settled))
                })
                .collect(),
            spells: spells
                .into_iter()
                .map(|row| {
                    ((ids[&row.citizen_id], row.from_day, place(&SPELLS, &row.kind)), row.to_day)
                })
                .collect(),
        }
    }

    /// What is known after a later folder: its rows replace those of the same key, others stay.
    fn corrected_by(mut self, later: Self) -> Self {
        let kept = self.names.split_off(later.names.len().min(self.names.len()));
        self.names = later.names.into_iter().chain(kept).collect();
        self.work.extend(later.work);
        self.paid.extend(later.paid);
        self.spells.extend(later.spells);
        self
    }
}

#[test]
fn what_a_folder_says_is_what_the_database_holds() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    // Held until the end, so that all cases share one cluster instead of starting one each.
    let _cluster = runtime.block_on(support::database::postgres());
    let config = Config { cases: 8, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&(world(), world()), |(first, second)| {
            runtime.block_on(async {
                for test in both().await {
                    let rows = first.names.len()
                        + first.work.len()
                        + first.paid.len()
                        + first.spells.len();
                    let counts = first.write().import_well(&test.database, "2026-06-01").await;
                    assert_eq!(counts, (rows as u64, 0, 0));
                    assert_eq!(World::read(&test, None).await, first, "{}", test.kind);
                    assert_eq!(
                        first.write().import_well(&test.database, "2026-06-01").await,
                        (0, 0, rows as u64)
                    );

                    second.write().import_well(&test.database, "2026-07-01").await;
                    let both = first.clone().corrected_by(second.clone());
                    assert_eq!(World::read(&test, None).await, both, "{}", test.kind);
                    assert_eq!(World::read(&test, Some(day("2026-07-01"))).await, both);
                    // And on every day before, what was known then.
                    assert_eq!(World::read(&test, Some(day("2026-06-30"))).await, first);
                    let public: BTreeSet<_> = citizens::Entity::find()
                        .all(test.database.read())
                        .await
                        .unwrap()
                        .into_iter()
                        .map(|row| row.public_id)
                        .collect();
                    assert_eq!(public.len(), both.names.len(), "public ids are unique");
                }
            });
            Ok(())
        })
        .unwrap();
}
