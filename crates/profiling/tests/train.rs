//! Fits against what is known of them without fitting: when there is a maximum, and what it is where
//! it has a closed form.

#![allow(clippy::unwrap_used, reason = "a test")]

use jobnet_profiling::train::{Fit, FitError, Table, fit};
use proptest::prelude::*;

fn fitted(rows: &[(Vec<f64>, bool)]) -> Result<Fit, FitError> {
    fit(&Table::new(rows.iter().map(|(row, outcome)| (row.as_slice(), *outcome)))?)
}

/// The least and the largest of those with an outcome.
fn range(rows: &[(i32, bool)], outcome: bool) -> Option<(i32, i32)> {
    let values = || rows.iter().filter(|row| row.1 == outcome).map(|row| row.0);
    Some((values().min()?, values().max()?))
}

/// Of one column it is known: there is a maximum unless the outcomes lie on two sides of a point,
/// which may be in both.
fn expected_error(rows: &[(i32, bool)]) -> Option<FitError> {
    let (Some(yes), Some(no)) = (range(rows, true), range(rows, false)) else {
        return Some(FitError::OneOutcome);
    };
    if yes == no && yes.0 == yes.1 {
        return Some(FitError::Collinear(1));
    }
    (yes.1 <= no.0 || no.1 <= yes.0).then_some(FitError::Separated)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn of_one_column_a_fit_is_found_where_there_is_one(
        rows in prop::collection::vec((-3..4, any::<bool>()), 0..24),
        scale in prop::sample::select(vec![1e-6, 1.0, 1e6]),
    ) {
        let scaled: Vec<_> =
            rows.iter().map(|(x, outcome)| (vec![f64::from(*x) * scale], *outcome)).collect();
        let found = fitted(&scaled);
        prop_assert_eq!(found.as_ref().err().copied(), expected_error(&rows));
        if let Ok(fit) = found {
            // At the maximum residuals are at right angles to every column.
            let (mut sum, mut turned) = (0.0, 0.0);
            for (row, outcome) in &scaled {
                let eta = fit.coefficients[0] + fit.coefficients[1] * row[0];
                let residual = f64::from(u8::from(*outcome)) - 1.0 / (1.0 + (-eta).exp());
                sum += residual;
                turned += residual * row[0] / scale;
            }
            prop_assert!(sum.abs() < 1e-9 && turned.abs() < 1e-9, "{} {}", sum, turned);
        }
    }

    #[test]
    fn of_two_by_two_cells_a_fit_is_found_where_none_is_empty(
        cells in prop::array::uniform4(0_usize..40),
        slant in -2.0..2.0_f64,
    ) {
        // Moved against the intercept: no cell is empty in a column then.
        let places = [(0.0, true), (0.0, false), (1.0, true), (1.0, false)];
        let rows: Vec<(Vec<f64>, bool)> = places
            .iter()
            .zip(cells)
            .flat_map(|((x, outcome), count)| {
                std::iter::repeat_n((vec![x - slant], *outcome), count)
            })
            .collect();
        let [a, b, c, d] = cells.map(|count| count as f64);
        match fitted(&rows) {
            Ok(fit) => {
                let ratio = (c * b / (d * a)).ln();
                prop_assert!((fit.coefficients[1] - ratio).abs() < 1e-8);
                let variance = 1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d;
                prop_assert!((fit.covariance[2] / variance - 1.0).abs() < 1e-6);
            }
            Err(error) => {
                let outcomes = a + c == 0.0 || b + d == 0.0;
                let one_place = a + b == 0.0 || c + d == 0.0;
                let expected = match () {
                    () if outcomes => FitError::OneOutcome,
                    () if one_place => FitError::Collinear(1),
                    () => FitError::Separated,
                };
                prop_assert_eq!(error, expected);
                prop_assert!(cells.contains(&0));
            }
        }
    }
}

/// One outlier far away is no separation: its log odds are large, and the maximum stands.
#[test]
fn somebody_far_away_is_not_taken_for_a_separation() {
    let mut rows: Vec<(Vec<f64>, bool)> = Vec::new();
    for (x, events, others) in [(0.0, 1, 9), (1.0, 5, 5), (2.0, 9, 1)] {
        rows.extend(std::iter::repeat_n((vec![x], true), events));
        rows.extend(std::iter::repeat_n((vec![x], false), others));
    }
    let without = fitted(&rows).unwrap();
    rows.push((vec![50.0], true));
    let with = fitted(&rows).unwrap();
    assert!((with.coefficients[1] - without.coefficients[1]).abs() < 1e-9);
    assert!((with.coefficients[1] - 9.0_f64.ln()).abs() < 1e-9);
}

/// Two columns that tell the outcome apart only together, and one that is the sum of two.
#[test]
fn of_several_columns_it_is_said_what_is_wrong() {
    let apart = [
        (vec![0.0, 3.0], false),
        (vec![1.0, 2.5], false),
        (vec![3.0, 0.2], false),
        (vec![0.0, 3.4], true),
        (vec![2.0, 2.0], true),
        (vec![3.0, 0.8], true),
    ];
    assert_eq!(fitted(&apart), Err(FitError::Separated));
    let sum = |a: f64, b: f64, outcome| (vec![a, b, 2.0 * a - b], outcome);
    let rows = [
        sum(0.0, 1.0, true),
        sum(1.0, 0.0, false),
        sum(2.0, 2.0, true),
        sum(3.0, 1.0, false),
        sum(0.5, 0.5, false),
        sum(2.0, 0.0, true),
    ];
    assert_eq!(fitted(&rows), Err(FitError::Collinear(3)));
}
