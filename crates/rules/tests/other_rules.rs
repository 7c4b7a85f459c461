//! The rules beside the account, at their thresholds, by the examples of the facts.

#![allow(clippy::unwrap_used, clippy::panic)]

use chrono::NaiveDate;
use jobnet_rules::absence::{Absence, away_months};
use jobnet_rules::case::{Away, Insurance, Scheme};
use jobnet_rules::deductions::{hours_of_income, payable_hours};
use jobnet_rules::duties;
use jobnet_rules::excess::excess_hours;
use jobnet_rules::income_requirement::income_requirement;
use jobnet_rules::karens::day_amount;
use jobnet_rules::rates::with_supplement;
use jobnet_rules::rule_225::rule_225;
use jobnet_rules::sanctions::{self, SanctionEffect, work_requirement};
use jobnet_rules::shortening::{ShortenedRight, shortening};
use jobnet_rules::supplementary::{PayPeriod, extension_weeks, renewal};
use jobnet_rules::trace::Status;
use jobnet_rules::units::{Hours, Money, Month};

use Insurance::{FullTime, PartTime};

fn hours(text: &str) -> Hours {
    text.parse().unwrap()
}
fn kroner(text: &str) -> Money {
    text.parse().unwrap()
}
fn month(text: &str) -> Month {
    text.parse().unwrap()
}
fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}
fn today() -> NaiveDate {
    day("2026-10-11")
}

#[test]
fn shortening_at_four_years_of_benefit_within_eight() {
    let check = |total: &str, right, expected: Option<(&str, &str, Option<&str>)>| {
        // Half in the oldest month of the window, half in the newest; a month before it never
        // counts. 96 months end with 2026-10: they begin with 2018-11.
        let half = Hours::from_hundredths(hours(total).hundredths() / 2);
        let paid = [
            (month("2026-10"), half),
            (month("2018-11"), hours(total) - half),
            (month("2018-10"), hours("160.33")),
        ];
        let found = shortening(&paid, month("2026-10"), FullTime, right).unwrap().value;
        let expected = expected.map(|(cut, postponed, limit)| {
            (hours(cut), hours(postponed), limit.map(hours), day("2031-10-31"))
        });
        let found = found.map(|cut| {
            (cut.cut_hours, cut.postponed_hours, cut.extension_limit_hours, cut.lapses_on)
        });
        assert_eq!(found, expected, "{total}");
    };
    let period = ShortenedRight::Period(hours("1000"));
    check("7695.99", period, None);
    check("7696.00", period, Some(("160.33", "0", None)));
    check("7696.01", period, Some(("160.33", "0", None)));
    check("7696", ShortenedRight::Period(hours("100")), Some(("100", "60.33", None)));
    let account = ShortenedRight::Account(hours("500"));
    check("7696", account, Some(("80.17", "0", Some("1763.67"))));

    let part_time = |total| {
        let paid = [(month("2026-10"), hours(total))];
        shortening(&paid, month("2026-10"), PartTime, ShortenedRight::Account(hours("9"))).unwrap()
    };
    assert_eq!(part_time("6239.99").value, None);
    let due = part_time("6240").value.unwrap();
    assert_eq!((due.cut_hours, due.postponed_hours), (hours("9"), hours("56")));
    assert_eq!(due.extension_limit_hours, Some(hours("1430")));
    assert_eq!(part_time("6240").status, Status::Derived);
}

#[test]
fn excess_hours_are_what_exceeds_481_in_three_months() {
    let check = |last: &str, expected: &str| {
        let work = [
            (month("2026-07"), Some(hours("160.33"))),
            (month("2026-09"), Some(hours(last))),
            (month("2026-08"), Some(hours("160.33"))),
            (month("2026-06"), Some(hours("160.33"))),
        ];
        let excess = excess_hours(&work, month("2026-09"), FullTime, today()).unwrap();
        assert_eq!(excess.value, hours(expected), "{last}");
    };
    check("160.33", "0");
    check("160.34", "0"); // 481.00
    check("160.35", "0.01");
    check("345.34", "185"); // five weeks of 37 hours
    check("400", "185");
    assert_eq!(excess_hours(&[], month("2026-09"), PartTime, today()), None);
}

#[test]
fn deducted_days_take_their_hours_and_the_minimum_still_holds() {
    let check = |work: &str, days, insurance, expected: &str| {
        let found = payable_hours(hours(work), days, insurance, month("2026-05")).unwrap();
        assert_eq!(found.value, hours(expected), "{work} hours, {days} days");
        found.status
    };
    check("0", 0, FullTime, "160.33");
    check("50", 0, FullTime, "110.33");
    check("50", 1, FullTime, "102.93");
    // Nineteen days of 7.40 are 140.60 hours: 19.73 are left.
    assert_eq!(check("4.92", 19, FullTime, "14.81"), Status::Confirmed);
    check("4.93", 19, FullTime, "14.80");
    check("4.94", 19, FullTime, "0");
    check("0", 30, FullTime, "0");
    // Part-time insured: 130 less two days of six hours.
    check("105.99", 2, PartTime, "12.01");
    check("106", 2, PartTime, "12");
    check("106.01", 2, PartTime, "0");
    assert_eq!(check("0", 1, PartTime, "124"), Status::Unconfirmed);
    assert_eq!(check("0", 0, PartTime, "130"), Status::Confirmed);
    assert_eq!(payable_hours(Hours::ZERO, 0, FullTime, month("2017-06")), None);
    let explained = payable_hours(hours("50"), 3, FullTime, month("2026-05")).unwrap();
    let inputs: Vec<_> = explained.inputs.iter().map(ToString::to_string).collect();
    assert!(inputs.contains(&"days[2026-05]=3".to_owned()), "{inputs:?}");
}

#[test]
fn income_without_hours_stands_for_hours_where_the_rate_is_known() {
    let check = |income: &str, on: &str| {
        hours_of_income(kroner(income), month(on)).map(|found| found.value.to_string())
    };
    assert_eq!(check("277.76", "2024-12").as_deref(), Some("1.00"));
    assert_eq!(check("10000", "2024-01").as_deref(), Some("36.00"), "36.0023");
    assert_eq!(check("138.88", "2024-01").as_deref(), Some("0.50"));
    assert_eq!(check("1.38", "2024-01").as_deref(), Some("0.00"), "0.00497");
    assert_eq!(check("1.39", "2024-01").as_deref(), Some("0.01"), "0.00500");
    assert_eq!(check("10000", "2023-12"), None);
    assert_eq!(check("10000", "2025-01"), None);
}

#[test]
fn the_second_sanction_within_twelve_months_is_a_work_requirement() {
    let check = |last: Option<&str>, insurance, expected| {
        let effect = sanctions::effect(day("2026-05-10"), last.map(day), insurance).unwrap();
        assert_eq!(effect.value, expected, "{last:?}");
        effect.status
    };
    let quarantine = SanctionEffect::Quarantine(hours("111"));
    let requirement = SanctionEffect::WorkRequirement(hours("300"));
    assert_eq!(check(None, FullTime, quarantine), Status::Confirmed);
    check(Some("2025-05-10"), FullTime, quarantine);
    check(Some("2025-05-11"), FullTime, requirement);
    check(Some("2026-05-10"), FullTime, requirement);
    check(Some("2026-01-01"), PartTime, SanctionEffect::WorkRequirement(hours("150")));
    let part_time = SanctionEffect::Quarantine(hours("90"));
    assert_eq!(check(None, PartTime, part_time), Status::Unconfirmed);
}

#[test]
fn quarantine_is_served_in_hours_that_would_have_been_paid() {
    let months = ["2026-05", "2026-06", "2026-07"].map(month);
    let payable = ["60.33", "0", "160.33"].map(hours);
    let payable: Vec<_> = months.into_iter().zip(payable).collect();
    let served = sanctions::serve(&payable, hours("111")).value;
    let hours_of: Vec<_> = served.months.iter().map(|(_, hours)| hours.to_string()).collect();
    assert_eq!(hours_of, ["60.33", "0.00", "50.67"]);
    assert_eq!(served.remaining_hours, Hours::ZERO);
    let first = sanctions::serve(&payable[..1], hours("111")).value;
    assert_eq!(first.remaining_hours, hours("50.67"));
}

#[test]
fn quarantine_costs_by_the_published_examples() {
    for (rate, expected) in [("22041", "15259.47"), ("21092", "14602.46"), ("20359", "14094.99")] {
        let cost = sanctions::cost(hours("111"), kroner(rate), FullTime, today()).unwrap();
        assert_eq!(cost.value, kroner(expected));
    }
}

#[test]
fn a_work_requirement_is_met_within_three_consecutive_months() {
    let check = |middle: &str, insurance, expected: (&str, &str, Option<&str>)| {
        let work = [
            (month("2026-01"), hours("500")), // the month of the decision
            (month("2026-02"), hours("90")),
            (month("2026-03"), hours("100")),
            (month("2026-04"), hours(middle)),
            (month("2026-05"), hours("10")),
        ];
        let found = work_requirement(&work, day("2026-01-15"), insurance).unwrap().value;
        let (best, missing, met_in) = expected;
        assert_eq!(found.best_hours, hours(best));
        assert_eq!(found.missing_hours, hours(missing));
        assert_eq!(found.met_in, met_in.map(month));
    };
    check("109.99", FullTime, ("299.99", "0.01", None));
    check("110.00", FullTime, ("300", "0", Some("2026-04")));
    check("110.01", FullTime, ("300.01", "0", Some("2026-04")));
    check("0", PartTime, ("190", "0", Some("2026-03")));
}

#[test]
fn the_225_hour_rule_stops_with_june_2025() {
    let work: Vec<_> =
        (0..24).map(|index| (month("2023-07").plus(index), Some(hours("18.75")))).collect();
    let check = |at: &str| rule_225(&work, month(at)).map(|found| found.value);
    let june = check("2025-06").unwrap();
    assert_eq!((june.counted_hours, june.missing_hours), (hours("225"), Hours::ZERO));
    let early = check("2024-05").unwrap();
    assert_eq!(early.counted_hours, hours("206.25"), "eleven months");
    assert_eq!(early.missing_hours, hours("18.75"));
    for outside in ["2025-07", "2026-01", "2016-03", "1999-01"] {
        assert!(check(outside).is_err(), "{outside}");
    }
    assert_eq!(check("2020-04").unwrap().missing_hours, Hours::ZERO, "suspended");
    assert_eq!(check("2020-10").unwrap().missing_hours, hours("225"));

    let unknown = [(month("2025-06"), None), (month("2025-05"), Some(hours("224.99")))];
    let found = rule_225(&unknown, month("2025-06")).unwrap();
    assert_eq!(found.value.missing_hours, hours("0.01"));
    assert!(found.inputs.iter().any(|input| input.to_string() == "work_hours[2025-06]=unknown"));
}

#[test]
fn supplementary_weeks_need_more_than_146_hours() {
    let check = |hours_of: &[&str], expected| {
        let months: Vec<_> = hours_of.iter().map(|text| Some(hours(text))).collect();
        let weeks = extension_weeks(PayPeriod::Month, &months, FullTime, today()).unwrap();
        assert_eq!(weeks.value, expected, "{hours_of:?}");
    };
    check(&[], 0);
    check(&["145.99"], 0);
    check(&["146.00"], 0);
    check(&["146.01"], 4);
    check(&["160.33", "0", "160.33", "147", "150"], 12); // at most twelve
    let mut old = vec!["160.33"];
    old.extend(["0"; 12]);
    check(&old, 0); // thirteen months ago

    let weeks = |hours_of: &str, count| {
        let weeks = vec![Some(hours(hours_of)); count];
        extension_weeks(PayPeriod::Week, &weeks, FullTime, today()).unwrap().value
    };
    assert_eq!((weeks("34.00", 8), weeks("34.01", 3), weeks("34.01", 4)), (0, 0, 4));
    let fortnights = vec![Some(hours("68.01")); 5];
    let found = extension_weeks(PayPeriod::Fortnight, &fortnights, FullTime, today()).unwrap();
    assert_eq!(found.value, 8);
    assert_eq!(extension_weeks(PayPeriod::Month, &[], PartTime, today()), None);
}

#[test]
fn six_months_above_146_within_twelve_give_new_weeks() {
    let check = |above: &[usize], length: usize, expected: (u32, u32, Option<usize>)| {
        let months: Vec<_> = (0..length)
            .map(|index| Some(hours(if above.contains(&index) { "146.01" } else { "146.00" })))
            .collect();
        let found = renewal(PayPeriod::Month, &months, FullTime, today()).unwrap().value;
        assert_eq!((found.counted, found.missing, found.met_at), expected, "{above:?}");
    };
    check(&[0, 2, 4, 6, 8], 12, (5, 1, None));
    check(&[0, 2, 4, 6, 8, 11], 12, (6, 0, Some(11)));
    check(&[0, 2, 4, 6, 8, 12], 13, (5, 1, None)); // twelve months, not thirteen
    check(&[0, 1, 2, 3, 4, 5], 20, (6, 0, Some(5)));
    let weeks = vec![Some(hours("35")); 26];
    assert_eq!(renewal(PayPeriod::Week, &weeks, FullTime, today()).unwrap().value.met_at, Some(25));
    let unknown = vec![None; 12];
    assert_eq!(renewal(PayPeriod::Month, &unknown, FullTime, today()).unwrap().value.counted, 0);
}

#[test]
fn absence_counts_beyond_six_weeks_of_sickness() {
    let spell = |kind, from, to: Option<&str>| Absence { kind, from: day(from), to: to.map(day) };
    let check = |spells: &[Absence], expected: &[(&str, Away)]| {
        let found = away_months(spells, day("2026-01-01"), day("2026-12-31"), FullTime);
        let expected: Vec<_> = expected.iter().map(|(at, kind)| (month(at), *kind)).collect();
        assert_eq!(found, expected);
    };
    // 42 days from Monday 5 January end on Sunday 15 February.
    check(&[spell(Away::Sickness, "2026-01-05", Some("2026-02-15"))], &[]);
    check(
        &[spell(Away::Sickness, "2026-01-05", Some("2026-02-16"))],
        &[("2026-02", Away::Sickness)],
    );
    // 16 February to 30 June: 10 + 22 + 22 + 21 + 22 weekdays of 7.40 h; a month holds at most
    // 160.33: 74 + 160.33 + 160.33 + 155.40 + 160.33 = 710.39 h are 4.43 months, so five.
    check(
        &[spell(Away::Sickness, "2026-01-05", Some("2026-06-30"))],
        &["2026-02", "2026-03", "2026-04", "2026-05", "2026-06"].map(|at| (at, Away::Sickness)),
    );
    // Parental leave lengthens from the first day; 15 March to 14 May: 12 + 22 + 10 weekdays,
    // 88.80 + 160.33 + 74 = 323.13 h are 2.02 months, so three.
    check(
        &[spell(Away::ParentalLeave, "2026-03-15", Some("2026-05-14"))],
        &["2026-03", "2026-04", "2026-05"].map(|at| (at, Away::ParentalLeave)),
    );
    // Five days less: 286.13 h are 1.78 months: the two fullest.
    check(
        &[spell(Away::ParentalLeave, "2026-03-15", Some("2026-05-07"))],
        &["2026-03", "2026-04"].map(|at| (at, Away::ParentalLeave)),
    );
    // 30 January to 31 July: 7.40 + 148 + 160.33 + 160.33 + 155.40 + 160.33 + 160.33 = 952.12 h are
    // 5.94 months; without the most that a month holds they would be 6.05.
    check(
        &[spell(Away::ParentalLeave, "2026-01-30", Some("2026-07-31"))],
        &["2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07"]
            .map(|at| (at, Away::ParentalLeave)),
    );
    // Overlaps count once, and what lies before the placement not at all.
    check(
        &[
            spell(Away::Care, "2025-06-01", Some("2026-01-31")),
            spell(Away::ParentalLeave, "2026-01-01", Some("2026-01-31")),
        ],
        &[("2026-01", Away::Care)],
    );
    // An ongoing spell lasts until the day asked for; at most two years lengthen.
    let long = [spell(Away::Sickness, "2020-01-01", None)];
    let months = away_months(&long, day("2022-01-01"), day("2026-12-31"), FullTime);
    assert_eq!(months.len(), 24);
}

#[test]
fn a_karens_day_in_whole_kroner() {
    for (rate, expected, on) in [
        ("20359", "940", "2024-06-01"),
        ("21092", "973", "2025-06-01"),
        ("22041", "1017", "2026-06-01"),
    ] {
        let amount = day_amount(kroner(rate), FullTime, day(on)).unwrap();
        assert_eq!(amount, kroner(expected));
    }
}

#[test]
fn the_supplement_ends_with_481_hours() {
    let check = |before: &str, insurance, expected: &str| {
        let rate = with_supplement(insurance, month("2026-05"), hours(before));
        assert_eq!(rate, Some(kroner(expected)), "{before}");
    };
    check("0", FullTime, "26198");
    check("480.99", FullTime, "26198");
    check("481.00", FullTime, "22041");
    check("481.01", FullTime, "22041");
    check("389.99", PartTime, "17465");
    check("390.00", PartTime, "14694");
    assert_eq!(with_supplement(FullTime, month("2023-04"), Hours::ZERO), None, "from May 2023");
    assert_eq!(with_supplement(FullTime, month("2027-01"), Hours::ZERO), None, "not known");
}

#[test]
fn deadlines_and_days_of_payment() {
    assert_eq!(duties::card_deadline(month("2026-01")), Some(day("2026-03-10")));
    assert_eq!(duties::card_deadline(month("2026-12")), Some(day("2027-02-10")));
    assert_eq!(duties::payout_day(month("2026-12")), day("2026-12-30"));
    assert_eq!(duties::payout_day(month("2026-10")), day("2026-10-30"));
    assert_eq!(duties::settlement_day(month("2026-12")), Some(day("2027-01-11")));
    assert_eq!(duties::cv_deadline(day("2026-11-21")), Some(day("2026-12-05")));
    let meeting = |scheme| duties::first_meeting_deadline(day("2026-11-21"), scheme);
    assert_eq!(meeting(Scheme::Dagpenge), Some(day("2026-12-05")));
    assert_eq!(meeting(Scheme::SocialAssistance), Some(day("2026-11-28")));
}

#[test]
fn the_income_requirement_is_known_to_2024_only() {
    let check =
        |on: &str, insurance| income_requirement(insurance, day(on)).map(|found| found.value);
    assert_eq!(check("2024-05-01", FullTime), Some((kroner("263232"), kroner("21936"))));
    assert_eq!(check("2023-05-01", PartTime), Some((kroner("169548"), kroner("14129"))));
    assert_eq!(check("2022-05-01", FullTime), Some((kroner("246924"), kroner("20577"))));
    assert_eq!(check("2025-01-01", FullTime), None);
}
