//! Training and measures on real people: UnempDur (McCall 1996), against statsmodels and
//! scikit-learn (`fixtures/unempdur.py` makes the reference and says where the data comes from).

#![allow(clippy::unwrap_used, reason = "a test")]

use jobnet_profiling::logistic::inverse_logit;
use jobnet_profiling::measure::{Told, evaluation};
use jobnet_profiling::train::{Fit, Table, fit};
use serde_json::Value;
use sha2::{Digest, Sha256};

const CSV: &str = include_str!("fixtures/UnempDur.csv");
const REFERENCE: &str = include_str!("fixtures/unempdur.json");
const FOLDS: usize = 5;

/// Age, benefit, replacement rate, disregard rate, log wage, tenure; and whether the spell was longer
/// than 13 intervals, where that is known.
fn people() -> Vec<([f64; 6], bool)> {
    let rows = CSV.lines().skip(1).filter(|line| !line.is_empty()).map(|line| {
        let fields: Vec<&str> = line.split(',').map(|field| field.trim_matches('"')).collect();
        let number = |place: usize| fields[place].parse::<f64>().unwrap();
        let spell = number(1);
        let is_known = (2..5).any(|place| number(place) == 1.0) || spell > 13.0;
        let ui = f64::from(u8::from(fields[7] == "yes"));
        let x = [number(6), ui, number(8), number(9), number(10), number(11)];
        is_known.then_some((x, spell > 13.0))
    });
    rows.flatten().collect()
}

fn fitted<'a>(people: impl Iterator<Item = &'a ([f64; 6], bool)>) -> Fit {
    fit(&Table::new(people.map(|(x, long)| (x.as_slice(), *long))).unwrap()).unwrap()
}

fn expected(fit: &Fit, x: &[f64; 6]) -> f64 {
    let eta: f64 = x.iter().zip(&fit.coefficients[1..]).map(|(x, beta)| x * beta).sum();
    inverse_logit(eta + fit.coefficients[0])
}

#[test]
fn the_data_is_the_published_file() {
    let digest = hex::encode(Sha256::digest(CSV.as_bytes()));
    assert_eq!(digest, "ac1628e5e3280154908b7197436a0d592e9147cecef7848c803ea83a4456aa41");
}

#[test]
fn training_and_measures_agree_with_other_programs() {
    let reference: Value = serde_json::from_str(REFERENCE).unwrap();
    let number = |name: &str| reference[name].as_f64().unwrap();
    let close = |name: &str, value: f64| {
        let other = number(name);
        assert!((value - other).abs() < 1e-6, "{name}: {value}, not {other}");
    };
    let list = |name: &str| -> Vec<f64> {
        reference[name].as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect()
    };
    let people = people();
    assert_eq!(people.len(), 2_241);
    assert_eq!(people.len() as u64, reference["people"].as_u64().unwrap());

    let whole = fitted(people.iter());
    for (ours, other) in whole.coefficients.iter().zip(list("coefficients")) {
        assert!((ours - other).abs() < 1e-6, "{ours} {other}");
    }
    let mut diagonal = 0;
    for (place, other) in list("standard_errors").into_iter().enumerate() {
        diagonal += place;
        let ours = whole.covariance[diagonal + place].sqrt();
        assert!((ours - other).abs() < 1e-6, "{ours} {other}");
    }
    close("log_likelihood", whole.log_likelihood);

    let mut told = vec![None; people.len()];
    for fold in 0..FOLDS {
        let is_out = |place: usize| place % FOLDS == fold;
        let others = people.iter().enumerate().filter(|(place, _)| !is_out(*place));
        let fit = fitted(others.map(|(_, one)| one));
        for (place, (x, long)) in people.iter().enumerate().filter(|(place, _)| is_out(*place)) {
            told[place] = Some(Told { expected: expected(&fit, x), came_true: *long });
        }
    }
    let told: Vec<Told> = told.into_iter().flatten().collect();
    let found = evaluation(&told, &[], 5).unwrap();
    assert!((0.705..=0.725).contains(&found.auc.estimate), "{:?}", found.auc);
    close("auc", found.auc.estimate);
    close("auc_standard_error", (found.auc.high - found.auc.low) / 2.0 / 1.959_963_984_540_054);
    close("brier", found.brier.estimate);
    close("in_the_large", found.calibration_in_the_large.estimate);
    close("slope", found.calibration_slope.estimate);
    let half = |interval: jobnet_profiling::evaluate::Interval| {
        (interval.high - interval.low) / 2.0 / 1.959_963_984_540_054
    };
    close("slope_standard_error", half(found.calibration_slope));
    close("in_the_large_standard_error", half(found.calibration_in_the_large));
    for (tenth, other) in found.tenths.iter().zip(list("tenths_expected")) {
        assert!((tenth.expected - other).abs() < 1e-6);
    }
    for (tenth, other) in found.tenths.iter().zip(list("tenths_observed")) {
        assert!((tenth.observed.estimate - other).abs() < 1e-6);
    }
}
