//! A model as data: what it estimates, from what, how it was made, and how well it does. A file says
//! everything; nothing about a model stands in code.
//!
//! It must not know how a model is used or worded.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::evaluate::{self, Evaluation};
use crate::fact::Origin;
use crate::form::Choice;
use crate::logistic::{self, Logistic};
use crate::profile::Factor;
use crate::tree::{self, Node};

/// The format that this program reads.
pub const FORMAT: u32 = 2;

/// A model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RiskModel))]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// [`FORMAT`].
    pub format: u32,
    /// Its name among the models.
    pub key: String,
    /// Its version.
    pub version: String,
    /// When it was made.
    pub made_on: NaiveDate,
    /// What it estimates.
    pub target: Target,
    /// What it was made from.
    pub data: Data,
    /// How it estimates.
    pub kind: Kind,
    /// How well; `None`: nobody has published it, and it cannot be worked out from what is known.
    #[serde(default)]
    pub evaluation: Option<Evaluation>,
}

/// What a model estimates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ModelTarget))]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// That she is unemployed for more than 26 weeks from her registration.
    UnemployedMoreThan26Weeks,
}

/// What a model was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ModelData))]
#[serde(deny_unknown_fields)]
pub struct Data {
    /// Where it comes from.
    pub source: Source,
    /// How many people were in it; `None`: not published.
    pub people: Option<u32>,
    /// For how many of them it came true; `None`: not published.
    pub events: Option<u32>,
    /// With which seed made-up people were drawn.
    #[serde(default)]
    pub seed: Option<u64>,
}

/// Where the data of a model comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ModelSource))]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// People who do not exist: it says nothing about anybody.
    Synthetic,
    /// A public reconstruction of a model whose data is not published.
    Reconstruction,
    /// People of registers.
    Registers,
}

/// How a model estimates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ModelKind))]
#[serde(rename_all = "snake_case", tag = "type", deny_unknown_fields)]
pub enum Kind {
    /// Questions in turn; it ends in a group.
    Tree {
        /// The first.
        #[cfg_attr(feature = "openapi", schema(value_type = Object))]
        root: Node,
    },
    /// Logistic regression; it ends in a share.
    Logistic(Logistic),
}

/// How a factor enters a logistic regression.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ModelVariable))]
#[serde(deny_unknown_fields)]
pub struct Variable {
    /// Which.
    pub factor: Factor,
    /// As what.
    pub coding: Coding,
}

/// As what a factor enters: each entry of a list is a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ModelCoding))]
#[serde(rename_all = "snake_case", tag = "type", deny_unknown_fields)]
pub enum Coding {
    /// The one answer to a question: 1 in its column, 0 elsewhere. A question that is not asked is
    /// as the reference.
    Answer {
        /// The answers without a column: the base.
        reference: Vec<Choice>,
        /// The answers with one.
        columns: Vec<Choice>,
    },
    /// Any answers to a question: 1 in the column of each.
    AnyOf {
        /// The answers with a column.
        columns: Vec<Choice>,
    },
    /// A number, as `(value − centre) / scale`.
    Number {
        /// Where it is 0.
        centre: u8,
        /// By so much it is 1.
        scale: u8,
        /// The least that the model has seen.
        least: u8,
        /// The most.
        most: u8,
    },
    /// A number, in bands: 1 in the column of its band.
    Bands {
        /// Where each band but the first, which is the base, begins.
        columns: Vec<u8>,
        /// The least that the model has seen.
        least: u8,
        /// The most.
        most: u8,
    },
    /// Her origin.
    Origin {
        /// The class without a column: the base.
        reference: Origin,
        /// The classes with one.
        columns: Vec<Origin>,
    },
}

impl Coding {
    /// How many columns it has.
    pub fn columns(&self) -> usize {
        match self {
            Self::Answer { columns, .. } | Self::AnyOf { columns } => columns.len(),
            Self::Number { .. } => 1,
            Self::Bands { columns, .. } => columns.len(),
            Self::Origin { columns, .. } => columns.len(),
        }
    }
}

/// A file that is no model.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ModelError {
    /// It cannot be read.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
    /// It has another format.
    #[error("it has the format {0}, and this program reads {FORMAT}")]
    Format(u32),
    /// It does not hold together.
    #[error("{0}")]
    Inconsistent(String),
}

impl Model {
    /// Reads a model and checks that it holds together.
    ///
    /// # Errors
    /// Why it is none.
    pub fn read(text: &str) -> Result<Self, ModelError> {
        let model: Self = serde_json::from_str(text)
            .map_err(|error| ModelError::Unreadable(error.to_string()))?;
        model.check()?;
        Ok(model)
    }

    /// Whether it holds together.
    ///
    /// # Errors
    /// What does not.
    pub fn check(&self) -> Result<(), ModelError> {
        if self.format != FORMAT {
            return Err(ModelError::Format(self.format));
        }
        let wrong = |why: &str| Err(ModelError::Inconsistent(why.to_owned()));
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.key.is_empty() || self.key.len() > 60 || !self.key.chars().all(is_plain) {
            return wrong("a key is of small letters, digits and hyphens, at most 60");
        }
        if self.version.is_empty() || self.version.len() > 60 {
            return wrong("a version has from 1 to 60 characters");
        }
        if self.data.events.zip(self.data.people).is_some_and(|(events, people)| events > people) {
            return wrong("it came true for more people than there were");
        }
        match &self.kind {
            Kind::Tree { root } => tree::check(root)?,
            Kind::Logistic(logistic) => {
                logistic::check(logistic)?;
                let of_data = self.data.events.zip(self.data.people);
                let of_data = of_data.map(|(events, of)| f64::from(events) / f64::from(of));
                let is_alike = |share: f64| (share - logistic.base_rate).abs() <= 1e-5;
                if !of_data.is_none_or(is_alike) {
                    return wrong("the base rate is not that of its data");
                }
            }
        }
        self.evaluation.as_ref().map_or(Ok(()), evaluate::check)
    }

    /// What it looks at, each once.
    pub fn factors(&self) -> Vec<Factor> {
        let mut factors = match &self.kind {
            Kind::Tree { root } => tree::factors(root),
            Kind::Logistic(logistic) => logistic.variables.iter().map(|v| v.factor).collect(),
        };
        factors.sort_unstable();
        factors.dedup();
        factors
    }
}
