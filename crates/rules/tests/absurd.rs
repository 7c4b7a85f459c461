//! Anything the types can hold, however absurd, is answered or refused, and nothing panics.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use jobnet_rules::case::{Away, Case, CaseMonth, GraduateFacts, Insurance, RateLevel, Scheme};
use jobnet_rules::evaluate::evaluate;
use jobnet_rules::simulate::{Holiday, Plan, simulate};
use jobnet_rules::units::{Hours, Money, Month};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

fn absurd() -> impl Strategy<Value = Case> {
    let any_day = any::<i32>().prop_map(|days| {
        NaiveDate::from_num_days_from_ce_opt(days).unwrap_or(if days < 0 {
            NaiveDate::MIN
        } else {
            NaiveDate::MAX
        })
    });
    let days = |years: RangeInclusive<i32>| {
        (years, 1..=12_u32, 1..=28_u32)
            .prop_map(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day).unwrap())
    };
    let any_day = prop_oneof![any_day, days(1890..=2210), days(2016..=2030)].boxed();
    let any_hours =
        prop_oneof![any::<i64>(), 0..=20_000_i64, Just(i64::MAX), Just(100_000_000_000)]
            .prop_map(Hours::from_hundredths)
            .boxed();
    let any_month = prop_oneof![any::<i32>(), 22_800..=26_412_i32, 24_200..=24_320_i32].boxed();
    let away = prop_oneof![Just(Away::Sickness), Just(Away::ParentalLeave), Just(Away::Care)];
    let month = (
        any_month,
        option::of(any_hours.clone()),
        any_hours.clone(),
        option::of(any_hours.clone()),
        any_hours.clone(),
        option::weighted(0.1, away),
        any::<bool>(),
        option::of(any_hours.clone()),
    )
        .prop_map(|(month, work, subsidised, paid, quarantine, away, settled, earned)| CaseMonth {
            month: Month::from_index(month),
            work_hours: work,
            subsidised_hours: subsidised,
            paid_hours: paid,
            quarantine_hours: quarantine,
            away,
            settled,
            earned: earned.map(|hours| Money::from_hundredths(hours.hundredths())),
        });
    let scheme =
        prop_oneof![Just(Scheme::Dagpenge), Just(Scheme::Graduate), Just(Scheme::SocialAssistance)];
    let level = prop_oneof![
        Just(RateLevel::Minimum),
        Just(RateLevel::Basic),
        Just(RateLevel::Increased),
        Just(RateLevel::LivingAtHome)
    ];
    (
        any_day.clone(),
        scheme,
        any::<bool>(),
        option::of(any_day.clone()),
        (option::of(any_hours.clone()), option::of(any_hours)),
        option::of(any::<u32>()),
        option::of((any::<bool>(), any_day)),
        option::of(level),
        vec(month, 0..20),
    )
        .prop_map(
            |(as_of, scheme, part_time, placed_on, hours, weeks, graduate, rate_level, months)| {
                let (rate, left) = hours;
                Case {
                    as_of,
                    scheme,
                    insurance: if part_time { Insurance::PartTime } else { Insurance::FullTime },
                    placed_on,
                    monthly_rate: rate.map(|hours| Money::from_hundredths(hours.hundredths())),
                    supplementary_weeks_used: weeks,
                    quarantine_left_hours: left,
                    graduate: graduate
                        .map(|(provider, birth_date)| GraduateFacts { provider, birth_date }),
                    rate_level,
                    months,
                }
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_input_panics(case in absurd(), weekly in any::<i64>(), weeks in any::<u16>()) {
        let _ = evaluate(&case);
        let plan = Plan {
            weekly_hours: Hours::from_hundredths(weekly),
            weeks,
            holidays: vec![Holiday { from: case.as_of, to: case.as_of }],
            part_time_from: case.months.first().map(|month| month.month),
            ..Plan::nothing(case.as_of)
        };
        let _ = simulate(&case, &plan);
    }
}
