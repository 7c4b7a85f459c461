//! A profile: what a model says of her, how sure it is, and what moved it.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::fact::Fact;
use crate::form::Question;
use crate::model::{Kind, Model, Source};

/// A share of people.
///
/// **Units**: of 10,000, so 2,500 is a quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RiskShare))]
#[serde(transparent)]
pub struct Share(pub u16);

/// What can move a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Factor {
    /// An answer of hers.
    Answer(Question),
    /// A fact of a register.
    Fact(Fact),
}

/// Whose word a factor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// How she sees her own future: a judgement, hers to change and to contest.
    OwnExpectation,
    /// What she tells of herself.
    OwnAnswer,
    /// A register's.
    Register,
}

impl Factor {
    /// Whose word it is.
    pub const fn ground(self) -> Ground {
        match self {
            Self::Answer(Question::Expectation | Question::Outlook) => Ground::OwnExpectation,
            Self::Answer(_) => Ground::OwnAnswer,
            Self::Fact(_) => Ground::Register,
        }
    }
}

impl fmt::Display for Factor {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answer(question) => write!(to, "the question “{question}”"),
            Self::Fact(fact) => write!(to, "the fact “{fact}”"),
        }
    }
}

/// What a model says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RiskOutcome))]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum Outcome {
    /// How many of those who answered like her were unemployed for more than 26 weeks.
    Share {
        /// The estimate.
        expected: Share,
        /// Lower end of the 95 % confidence interval, from the model's own uncertainty.
        low: Share,
        /// Upper end.
        high: Share,
    },
    /// A group and nothing more: the model gives no share.
    Group {
        /// Which.
        group: Group,
    },
}

/// A group of a model that gives groups only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Not thought to be unemployed for long.
    Low,
    /// Thought to be unemployed for more than 26 weeks.
    High,
}

/// How a factor moved the result, against the base person of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// It raised the risk.
    Raises,
    /// It lowered it.
    Lowers,
    /// It was looked at and changed nothing.
    Nothing,
}

/// What a factor did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Effect {
    /// Which.
    pub factor: Factor,
    /// Which way.
    pub direction: Direction,
    /// How much, in thousandths of log odds; 0 for a tree, which has no such measure.
    pub log_odds_thousandths: i32,
}

/// Of what kind a model is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ModelForm {
    /// Questions in turn.
    Tree,
    /// Logistic regression.
    Logistic,
}

/// How a model was made. It is kept with what the model said: the file may be replaced, and what was
/// said of her must go on telling where it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ModelMade))]
pub struct Made {
    /// Of what kind it is.
    pub form: ModelForm,
    /// Where its data comes from.
    pub source: Source,
    /// When it was made.
    pub on: NaiveDate,
}

impl From<&Model> for Made {
    fn from(model: &Model) -> Self {
        let form = match model.kind {
            Kind::Tree { .. } => ModelForm::Tree,
            Kind::Logistic(_) => ModelForm::Logistic,
        };
        Self { form, source: model.data.source, on: model.made_on }
    }
}

/// What a model says of her.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Profile {
    /// Key of the model.
    pub model: String,
    /// Its version.
    pub version: String,
    /// Digest of its file (SHA-256, hexadecimal).
    pub digest: String,
    /// How it was made; `None`: the profile is from before that was kept with it.
    #[serde(default)]
    pub made: Option<Made>,
    /// What it says.
    pub outcome: Outcome,
    /// How many of all were unemployed for more than 26 weeks; `None`: the model does not tell.
    pub base_rate: Option<Share>,
    /// What moved it, the most first; then what was looked at and changed nothing.
    pub effects: Vec<Effect>,
    /// Her answers that the model does not use.
    pub unused: Vec<Question>,
}

/// Why there is no profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum NoProfile {
    /// What the model needs is not known, or she has left it out.
    #[error("the model needs {}", listed(.factors))]
    Missing {
        /// What.
        factors: Vec<Factor>,
    },
    /// Outside of what the model has seen.
    #[error("{factor} lies outside of what the model was made from")]
    OutOfRange {
        /// What.
        factor: Factor,
    },
    /// No law says that the model may run.
    #[error("no legal basis is configured")]
    NoLegalBasis,
}

fn listed(factors: &[Factor]) -> String {
    factors.iter().map(Factor::to_string).collect::<Vec<_>>().join(", ")
}
