//! What a model says of people of whom it is known what came of it: how well it does, and of how many
//! it says nothing, with the reason. Nobody is left out in silence.

use std::collections::BTreeMap;

use serde::Serialize;
use thiserror::Error;

use crate::columns;
use crate::evaluate::Evaluation;
use crate::flags::{Flag, Flagging, flagging};
use crate::measure::{Told, evaluation, whole};
use crate::model::{Kind, Model, ModelError};
use crate::people::Person;
use crate::profile::{Group, Outcome};
use crate::recipe::{rounded_evaluation, traits};
use crate::score::Sealed;
use crate::train::FitError;

/// How well a model does on people.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measured {
    /// Key of the model.
    pub model: String,
    /// Its version.
    pub version: String,
    /// How many people the table has.
    pub people: u32,
    /// Of whom it says nothing, the most first.
    pub says_nothing: Vec<Nothing>,
    /// How good its shares are; `None`: it gives none.
    pub evaluation: Option<Evaluation>,
    /// How good its groups are; `None`: it gives shares.
    pub flagging: Option<Flagging>,
}

/// People of whom a model says nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Nothing {
    /// Why.
    pub why: String,
    /// How many.
    pub people: u32,
}

/// What cannot be measured.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum MeasureError {
    /// The model does not hold together.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The people of whom it says something tell nothing.
    #[error("of {told} people it says something, of {nothing} nothing: {why}")]
    People {
        /// Of how many it says something.
        told: usize,
        /// Of how many it says nothing.
        nothing: usize,
        /// Why they tell nothing.
        why: FitError,
    },
}

/// Measures a model.
///
/// # Errors
/// What cannot be measured.
pub fn measure(model: &Model, people: &[Person]) -> Result<Measured, MeasureError> {
    let named = (model.key.as_str(), model.version.as_str());
    match &model.kind {
        Kind::Logistic(logistic) => {
            let told = asked(people, |person| {
                let row = logistic.code(&person.answers.asked_only(), &person.facts);
                let row = row.map_err(|why| why.to_string())?;
                let expected = logistic.estimate(&row).expected;
                Ok(Told { expected, came_true: person.came_true })
            });
            shares(named, people, &told)
        }
        Kind::Tree { .. } => {
            let sealed = Sealed::new(model.clone(), String::new())?;
            let told = asked(people, |person| {
                let outcome = sealed.outcome(&person.answers, &person.facts);
                let outcome = outcome.map_err(|why| why.to_string())?;
                let flagged = outcome == Outcome::Group { group: Group::High };
                Ok(Flag { flagged, came_true: person.came_true })
            });
            groups(named, people, &told)
        }
    }
}

/// Measures a model of columns.
///
/// # Errors
/// What cannot be measured.
pub fn measure_columns(
    model: &columns::Model,
    people: &[Person],
) -> Result<Measured, MeasureError> {
    let told = asked(people, |person| model.told(person));
    shares((model.key.as_str(), model.version.as_str()), people, &told)
}

/// What a model says of each, and why it says nothing of some.
struct Asked<T> {
    said: Vec<T>,
    /// Of whom, in the same order.
    of: Vec<Person>,
    nothing: BTreeMap<String, usize>,
}

fn asked<T>(people: &[Person], ask: impl Fn(&Person) -> Result<T, String>) -> Asked<T> {
    let mut asked = Asked { said: Vec::new(), of: Vec::new(), nothing: BTreeMap::new() };
    for person in people {
        match ask(person) {
            Ok(said) => {
                asked.said.push(said);
                asked.of.push(person.clone());
            }
            Err(why) => *asked.nothing.entry(why).or_default() += 1,
        }
    }
    asked
}

impl<T> Asked<T> {
    fn nothing(&self) -> Vec<Nothing> {
        let each = self.nothing.iter();
        let mut all: Vec<Nothing> = each
            .map(|(why, people)| Nothing { why: why.clone(), people: whole(*people) })
            .collect();
        all.sort_by_key(|nothing| std::cmp::Reverse(nothing.people));
        all
    }

    fn useless(&self, people: &[Person], why: FitError) -> MeasureError {
        let told = self.said.len();
        MeasureError::People { told, nothing: people.len() - told, why }
    }
}

fn shares(
    (model, version): (&str, &str),
    people: &[Person],
    asked: &Asked<Told>,
) -> Result<Measured, MeasureError> {
    let found = evaluation(&asked.said, &traits(&asked.of), 1);
    let found = found.map_err(|why| asked.useless(people, why))?;
    Ok(Measured {
        model: model.to_owned(),
        version: version.to_owned(),
        people: whole(people.len()),
        says_nothing: asked.nothing(),
        evaluation: Some(rounded_evaluation(found)),
        flagging: None,
    })
}

fn groups(
    (model, version): (&str, &str),
    people: &[Person],
    asked: &Asked<Flag>,
) -> Result<Measured, MeasureError> {
    let found = flagging(&asked.said, &traits(&asked.of));
    let found = found.ok_or_else(|| asked.useless(people, FitError::OneOutcome))?;
    Ok(Measured {
        model: model.to_owned(),
        version: version.to_owned(),
        people: whole(people.len()),
        says_nothing: asked.nothing(),
        evaluation: None,
        flagging: Some(found),
    })
}
