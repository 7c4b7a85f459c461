//! Measures and comparisons against other programs, on few people and on equal estimates
//! (`fixtures/measures.py` makes the reference).

#![allow(clippy::unwrap_used, reason = "a test")]

use jobnet_profiling::compare::{Compared, Comparison, Says, compare};
use jobnet_profiling::evaluate::{Evaluation, Interval};
use jobnet_profiling::flags::{Flag, Rates, flagging};
use jobnet_profiling::measure::{Told, Trait, evaluation};
use jobnet_profiling::train::FitError;
use serde_json::{Value, json};

const REFERENCE: &str = include_str!("fixtures/measures.json");

/// People of the reference: what came of it, two estimates of each, and her group.
struct Case {
    came_true: Vec<bool>,
    first: Vec<f64>,
    second: Vec<f64>,
    trait_: Trait,
    measures: Value,
    comparison: Value,
    flagging: Value,
}

fn cases() -> Vec<Case> {
    let reference: Value = serde_json::from_str(REFERENCE).unwrap();
    let numbers = |value: &Value| -> Vec<f64> { serde_json::from_value(value.clone()).unwrap() };
    let case = |case: &Value| Case {
        came_true: numbers(&case["came_true"]).into_iter().map(|one| one == 1.0).collect(),
        first: numbers(&case["first"]),
        second: numbers(&case["second"]),
        trait_: Trait {
            name: "sex".to_owned(),
            groups: serde_json::from_value(case["groups"].clone()).unwrap(),
        },
        measures: case["measures"].clone(),
        comparison: case["comparison"].clone(),
        flagging: case["flagging"].clone(),
    };
    reference["cases"].as_array().unwrap().iter().map(case).collect()
}

impl Case {
    fn told(&self) -> Vec<Told> {
        let each = self.first.iter().zip(&self.came_true);
        each.map(|(expected, came_true)| Told { expected: *expected, came_true: *came_true })
            .collect()
    }

    fn compared(&self, first: &Says, second: &Says) -> Comparison {
        let named = |key: &str| Compared { key: key.to_owned(), digest: String::new() };
        let traits = std::slice::from_ref(&self.trait_);
        compare((named("a"), first), (named("b"), second), &self.came_true, traits).unwrap()
    }
}

fn interval(interval: Interval) -> Value {
    json!([interval.estimate, interval.low, interval.high])
}

/// As the reference writes it.
fn written(found: &Evaluation) -> Value {
    json!({
        "auc": interval(found.auc),
        "brier": interval(found.brier),
        "calibration_in_the_large": interval(found.calibration_in_the_large),
        "calibration_slope": interval(found.calibration_slope),
        "tenths": found.tenths.iter().map(|tenth| json!({
            "people": tenth.people,
            "expected": tenth.expected,
            "observed": interval(tenth.observed),
        })).collect::<Vec<_>>(),
        "cut_offs": found.cut_offs.iter().map(|cut_off| json!({
            "flagged": cut_off.flagged,
            "sensitivity": interval(cut_off.sensitivity),
            "specificity": interval(cut_off.specificity),
        })).collect::<Vec<_>>(),
        "groups": found.groups.iter().map(|group| json!({
            "group": group.group,
            "people": group.people,
            "events": group.events,
            "auc": group.auc.map(interval),
            "brier": interval(group.brier),
            "false_positive": group.false_positive.map(interval),
            "false_negative": group.false_negative.map(interval),
            "calibration_gap": interval(group.calibration_gap),
            "cut_offs": group.cut_offs.iter().map(|errors| json!({
                "at": errors.at,
                "false_positive": errors.false_positive.map(interval),
                "false_negative": errors.false_negative.map(interval),
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}

fn written_comparison(found: &Comparison) -> Value {
    json!({
        "auc": found.auc.map(interval),
        "brier": found.brier.map(interval),
        "flagged": found.flagged.iter().map(|flagged| json!({
            "flagged": flagged.flagged,
            "differ": interval(flagged.differ),
            "only_by_one": interval(flagged.only_by_one),
            "groups": flagged.groups.iter().map(|group| json!({
                "group": group.group,
                "people": group.people,
                "first": interval(group.first),
                "second": interval(group.second),
                "differ": interval(group.differ),
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}

fn written_rates(people: u32, events: u32, rates: &Rates) -> Value {
    json!({
        "people": people,
        "events": events,
        "flagged": rates.flagged,
        "sensitivity": rates.sensitivity.map(interval),
        "specificity": rates.specificity.map(interval),
        "false_positive": rates.false_positive.map(interval),
        "false_negative": rates.false_negative.map(interval),
        "positive_predictive_value": rates.positive_predictive_value.map(interval),
        "negative_predictive_value": rates.negative_predictive_value.map(interval),
    })
}

fn assert_alike(ours: &Value, other: &Value, at: &str) {
    assert_close(ours, other, at, 1e-9);
}

fn assert_close(ours: &Value, other: &Value, at: &str, by: f64) {
    match (ours, other) {
        (Value::Array(a), Value::Array(b)) => {
            assert_eq!(a.len(), b.len(), "{at}");
            let each = a.iter().zip(b).enumerate();
            each.for_each(|(place, (a, b))| assert_close(a, b, &format!("{at}/{place}"), by));
        }
        (Value::Object(a), Value::Object(b)) => {
            assert!(a.keys().eq(b.keys()), "{at}: {a:?} {b:?}");
            a.iter().for_each(|(name, a)| assert_close(a, &b[name], &format!("{at}/{name}"), by));
        }
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            assert!((a - b).abs() < by, "{at}: {a}, not {b}");
        }
        _ => assert_eq!(ours, other, "{at}"),
    }
}

#[test]
fn measures_agree_with_other_programs() {
    for (number, case) in cases().into_iter().enumerate() {
        let found = evaluation(&case.told(), std::slice::from_ref(&case.trait_), 1).unwrap();
        assert_alike(&written(&found), &case.measures, &format!("case {number}"));
    }
}

/// Rates are written with six decimals.
#[test]
fn rates_of_flags_agree_with_other_programs() {
    for (number, case) in cases().into_iter().enumerate() {
        let flags: Vec<Flag> = case
            .told()
            .iter()
            .map(|one| Flag { flagged: one.expected >= 0.3, came_true: one.came_true })
            .collect();
        let found = flagging(&flags, std::slice::from_ref(&case.trait_)).unwrap();
        let mut written = written_rates(found.people, found.events, &found.rates);
        let groups = found.groups.iter().map(|group| {
            let mut of_group = json!({ "group": group.group });
            let rates = written_rates(group.people, group.events, &group.rates);
            let rates = rates.as_object().unwrap().clone();
            of_group.as_object_mut().unwrap().extend(rates);
            of_group
        });
        written["groups"] = groups.collect();
        assert_close(&written, &case.flagging, &format!("case {number}"), 6e-7);
    }
    assert_eq!(flagging(&[], &[]), None);
}

#[test]
fn comparisons_agree_with_their_definitions() {
    for (number, case) in cases().into_iter().enumerate() {
        let (first, second) = (Says::Shares(case.first.clone()), Says::Shares(case.second.clone()));
        let found = case.compared(&first, &second);
        assert_alike(&written_comparison(&found), &case.comparison, &format!("case {number}"));
    }
}

#[test]
fn a_model_of_groups_is_compared_at_the_share_that_it_flags() {
    let case = &cases()[0];
    let flags: Vec<bool> = case.second.iter().map(|share| *share >= 0.35).collect();
    let count = flags.iter().filter(|flag| **flag).count();
    let found = case.compared(&Says::Groups(flags.clone()), &Says::Shares(case.first.clone()));
    assert_eq!((found.auc, found.brier), (None, None));
    let [flagged] = found.flagged.as_slice() else { panic!("there is one share") };
    assert_eq!(flagged.flagged, count as f64 / 400.0);
    // She is flagged when fewer than so many stand before her.
    let is_before = |a: usize, b: usize| {
        let (of_a, of_b) = (case.first[a], case.first[b]);
        of_a > of_b || (of_a == of_b && a < b)
    };
    let is_flagged = |b: &usize| (0..400).filter(|a| is_before(*a, *b)).count() < count;
    let differ = (0..400).filter(|place| is_flagged(place) != flags[*place]).count();
    assert_eq!(flagged.differ.estimate, differ as f64 / 400.0);
    assert_eq!(flagged.only_by_one.estimate, differ as f64 / 2.0 / count as f64);
    let same = case.compared(&Says::Groups(flags.clone()), &Says::Groups(flags));
    assert_eq!(same.flagged[0].differ.estimate, 0.0);
}

#[test]
fn what_cannot_be_measured_is_said() {
    let told = |each: &[(f64, bool)]| -> Vec<Told> {
        each.iter()
            .map(|(expected, came_true)| Told { expected: *expected, came_true: *came_true })
            .collect()
    };
    let of = |each: &[(f64, bool)]| evaluation(&told(each), &[], 1).map(|_| ());
    assert_eq!(of(&[]), Err(FitError::OneOutcome));
    assert_eq!(of(&[(0.2, true), (0.1, true)]), Err(FitError::OneOutcome));
    assert_eq!(of(&[(0.2, true), (0.2, false)]), Err(FitError::Collinear(1)));
    assert_eq!(of(&[(0.2, false), (0.3, true)]), Err(FitError::Separated));
    for wrong in [f64::NAN, -0.1, 1.1, f64::INFINITY] {
        assert_eq!(of(&[(0.2, false), (wrong, true)]), Err(FitError::NoNumber(1)));
    }
    // Estimates of 0 and 1 are, even when they are wrong.
    assert_eq!(of(&[(0.0, true), (1.0, false), (0.0, false), (1.0, true)]), Ok(()));
}

#[test]
fn of_one_event_the_area_is_not_known() {
    let mut told = vec![Told { expected: 0.4, came_true: true }];
    let others = [0.1, 0.2, 0.3, 0.45, 0.5];
    told.extend(others.map(|expected| Told { expected, came_true: false }));
    let found = evaluation(&told, &[], 1).unwrap();
    assert_eq!(found.auc, Interval { estimate: 0.6, low: 0.0, high: 1.0 });
}
