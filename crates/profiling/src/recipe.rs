//! How a logistic model is made: what enters it, and how it is tried out. The recipe with the people
//! gives the file of the model, always the same one.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::evaluate::{CutOff, Evaluation, GroupErrors, Interval, Tenth};
use crate::logistic::Logistic;
use crate::measure::{Told, Trait, evaluation};
use crate::model::{Data, FORMAT, Kind, Model, ModelError, Source, Target, Variable};
use crate::people::Person;
use crate::profile::NoProfile;
use crate::train::{Fit, FitError, Table, fit};

/// A recipe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// The key of the model.
    pub key: String,
    /// Its version.
    pub version: String,
    /// The day it is dated.
    pub made_on: NaiveDate,
    /// Where the people come from.
    pub source: Source,
    /// The seed of made-up people.
    #[serde(default)]
    pub seed: Option<u64>,
    /// How many of them are made up.
    #[serde(default)]
    pub people: Option<u32>,
    /// In how many folds it is tried out: person `i` is in fold `i` modulo this.
    pub folds: u8,
    /// What enters.
    pub variables: Vec<Variable>,
    /// Products of two columns.
    #[serde(default)]
    pub interactions: Vec<[usize; 2]>,
}

/// A model that cannot be made.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum TrainingError {
    /// A person who cannot be coded.
    #[error("person {person} cannot be used: {why}")]
    Person {
        /// Counted from 1.
        person: usize,
        /// Why.
        why: NoProfile,
    },
    /// There is no fit.
    #[error(transparent)]
    Fit(#[from] FitError),
    /// Fewer than two folds are no trial.
    #[error("{0} folds are too few")]
    Folds(u8),
    /// The recipe makes no model.
    #[error(transparent)]
    Model(#[from] ModelError),
}

impl Recipe {
    /// Makes the model: fitted on everyone, tried out in folds.
    ///
    /// # Errors
    /// Why it cannot be made.
    pub fn make(&self, people: &[Person]) -> Result<Model, TrainingError> {
        if self.folds < 2 {
            return Err(TrainingError::Folds(self.folds));
        }
        let rows = code(&self.empty(), people)?;
        let outcomes: Vec<bool> = people.iter().map(|person| person.came_true).collect();
        let all = |_: usize| true;
        let whole = fitted(&rows, &outcomes, all)?;
        let means = table(&rows, &outcomes, all)?.means();
        let events = outcomes.iter().filter(|came_true| **came_true).count();
        let logistic = Logistic {
            coefficients: rounded(&whole.coefficients, 6),
            covariance: rounded(&whole.covariance, 9),
            means: rounded(&means, 9),
            base_rate: round(events as f64 / people.len() as f64, 6),
            ..self.empty()
        };
        let model = Model {
            format: FORMAT,
            key: self.key.clone(),
            version: self.version.clone(),
            made_on: self.made_on,
            target: Target::UnemployedMoreThan26Weeks,
            data: Data {
                source: self.source,
                people: u32::try_from(people.len()).ok(),
                events: u32::try_from(events).ok(),
                seed: self.seed,
            },
            kind: Kind::Logistic(logistic),
            evaluation: Some(rounded_evaluation(self.try_out(people)?.evaluation)),
        };
        model.check()?;
        Ok(model)
    }

    /// Estimates everyone by a model that was made without her fold, and measures the estimates.
    ///
    /// # Errors
    /// Why it cannot be made.
    pub fn try_out(&self, people: &[Person]) -> Result<TriedOut, TrainingError> {
        let rows = code(&self.empty(), people)?;
        let outcomes: Vec<bool> = people.iter().map(|person| person.came_true).collect();
        let folds = usize::from(self.folds);
        let mut expected = vec![0.0; people.len()];
        for fold in 0..folds {
            let fit = fitted(&rows, &outcomes, |place| place % folds != fold)?;
            let logistic = Logistic {
                coefficients: fit.coefficients,
                covariance: fit.covariance,
                ..self.empty()
            };
            for place in (fold..people.len()).step_by(folds) {
                expected[place] = logistic.estimate(&rows[place]).expected;
            }
        }
        let told: Vec<Told> = expected
            .iter()
            .zip(&outcomes)
            .map(|(expected, came_true)| Told { expected: *expected, came_true: *came_true })
            .collect();
        Ok(TriedOut { evaluation: evaluation(&told, &traits(people), self.folds)?, expected })
    }

    fn empty(&self) -> Logistic {
        Logistic {
            variables: self.variables.clone(),
            interactions: self.interactions.clone(),
            coefficients: Vec::new(),
            means: vec![1.0],
            covariance: Vec::new(),
            base_rate: 0.0,
        }
    }
}

/// A model that was tried out.
#[derive(Clone, Debug, PartialEq)]
pub struct TriedOut {
    /// How well it does.
    pub evaluation: Evaluation,
    /// The estimate of each person.
    pub expected: Vec<f64>,
}

fn code(logistic: &Logistic, people: &[Person]) -> Result<Vec<Vec<f64>>, TrainingError> {
    let each = people.iter().enumerate().map(|(place, person)| {
        let row = logistic.code(&person.answers.asked_only(), &person.facts);
        row.map_err(|why| TrainingError::Person { person: place + 1, why })
    });
    each.collect()
}

fn table(
    rows: &[Vec<f64>],
    outcomes: &[bool],
    is_in: impl Fn(usize) -> bool,
) -> Result<Table, FitError> {
    let all = rows.iter().zip(outcomes).enumerate().filter(|(place, _)| is_in(*place));
    Table::new(all.map(|(_, (row, outcome))| (&row[1..], *outcome)))
}

fn fitted(
    rows: &[Vec<f64>],
    outcomes: &[bool],
    is_in: impl Fn(usize) -> bool,
) -> Result<Fit, FitError> {
    fit(&table(rows, outcomes, is_in)?)
}

/// Every trait that somebody has, in the order of their names.
pub fn traits(people: &[Person]) -> Vec<Trait> {
    let names: BTreeSet<&String> = people.iter().flat_map(|person| person.groups.keys()).collect();
    let of = |name: &String| Trait {
        name: name.clone(),
        groups: people.iter().map(|person| person.groups.get(name).cloned()).collect(),
    };
    names.into_iter().map(of).collect()
}

/// So many decimals: machines differ in the last ones, files must not.
fn round(number: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    (number * scale).round() / scale
}

fn rounded(numbers: &[f64], decimals: i32) -> Vec<f64> {
    numbers.iter().map(|number| round(*number, decimals)).collect()
}

/// An evaluation as it is written: six decimals.
pub fn rounded_evaluation(evaluation: Evaluation) -> Evaluation {
    let one = |number: f64| round(number, 6);
    let interval = |interval: Interval| Interval {
        estimate: one(interval.estimate),
        low: one(interval.low),
        high: one(interval.high),
    };
    let tenth = |tenth: Tenth| Tenth {
        expected: one(tenth.expected),
        observed: interval(tenth.observed),
        ..tenth
    };
    let cut_off = |cut_off: CutOff| CutOff {
        at: cut_off.at,
        flagged: one(cut_off.flagged),
        sensitivity: interval(cut_off.sensitivity),
        specificity: interval(cut_off.specificity),
    };
    let group = |group: GroupErrors| GroupErrors {
        false_positive: group.false_positive.map(interval),
        false_negative: group.false_negative.map(interval),
        calibration_gap: interval(group.calibration_gap),
        ..group
    };
    Evaluation {
        auc: interval(evaluation.auc),
        brier: one(evaluation.brier),
        calibration_in_the_large: interval(evaluation.calibration_in_the_large),
        calibration_slope: interval(evaluation.calibration_slope),
        tenths: evaluation.tenths.into_iter().map(tenth).collect(),
        cut_offs: evaluation.cut_offs.into_iter().map(cut_off).collect(),
        groups: evaluation.groups.into_iter().map(group).collect(),
        group_cut_off: one(evaluation.group_cut_off),
        ..evaluation
    }
}
