//! A model, prepared for looking at many people: what a file names stands here by number.
//!
//! It must not know more than the file says.

mod coder;
mod tree;

pub(crate) use coder::Coder;

use crate::logistic::{Estimate, Logistic};
use crate::model::{Kind, Model, ModelError};
use crate::profile::{Direction, Effect, NoProfile, Outcome, Share};
use crate::sheet::Sheet;
use tree::Tree;

/// Less than this changes nothing that is shown.
///
/// **Units**: log odds.
const NOTHING: f64 = 0.005;

/// How a model estimates, prepared.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Prepared {
    Tree(Tree),
    Logistic { coder: Coder, logistic: Logistic },
}

/// What a model says, and what moved it.
pub(crate) struct Told {
    pub(crate) outcome: Outcome,
    pub(crate) base_rate: Option<Share>,
    pub(crate) effects: Vec<Effect>,
}

impl Prepared {
    /// Prepares a model that holds together.
    pub(crate) fn new(model: &Model) -> Result<Self, ModelError> {
        model.check()?;
        Ok(match &model.kind {
            Kind::Tree { root } => Self::Tree(Tree::new(root)),
            Kind::Logistic(logistic) => {
                let wrong = || ModelError::Inconsistent("its columns cannot be filled".to_owned());
                let coder = logistic.coder().ok_or_else(wrong)?;
                Self::Logistic { coder, logistic: logistic.clone() }
            }
        })
    }

    pub(crate) fn tell(&self, sheet: &Sheet) -> Result<Told, NoProfile> {
        Ok(match self {
            Self::Tree(tree) => {
                let way = tree.way(sheet)?;
                let outcome = Outcome::Group { group: way.group };
                Told { outcome, base_rate: None, effects: tree.effects(sheet, &way) }
            }
            Self::Logistic { coder, logistic } => {
                let row = coder.row(sheet)?;
                Told {
                    outcome: outcome(&logistic.estimate(&row)),
                    base_rate: Some(share(logistic.base_rate)),
                    effects: effects(logistic, &row),
                }
            }
        })
    }

    pub(crate) fn outcome(&self, sheet: &Sheet) -> Result<Outcome, NoProfile> {
        match self {
            Self::Tree(tree) => tree.group(sheet).map(|group| Outcome::Group { group }),
            Self::Logistic { coder, logistic } => {
                Ok(outcome(&logistic.estimate(&coder.row(sheet)?)))
            }
        }
    }
}

/// A probability in whole parts of 10,000.
pub(crate) fn share(probability: f64) -> Share {
    // Between 0 and 10,000, so nothing is cut off.
    Share((probability.clamp(0.0, 1.0) * 10_000.0).round() as u16)
}

fn outcome(estimate: &Estimate) -> Outcome {
    Outcome::Share {
        expected: share(estimate.expected),
        low: share(estimate.low),
        high: share(estimate.high),
    }
}

/// What moved the result, the most first; then what changed nothing.
fn effects(logistic: &Logistic, row: &[f64]) -> Vec<Effect> {
    let effect = |(variable, part): (&crate::model::Variable, f64)| Effect {
        factor: variable.factor,
        direction: match part {
            _ if part > NOTHING => Direction::Raises,
            _ if part < -NOTHING => Direction::Lowers,
            _ => Direction::Nothing,
        },
        log_odds_thousandths: (part * 1_000.0).round() as i32,
    };
    let parts = logistic.parts(row);
    let size = |effect: &Effect| effect.log_odds_thousandths.unsigned_abs();
    // They are few, and a sort of its own is much code for the page.
    let mut effects = Vec::with_capacity(logistic.variables.len());
    for effect in logistic.variables.iter().zip(parts).map(effect) {
        let place = effects.partition_point(|other| size(other) >= size(&effect));
        effects.insert(place, effect);
    }
    effects
}
