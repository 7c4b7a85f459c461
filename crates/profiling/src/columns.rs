//! Logistic regressions of the columns of any table, whatever they hold: made and measured as the
//! models of the form are, so that the same code can be held against data that others have published.
//!
//! Such a model knows none of our questions, so no citizen can be scored with it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::evaluate::Evaluation;
use crate::folds::Rows;
use crate::logistic::inverse_logit;
use crate::measure::{Told, Z};
use crate::model::ModelError;
use crate::people::{Person, Value};
use crate::recipe::{TrainingError, folds, round, rounded, rounded_evaluation, traits};
use crate::train::FitError;

/// What marks the files of such models and of their recipes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    /// It is of columns, not of the form.
    Columns,
}

/// How such a model is made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// Its mark.
    pub of: Of,
    /// The key of the model.
    pub key: String,
    /// Its version.
    pub version: String,
    /// The day it is dated.
    pub made_on: NaiveDate,
    /// What it estimates, in words.
    pub target: String,
    /// As [`crate::recipe::Recipe::folds`].
    pub folds: u8,
    /// What enters.
    pub variables: Vec<Variable>,
    /// Products of two columns of different variables, counted from 0.
    #[serde(default)]
    pub interactions: Vec<[usize; 2]>,
}

/// What enters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variable {
    /// The column of the table.
    pub column: String,
    /// As what.
    pub coding: Coding,
    /// The least and the most that the model has seen of a number; the recipe says none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<[f64; 2]>,
}

/// As what a column of the table enters: each entry of a list is a column of the model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type", deny_unknown_fields)]
pub enum Coding {
    /// A number, as `(value − centre) / scale`.
    Number {
        /// Where it is 0.
        #[serde(default)]
        centre: f64,
        /// By so much it is 1.
        #[serde(default = "one")]
        scale: f64,
    },
    /// A number, in bands: 1 in the column of its band.
    Bands {
        /// Where each band but the first, which is the base, begins.
        columns: Vec<f64>,
    },
    /// A word: 1 in its column, 0 elsewhere.
    Word {
        /// The words without a column: the base.
        reference: Vec<String>,
        /// The words with one.
        columns: Vec<String>,
    },
}

const fn one() -> f64 {
    1.0
}

/// Such a model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Its mark.
    pub of: Of,
    /// Its name.
    pub key: String,
    /// Its version.
    pub version: String,
    /// When it was made.
    pub made_on: NaiveDate,
    /// What it estimates, in words.
    pub target: String,
    /// How many people it was made from.
    pub people: u32,
    /// For how many of them it came true.
    pub events: u32,
    /// What enters.
    pub variables: Vec<Variable>,
    /// Products of two columns.
    #[serde(default)]
    pub interactions: Vec<[usize; 2]>,
    /// Intercept, the columns of each variable, the interactions.
    pub coefficients: Vec<Coefficient>,
    /// Lower triangle of their covariance, row by row.
    pub covariance: Vec<f64>,
    /// At the maximum.
    pub log_likelihood: f64,
    /// How well it does on people it was not made from.
    pub evaluation: Evaluation,
}

/// A coefficient.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coefficient {
    /// Of what: `1` is the intercept.
    pub of: String,
    /// **Units**: log odds.
    pub estimate: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Lower end of its 95 % interval (Wald).
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Recipe {
    /// Makes the model: fitted on everyone, tried out in folds.
    ///
    /// # Errors
    /// Why it cannot be made.
    pub fn make(&self, people: &[Person]) -> Result<Model, TrainingError> {
        let folds = folds(people, self.folds)?;
        check(&self.variables, &self.interactions)?;
        let rows = people.iter().enumerate().map(|(place, person)| {
            let row = row(&self.variables, &self.interactions, person);
            row.map_err(|why| TrainingError::Row { person: place + 1, why })
        });
        let rows: Vec<Vec<f64>> = rows.collect::<Result<_, _>>()?;
        let outcomes: Vec<bool> = people.iter().map(|person| person.came_true).collect();
        let names = names(&self.variables, &self.interactions);
        let all = Rows { rows: &rows, outcomes: &outcomes, folds: &folds };
        let tried = all.try_out(self.folds, &traits(people)).map_err(|error| match error {
            FitError::Collinear(column) => TrainingError::Redundant(names[column].clone()),
            error => TrainingError::Fit(error),
        })?;
        let covariance = &tried.fit.covariance;
        let coefficients = names.into_iter().enumerate().map(|(place, of)| {
            let estimate = tried.fit.coefficients[place];
            let standard_error = covariance[place * (place + 3) / 2].sqrt();
            Coefficient {
                of,
                estimate: round(estimate, 9),
                standard_error: round(standard_error, 9),
                low: round(estimate - Z * standard_error, 6),
                high: round(estimate + Z * standard_error, 6),
            }
        });
        let whole = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Ok(Model {
            of: self.of,
            key: self.key.clone(),
            version: self.version.clone(),
            made_on: self.made_on,
            target: self.target.clone(),
            people: whole(people.len()),
            events: whole(outcomes.iter().filter(|came_true| **came_true).count()),
            coefficients: coefficients.collect(),
            covariance: rounded(covariance, 12),
            log_likelihood: round(tried.fit.log_likelihood, 6),
            evaluation: rounded_evaluation(tried.evaluation),
            variables: self.variables.iter().map(|variable| seen(variable, people)).collect(),
            interactions: self.interactions.clone(),
        })
    }
}

impl Model {
    /// Reads a model and checks that it holds together.
    ///
    /// # Errors
    /// Why it is none.
    pub fn read(text: &str) -> Result<Self, ModelError> {
        let model: Self = serde_json::from_str(text)
            .map_err(|error| ModelError::Unreadable(error.to_string()))?;
        check(&model.variables, &model.interactions)?;
        let of = model.coefficients.iter().map(|coefficient| &coefficient.of);
        if !of.eq(&names(&model.variables, &model.interactions)) {
            let why = "its coefficients are not those of its columns".to_owned();
            return Err(ModelError::Inconsistent(why));
        }
        Ok(model)
    }

    /// What it says of somebody, with what came of it.
    ///
    /// # Errors
    /// Why it says nothing.
    pub fn told(&self, person: &Person) -> Result<Told, String> {
        let row = row(&self.variables, &self.interactions, person)?;
        let sum = row.iter().zip(&self.coefficients).map(|(x, beta)| x * beta.estimate).sum();
        Ok(Told { expected: inverse_logit(sum), came_true: person.came_true })
    }
}

fn check(variables: &[Variable], interactions: &[[usize; 2]]) -> Result<(), ModelError> {
    let wrong = |why: String| Err(ModelError::Inconsistent(why));
    let mut owners = Vec::new();
    for (place, Variable { column, coding, .. }) in variables.iter().enumerate() {
        let is_there = |words: &[String]| {
            let mut once = words.to_vec();
            once.sort_unstable();
            once.dedup();
            !words.is_empty() && once.len() == words.len()
        };
        let (is_right, columns) = match coding {
            Coding::Number { centre, scale } => {
                (centre.is_finite() && scale.is_finite() && *scale != 0.0, 1)
            }
            Coding::Bands { columns } => {
                let rises = columns.windows(2).all(|pair| pair[0] < pair[1]);
                (rises && !columns.is_empty(), columns.len())
            }
            Coding::Word { reference, columns } => {
                let all = [reference.as_slice(), columns.as_slice()].concat();
                (is_there(&all) && !reference.is_empty(), columns.len())
            }
        };
        if !is_right || columns == 0 {
            return wrong(format!("“{column}”: its coding is none"));
        }
        if variables[..place].iter().any(|other| other.column == *column) {
            return wrong(format!("“{column}” enters twice"));
        }
        owners.extend(std::iter::repeat_n(place, columns));
    }
    if owners.is_empty() {
        return wrong("nothing enters it".to_owned());
    }
    for [a, b] in interactions {
        match (owners.get(*a), owners.get(*b)) {
            (Some(of_a), Some(of_b)) if of_a != of_b => {}
            _ => return wrong("an interaction is of columns of two variables".to_owned()),
        }
    }
    Ok(())
}

/// The names of the columns, the intercept first and the interactions last.
fn names(variables: &[Variable], interactions: &[[usize; 2]]) -> Vec<String> {
    let mut names = vec!["1".to_owned()];
    for Variable { column, coding, .. } in variables {
        match coding {
            Coding::Number { .. } => names.push(column.clone()),
            Coding::Bands { columns } => {
                names.extend(columns.iter().map(|begins| format!("{column}: {begins}")));
            }
            Coding::Word { columns, .. } => {
                names.extend(columns.iter().map(|word| format!("{column}: {word}")));
            }
        }
    }
    let product = |[a, b]: &[usize; 2]| format!("{} × {}", names[a + 1], names[b + 1]);
    let products: Vec<String> = interactions.iter().map(product).collect();
    names.extend(products);
    names
}

/// A person as columns, the intercept first and the interactions last; or why she has none.
fn row(
    variables: &[Variable],
    interactions: &[[usize; 2]],
    person: &Person,
) -> Result<Vec<f64>, String> {
    let mut row = vec![1.0];
    for Variable { column, coding, seen } in variables {
        let value = person.columns.get(column);
        let value = value.ok_or_else(|| format!("“{column}” is not known"))?;
        match (coding, value) {
            (Coding::Number { .. } | Coding::Bands { .. }, Value::Number(number))
                if seen.is_some_and(|[least, most]| *number < least || *number > most) =>
            {
                return Err(format!("“{column}” lies outside of what the model was made from"));
            }
            (Coding::Number { centre, scale }, Value::Number(number)) => {
                row.push((number - centre) / scale);
            }
            (Coding::Bands { columns }, Value::Number(number)) => {
                let band = columns.partition_point(|begins| begins <= number);
                row.extend((1..=columns.len()).map(|own| f64::from(u8::from(own == band))));
            }
            (Coding::Word { reference, columns }, Value::Word(word)) => {
                if !reference.contains(word) && !columns.contains(word) {
                    return Err(format!("“{column}” is a word that the model does not know"));
                }
                row.extend(columns.iter().map(|own| f64::from(u8::from(own == word))));
            }
            _ => return Err(format!("“{column}” does not hold what the model takes")),
        }
    }
    row.extend(interactions.iter().map(|[a, b]| row[a + 1] * row[b + 1]).collect::<Vec<_>>());
    Ok(row)
}

/// A variable with the range that people have.
fn seen(variable: &Variable, people: &[Person]) -> Variable {
    let number = |person: &Person| match person.columns.get(&variable.column) {
        Some(Value::Number(number)) => Some(*number),
        _ => None,
    };
    let range = people.iter().filter_map(number).fold(None, |range: Option<[f64; 2]>, number| {
        let [least, most] = range.unwrap_or([number; 2]);
        Some([least.min(number), most.max(number)])
    });
    Variable { seen: range, ..variable.clone() }
}
