//! Logistic regression by maximum likelihood, without penalty: coefficients, their covariance, and an
//! error where there is no maximum.
//!
//! **Source**: McCullagh & Nelder, “Generalized Linear Models” (2nd ed., 1989), 2.5: Newton's steps
//! (iteratively reweighted least squares), halved while they do not raise the likelihood.

use nalgebra::{DMatrix, DVector};
use thiserror::Error;

use crate::logistic::inverse_logit;

/// More steps than a fit with a maximum takes; one without still goes on then, by about 1 in log odds
/// a step, and is not yet where numbers end.
const STEPS: usize = 30;
/// Halvings of a step after which it is nothing.
const HALVINGS: usize = 50;
/// A step that changes nobody's log odds by more leads to the maximum.
const NOTHING: f64 = 1e-9;

/// A table of numbers, row by row; the first column is 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    columns: usize,
    values: Vec<f64>,
    outcomes: Vec<bool>,
}

/// A fit.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// **Units**: log odds.
    pub coefficients: Vec<f64>,
    /// Lower triangle of their covariance, row by row.
    pub covariance: Vec<f64>,
    /// At the maximum.
    pub log_likelihood: f64,
}

/// There is no fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum FitError {
    /// A row has another number of columns.
    #[error("row {0} has another number of columns than the first")]
    Ragged(usize),
    /// A number is none, or no probability where one must stand.
    #[error("row {0} holds a number that cannot stand there")]
    NoNumber(usize),
    /// Nothing varies: everybody or nobody has the outcome, or there are no rows.
    #[error("the outcome is the same for everyone")]
    OneOutcome,
    /// A column is a sum of others.
    #[error("column {0} says nothing that other columns do not say")]
    Collinear(usize),
    /// Some columns tell the outcome apart perfectly: the likelihood has no maximum.
    #[error("the columns tell the outcome apart perfectly, so there is no largest likelihood")]
    Separated,
}

impl Table {
    /// A table of rows of columns without the 1.
    ///
    /// # Errors
    /// The first row that does not fit.
    pub fn new<'a>(rows: impl IntoIterator<Item = (&'a [f64], bool)>) -> Result<Self, FitError> {
        let mut table = Self { columns: 0, values: Vec::new(), outcomes: Vec::new() };
        for (number, (row, outcome)) in rows.into_iter().enumerate() {
            if number == 0 {
                table.columns = row.len() + 1;
            }
            if row.len() + 1 != table.columns {
                return Err(FitError::Ragged(number));
            }
            if row.iter().any(|value| !value.is_finite()) {
                return Err(FitError::NoNumber(number));
            }
            table.values.push(1.0);
            table.values.extend_from_slice(row);
            table.outcomes.push(outcome);
        }
        Ok(table)
    }

    fn rows(&self) -> impl Iterator<Item = (&[f64], bool)> {
        self.values.chunks_exact(self.columns.max(1)).zip(self.outcomes.iter().copied())
    }

    /// For how many it came true.
    fn events(&self) -> usize {
        self.outcomes.iter().filter(|outcome| **outcome).count()
    }

    fn log_likelihood(&self, beta: &DVector<f64>) -> f64 {
        // log(1 + e^x) without overflow.
        let softplus = |x: f64| x.max(0.0) + (-x.abs()).exp().ln_1p();
        let each = self.rows().map(|(row, outcome)| {
            let eta = dot(row, beta.as_slice());
            if outcome { -softplus(-eta) } else { -softplus(eta) }
        });
        each.sum()
    }

    /// The score and the information at some coefficients.
    fn slopes(&self, beta: &DVector<f64>) -> (DVector<f64>, DMatrix<f64>) {
        let n = self.columns;
        let (mut score, mut information) = (DVector::zeros(n), DMatrix::zeros(n, n));
        for (row, outcome) in self.rows() {
            let p = inverse_logit(dot(row, beta.as_slice()));
            let (left, weight) = (f64::from(u8::from(outcome)) - p, p * (1.0 - p));
            for a in 0..n {
                if row[a] != 0.0 {
                    score[a] += row[a] * left;
                    let weighted = row[a] * weight;
                    for b in 0..=a {
                        information[(a, b)] += weighted * row[b];
                    }
                }
            }
        }
        for a in 0..n {
            for b in 0..a {
                information[(b, a)] = information[(a, b)];
            }
        }
        (score, information)
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Fits a logistic regression.
///
/// # Errors
/// Why the likelihood has no one maximum.
pub fn fit(table: &Table) -> Result<Fit, FitError> {
    let events = table.events();
    if events == 0 || events == table.outcomes.len() {
        return Err(FitError::OneOutcome);
    }
    if let Some(column) = collinear(table) {
        return Err(FitError::Collinear(column));
    }
    let mut beta = DVector::zeros(table.columns);
    let mut likelihood = table.log_likelihood(&beta);
    for _ in 0..STEPS {
        let (score, information) = table.slopes(&beta);
        let Some(cholesky) = information.cholesky() else { return Err(FitError::Separated) };
        let mut step = cholesky.solve(&score);
        let is_there = table.rows().all(|(row, _)| dot(row, step.as_slice()).abs() < NOTHING);
        let mut next = &beta + &step;
        let mut reached = table.log_likelihood(&next);
        for _ in 0..HALVINGS {
            if reached >= likelihood - 1e-12 * likelihood.abs() {
                break;
            }
            step /= 2.0;
            next = &beta + &step;
            reached = table.log_likelihood(&next);
        }
        (beta, likelihood) = (next, reached);
        if is_there {
            return Ok(Fit {
                coefficients: beta.as_slice().to_vec(),
                covariance: triangle(&cholesky.inverse()),
                log_likelihood: likelihood,
            });
        }
    }
    Err(FitError::Separated)
}

fn triangle(matrix: &DMatrix<f64>) -> Vec<f64> {
    (0..matrix.nrows()).flat_map(|a| (0..=a).map(move |b| matrix[(a, b)])).collect()
}

/// The first column that others explain; by Gram and Schmidt on columns of length 1.
fn collinear(table: &Table) -> Option<usize> {
    let n = table.columns;
    let mut gram = DMatrix::<f64>::zeros(n, n);
    for (row, _) in table.rows() {
        for a in 0..n {
            for b in 0..n {
                gram[(a, b)] += row[a] * row[b];
            }
        }
    }
    let length: Vec<f64> = (0..n).map(|a| gram[(a, a)].sqrt()).collect();
    if let Some(empty) = length.iter().position(|length| *length == 0.0) {
        return Some(empty);
    }
    // Cholesky by hand, to know at which column it ends.
    let mut lower = DMatrix::<f64>::zeros(n, n);
    for a in 0..n {
        for b in 0..=a {
            let known: f64 = (0..b).map(|c| lower[(a, c)] * lower[(b, c)]).sum();
            let value = gram[(a, b)] / (length[a] * length[b]) - known;
            if a == b {
                if value < 1e-10 {
                    return Some(a);
                }
                lower[(a, a)] = value.sqrt();
            } else {
                lower[(a, b)] = value / lower[(b, b)];
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[([f64; 1], bool)]) -> Result<Table, FitError> {
        Table::new(rows.iter().map(|(row, outcome)| (row.as_slice(), *outcome)))
    }

    /// A two by two table has a closed form: log odds, the log odds ratio, and sums of reciprocals.
    #[test]
    fn a_two_by_two_table_has_its_closed_form() {
        let mut rows = Vec::new();
        for (x, events, others) in [(0.0, 10, 90), (1.0, 30, 70)] {
            rows.extend(std::iter::repeat_n(([x], true), events));
            rows.extend(std::iter::repeat_n(([x], false), others));
        }
        let fit = fit(&table(&rows).unwrap()).unwrap();
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} {b}");
        close(fit.coefficients[0], (10.0_f64 / 90.0).ln());
        close(fit.coefficients[1], (30.0_f64 / 70.0).ln() - (10.0_f64 / 90.0).ln());
        close(fit.covariance[0], 1.0 / 10.0 + 1.0 / 90.0);
        close(fit.covariance[2], 1.0 / 10.0 + 1.0 / 90.0 + 1.0 / 30.0 + 1.0 / 70.0);
    }

    #[test]
    fn where_there_is_no_maximum_it_is_said_why() {
        let of = |rows: &[([f64; 1], bool)]| fit(&table(rows).unwrap());
        assert_eq!(of(&[([0.0], true), ([1.0], true)]), Err(FitError::OneOutcome));
        assert_eq!(of(&[]), Err(FitError::OneOutcome));
        let apart = [([0.0], false), ([1.0], false), ([2.0], true), ([3.0], true)];
        assert_eq!(of(&apart), Err(FitError::Separated));
        let same = [([2.0], false), ([2.0], true), ([2.0], false)];
        assert_eq!(of(&same), Err(FitError::Collinear(1)));
        assert_eq!(table(&[([f64::NAN], true)]), Err(FitError::NoNumber(0)));
        let ragged = Table::new([([1.0].as_slice(), true), ([].as_slice(), false)]);
        assert_eq!(ragged, Err(FitError::Ragged(1)));
    }
}
