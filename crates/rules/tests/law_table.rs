//! The table of law is whole: no gaps, no overlaps, one unit per number, and the published values.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::mem::discriminant;

use chrono::NaiveDate;
use jobnet_rules::law::{Key, row, row_or_earlier, rows};
use jobnet_rules::trace::Status;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn rows_follow_each_other_without_gap_or_overlap() {
    for key in Key::ALL {
        let rows = rows(*key);
        assert!(!rows.is_empty(), "{key}");
        for pair in rows.windows(2) {
            let last = pair[0].valid_to.unwrap_or_else(|| panic!("{key}: a row after an open one"));
            assert_eq!(last.succ_opt(), Some(pair[1].valid_from), "{key}");
            assert_eq!(discriminant(&pair[0].value), discriminant(&pair[1].value), "{key}");
        }
        for row in rows {
            assert_eq!(row.key, *key);
            assert!(row.valid_to.is_none_or(|last| row.valid_from <= last), "{key}");
            assert!(!row.legal_ref.is_empty() && !row.source.is_empty(), "{key}");
        }
    }
}

#[test]
fn a_day_picks_its_row() {
    let check = |key, on: &str, expected: Option<&str>| {
        let value = row(key, day(on)).map(|row| row.value.to_string());
        assert_eq!(value.as_deref(), expected, "{key} {on}");
    };
    check(Key::RateMaximumFullTime, "2021-12-31", None);
    check(Key::RateMaximumFullTime, "2025-12-31", Some("21092.00"));
    check(Key::RateMaximumFullTime, "2026-01-01", Some("22041.00"));
    check(Key::RateMaximumFullTime, "2026-12-31", Some("22041.00"));
    check(Key::RateMaximumFullTime, "2027-01-01", None);
    check(Key::RateWithSupplementFullTime, "2023-04-30", None);
    check(Key::RateWithSupplementFullTime, "2023-05-01", Some("23449.00"));
    check(Key::Rule225RequiredHours, "2020-03-08", Some("225.00"));
    check(Key::Rule225RequiredHours, "2020-03-09", Some("0.00"));
    check(Key::Rule225RequiredHours, "2025-07-01", None);
    check(Key::PeriodGraduateHoursFullTime, "2023-04-30", Some("3848.00"));
    check(Key::PeriodGraduateHoursFullTime, "2023-05-01", Some("1924.00"));
    check(Key::PeriodGraduateFrameMonths, "2023-04-30", Some("36"));
    check(Key::PeriodGraduateFrameMonths, "2023-05-01", Some("24"));
    check(Key::MonthHoursFullTime, "2017-06-30", None);
    check(Key::MonthHoursFullTime, "2199-12-31", Some("160.33"));
    let carried = row_or_earlier(Key::RateMaximumFullTime, day("2030-05-05")).unwrap();
    assert_eq!(carried.value.to_string(), "22041.00");
}

/// The table of section 1.8 of the facts: full-time and part-time, 2023 to 2026.
#[test]
fn the_rates_of_the_facts() {
    use Key::*;
    let table: [(Key, Key, [i64; 8]); 6] = [
        (
            RateMaximumFullTime,
            RateMaximumPartTime,
            [19728, 20359, 21092, 22041, 13152, 13573, 14061, 14694],
        ),
        (
            RateWithSupplementFullTime,
            RateWithSupplementPartTime,
            [23449, 24199, 25070, 26198, 15632, 16133, 16713, 17465],
        ),
        (
            RateGraduateProviderFullTime,
            RateGraduateProviderPartTime,
            [16177, 16694, 17295, 18074, 10785, 11130, 11530, 12049],
        ),
        (
            RateGraduateFirstFullTime,
            RateGraduateFirstPartTime,
            [14106, 14557, 15081, 15759, 9404, 9705, 10054, 10506],
        ),
        (
            RateGraduateThirtyFullTime,
            RateGraduateThirtyPartTime,
            [12253, 12645, 13100, 13690, 8169, 8430, 8733, 9126],
        ),
        (
            RateGraduateUnderThirtyFullTime,
            RateGraduateUnderThirtyPartTime,
            [9700, 10011, 10371, 10838, 6467, 6674, 6914, 7225],
        ),
    ];
    for (full, part, expected) in table {
        for (index, kroner) in expected.iter().enumerate() {
            let year = 2023 + index % 4;
            let key = if index < 4 { full } else { part };
            let found = row(key, day(&format!("{year}-06-01"))).unwrap();
            assert_eq!(found.value.to_string(), format!("{kroner}.00"), "{key} {year}");
        }
    }
}

/// Percentages of the maximum that the facts give for graduates: a check on typing.
#[test]
fn graduates_get_their_share_of_the_maximum() {
    let shares = [
        (Key::RateGraduateProviderFullTime, 8200),
        (Key::RateGraduateFirstFullTime, 7150),
        (Key::RateGraduateThirtyFullTime, 6211),
        (Key::RateGraduateUnderThirtyFullTime, 4917),
    ];
    let kroner = |key, year: i32| {
        let value = row(key, day(&format!("{year}-06-01"))).unwrap().value.to_string();
        value.strip_suffix(".00").unwrap().parse::<i64>().unwrap()
    };
    for year in 2023..=2026 {
        let maximum = kroner(Key::RateMaximumFullTime, year);
        for (key, share) in shares {
            let expected = maximum * share / 10_000;
            assert!((kroner(key, year) - expected).abs() <= 1, "{key} {year}");
        }
    }
}

#[test]
fn statuses_follow_the_facts() {
    let status = |key, on: &str| row(key, day(on)).unwrap().status;
    assert_eq!(status(Key::RateMaximumFullTime, "2026-05-01"), Status::Confirmed);
    assert_eq!(status(Key::RateGraduateFirstFullTime, "2026-05-01"), Status::Derived);
    assert_eq!(status(Key::RateGraduateFirstFullTime, "2025-05-01"), Status::Confirmed);
    assert_eq!(status(Key::SanctionQuarantineHoursPartTime, "2026-05-01"), Status::Unconfirmed);
    assert_eq!(status(Key::SocialAssistanceRateIncreased, "2025-09-01"), Status::Unconfirmed);
    assert_eq!(status(Key::SocialAssistanceRateBasic, "2025-09-01"), Status::Confirmed);
    assert_eq!(status(Key::DayHoursPartTime, "2026-05-01"), Status::Unconfirmed);
    assert_eq!(status(Key::PeriodGraduateHoursPartTime, "2023-04-30"), Status::Unconfirmed);
    assert_eq!(status(Key::PeriodGraduateHoursPartTime, "2023-05-01"), Status::Confirmed);
}
