//! What holds for every row of every citizen, the demo identities included.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use jobnet_rules::case::{Case, CaseMonth, GraduateFacts, Insurance, Scheme};
use jobnet_rules::evaluate::evaluate;
use jobnet_rules::units::{Hours, Month};
use jobnet_server::synthesise::Dossier;

use super::{people, today};

const CITIZENS: u64 = 3_000;

#[test]
fn cpr_numbers_are_unique_fit_birth_date_and_sex_and_are_no_date() {
    let mut seen = BTreeSet::new();
    for dossier in people(CITIZENS, 1, today()) {
        let cpr = &dossier.citizen.cpr;
        let part = |at: usize| cpr[at..at + 2].parse::<u32>().unwrap();
        let born = dossier.citizen.birth_date;
        assert_eq!(cpr.len(), 10);
        assert_eq!(part(0), born.day());
        assert_eq!(part(2), born.month() + 80);
        assert_eq!(part(4) as i32, born.year() % 100);
        assert_eq!(NaiveDate::from_ymd_opt(born.year(), part(2), part(0)), None);
        // The seventh digit says the century: 0–3 the nineteen-hundreds, 4–9 with a year to 36
        // the two-thousands.
        let seventh = cpr.as_bytes()[6] - b'0';
        assert_eq!(seventh >= 4, born.year() >= 2000, "{cpr} born {born}");
        assert!(seen.insert(cpr.clone()), "{cpr} twice");
        let citizen = &dossier.citizen;
        let began = citizen.placed_on.unwrap_or(citizen.registered_on).min(citizen.registered_on);
        assert!(began.years_since(born).is_some_and(|age| age >= 18), "{} {born}", dossier.id);
    }
}

#[test]
fn no_key_is_there_twice_and_no_row_is_from_the_future() {
    for dossier in people(CITIZENS, 1, today()) {
        let id = &dossier.id;
        fn unique<K: Ord>(keys: impl Iterator<Item = K>) -> bool {
            let mut seen = BTreeSet::new();
            keys.into_iter().all(|key| seen.insert(key))
        }
        assert!(unique(dossier.work_hours.iter().map(|r| (r.month, r.employer, r.kind))), "{id}");
        assert!(unique(dossier.benefits.iter().map(|row| (row.month, row.kind))), "{id}");
        assert!(unique(dossier.sickness.iter().map(|row| (row.from, row.kind))), "{id}");
        assert!(unique(dossier.measures.iter().map(|row| (row.from, row.kind))), "{id}");
        assert!(unique(dossier.sanctions.iter().map(|row| (row.decided_on, row.kind))), "{id}");
        assert!(unique(dossier.meetings.iter().map(|r| (r.on, r.with, r.kind))), "{id}");
        let log = dossier.job_search.iter();
        assert!(unique(log.map(|row| (row.applied_on, row.title, row.employer))), "{id}");

        assert!(dossier.work_hours.iter().all(|row| row.reported_on <= today()), "{id}");
        let no_crumb = |hours: Hours| hours >= Hours::from_hundredths(25);
        let hours = dossier.work_hours.iter().filter_map(|row| row.hours);
        assert!(hours.into_iter().all(no_crumb), "{id}");
        assert!(dossier.benefits.iter().all(|row| row.as_of <= today()), "{id}");
        assert!(dossier.job_search.iter().all(|row| row.applied_on <= today()), "{id}");
        assert!(dossier.sanctions.iter().all(|row| row.decided_on <= today()), "{id}");
        let days = dossier.citizen.registered_on..=today();
        assert!(dossier.citizen.cv_since.is_none_or(|day| days.contains(&day)), "{id}");
        assert!(dossier.meetings.iter().all(|r| r.held.is_none() == (r.on >= today())), "{id}");
        let in_order = |from: NaiveDate, to: Option<NaiveDate>| to.is_none_or(|to| from <= to);
        assert!(dossier.sickness.iter().all(|row| in_order(row.from, row.to)), "{id}");
    }
}

/// A month pays no more than is left of it, and what is paid is what the law pays for the hours.
#[test]
fn every_amount_is_what_the_rules_pay_for_the_paid_hours() {
    let mut checked = 0;
    for dossier in people(CITIZENS, 1, today()) {
        if dossier.citizen.scheme == "social_assistance" {
            continue;
        }
        let case = paying_exactly_the_paid_hours(&dossier);
        let account = evaluate(&case).unwrap();
        for row in &dossier.benefits {
            let payout = account.payouts.iter().find(|payout| payout.month == row.month).unwrap();
            assert_eq!(row.gross, payout.gross, "{} {}", dossier.id, row.month);
            checked += 1;
        }
        for row in &dossier.benefits {
            let work = ordinary(&dossier, row.month);
            let paid = row.paid_hours.unwrap() + row.quarantine_hours;
            assert!(paid <= limit(&case) - work, "{} {}", dossier.id, row.month);
        }
    }
    assert!(checked > 10_000, "{checked} rows");
}

fn ordinary(dossier: &Dossier, month: Month) -> Hours {
    let rows = dossier.work_hours.iter();
    rows.filter(|row| row.month == month && row.kind == "ordinary")
        .filter_map(|row| row.hours)
        .sum()
}

fn limit(case: &Case) -> Hours {
    Hours::from_hundredths(if case.insurance == Insurance::FullTime { 16_033 } else { 13_000 })
}

fn paying_exactly_the_paid_hours(dossier: &Dossier) -> Case {
    let citizen = &dossier.citizen;
    let graduate = citizen.scheme == "graduate";
    let mut case = Case {
        as_of: today(),
        scheme: if graduate { Scheme::Graduate } else { Scheme::Dagpenge },
        insurance: match citizen.insurance {
            "part_time" => Insurance::PartTime,
            _ => Insurance::FullTime,
        },
        placed_on: citizen.placed_on,
        monthly_rate: citizen.monthly_rate,
        supplementary_weeks_used: None,
        quarantine_left_hours: None,
        graduate: graduate.then_some(GraduateFacts {
            provider: citizen.provider,
            birth_date: citizen.birth_date,
        }),
        rate_level: None,
        months: Vec::new(),
    };
    case.months = dossier
        .benefits
        .iter()
        .map(|row| CaseMonth {
            month: row.month,
            work_hours: row.paid_hours.map(|paid| limit(&case) - paid),
            subsidised_hours: Hours::ZERO,
            paid_hours: row.paid_hours,
            quarantine_hours: row.quarantine_hours,
            away: None,
            settled: row.settled,
            earned: None,
        })
        .collect();
    case
}

#[test]
fn the_spell_and_the_months_agree() {
    for dossier in people(CITIZENS, 1, today()) {
        let Some(left_on) = dossier.left_on else { continue };
        let id = &dossier.id;
        let first = Month::of(dossier.citizen.registered_on);
        let last = Month::of(left_on);
        assert!(dossier.benefits.iter().all(|row| row.month <= last), "{id}");
        let of_spell = dossier.benefits.iter().filter(|row| row.month >= first).count() as i32;
        let months = last.since(first) + 1;
        // A month whose only days of the spell are a weekend has no benefit to ask for.
        assert!((months - 2..=months).contains(&of_spell), "{id}: {of_spell} of {months}");
    }
}

#[test]
fn everything_real_life_has_is_there() {
    let people = people(CITIZENS, 1, today());
    let share = |has: &dyn Fn(&Dossier) -> bool| {
        people.iter().filter(|dossier| has(dossier)).count() as f64 / people.len() as f64
    };
    let some = |name: &str, has: &dyn Fn(&Dossier) -> bool, low: f64, high: f64| {
        let share = share(has);
        assert!((low..=high).contains(&share), "{name}: {share:.4}");
    };
    some("unknown hours", &|d| d.work_hours.iter().any(|r| r.hours.is_none()), 0.005, 0.05);
    some("corrected", &|d| !d.earlier.work_hours.is_empty(), 0.003, 0.05);
    some("subsidised", &|d| d.work_hours.iter().any(|r| r.kind == "subsidised"), 0.01, 0.2);
    some("short sickness", &|d| d.sickness.iter().any(|r| r.kind == "sickness"), 0.02, 0.4);
    some("leave", &|d| d.sickness.iter().any(|r| r.kind == "parental_leave"), 0.005, 0.1);
    some("measure", &|d| !d.measures.is_empty(), 0.02, 0.5);
    some("meeting held", &|d| d.meetings.iter().any(|r| r.held == Some(true)), 0.2, 0.95);
    some("meeting booked", &|d| d.meetings.iter().any(|r| r.held.is_none()), 0.1, 0.5);
    some("job log", &|d| !d.job_search.is_empty(), 0.3, 0.99);
    some("CV", &|d| d.citizen.cv_since.is_some(), 0.8, 0.95);
    some("graduate", &|d| d.citizen.scheme == "graduate", 0.1, 0.25);
    some("part-time", &|d| d.citizen.insurance == "part_time", 0.02, 0.1);
}
