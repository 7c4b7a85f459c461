//! Logistic regression: what she says becomes columns, the columns a share with an interval, and
//! each factor's part in it is exact.
//!
//! **Source**: Hosmer, Lemeshow & Sturdivant, “Applied Logistic Regression” (3rd ed., 2013): the
//! interval is Wald's of the linear predictor, carried through the inverse logit.

use serde::{Deserialize, Serialize};

use crate::answers::Answers;
use crate::fact::{Fact, Facts};
use crate::form::{Choice, Question, Takes};
use crate::model::{Coding, ModelError, Variable};
use crate::prepared::Coder;
use crate::profile::{Factor, NoProfile};
use crate::sheet::Sheet;

/// The 97.5 % point of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// No coefficient, mean or covariance of a model is larger.
const LARGEST: f64 = 1_000.0;

/// A logistic regression. Coefficients, means and covariance stand in this order: intercept, the
/// columns of each variable, the interactions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = LogisticModel))]
#[serde(deny_unknown_fields)]
pub struct Logistic {
    /// What enters it.
    pub variables: Vec<Variable>,
    /// Products of two columns, counted from 0 without the intercept.
    #[serde(default)]
    pub interactions: Vec<[usize; 2]>,
    /// **Units**: log odds.
    pub coefficients: Vec<f64>,
    /// The mean of each column among those it was made from, that of the intercept being 1: the base
    /// person, with whom she is compared.
    pub means: Vec<f64>,
    /// Lower triangle of the covariance of the coefficients, row by row.
    pub covariance: Vec<f64>,
    /// For which share of those it was made from it came true.
    pub base_rate: f64,
}

/// A linear predictor with what it is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// **Units**: probability.
    pub expected: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// **Units**: log odds.
    pub log_odds: f64,
    /// That of the base person.
    pub base_log_odds: f64,
}

/// The inverse of the logit.
///
/// # Examples
/// The published points of the Austrian model (Der Standard, 2018): the base person, a woman, somebody
/// from 50 years on, somebody with an impairment.
/// ```
/// use jobnet_profiling::logistic::inverse_logit;
/// for (added, thousandths) in [(0.0, 525.0), (-0.14, 490.0), (-0.70, 354.0), (-0.67, 361.0)] {
///     assert_eq!((inverse_logit(0.10 + added) * 1000.0).round(), thousandths);
/// }
/// ```
pub fn inverse_logit(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

impl Logistic {
    /// How many columns the variables have.
    pub fn columns(&self) -> usize {
        self.variables.iter().map(|variable| variable.coding.columns()).sum()
    }

    /// What she says as columns, the intercept first and the interactions last.
    ///
    /// # Errors
    /// What is missing, or lies outside of what the model has seen.
    pub fn code(&self, answers: &Answers, facts: &Facts) -> Result<Vec<f64>, NoProfile> {
        match self.coder() {
            Some(coder) => coder.row(&Sheet::new(answers, facts)),
            // `check` lets no such model in.
            None => Err(NoProfile::Missing { factors: Vec::new() }),
        }
    }

    /// `None`: a coding does not go with its factor.
    pub(crate) fn coder(&self) -> Option<Coder> {
        Coder::new(&self.variables, &self.interactions)
    }

    /// The estimate of a row that [`Logistic::code`] made.
    pub fn estimate(&self, row: &[f64]) -> Estimate {
        let log_odds = dot(&self.coefficients, row);
        let spread = Z * self.variance(row).sqrt();
        Estimate {
            expected: inverse_logit(log_odds),
            low: inverse_logit(log_odds - spread),
            high: inverse_logit(log_odds + spread),
            log_odds,
            base_log_odds: dot(&self.coefficients, &self.means),
        }
    }

    /// The variance of the linear predictor.
    fn variance(&self, row: &[f64]) -> f64 {
        let mut sum = 0.0;
        let mut covariance = self.covariance.as_slice();
        for (place, value) in row.iter().enumerate() {
            let (this, rest) = covariance.split_at((place + 1).min(covariance.len()));
            covariance = rest;
            if *value != 0.0
                && let Some((own, others)) = this.split_last()
            {
                sum += value * (own * value + 2.0 * dot(others, row));
            }
        }
        sum.max(0.0)
    }

    /// What each variable adds against the base person, in their order. An interaction counts half
    /// for each of its two. They sum to the difference of the log odds.
    ///
    /// **Units**: log odds.
    pub fn parts(&self, row: &[f64]) -> Vec<f64> {
        let added = |place: usize| self.coefficients[place] * (row[place] - self.means[place]);
        let mut parts = Vec::with_capacity(self.variables.len());
        let mut first = 1;
        for variable in &self.variables {
            let next = first + variable.coding.columns();
            parts.push((first..next).map(added).sum::<f64>());
            first = next;
        }
        for (number, pair) in self.interactions.iter().enumerate() {
            let half = added(first + number) / 2.0;
            for owner in pair.iter().filter_map(|column| self.owner(*column)) {
                parts[owner] += half;
            }
        }
        parts
    }

    /// The place of the variable that a column is of.
    pub(crate) fn owner(&self, column: usize) -> Option<usize> {
        let mut next = 0;
        self.variables.iter().position(|variable| {
            next += variable.coding.columns();
            column < next
        })
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Whether it holds together.
pub(crate) fn check(logistic: &Logistic) -> Result<(), ModelError> {
    let wrong = |why: String| Err(ModelError::Inconsistent(why));
    if logistic.variables.is_empty() {
        return wrong("nothing enters it".to_owned());
    }
    for variable in &logistic.variables {
        if let Some(why) = misfit(variable) {
            return wrong(format!("{}: {why}", variable.factor));
        }
        if logistic.variables.iter().filter(|v| v.factor == variable.factor).count() > 1 {
            return wrong(format!("{} enters twice", variable.factor));
        }
    }
    let columns = logistic.columns();
    for (number, [a, b]) in logistic.interactions.iter().enumerate() {
        if *a.max(b) >= columns {
            return wrong("an interaction names a column that is not there".to_owned());
        }
        if logistic.owner(*a) == logistic.owner(*b) {
            return wrong("an interaction is of two columns of one variable".to_owned());
        }
        if logistic.interactions[..number]
            .iter()
            .any(|other| other == &[*a, *b] || other == &[*b, *a])
        {
            return wrong("an interaction stands twice".to_owned());
        }
    }
    let all = 1 + columns + logistic.interactions.len();
    if logistic.coefficients.len() != all || logistic.means.len() != all {
        return wrong(format!("{all} coefficients and means are needed"));
    }
    if logistic.covariance.len() != all * (all + 1) / 2 {
        return wrong(format!("the covariance of {all} coefficients is a triangle of that size"));
    }
    if logistic.coefficients.iter().any(|number| number.abs() > LARGEST)
        || logistic.means.iter().any(|number| number.abs() > LARGEST)
        || logistic.covariance.iter().any(|number| number.abs() > LARGEST)
    {
        return wrong(format!("a number is none, or larger than {LARGEST}"));
    }
    if !(logistic.base_rate > 0.0 && logistic.base_rate < 1.0) {
        return wrong("the base rate is no share of some and not all".to_owned());
    }
    if logistic.means.first() != Some(&1.0) {
        return wrong("the mean of the intercept is 1".to_owned());
    }
    if !is_covariance(&logistic.covariance, all) {
        return wrong("the covariance is none: some sum would have a negative variance".to_owned());
    }
    Ok(())
}

/// Whether a lower triangle is that of a positive semidefinite matrix, by its factors `L·D·Lᵀ`.
fn is_covariance(triangle: &[f64], size: usize) -> bool {
    let at = |row: usize, column: usize| row * (row + 1) / 2 + column;
    let largest = (0..size).map(|row| triangle[at(row, row)]).fold(0.0, f64::max);
    let nothing = 1e-9 * largest;
    let mut lower = vec![0.0; triangle.len()];
    let mut pivots = vec![0.0; size];
    for row in 0..size {
        for column in 0..=row {
            let known: f64 =
                (0..column).map(|k| lower[at(row, k)] * lower[at(column, k)] * pivots[k]).sum();
            let left = triangle[at(row, column)] - known;
            if row == column {
                if left < -nothing {
                    return false;
                }
                pivots[row] = left;
            } else if pivots[column] > nothing {
                lower[at(row, column)] = left / pivots[column];
            } else if left.abs() > nothing.max(1e-6 * largest) {
                return false;
            }
        }
    }
    true
}

/// Why a coding does not go with its factor.
fn misfit(variable: &Variable) -> Option<&'static str> {
    let known = |question: Question, choices: Vec<Choice>| {
        let mut once = choices.clone();
        once.sort_unstable();
        once.dedup();
        once.len() == choices.len()
            && choices.iter().all(|choice| question.choices().contains(choice))
    };
    match (&variable.coding, variable.factor) {
        (Coding::Answer { reference, columns }, Factor::Answer(question)) => {
            let all = reference.iter().chain(columns).copied().collect();
            if question.takes() != Takes::One {
                Some("several answers are no one answer")
            } else if reference.is_empty() || columns.is_empty() || !known(question, all) {
                Some("its answers are not those of the question")
            } else {
                None
            }
        }
        (Coding::AnyOf { columns }, Factor::Answer(question)) => (columns.is_empty()
            || !known(question, columns.clone()))
        .then_some("its answers are not those of the question"),
        (
            Coding::Number { scale, least, most, .. },
            Factor::Fact(Fact::Age | Fact::MonthsEmployed),
        ) => (*scale == 0 || least > most).then_some("its range or scale is none"),
        (
            Coding::Bands { columns, least, most },
            Factor::Fact(Fact::Age | Fact::MonthsEmployed),
        ) => {
            let in_order = columns.windows(2).all(|pair| pair[0] < pair[1]);
            let inside = columns.iter().all(|begins| *least < *begins && begins <= most);
            (columns.is_empty() || !in_order || !inside).then_some("its bands are none")
        }
        (Coding::Origin { reference, columns }, Factor::Fact(Fact::Origin)) => {
            (columns.is_empty() || columns.contains(reference)).then_some("its classes are none")
        }
        _ => Some("the coding does not go with it"),
    }
}
