//! How a logistic model is made: what enters it, and how it is tried out. The recipe with the people
//! gives the file of the model, always the same one.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::evaluate::{CutOff, ErrorsAt, Evaluation, GroupErrors, Interval, Tenth};
use crate::folds::Rows;
use crate::logistic::{self, Logistic};
use crate::measure::Trait;
use crate::model::{Coding, Data, FORMAT, Kind, Model, ModelError, Source, Target, Variable};
use crate::people::{Person, word};
use crate::profile::{Factor, NoProfile};
use crate::train::FitError;

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
    /// In how many folds it is tried out: person `i` is in fold `i` modulo this, unless the table says
    /// in which each is.
    pub folds: u8,
    /// What enters. Somebody out of the range of a number cannot be used; the model gets the range
    /// that its people have.
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
    /// The same where the model is of columns.
    #[error("person {person} cannot be used: {why}")]
    Row {
        /// Counted from 1.
        person: usize,
        /// Why.
        why: String,
    },
    /// Nobody has what a column says, or other columns say it as well.
    #[error("“{0}” says nothing that other columns do not say")]
    Redundant(String),
    /// There is no fit.
    #[error(transparent)]
    Fit(FitError),
    /// Fewer than two folds are no trial.
    #[error("{0} folds are too few")]
    Folds(u8),
    /// The table has another fold, or does not tell hers.
    #[error("person {person} is in none of the {folds} folds")]
    Fold {
        /// Counted from 1.
        person: usize,
        /// How many the recipe has.
        folds: u8,
    },
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
        Ok(self.try_out(people)?.model)
    }

    /// The same, with the estimate of everyone by a model that was made without her fold.
    ///
    /// # Errors
    /// Why it cannot be made.
    pub fn try_out(&self, people: &[Person]) -> Result<TriedOut, TrainingError> {
        let folds = folds(people, self.folds)?;
        let empty = self.empty();
        logistic::check(&empty)?;
        let rows = code(&empty, people)?;
        let outcomes: Vec<bool> = people.iter().map(|person| person.came_true).collect();
        let all = Rows { rows: &rows, outcomes: &outcomes, folds: &folds };
        let tried = all.try_out(self.folds, &traits(people)).map_err(|error| match error {
            FitError::Collinear(column) => TrainingError::Redundant(self.column(column)),
            error => TrainingError::Fit(error),
        })?;
        let (whole, expected, evaluation) = (tried.fit, tried.expected, tried.evaluation);

        let count = people.len() as f64;
        let mean = |column| rows.iter().map(|row| row[column]).sum::<f64>() / count;
        let means: Vec<f64> = (0..empty.means.len()).map(mean).collect();
        let events = outcomes.iter().filter(|came_true| **came_true).count();
        let logistic = Logistic {
            coefficients: rounded(&whole.coefficients, 6),
            covariance: rounded(&whole.covariance, 9),
            means: rounded(&means, 9),
            base_rate: round(events as f64 / count, 6),
            variables: self.variables.iter().map(|variable| seen(variable, people)).collect(),
            interactions: empty.interactions,
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
            evaluation: Some(rounded_evaluation(evaluation)),
        };
        model.check()?;
        Ok(TriedOut { model, expected })
    }

    /// The name of a column, counted with the intercept.
    fn column(&self, column: usize) -> String {
        let mut names = vec!["1".to_owned()];
        for Variable { factor, coding } in &self.variables {
            let factor = match factor {
                Factor::Answer(question) => word(question),
                Factor::Fact(fact) => word(fact),
            };
            match coding {
                Coding::Answer { columns, .. } | Coding::AnyOf { columns } => {
                    names.extend(columns.iter().map(|one| format!("{factor}: {}", word(one))));
                }
                Coding::Number { .. } => names.push(factor),
                Coding::Bands { columns, .. } => {
                    names.extend(columns.iter().map(|begins| format!("{factor}: {begins}")));
                }
                Coding::Origin { columns, .. } => {
                    names.extend(columns.iter().map(|one| format!("{factor}: {}", word(one))));
                }
            }
        }
        let product = |[a, b]: &[usize; 2]| format!("{} × {}", names[a + 1], names[b + 1]);
        let products: Vec<String> = self.interactions.iter().map(product).collect();
        names.into_iter().chain(products).nth(column).unwrap_or_default()
    }

    /// The model before anything is known of its columns.
    fn empty(&self) -> Logistic {
        let columns =
            self.variables.iter().map(|variable| variable.coding.columns()).sum::<usize>();
        let all = 1 + columns + self.interactions.len();
        let mut means = vec![0.0; all];
        means[0] = 1.0;
        Logistic {
            variables: self.variables.clone(),
            interactions: self.interactions.clone(),
            coefficients: vec![0.0; all],
            means,
            covariance: vec![0.0; all * (all + 1) / 2],
            base_rate: 0.5,
        }
    }
}

/// A model that was tried out.
#[derive(Clone, Debug, PartialEq)]
pub struct TriedOut {
    /// The model.
    pub model: Model,
    /// The estimate of each person by one that was made without her fold.
    pub expected: Vec<f64>,
}

fn code(logistic: &Logistic, people: &[Person]) -> Result<Vec<Vec<f64>>, TrainingError> {
    let each = people.iter().enumerate().map(|(place, person)| {
        let row = logistic.code(&person.answers.asked_only(), &person.facts);
        row.map_err(|why| TrainingError::Person { person: place + 1, why })
    });
    each.collect()
}

/// The fold of each person.
///
/// # Errors
/// When there are fewer than two, or the table has others.
pub(crate) fn folds(people: &[Person], folds: u8) -> Result<Vec<u8>, TrainingError> {
    if folds < 2 {
        return Err(TrainingError::Folds(folds));
    }
    let has_own = people.iter().any(|person| person.fold.is_some());
    let each = people.iter().enumerate().map(|(place, person)| {
        let fold = if has_own { person.fold } else { Some((place % usize::from(folds)) as u8) };
        let fold = fold.filter(|fold| *fold < folds);
        fold.ok_or(TrainingError::Fold { person: place + 1, folds })
    });
    each.collect()
}

/// A variable with the range that people have.
fn seen(variable: &Variable, people: &[Person]) -> Variable {
    let mut variable = variable.clone();
    let (
        Coding::Number { least, most, .. } | Coding::Bands { least, most, .. },
        Factor::Fact(fact),
    ) = (&mut variable.coding, variable.factor)
    else {
        return variable;
    };
    let numbers = || people.iter().filter_map(|person| person.facts.number(fact));
    (*least, *most) = (numbers().min().unwrap_or(*least), numbers().max().unwrap_or(*most));
    variable
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
pub(crate) fn round(number: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    (number * scale).round() / scale
}

pub(crate) fn rounded(numbers: &[f64], decimals: i32) -> Vec<f64> {
    numbers.iter().map(|number| round(*number, decimals)).collect()
}

/// An interval as it is written: six decimals.
pub(crate) fn rounded_interval(interval: Interval) -> Interval {
    let one = |number: f64| round(number, 6);
    Interval { estimate: one(interval.estimate), low: one(interval.low), high: one(interval.high) }
}

/// An evaluation as it is written: six decimals.
pub fn rounded_evaluation(evaluation: Evaluation) -> Evaluation {
    let one = |number: f64| round(number, 6);
    let interval = rounded_interval;
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
    let errors = |errors: ErrorsAt| ErrorsAt {
        at: errors.at,
        false_positive: errors.false_positive.map(interval),
        false_negative: errors.false_negative.map(interval),
    };
    let group = |group: GroupErrors| GroupErrors {
        auc: group.auc.map(interval),
        brier: interval(group.brier),
        false_positive: group.false_positive.map(interval),
        false_negative: group.false_negative.map(interval),
        calibration_gap: interval(group.calibration_gap),
        cut_offs: group.cut_offs.into_iter().map(errors).collect(),
        ..group
    };
    Evaluation {
        auc: interval(evaluation.auc),
        brier: interval(evaluation.brier),
        calibration_in_the_large: interval(evaluation.calibration_in_the_large),
        calibration_slope: interval(evaluation.calibration_slope),
        tenths: evaluation.tenths.into_iter().map(tenth).collect(),
        cut_offs: evaluation.cut_offs.into_iter().map(cut_off).collect(),
        groups: evaluation.groups.into_iter().map(group).collect(),
        group_cut_off: one(evaluation.group_cut_off),
        ..evaluation
    }
}
