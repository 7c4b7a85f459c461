//! At 20,000 citizens every published share is met within one percentage point.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::Days;
use jobnet_rules::units::{Hours, Month};
use jobnet_server::synthesise::Dossier;
use jobnet_server::synthesise::latest_quarter;
use jobnet_server::synthesise::reference::{
    CONSUMPTION, IN_JOB_AFTER_3_MONTHS_PERCENT, REGIONS, Region,
};

use super::{people, today};

const CITIZENS: u64 = 20_000;
static PEOPLE: LazyLock<Vec<Dossier>> = LazyLock::new(|| people(CITIZENS, 1, today()));

fn insured() -> impl Iterator<Item = &'static Dossier> {
    PEOPLE.iter().filter(|dossier| dossier.citizen.scheme != "social_assistance")
}

#[track_caller]
fn within_a_point(what: &str, found: f64, published: f64) {
    assert!((found - published).abs() <= 1.0, "{what}: {found:.2} %, published {published:.2} %");
}

fn percent(part: usize, all: usize) -> f64 {
    100.0 * part as f64 / all as f64
}

/// Of those who registered in the last year, so long ago that it can be seen.
#[test]
fn survival_since_registration() {
    for (weeks, published) in [(4, 39.8), (13, 13.8), (26, 4.2)] {
        let days = Days::new(weeks * 7);
        let year_ago = today().checked_sub_days(Days::new(364)).unwrap();
        let seen: Vec<_> = insured()
            .filter(|d| d.citizen.registered_on >= year_ago)
            .filter(|d| d.citizen.registered_on.checked_add_days(days).unwrap() <= today())
            .collect();
        let still = seen.iter().filter(|d| {
            let day = d.citizen.registered_on.checked_add_days(days).unwrap();
            d.left_on.is_none_or(|left| left >= day)
        });
        assert!(seen.len() > 5_000);
        within_a_point(&format!("{weeks} weeks"), percent(still.count(), seen.len()), published);
    }
}

/// Months of benefit used in the period, karantæne included, at the end of a month.
fn consumed(dossier: &Dossier, until: Month) -> f64 {
    let hours: Hours = dossier
        .benefits
        .iter()
        .filter(|row| row.month <= until)
        .map(|row| row.paid_hours.unwrap_or_default() + row.quarantine_hours)
        .sum();
    let month = if dossier.citizen.insurance == "part_time" { 130.0 } else { 160.33 };
    hours.to_f64() / month
}

fn paid_in(dossier: &Dossier, month: Month) -> Hours {
    let rows = dossier.benefits.iter().filter(|row| row.month == month);
    rows.filter_map(|row| row.paid_hours).sum()
}

/// Of those who were paid in the last settled month; and of everyone on dagpenge in the year.
#[test]
fn consumption_of_the_stock_and_of_all() {
    let last = Month::of(today()).plus(-1);
    let total: u32 = CONSUMPTION.iter().map(|(_, persons)| persons).sum();
    let stock: Vec<_> = insured().filter(|d| paid_in(d, last) > Hours::ZERO).collect();
    let all: Vec<_> = insured().collect();
    assert!(stock.len() > 1_500, "{}", stock.len());
    for (name, group) in [("stock", stock), ("all", all)] {
        let mut low = 0.0;
        for (index, (high, persons)) in CONSUMPTION.into_iter().enumerate() {
            let top = index + 1 == CONSUMPTION.len();
            let inside = group.iter().filter(|dossier| {
                let months = consumed(dossier, last);
                (months >= low || index == 0) && (months < high || top)
            });
            let found = percent(inside.count(), group.len());
            let published = 100.0 * f64::from(persons) / f64::from(total);
            within_a_point(&format!("{name}, up to {high} months"), found, published);
            low = high;
        }
    }
}

/// Full-time persons of the last settled month by region, scaled to the country's number of them,
/// in percent of the insured.
#[test]
fn full_time_unemployment_of_the_insured_by_region() {
    let last = Month::of(today()).plus(-1);
    let mut hours = BTreeMap::new();
    for dossier in insured() {
        let part_time = dossier.citizen.insurance == "part_time";
        let full = paid_in(dossier, last).to_f64() / if part_time { 130.0 } else { 160.33 };
        *hours.entry(region(dossier).name).or_insert(0.0) += full;
    }
    let all: f64 = hours.values().sum();
    let country: u32 = REGIONS.iter().map(|region| region.full_time_unemployed).sum();
    for region in REGIONS {
        let persons = hours[region.name] / all * f64::from(country);
        let found = 100.0 * persons / f64::from(region.insured);
        // One point would allow a third of the figure itself: be stricter.
        let published = region.unemployment_percent;
        assert!((found - published).abs() < 0.4, "{}: {found:.2}, {published}", region.name);
        let share = 100.0
            * insured().filter(|d| self::region(d).name == region.name).count() as f64
            / insured().count() as f64;
        let expected = 100.0 * f64::from(region.full_time_unemployed) / f64::from(country);
        within_a_point(region.name, share, expected);
    }
}

fn region(dossier: &Dossier) -> &'static Region {
    static TABLE: LazyLock<BTreeMap<&'static str, &'static Region>> = LazyLock::new(|| {
        static KEPT: [Region; 5] = REGIONS;
        KEPT.iter().flat_map(|r| r.municipalities.iter().map(move |m| (m.0, r))).collect()
    });
    TABLE[dossier.citizen.municipality]
}

/// Of those with dagpenge in the latest settled quarter, who were sanctioned in it.
#[test]
fn sanctioned_in_a_quarter_by_region() {
    let quarter = latest_quarter(today());
    assert_eq!(quarter[0].to_string(), "2026-07");
    for region in REGIONS {
        let at_risk: Vec<_> = insured()
            .filter(|d| !d.id.contains("DEMO") && self::region(d).name == region.name)
            .filter(|d| d.benefits.iter().any(|row| quarter.contains(&row.month)))
            .collect();
        let sanctioned = at_risk
            .iter()
            .filter(|d| d.sanctions.iter().any(|row| quarter.contains(&Month::of(row.decided_on))));
        let found = percent(sanctioned.count(), at_risk.len());
        within_a_point(region.name, found, region.sanctioned_percent);
    }
}

/// Of spells that ended at least four months ago, who is in a job as an employee in the third
/// month after.
#[test]
fn in_a_job_three_months_after() {
    let last = Month::of(today()).plus(-1);
    let ended: Vec<_> = insured()
        .filter_map(|d| Some((d, Month::of(d.left_on?).plus(3))))
        .filter(|(_, month)| *month <= last)
        .collect();
    assert!(ended.len() > 5_000);
    let at_work = ended.iter().filter(|(d, month)| {
        d.work_hours.iter().any(|row| row.month == *month && row.kind == "ordinary")
    });
    let found = percent(at_work.count(), ended.len());
    within_a_point("in a job", found, IN_JOB_AFTER_3_MONTHS_PERCENT);
}
