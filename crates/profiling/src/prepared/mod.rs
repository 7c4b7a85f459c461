//! A model, prepared for looking at many people: what a file names stands here by number.
//!
//! It must not know more than the file says.

mod coder;
mod logistic;
mod tree;

use crate::logistic::Logistic;
use crate::model::{Kind, Model, ModelError, Variable};
use crate::profile::{Effect, NoProfile, Outcome, Share};
use crate::sheet::Sheet;
use logistic::Regression;
use tree::Tree;

/// A model, prepared.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Prepared {
    Tree(Tree),
    Logistic(Regression),
}

/// What a model says, and what moved it.
pub(crate) struct Told {
    pub(crate) outcome: Outcome,
    pub(crate) base_rate: Option<Share>,
    pub(crate) effects: Vec<Effect>,
}

impl Prepared {
    pub(crate) fn new(model: &Model) -> Result<Self, ModelError> {
        Ok(match &model.kind {
            Kind::Tree { root } => Self::Tree(Tree::new(root)?),
            Kind::Logistic(logistic) => Self::Logistic(Regression::new(logistic)?),
        })
    }

    pub(crate) fn tell(&self, sheet: &Sheet) -> Result<Told, NoProfile> {
        Ok(match self {
            Self::Tree(tree) => {
                let way = tree.way(sheet)?;
                let outcome = Outcome::Group { group: way.group };
                Told { outcome, base_rate: None, effects: tree.effects(sheet, &way) }
            }
            Self::Logistic(regression) => {
                let row = regression.row(sheet)?;
                Told {
                    outcome: regression.outcome(&row),
                    base_rate: Some(regression.base_rate()),
                    effects: regression.effects(&row),
                }
            }
        })
    }

    pub(crate) fn outcome(&self, sheet: &Sheet) -> Result<Outcome, NoProfile> {
        match self {
            Self::Tree(tree) => tree.group(sheet).map(|group| Outcome::Group { group }),
            Self::Logistic(regression) => Ok(regression.outcome(&regression.row(sheet)?)),
        }
    }
}
