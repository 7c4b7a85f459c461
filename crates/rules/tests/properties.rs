//! What must hold for every case, not only for those somebody thought of.

#![allow(clippy::unwrap_used, clippy::panic)]

use chrono::NaiveDate;
use jobnet_rules::account::Account;
use jobnet_rules::case::{Away, Case, CaseMonth, GraduateFacts, Insurance, Scheme};
use jobnet_rules::evaluate::evaluate;
use jobnet_rules::simulate::{Holiday, KarensResult, Plan, SimulatedMonth, Simulation, simulate};
use jobnet_rules::units::{Hours, Money, Month};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

fn hundredths(range: std::ops::RangeInclusive<i64>) -> impl Strategy<Value = Hours> {
    range.prop_map(Hours::from_hundredths)
}

fn away() -> impl Strategy<Value = Option<Away>> {
    prop_oneof![
        9 => Just(None),
        1 => prop_oneof![Just(Away::Sickness), Just(Away::ParentalLeave), Just(Away::Care)]
            .prop_map(Some),
    ]
}

fn day(years: std::ops::RangeInclusive<i32>) -> impl Strategy<Value = NaiveDate> {
    (years, 1..=366_u32).prop_map(|(year, ordinal)| {
        NaiveDate::from_yo_opt(year, ordinal)
            .unwrap_or_else(|| NaiveDate::from_ymd_opt(year, 12, 31).unwrap())
    })
}

prop_compose! {
    fn fund_month(month: Month)(
        work in option::weighted(0.9, hundredths(0..=20_000)),
        subsidised in hundredths(0..=2_000),
        paid in option::weighted(0.9, hundredths(0..=16_033)),
        quarantine in prop_oneof![9 => Just(Hours::ZERO), 1 => hundredths(0..=11_100)],
        away in away(),
    ) -> CaseMonth {
        CaseMonth {
            work_hours: work,
            subsidised_hours: subsidised,
            paid_hours: paid,
            quarantine_hours: quarantine,
            away,
            settled: true,
            ..CaseMonth::empty(month)
        }
    }
}

/// A member of a fund with up to sixty settled months in a row and up to two open ones.
fn member() -> impl Strategy<Value = Case> {
    (day(2020..=2026), 0..44_usize, 0..3_usize, any::<bool>(), any::<bool>(), any::<bool>())
        .prop_flat_map(|(placed_on, settled, open, part_time, graduate, own_rate)| {
            let first = Month::of(placed_on);
            let months: Vec<_> = (0..settled + open)
                .map(|index| fund_month(first.plus(i32::try_from(index).unwrap())))
                .collect();
            let known = (option::of(0..40_u32), option::of(hundredths(0..=20_000)));
            (months, any::<bool>(), known).prop_map(move |(mut months, provider, known)| {
                let last = first.plus(i32::try_from(settled).unwrap());
                months[settled..].iter_mut().for_each(|month| month.settled = false);
                Case {
                    as_of: last.last_day(),
                    scheme: if graduate { Scheme::Graduate } else { Scheme::Dagpenge },
                    insurance: if part_time { Insurance::PartTime } else { Insurance::FullTime },
                    placed_on: Some(placed_on),
                    monthly_rate: own_rate.then(|| Money::from_hundredths(1_850_050)),
                    supplementary_weeks_used: known.0,
                    quarantine_left_hours: known.1,
                    graduate: Some(GraduateFacts {
                        provider,
                        birth_date: NaiveDate::from_ymd_opt(1996, 5, 17).unwrap(),
                    }),
                    rate_level: None,
                    months,
                }
            })
        })
}

prop_compose! {
    fn plan_near(start: NaiveDate)(
        offset in 0..400_u64,
        weekly in hundredths(0..=4_500),
        weeks in 0..160_u16,
        holidays in vec((0..500_u64, 0..40_u64), 0..4),
        part_time in option::weighted(0.2, 0..30_i32),
    ) -> Plan {
        let after = |days| start.checked_add_days(chrono::Days::new(days)).unwrap();
        Plan {
            from: after(offset),
            weekly_hours: weekly,
            weeks,
            holidays: holidays
                .into_iter()
                .map(|(from, days)| Holiday { from: after(from), to: after(from + days) })
                .collect(),
            part_time_from: part_time.map(|months| Month::of(start).plus(months)),
        }
    }
}

fn member_and_plan() -> impl Strategy<Value = (Case, Plan)> {
    member().prop_flat_map(|case| (Just(case.clone()), plan_near(case.as_of)))
}

/// Hours × by ÷ of, rounded half up.
fn scaled(hours: Hours, by: i64, of: i64) -> Hours {
    Hours::from_hundredths((2 * hours.hundredths() * by + of) / (2 * of))
}

/// Whether a plan has changed full-time insurance to part time by a month.
fn has_changed(case: &Case, plan: &Plan, month: Month) -> bool {
    case.insurance == Insurance::FullTime && plan.part_time_from.is_some_and(|from| month >= from)
}

/// Hours of karantæne left after each month: what was left before and is known of the month, less
/// what it served. With the change to part time 160.33 hours become 130.
fn left_after(case: &Case, plan: &Plan, months: &[SimulatedMonth]) -> Vec<Hours> {
    let mut left = case.quarantine_left_hours.unwrap_or_default();
    let mut changed = false;
    let after = |month: &SimulatedMonth| {
        if has_changed(case, plan, month.month) && !changed {
            (left, changed) = (scaled(left, 13_000, 16_033), true);
        }
        let known = case.months.iter().find(|known| known.month == month.month);
        left += known.map_or(Hours::ZERO, |known| known.quarantine_hours) - month.quarantine_hours;
        left
    };
    months.iter().map(after).collect()
}

/// The months a simulation of a plan played, as facts of the case.
fn with_played(case: &Case, plan: &Plan, simulation: &Simulation, count: usize) -> Case {
    let mut left = left_after(case, plan, &simulation.months[..count]).last().copied();
    if count > 0 && has_changed(case, plan, simulation.months[count - 1].month) {
        // Facts are in full time; playing the rest of the plan converts them again, to the hundredth.
        left = left.map(|left| scaled(left, 16_033, 13_000));
    }
    let mut case = case.clone();
    for played in &simulation.months[..count] {
        let known = case.months.iter().position(|month| month.month == played.month);
        let known = known.map_or(CaseMonth::empty(played.month), |at| case.months.remove(at));
        case.months.push(CaseMonth {
            work_hours: Some(played.work_hours),
            subsidised_hours: known.subsidised_hours,
            paid_hours: Some(played.payable_hours),
            quarantine_hours: played.quarantine_hours,
            away: played.away,
            settled: true,
            ..CaseMonth::empty(played.month)
        });
    }
    case.quarantine_left_hours = left.or(case.quarantine_left_hours);
    case
}

/// What a full month holds after work, holiday and a karens day, if one is taken; nothing below the
/// minimum. Worked out beside the rules, by the numbers of the facts.
fn left_of(month: &SimulatedMonth, part_time: bool, takes_day: bool) -> Hours {
    let (full, day, least) = if part_time { (13_000, 600, 1_200) } else { (16_033, 740, 1_480) };
    let not_paid = (month.work_hours + month.holiday_hours).hundredths();
    let left = full - not_paid - if takes_day { day } else { 0 };
    Hours::from_hundredths(if left < least || month.away.is_some() { 0 } else { left })
}

fn figures(account: &Account) -> (Hours, Hours, Hours, Hours, Hours) {
    let (period, konto) = (account.period.as_ref().unwrap(), account.account.as_ref().unwrap());
    (
        period.used_hours,
        period.remaining_hours,
        konto.extension_hours_used,
        konto.work_hours,
        konto.extension_hours_available,
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn used_and_remaining_are_the_entitlement(case in member()) {
        let period = evaluate(&case).unwrap().period.unwrap();
        prop_assert_eq!(period.used_hours + period.remaining_hours, period.entitled_hours);
        prop_assert!(period.used_hours >= Hours::ZERO && period.remaining_hours >= Hours::ZERO);
        prop_assert_eq!(period.runs_out_month.is_none(), period.remaining_hours == Hours::ZERO);
    }

    #[test]
    fn the_order_of_months_does_not_matter(
        (case, shuffled) in member().prop_flat_map(|case| {
            let months = Just(case.months.clone()).prop_shuffle();
            (Just(case), months)
        })
    ) {
        let mut other = case.clone();
        other.months = shuffled;
        prop_assert_eq!(evaluate(&case).unwrap(), evaluate(&other).unwrap());
    }

    #[test]
    fn more_work_never_pays_more_hours(case in member(), extra in 0..5_000_i64) {
        let mut more = case.clone();
        for month in &mut more.months {
            month.work_hours = month.work_hours.map(|work| work + Hours::from_hundredths(extra));
        }
        let (less, more) = (evaluate(&case).unwrap(), evaluate(&more).unwrap());
        for (less, more) in less.payouts.iter().zip(&more.payouts) {
            prop_assert!(more.payable_hours <= less.payable_hours);
            if let (Some(more), Some(less)) = (more.gross, less.gross) {
                prop_assert!(more <= less);
            }
        }
        let konto = |account: &Account| account.account.as_ref().unwrap().work_hours;
        prop_assert!(konto(&more) >= konto(&less));
        let met = |account: &Account| account.requalification.as_ref().unwrap().met;
        prop_assert!(met(&more) || !met(&less));
    }

    /// More work may avoid a karens day, which is then paid and used. But no month with more work
    /// uses more than the one with less would without the day: to the hundredth, month by month.
    #[test]
    fn more_planned_work_never_lengthens_consumption(
        (case, plan) in member_and_plan(),
        extra in 0..2_000_i64,
    ) {
        let more_work =
            Plan { weekly_hours: plan.weekly_hours + Hours::from_hundredths(extra), ..plan.clone() };
        let less = simulate(&case, &plan).unwrap();
        let more = simulate(&case, &more_work).unwrap();
        for (less, more) in less.months.iter().zip(&more.months) {
            // Only while the right lasts unshortened in both does a month depend on work alone.
            if less.remaining_hours == Hours::ZERO || more.remaining_hours == Hours::ZERO {
                break;
            }
            let part_time = case.insurance == Insurance::PartTime
                || plan.part_time_from.is_some_and(|from| less.month >= from);
            let used = |month: &SimulatedMonth| month.payable_hours + month.quarantine_hours;
            for month in [less, more] {
                let takes_day = month.karens.is_some_and(|karens| {
                    matches!(karens.result, KarensResult::Applied | KarensResult::AppliedLate)
                });
                prop_assert_eq!(used(month), left_of(month, part_time, takes_day));
            }
            prop_assert!(used(more) <= left_of(less, part_time, false), "{}", less.month);
        }
    }

    #[test]
    fn one_step_and_month_by_month_agree((case, plan) in member_and_plan(), cut in 0..80_usize) {
        let whole = simulate(&case, &plan).unwrap();
        let count = cut.min(whole.months.len());
        let rest = simulate(&with_played(&case, &plan, &whole, count), &plan).unwrap();
        prop_assert_eq!(&rest.months[..], &whole.months[count..]);
        prop_assert_eq!(rest.outcome.ended_by, whole.outcome.ended_by);
    }

    #[test]
    fn a_simulated_month_is_what_the_account_says_once_it_is_settled(
        (case, plan) in member_and_plan(),
        cut in 1..80_usize,
    ) {
        let plan = Plan { part_time_from: None, ..plan };
        let simulation = simulate(&case, &plan).unwrap();
        let count = cut.min(simulation.months.len());
        if count == 0 {
            return Ok(());
        }
        let last = &simulation.months[count - 1];
        let mut settled = with_played(&case, &plan, &simulation, count);
        settled.as_of = last.month.last_day();
        let found = figures(&evaluate(&settled).unwrap());
        let expected = (
            last.used_hours,
            last.remaining_hours,
            last.extension_hours_used,
            last.account_work_hours,
            last.extension_hours_available,
        );
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn a_simulation_adds_up((case, plan) in member_and_plan()) {
        let simulation = simulate(&case, &plan).unwrap();
        let paid: Hours = simulation.months.iter().map(|month| month.payable_hours).sum();
        prop_assert_eq!(paid, simulation.outcome.paid_hours_total);
        let gross: Money = simulation.months.iter().filter_map(|month| month.gross).sum();
        prop_assert_eq!(gross, simulation.outcome.gross_total);
        let open = case.months.iter().filter(|month| !month.settled);
        let owed: Hours = open.map(|month| month.quarantine_hours).sum();
        let served: Hours = simulation.months.iter().map(|month| month.quarantine_hours).sum();
        prop_assert!(served <= owed + case.quarantine_left_hours.unwrap_or_default());
        // Served and left are what is owed, and all of it is served before anything is paid.
        let left = left_after(&case, &plan, &simulation.months);
        for (month, left) in simulation.months.iter().zip(left) {
            prop_assert!(left >= Hours::ZERO, "{}: more served than owed", month.month);
            let is_paid = month.payable_hours > Hours::ZERO;
            prop_assert!(left == Hours::ZERO || !is_paid, "{}: {left} left", month.month);
            prop_assert!(month.payable_hours >= Hours::ZERO);
            prop_assert!(month.from_extension <= month.payable_hours);
            prop_assert!(month.gross.is_none_or(|gross| gross >= Money::ZERO));
        }
        // A right never lasts beyond frame, lengthening and extension.
        prop_assert!(simulation.months.len() <= 36 + 24 + 18 + 1);
        prop_assert_eq!(
            &simulation.baseline,
            &simulate(&case, &Plan::nothing(plan.from)).unwrap().outcome
        );
    }

    #[test]
    fn a_correction_moves_consumption_by_as_much(
        case in member(),
        index in any::<prop::sample::Index>(),
        paid in hundredths(0..=16_033),
    ) {
        let settled: Vec<usize> =
            (0..case.months.len()).filter(|index| case.months[*index].settled).collect();
        if settled.is_empty() {
            return Ok(());
        }
        let index = *index.get(&settled);
        let mut corrected = case.clone();
        let before = corrected.months[index].paid_hours.unwrap_or_default();
        corrected.months[index].paid_hours = Some(paid);
        let total = |case: &Case| {
            let figures = figures(&evaluate(case).unwrap());
            figures.0 + figures.2
        };
        prop_assert_eq!(total(&corrected) - total(&case), paid - before);
    }
}
