//! A logistic regression, prepared: only columns that are not 0 are looked at.

use super::coder::{Coder, Entry};
use crate::logistic::{Logistic, inverse_logit};
use crate::model::ModelError;
use crate::profile::{Direction, Effect, Factor, NoProfile, Outcome, Share};
use crate::sheet::Sheet;

/// The 97.5 % point of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;
/// Less than this changes nothing that is shown.
///
/// **Units**: log odds.
const NOTHING: f64 = 0.005;

/// A logistic regression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Regression {
    coder: Coder,
    coefficients: Vec<f64>,
    /// Row by row, all of it.
    covariance: Vec<f64>,
    /// Of each: its two columns, its own, and the places of their variables.
    interactions: Vec<[usize; 5]>,
    factors: Vec<Factor>,
    /// What each variable adds to the log odds of the base person.
    base: Vec<f64>,
    base_rate: Share,
}

/// What is known of her when the columns are filled.
pub(crate) struct Row {
    entries: Vec<Entry>,
    /// The interactions that are not 0: place and value.
    products: Vec<(usize, f64)>,
}

impl Regression {
    pub(crate) fn new(logistic: &Logistic) -> Result<Self, ModelError> {
        crate::logistic::check(logistic)?;
        let wrong = || ModelError::Inconsistent("its columns cannot be filled".to_owned());
        let coder = Coder::new(&logistic.variables).ok_or_else(wrong)?;
        let owners: Vec<usize> = logistic
            .variables
            .iter()
            .enumerate()
            .flat_map(|(place, variable)| std::iter::repeat_n(place, variable.coding.columns()))
            .collect();
        let first = coder.columns();
        let interaction = |(number, [a, b]): (usize, &[usize; 2])| {
            [a + 1, b + 1, first + number, owners[*a], owners[*b]]
        };
        let interactions: Vec<_> =
            logistic.interactions.iter().enumerate().map(interaction).collect();
        let at_base = |column: usize| logistic.coefficients[column] * logistic.means[column];
        let mut base = vec![0.0; logistic.variables.len()];
        owners.iter().enumerate().for_each(|(at, owner)| base[*owner] += at_base(at + 1));
        for [.., own, a, b] in &interactions {
            base[*a] += at_base(*own) / 2.0;
            base[*b] += at_base(*own) / 2.0;
        }
        Ok(Self {
            coder,
            covariance: square(&logistic.covariance, logistic.coefficients.len()),
            coefficients: logistic.coefficients.clone(),
            interactions,
            factors: logistic.variables.iter().map(|variable| variable.factor).collect(),
            base,
            base_rate: share(logistic.base_rate),
        })
    }

    pub(crate) const fn base_rate(&self) -> Share {
        self.base_rate
    }

    pub(crate) fn row(&self, sheet: &Sheet) -> Result<Row, NoProfile> {
        let mut entries = Vec::with_capacity(2 * self.factors.len());
        entries.push(Entry { column: 0, value: 1.0, variable: usize::MAX });
        self.coder.entries(sheet, &mut entries)?;
        let mut products = Vec::new();
        for (place, [a, b, own, ..]) in self.interactions.iter().enumerate() {
            let value = |column| entries.iter().find(|entry| entry.column == column);
            if let (Some(a), Some(b)) = (value(*a), value(*b)) {
                let value = a.value * b.value;
                products.push((place, value));
                entries.push(Entry { column: *own, value, variable: usize::MAX });
            }
        }
        Ok(Row { entries, products })
    }

    /// What the row is, all columns of it.
    pub(crate) fn dense(&self, row: &Row) -> Vec<f64> {
        let mut dense = vec![0.0; self.coefficients.len()];
        row.entries.iter().for_each(|entry| dense[entry.column] = entry.value);
        dense
    }

    pub(crate) fn outcome(&self, row: &Row) -> Outcome {
        let width = self.coefficients.len();
        let (mut log_odds, mut variance) = (0.0, 0.0);
        for (at, entry) in row.entries.iter().enumerate() {
            log_odds += self.coefficients[entry.column] * entry.value;
            let covariance = &self.covariance[entry.column * width..][..width];
            let others = row.entries[..at].iter();
            let cross: f64 = others.map(|other| covariance[other.column] * other.value).sum();
            variance += entry.value * (covariance[entry.column] * entry.value + 2.0 * cross);
        }
        let spread = Z * f64::max(variance, 0.0).sqrt();
        Outcome::Share {
            expected: share(inverse_logit(log_odds)),
            low: share(inverse_logit(log_odds - spread)),
            high: share(inverse_logit(log_odds + spread)),
        }
    }

    /// What each variable adds against the base person, in their order. An interaction counts half
    /// for each of its two. They sum to the difference of the log odds.
    ///
    /// **Units**: log odds.
    pub(crate) fn parts(&self, row: &Row) -> Vec<f64> {
        let mut parts: Vec<f64> = self.base.iter().map(|base| -base).collect();
        for entry in &row.entries {
            if let Some(part) = parts.get_mut(entry.variable) {
                *part += self.coefficients[entry.column] * entry.value;
            }
        }
        for (place, value) in &row.products {
            let [.., own, a, b] = self.interactions[*place];
            let half = self.coefficients[own] * value / 2.0;
            parts[a] += half;
            parts[b] += half;
        }
        parts
    }

    /// What moved the result, the most first; then what changed nothing.
    pub(crate) fn effects(&self, row: &Row) -> Vec<Effect> {
        let parts = self.parts(row);
        let effect = |(factor, part): (&Factor, f64)| Effect {
            factor: *factor,
            direction: match part {
                _ if part > NOTHING => Direction::Raises,
                _ if part < -NOTHING => Direction::Lowers,
                _ => Direction::Nothing,
            },
            log_odds_thousandths: (part * 1_000.0).round() as i32,
        };
        let mut effects: Vec<Effect> = self.factors.iter().zip(parts).map(effect).collect();
        effects.sort_by_key(|effect| std::cmp::Reverse(effect.log_odds_thousandths.unsigned_abs()));
        effects
    }
}

/// A probability in whole parts of 10,000.
fn share(probability: f64) -> Share {
    // Between 0 and 10,000, so nothing is cut off.
    Share((probability.clamp(0.0, 1.0) * 10_000.0).round() as u16)
}

/// All of a symmetric matrix of which the lower triangle is given.
fn square(triangle: &[f64], width: usize) -> Vec<f64> {
    let mut all = vec![0.0; width * width];
    let mut values = triangle.iter();
    for row in 0..width {
        for (column, value) in (0..=row).zip(&mut values) {
            all[row * width + column] = *value;
            all[column * width + row] = *value;
        }
    }
    all
}
