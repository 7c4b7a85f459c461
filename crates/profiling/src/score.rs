//! What a model says of her, what moved it, and what it would say had she answered otherwise.

use crate::answers::{Answer, Answers};
use crate::fact::{Fact, Facts};
use crate::form::{Choice, Question, Takes};
use crate::logistic::Logistic;
use crate::model::{Kind, Model};
use crate::profile::{Direction, Effect, Factor, NoProfile, Outcome, Profile, Share};
use crate::tree;

/// Less than this changes nothing that is shown.
///
/// **Units**: log odds.
const NOTHING: f64 = 0.005;

/// What stands behind a name: a model and the digest of its file.
#[derive(Clone, Debug, PartialEq)]
pub struct Sealed {
    /// The model.
    pub model: Model,
    /// SHA-256 of its file, hexadecimal.
    pub digest: String,
}

impl Sealed {
    /// What the model says of her.
    ///
    /// # Errors
    /// Why it says nothing.
    pub fn profile(&self, answers: &Answers, facts: &Facts) -> Result<Profile, NoProfile> {
        let answers = &answers.asked_only();
        let (outcome, base_rate, effects) = match &self.model.kind {
            Kind::Tree { root } => {
                let (group, path) = tree::walk(root, answers, facts)?;
                (
                    Outcome::Group { group },
                    None,
                    path_effects(&self.model, root, answers, facts, path),
                )
            }
            Kind::Logistic(logistic) => {
                let row = logistic.code(answers, facts)?;
                let outcome = outcome(logistic, &row);
                (outcome, Some(share(logistic.base_rate)), effects(logistic, &row))
            }
        };
        let used = self.model.factors();
        let unused = answers.0.keys().copied();
        Ok(Profile {
            model: self.model.key.clone(),
            version: self.model.version.clone(),
            digest: self.digest.clone(),
            outcome,
            base_rate,
            effects,
            unused: unused.filter(|question| !used.contains(&Factor::Answer(*question))).collect(),
        })
    }

    /// What it would say for each answer to a question that takes one, everything else being as it
    /// is. Nothing for a question that takes several, or is not asked.
    pub fn what_changes(
        &self,
        answers: &Answers,
        facts: &Facts,
        question: Question,
    ) -> Vec<(Choice, Result<Outcome, NoProfile>)> {
        if question.takes() == Takes::Many || !answers.asks(question) {
            return Vec::new();
        }
        let with = |choice: Choice| {
            let mut other = answers.clone();
            other.0.insert(question, Answer::one(choice));
            self.outcome(&other, facts)
        };
        question.choices().iter().map(|choice| (*choice, with(*choice))).collect()
    }

    /// What the model says of her, and nothing else.
    ///
    /// # Errors
    /// Why it says nothing.
    pub fn outcome(&self, answers: &Answers, facts: &Facts) -> Result<Outcome, NoProfile> {
        let answers = &answers.asked_only();
        match &self.model.kind {
            Kind::Tree { root } => {
                tree::walk(root, answers, facts).map(|(group, _)| Outcome::Group { group })
            }
            Kind::Logistic(logistic) => Ok(outcome(logistic, &logistic.code(answers, facts)?)),
        }
    }

    /// Whether the model says something without a fact.
    pub fn can_do_without(&self, fact: Fact) -> bool {
        let is_used = self.model.factors().contains(&Factor::Fact(fact));
        // A tree has a class for an origin that is not known.
        !is_used || (fact == Fact::Origin && matches!(self.model.kind, Kind::Tree { .. }))
    }
}

/// A probability in whole parts of 10,000.
pub(crate) fn share(probability: f64) -> Share {
    // Between 0 and 10,000, so nothing is cut off.
    Share((probability.clamp(0.0, 1.0) * 10_000.0).round() as u16)
}

fn outcome(logistic: &Logistic, row: &[f64]) -> Outcome {
    let estimate = logistic.estimate(row);
    Outcome::Share {
        expected: share(estimate.expected),
        low: share(estimate.low),
        high: share(estimate.high),
    }
}

/// What moved the result, the most first; then what changed nothing.
fn effects(logistic: &Logistic, row: &[f64]) -> Vec<Effect> {
    let parts = logistic.parts(row);
    let each = logistic.variables.iter().zip(parts);
    let mut effects: Vec<Effect> = each
        .map(|(variable, part)| Effect {
            factor: variable.factor,
            direction: if part > NOTHING {
                Direction::Raises
            } else if part < -NOTHING {
                Direction::Lowers
            } else {
                Direction::Nothing
            },
            log_odds_thousandths: (part * 1_000.0).round() as i32,
        })
        .collect();
    effects.sort_by_key(|effect| std::cmp::Reverse(effect.log_odds_thousandths.unsigned_abs()));
    effects
}

/// A factor on her way through the tree moved the result if another value of it would have led to
/// another group. Which way it moved it is which group she is in.
fn path_effects(
    model: &Model,
    root: &tree::Node,
    answers: &Answers,
    facts: &Facts,
    path: Vec<Factor>,
) -> Vec<Effect> {
    let here = tree::walk(root, answers, facts).map(|(group, _)| group);
    let changes =
        |factor: Factor| tree::others(root, answers, facts, factor).any(|group| Ok(group) != here);
    let toward = match here {
        Ok(crate::profile::Group::Low) => Direction::Lowers,
        _ => Direction::Raises,
    };
    let effect = |factor: Factor, direction| Effect { factor, direction, log_odds_thousandths: 0 };
    let (moved, rest): (Vec<_>, Vec<_>) = path.into_iter().partition(|factor| changes(*factor));
    let unseen = model.factors();
    let unseen =
        unseen.into_iter().filter(|factor| !moved.contains(factor) && !rest.contains(factor));
    let rest: Vec<Factor> = rest.iter().copied().chain(unseen).collect();
    moved
        .iter()
        .map(|factor| effect(*factor, toward))
        .chain(rest.iter().map(|factor| effect(*factor, Direction::Nothing)))
        .collect()
}
