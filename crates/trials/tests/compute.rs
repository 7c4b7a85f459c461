//! Every method against figures that other programs computed (`stats/cases.json` and
//! `stats/more.json`, which `stats/more.py` makes: SciPy 1.17, statsmodels 0.15, lifelines 0.30,
//! confseq; each case says which, and its tolerance), and what happens to bad input.

#![allow(clippy::unwrap_used, reason = "a test")]

use jobnet_trials::compute;
use serde_json::{Value, json};

const CASES: &str = include_str!("stats/cases.json");
const MORE: &str = include_str!("stats/more.json");

/// statsmodels 0.15 has `count0` for `nobs0` in the restricted estimate (its `tmp1`), so that its
/// score interval is not that of Miettinen and Nurminen (1985, eq. 9). These ends maximise the
/// restricted likelihood itself, by SciPy's `minimize_scalar` and `brentq`.
const MIETTINEN_NURMINEN: [f64; 2] = [0.005_846_272_50, 0.045_879_252_40];

/// Where `found` differs from `expected`, by path.
fn differences(path: &str, expected: &Value, found: &Value, tolerance: f64, out: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(fields), _) => {
            for (name, field) in fields {
                let path = format!("{path}.{name}");
                let found = found.get(name).unwrap_or(&Value::Null);
                differences(&path, field, found, tolerance, out);
            }
        }
        (Value::Array(items), Value::Array(others)) if items.len() == others.len() => {
            for (index, (item, other)) in items.iter().zip(others).enumerate() {
                differences(&format!("{path}[{index}]"), item, other, tolerance, out);
            }
        }
        (Value::Number(_), Value::Number(_)) => {
            let (expected, found) = (expected.as_f64().unwrap(), found.as_f64().unwrap());
            if (expected - found).abs() > tolerance {
                out.push(format!("{path}: {found}, not {expected}"));
            }
        }
        _ if expected == found => {}
        _ => out.push(format!("{path}: {found}, not {expected}")),
    }
}

/// What is wrong with the answers to a file of so many cases.
fn wrong(file: &str, number: usize) -> Vec<String> {
    let file: Value = serde_json::from_str(file).unwrap();
    let cases = file["cases"].as_array().unwrap();
    assert_eq!(cases.len(), number);
    let answers = compute::all(cases);
    let mut wrong = Vec::new();
    for (case, answer) in cases.iter().zip(&answers) {
        let id = case["id"].as_str().unwrap();
        assert_eq!(answer.id, id);
        let tolerance = case["tolerance_abs"].as_f64().unwrap();
        let mut expected = case["expected"].clone();
        if id == "two_prop_trial" {
            expected["score_mn"] = json!(MIETTINEN_NURMINEN);
        }
        match &answer.result {
            Some(found) => differences(id, &expected, found, tolerance, &mut wrong),
            None => wrong.push(format!("{id}: {:?}", answer.error)),
        }
    }
    wrong
}

#[test]
fn every_figure_is_that_of_other_programs() {
    let wrong = [wrong(CASES, 34), wrong(MORE, 48)].concat();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_method_has_a_case() {
    let file: Value = serde_json::from_str(CASES).unwrap();
    let cases = file["cases"].as_array().unwrap();
    let lacking: Vec<_> = compute::names()
        .filter(|name| !cases.iter().any(|case| case["method"] == **name))
        .collect();
    assert_eq!(lacking, ["GrowthBook two-sided t-test from sufficient statistics (relative)"]);
}

#[test]
fn what_cannot_be_computed_is_an_error_entry_and_the_others_are_computed() {
    let wilson = "Wilson score interval (no continuity correction)";
    let answers = compute::all(&[
        json!({"id": "a", "method": "astrology", "inputs": {}}),
        json!({"id": "b", "method": wilson, "inputs": {"x": 1}}),
        json!({"id": "c", "method": wilson, "inputs": {"x": 3, "n": 2}}),
        json!({"id": "d", "method": wilson, "inputs": {"x": -1, "n": 2}}),
        json!({"id": "e", "method": wilson, "inputs": {"x": 1, "n": 2, "alpha": 0}}),
        json!({"id": "f"}),
        json!(7),
        json!({"id": "h", "method": wilson, "inputs": {"x": 1, "n": 2}}),
    ]);
    let ids: Vec<_> = answers.iter().map(|answer| answer.id.as_str()).collect();
    assert_eq!(ids, ["a", "b", "c", "d", "e", "f", "", "h"]);
    for answer in &answers[..7] {
        assert!(answer.error.is_some() && answer.result.is_none(), "{answer:?}");
    }
    assert!(answers[7].result.is_some() && answers[7].error.is_none());
}
