//! What holds of the statistics whatever the numbers, and of the watch over a trial.

#![allow(clippy::unwrap_used, reason = "a test")]

use jobnet_trials::protocol::eligible::{Fact, Facts};
use jobnet_trials::stats::multiple::{Adjustment, adjust};
use jobnet_trials::stats::power::{self, Test};
use jobnet_trials::stats::proportion::{self, Share};
use jobnet_trials::stats::regression::{self, Robust, TREATMENT};
use jobnet_trials::stats::survival::{self, Curve, Spell};
use jobnet_trials::stats::{StatError, mean, sample_ratio};
use jobnet_trials::watch;
use proptest::prelude::*;

fn share() -> impl Strategy<Value = Share> {
    (1_u64..400).prop_flat_map(|of| (0..=of).prop_map(move |with| Share::new(with, of).unwrap()))
}

proptest! {
    /// Against the e-value of the sizes after each unit, worked out anew, and 1 before the first.
    #[test]
    fn the_largest_e_value_is_that_of_some_unit_and_never_falls(
        order in prop::collection::vec(0_usize..3, 1..120),
        weights in prop::collection::vec(1_u16..5, 3),
    ) {
        let weights: Vec<f64> = weights.into_iter().map(f64::from).collect();
        let prior: Vec<f64> = weights.iter().map(|weight| 7.0 * weight).collect();
        let (mut sizes, mut largest) = ([0; 3], 0.0_f64);
        for (place, arm) in order.iter().enumerate() {
            sizes[*arm] += 1;
            largest = largest.max(sample_ratio::log_e_value(&sizes, &weights, &prior).unwrap());
            let seen = &order[..=place];
            let found = sample_ratio::largest_log_e_value(seen, &weights, &prior).unwrap();
            prop_assert!((found - largest).abs() < 1e-9, "{found} {largest}");
        }
    }

    #[test]
    fn an_interval_of_a_share_holds_it_and_stays_within_zero_and_one(share in share()) {
        let interval = proportion::wilson(share, 0.05).unwrap();
        prop_assert!(0.0 <= interval.lower && interval.lower <= share.value());
        prop_assert!(share.value() <= interval.upper && interval.upper <= 1.0);
    }

    #[test]
    fn intervals_of_a_difference_turn_round_with_the_arms(one in share(), other in share()) {
        for interval in [proportion::newcombe, proportion::miettinen_nurminen] {
            let ahead = interval(one, other, 0.05).unwrap();
            let back = interval(other, one, 0.05).unwrap();
            prop_assert!((ahead.lower + back.upper).abs() < 1e-7, "{ahead:?} {back:?}");
            prop_assert!(ahead.lower <= proportion::difference(one, other) + 1e-9);
            prop_assert!(ahead.upper >= proportion::difference(one, other) - 1e-9);
        }
        let p = proportion::fisher(one, other);
        prop_assert!((p - proportion::fisher(other, one)).abs() < 1e-7);
        prop_assert!(p > 0.0 && p <= 1.0);
    }

    #[test]
    fn adjusted_p_values_are_no_smaller_and_keep_their_order(
        p in prop::collection::vec(0.0..=1.0_f64, 1..12),
    ) {
        let holm = adjust(&p, Adjustment::Holm).unwrap();
        let all = adjust(&p, Adjustment::Bonferroni).unwrap();
        let discovery = adjust(&p, Adjustment::BenjaminiHochberg).unwrap();
        for place in 0..p.len() {
            prop_assert!(p[place] <= discovery[place] + 1e-15);
            prop_assert!(discovery[place] <= holm[place] + 1e-15);
            prop_assert!(holm[place] <= all[place] + 1e-15);
            for other in 0..p.len() {
                prop_assert!(p[place] > p[other] || holm[place] <= holm[other]);
            }
        }
    }

    /// HC2 of a regression on the arm alone is Neyman's variance, and its estimate the difference.
    #[test]
    fn the_unadjusted_estimate_is_neymans(
        treated in prop::collection::vec(-5.0..5.0_f64, 2..20),
        control in prop::collection::vec(-5.0..5.0_f64, 2..20),
    ) {
        let y: Vec<f64> = treated.iter().chain(&control).copied().collect();
        let d: Vec<f64> = (0..y.len()).map(|row| f64::from(u8::from(row < treated.len()))).collect();
        let fit = regression::unadjusted(&y, &d).unwrap();
        if let Ok(welch) = mean::welch(&treated, &control, 0.05) {
            prop_assert!((fit.coefficient(TREATMENT) - welch.value).abs() < 1e-9);
            prop_assert!((fit.error(TREATMENT, Robust::Hc2).unwrap() - welch.error).abs() < 1e-9);
        }
    }

    /// Lin's estimate with a column for each stratum but one is the blocked difference, each stratum
    /// by its size, with the blocked variance of Neyman (Imbens and Rubin, 2015, chapter 9).
    #[test]
    fn lins_estimate_over_strata_is_the_blocked_one(
        strata in prop::collection::vec(
            (
                prop::collection::vec(-5.0..5.0_f64, 2..9),
                prop::collection::vec(-5.0..5.0_f64, 2..9),
            ),
            2..5,
        ),
    ) {
        let number = |count: usize| f64::from(u32::try_from(count).unwrap());
        let (mut y, mut d, mut stratum) = (Vec::new(), Vec::new(), Vec::new());
        for (place, (treated, control)) in strata.iter().enumerate() {
            for (values, arm) in [(treated, 1.0), (control, 0.0)] {
                y.extend(values);
                d.extend(vec![arm; values.len()]);
                stratum.extend(vec![place; values.len()]);
            }
        }
        let moments = |values: &[f64]| {
            let mean = values.iter().sum::<f64>() / number(values.len());
            let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
            (mean, squares / number(values.len() - 1) / number(values.len()))
        };
        let (mut estimate, mut variance) = (0.0, 0.0);
        for (treated, control) in &strata {
            let weight = number(treated.len() + control.len()) / number(y.len());
            let (one, other) = (moments(treated), moments(control));
            estimate += weight * (one.0 - other.0);
            variance += weight * weight * (one.1 + other.1);
        }
        let columns: Vec<Vec<f64>> = (1..strata.len())
            .map(|own| stratum.iter().map(|place| f64::from(u8::from(*place == own))).collect())
            .collect();
        let fit = regression::lin(&y, &d, &columns).unwrap();
        prop_assert!((fit.coefficient(TREATMENT) - estimate).abs() < 1e-9);
        let error = fit.error(TREATMENT, Robust::Hc2).unwrap();
        prop_assert!((error - variance.sqrt()).abs() < 1e-9, "{error} {variance}");
    }

    /// Without competing events the incidence is what the curve lacks; with them the causes add up
    /// to it.
    #[test]
    fn incidences_of_all_causes_add_up(
        rows in prop::collection::vec((1_u8..30, 0_u8..3), 1..40),
    ) {
        let spells: Vec<Spell> =
            rows.iter().map(|(time, cause)| Spell { time: f64::from(*time), cause: *cause }).collect();
        let curve = Curve::new(&spells).unwrap();
        let last = |cause| survival::incidence(&spells, cause).unwrap().last().map_or(0.0, |end| end.1);
        prop_assert!((last(1) + last(2) - (1.0 - curve.share_at(30.0))).abs() < 1e-9);
    }

    /// The exact test of two arms is the binomial test, and of equal weights does not know the arms.
    #[test]
    fn the_exact_sample_ratio_is_a_probability(sizes in prop::collection::vec(0_u64..20, 2..4)) {
        prop_assume!(sizes.iter().sum::<u64>() > 0);
        let weights = vec![1.0; sizes.len()];
        let p = sample_ratio::exact(&sizes, &weights).unwrap();
        let mut turned = sizes.clone();
        turned.rotate_left(1);
        prop_assert!((p - sample_ratio::exact(&turned, &weights).unwrap()).abs() < 1e-9);
        prop_assert!(p > 0.0 && p <= 1.0);
    }

    /// The units a plan asks for can show its effect, and one less cannot.
    #[test]
    fn planning_runs_both_ways(baseline in 0.05..0.6_f64, effect in 0.02..0.3_f64) {
        let test = Test::new(0.05, 0.8).unwrap();
        let units = power::shares_unpooled(baseline + effect, baseline, test).unwrap();
        let back = power::detectable_share(baseline, units, units, test).unwrap();
        prop_assert!((back - effect).abs() < 1e-9, "{back} {effect}");
        let units = power::means(effect * 3.0, test).unwrap();
        let power = power::power_of_means(effect * 3.0, units, 0.05).unwrap();
        prop_assert!((power - 0.8).abs() < 1e-9);
        let events = power::events((-effect).exp(), 0.5, test).unwrap();
        prop_assert!((power::detectable_ratio(events, 0.5, test).unwrap() - (-effect).exp()).abs() < 1e-9);
    }
}

/// Three sides of a die thrown often: 1 − the probability of all sizes that are more probable, by
/// going through all words of six throws.
#[test]
fn the_exact_test_is_what_counting_gives() {
    let seen = [4_u64, 2, 0];
    let probability = |sizes: [u64; 3]| {
        let factorial = |n: u64| (1..=n).product::<u64>();
        #[expect(clippy::cast_precision_loss, reason = "720 at most")]
        let ways = (factorial(6) / sizes.iter().map(|n| factorial(*n)).product::<u64>()) as f64;
        ways / 3.0_f64.powi(6)
    };
    let mut expected = 0.0;
    for a in 0..=6_u64 {
        for b in 0..=6 - a {
            let sizes = [a, b, 6 - a - b];
            if probability(sizes) <= probability(seen) + 1e-12 {
                expected += probability(sizes);
            }
        }
    }
    let found = sample_ratio::exact(&seen, &[1.0, 1.0, 1.0]).unwrap();
    assert!((found - expected).abs() < 1e-12, "{found} {expected}");
}

#[test]
fn what_cannot_be_estimated_says_why() {
    assert_eq!(
        regression::lin(&[1.0, 2.0, 3.0, 4.0, 5.0], &[1.0, 1.0, 0.0, 0.0, 1.0], &[vec![2.0; 5]])
            .unwrap_err(),
        StatError::Singular
    );
    assert_eq!(
        sample_ratio::pearson(&[3, 0], &[1.0, 0.0]),
        Err(StatError::TooFew("arms with a weight"))
    );
    assert_eq!(
        sample_ratio::pearson(&[3, 1, 1], &[1.0, 1.0, 0.0]),
        Err(StatError::OutOfBounds("observed"))
    );
    assert!(Test::new(0.05, 1.0).is_err());
    assert_eq!(
        mean::welch(&[1.0, 1.0], &[1.0, 1.0], 0.05).map(|_| ()),
        Err(StatError::NoVariation)
    );
    let never = jobnet_trials::stats::cox::fit(
        &[Spell { time: 1.0, cause: 1 }, Spell { time: 2.0, cause: 0 }],
        &[1.0, 0.0],
        jobnet_trials::stats::cox::Ties::Efron,
    );
    assert_eq!(never, Err(StatError::NotFound("a maximum of the likelihood")));
}

#[test]
fn the_watch_alarms_when_an_arm_is_lost_and_not_before() {
    let fine = watch::sample_ratio(&turns(&[250, 251, 249, 250]), &[1, 1, 1, 1], false).unwrap();
    assert!(!fine.is_alarm && !fine.is_exact && fine.freedom == 3, "{fine:?}");
    let lost = watch::sample_ratio(&turns(&[1000, 800]), &[1, 1], false).unwrap();
    assert!(lost.is_alarm && lost.p < 1e-5 && lost.e_value > 1_000.0, "{lost:?}");
    let gone = watch::sample_ratio(&turns(&[90_000, 0]), &[1, 1], false).unwrap();
    assert!(gone.is_alarm && gone.e_value.is_finite(), "{gone:?}");
    let small = watch::sample_ratio(&turns(&[9, 1]), &[1, 1], true).unwrap();
    assert!(small.is_exact && !small.is_alarm, "{small:?}");
    // 2·(1 + 10)/2¹⁰, by hand.
    assert!((small.p - 22.0 / 1024.0).abs() < 1e-12);
}

/// Arms of these sizes that get a unit each in turn, as long as one lacks any.
fn turns(sizes: &[usize]) -> Vec<usize> {
    let most = sizes.iter().copied().max().unwrap_or_default();
    let turn = |turn: usize| (0..sizes.len()).filter(move |arm| sizes[*arm] > turn);
    (0..most).flat_map(turn).collect()
}

#[test]
fn an_alarm_once_raised_stays_when_the_sizes_come_right_again() {
    let mut order = vec![0; 60];
    let raised = watch::sample_ratio(&order, &[1, 1], false).unwrap();
    assert!(raised.is_alarm, "{raised:?}");
    for _ in 0..60 {
        order.push(1);
        let after = watch::sample_ratio(&order, &[1, 1], false).unwrap();
        assert!(after.is_alarm && after.e_value.to_bits() == raised.e_value.to_bits(), "{after:?}");
    }
    // By the sizes alone there would be none.
    let even = watch::sample_ratio(&turns(&[60, 60]), &[1, 1], false).unwrap();
    assert!(!even.is_alarm && even.chi_square == 0.0, "{even:?}");
    assert_eq!(
        watch::sample_ratio(&[0, 1, 2], &[1, 1], false),
        Err(StatError::OutOfBounds("order"))
    );
}

/// Looked at after every unit, an honest lottery raises the alarm as rarely as the level says.
#[test]
fn an_honest_lottery_is_almost_never_alarmed_at_however_often_it_is_looked_at() {
    let mut state = 88_172_645_463_325_252_u64;
    let mut coin = move || {
        // Marsaglia's xorshift (2003).
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::from(state >> 63 == 1)
    };
    let mut alarms = 0;
    for _ in 0..200 {
        let mut sizes = [0_u64; 2];
        let mut is_alarmed = false;
        for _ in 0..1_000 {
            sizes[coin()] += 1;
            let log = sample_ratio::log_e_value(&sizes, &[1.0, 1.0], &[50.0, 50.0]).unwrap();
            is_alarmed |= log >= 20.0_f64.ln();
        }
        alarms += u32::from(is_alarmed);
    }
    // At a level of 1/20: at most 10 of 200 are expected; 20 would be three deviations more.
    assert!(alarms <= 20, "{alarms}");
}

#[test]
fn baseline_tells_shares_and_means_apart_and_leaves_out_the_unknown() {
    let unit = |scheme: &str, age: Option<i64>| {
        let mut facts = Facts::from([("scheme".to_owned(), Fact::Value(scheme.to_owned()))]);
        facts.extend(age.map(|age| ("age".to_owned(), Fact::Number(age))));
        facts
    };
    let control = vec![unit("a", Some(30)), unit("a", Some(40)), unit("b", None)];
    let treated = vec![unit("a", Some(40)), unit("b", Some(50))];
    let rows = watch::baseline(&[control, treated], 0);
    let names: Vec<_> = rows.iter().map(|row| (row.fact.as_str(), row.value.as_deref())).collect();
    assert_eq!(names, [("age", None), ("scheme", Some("a")), ("scheme", Some("b"))]);
    // Means 45 and 35, both with the variance 50: 10/√50.
    assert!((rows[0].difference.unwrap() - 10.0 / 50.0_f64.sqrt()).abs() < 1e-12);
    assert!((rows[1].in_arm - 0.5).abs() < 1e-12 && (rows[1].in_control - 2.0 / 3.0).abs() < 1e-12);
}

#[test]
fn fidelity_counts_everyone_once_and_drops_nobody() {
    let assigned =
        std::collections::BTreeMap::from([("a", 0), ("b", 0), ("c", 1), ("d", 1), ("e", 1)]);
    // a its own, twice; b both; c only the other; d nothing; e one that no arm has; f not drawn.
    let shown = [("a", 0), ("a", 0), ("b", 0), ("b", 1), ("c", 0), ("e", 7), ("f", 1), ("f", 0)];
    let found = watch::fidelity(2, &assigned, shown);
    let counts = |arm: usize| {
        let watch::ArmFidelity { assigned, exposed, unexposed, crossed_over } = found.arms[arm];
        [assigned, exposed, unexposed, crossed_over]
    };
    assert_eq!(counts(0), [2, 2, 0, 1]);
    assert_eq!(counts(1), [3, 0, 1, 2]);
    assert_eq!(found.exposed_unassigned, 1);
}
