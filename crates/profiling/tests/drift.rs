//! What a model said against what came of it: the numbers of other programs, the rule, and how often
//! the rule is wrong.

#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use jobnet_profiling::drift::{Deviation, Drift, Verdict, watch};
use jobnet_profiling::evaluate::Interval;
use jobnet_profiling::logistic::inverse_logit;
use jobnet_profiling::measure::Told;
use jobnet_profiling::profile::Outcome;
use jobnet_profiling::{shipped, synthetic};
use serde_json::{Value, json};
use support::Draw;

/// Made by `fixtures/drift.py` with statsmodels and scipy.
const REFERENCE: &str = include_str!("fixtures/drift.json");

fn told(period: &Value) -> Vec<Told> {
    let said = period["said"].as_array().unwrap().iter();
    let came_true = period["came_true"].as_str().unwrap().bytes();
    said.zip(came_true)
        .map(|(said, came_true)| Told {
            expected: said.as_f64().unwrap() / 10_000.0,
            came_true: came_true == b'1',
        })
        .collect()
}

#[test]
fn its_numbers_are_those_of_other_programs() {
    let reference: Value = serde_json::from_str(REFERENCE).unwrap();
    let periods = reference["periods"].as_object().unwrap();
    for (name, period) in periods {
        let drift = watch(&told(period));
        let close = |ours: f64, theirs: &Value| {
            let theirs = theirs.as_f64().unwrap();
            assert!(
                (ours - theirs).abs() < 1e-6 * theirs.abs().max(1.0),
                "{name}: {ours} {theirs}"
            );
        };
        let interval = |ours: Interval, theirs: &Value| {
            close(ours.estimate, &theirs[0]);
            close(ours.low, &theirs[1]);
            close(ours.high, &theirs[2]);
        };
        assert_eq!(drift.events.map(u64::from), period["events"].as_u64());
        close(drift.expected.unwrap(), &period["expected"]);
        interval(drift.in_the_large.unwrap(), &period["in_the_large"]);
        interval(drift.slope.unwrap(), &period["slope"]);
        close(drift.fit.unwrap().statistic, &period["statistic"]);
        close(drift.fit.unwrap().p, &period["p"]);
        assert_eq!(drift.fit.unwrap().freedom, 10);
        for (ours, theirs) in drift.tenths.iter().zip(period["tenths"].as_array().unwrap()) {
            assert_eq!(u64::from(ours.people), theirs[0].as_u64().unwrap());
            close(ours.expected, &theirs[1]);
            close(ours.observed.estimate, &theirs[2]);
            close(ours.observed.low, &theirs[3]);
            close(ours.observed.high, &theirs[4]);
        }
    }
    assert_eq!(periods.len(), 6);
}

#[test]
fn a_model_is_out_of_date_for_what_is_wrong_with_it() {
    let reference: Value = serde_json::from_str(REFERENCE).unwrap();
    let of = |name: &str| watch(&told(&reference["periods"][name]));
    let holds = of("as_said");
    assert_eq!((holds.verdict, holds.deviations.as_slice()), (Verdict::Current, [].as_slice()));
    for (name, deviation) in [
        ("more", Deviation::TooLow),
        ("fewer", Deviation::TooHigh),
        ("less_apart", Deviation::TooSpread),
        ("more_apart", Deviation::TooNarrow),
        ("bent", Deviation::Tenths),
    ] {
        let drift = of(name);
        assert_eq!(drift.verdict, Verdict::Stale, "{name}");
        assert!(drift.deviations.contains(&deviation), "{name}: {:?}", drift.deviations);
    }
}

/// Whatever it says can be written down and read again: no number is infinite.
fn written_and_read(drift: &Drift) {
    let text = serde_json::to_string(drift).unwrap();
    let read: Drift = serde_json::from_str(&text).unwrap();
    assert_eq!((read.verdict, read.events), (drift.verdict, drift.events));
}

fn some(count: usize, came_true: bool) -> Vec<Told> {
    vec![Told { expected: 0.5, came_true }; count]
}

#[test]
fn of_too_few_people_nothing_is_said() {
    for (yes, no) in [(0, 0), (1, 0), (0, 5_000), (99, 5_000), (5_000, 99)] {
        let drift = watch(&[some(yes, true), some(no, false)].concat());
        assert_eq!(drift.verdict, Verdict::TooFew, "{yes} {no}");
        assert!(drift.deviations.is_empty());
        written_and_read(&drift);
        let told = serde_json::to_value(drift.told()).unwrap();
        let blank = json!({
            "verdict": "too_few", "deviations": [], "people": yes + no, "events": null,
            "expected": null, "observed": null, "in_the_large": null, "slope": null, "auc": null,
            "tenths": [], "fit": null,
        });
        assert_eq!(told, blank, "{yes} {no}");
    }
    let enough = watch(&[some(100, true), some(100, false)].concat());
    assert_eq!(enough.clone().told(), enough);
    assert_eq!(enough.verdict, Verdict::Current);
    assert_eq!(enough.slope, None, "its estimates do not vary");
}

#[test]
fn a_model_that_is_sure_and_wrong_is_out_of_date() {
    let sure = |came_true| Told { expected: 0.0, came_true };
    let drift = watch(&[vec![sure(true); 150], vec![sure(false); 1_000]].concat());
    assert_eq!(drift.verdict, Verdict::Stale);
    written_and_read(&drift);
}

/// What the delivered model says of made-up people.
fn said(count: u32, seed: u64) -> Vec<Told> {
    let sealed = shipped::model(shipped::DEFAULT).unwrap();
    let people = synthetic::people(count, seed);
    let told = people.iter().map(|person| {
        let outcome = sealed.outcome(&person.answers, &person.facts).unwrap();
        let Outcome::Share { expected, .. } = outcome else { panic!("a share") };
        Told { expected: f64::from(expected.0) / 10_000.0, came_true: person.came_true }
    });
    told.collect()
}

#[test]
fn the_delivered_model_holds_for_other_people_drawn_alike() {
    let drift = watch(&said(8_000, 77));
    assert_eq!(drift.verdict, Verdict::Current, "{drift:?}");
}

/// Where it comes true just as often as the model says, about one period in a hundred at most is called out
/// of date; where half as many more come true, nine in ten are.
#[test]
fn the_rule_is_seldom_wrong() {
    let mut draw = Draw(1);
    // Mostly small shares, as many as 1 in 20 on the whole.
    let share = |draw: &mut Draw| inverse_logit(-3.2 + draw.even() + draw.even() + draw.even());
    let told: Vec<Told> =
        (0..4_000).map(|_| Told { expected: share(&mut draw), came_true: false }).collect();
    let mut stale = |shift: f64| {
        let is_stale = |_: &usize| {
            let again: Vec<Told> = told
                .iter()
                .map(|one| {
                    let log_odds = (one.expected / (1.0 - one.expected)).ln() + shift;
                    let even = (draw.even() + 1.0) / 2.0;
                    Told { came_true: even < inverse_logit(log_odds), ..*one }
                })
                .collect();
            watch(&again).verdict == Verdict::Stale
        };
        (0..500).filter(is_stale).count()
    };
    let (right, wrong) = (stale(0.0), stale(0.45));
    assert!(right <= 5, "{right} of 500");
    assert!(wrong >= 450, "{wrong} of 500");
}
