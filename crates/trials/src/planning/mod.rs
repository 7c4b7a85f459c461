//! Planning a trial: how many units it needs, the smallest effect that so many can show, the power
//! it has, and how these hang together as a curve.
//!
//! One function of power is asked everywhere, so that the three questions agree with each other.
//! It must not know of protocols; numbers come in, numbers go out.

mod check;
mod model;

use serde::{Deserialize, Serialize};

use crate::stats::StatError;
use crate::stats::power::Test;

pub use check::{Problem, Reason};
use model::Model;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = PlanQuestion))]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The primary outcome.
    pub outcome: Outcome,
    /// The two groups that are compared.
    pub groups: Groups,
    /// Two-sided level of all comparisons together.
    #[cfg_attr(feature = "openapi", schema(minimum = 0.001, maximum = 0.2))]
    pub alpha: f64,
    /// Comparisons that share the level, by Bonferroni: Holm's first step.
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 50))]
    #[serde(default = "one")]
    pub comparisons: u8,
    /// Clusters, if those are drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clusters: Option<Clusters>,
    /// Share of the units whose outcome will be lost.
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 0.9))]
    #[serde(default)]
    pub attrition: f64,
    /// What is sought.
    pub find: Find,
}

const fn one() -> u8 {
    1
}

/// How the primary outcome is put together, and what is known of it without the intervention.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = PlanOutcome))]
#[serde(rename_all = "snake_case", tag = "type", deny_unknown_fields)]
pub enum Outcome {
    /// A share of units; the effect is a difference of shares. Each share has its own variance.
    Proportion {
        /// The share in the control group.
        #[cfg_attr(feature = "openapi", schema(minimum = 0.001, maximum = 0.999))]
        baseline: f64,
    },
    /// A mean; the effect is a difference in standard deviations.
    Mean,
    /// The time to an event; the effect is a ratio of hazards, and the test the log-rank test.
    TimeToEvent {
        /// The share of the control group with the event when they are last looked at.
        #[cfg_attr(feature = "openapi", schema(minimum = 0.001, maximum = 0.999))]
        baseline: f64,
    },
}

/// Weights of the groups. In a factorial trial a group is all arms with the same value of a factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = PlanGroups))]
#[serde(deny_unknown_fields)]
pub struct Groups {
    /// Of the group that gets the intervention.
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 10_000))]
    pub treated: u16,
    /// Of the group it is compared with.
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 10_000))]
    pub control: u16,
    /// Of all arms that are in the trial and not in this comparison.
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 10_000))]
    #[serde(default)]
    pub others: u16,
}

/// Clusters that are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = PlanClusters))]
#[serde(deny_unknown_fields)]
pub struct Clusters {
    /// Units of one, on average.
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 100_000))]
    pub size: f64,
    /// Coefficient of variation of the sizes; 0: they are equal.
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 5))]
    #[serde(default)]
    pub variation: f64,
    /// Intra-cluster correlation.
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 1))]
    pub icc: f64,
}

/// What is sought, from what is given.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = PlanFind))]
#[serde(rename_all = "snake_case", tag = "seek", deny_unknown_fields)]
pub enum Find {
    /// The units that find an effect.
    Units {
        /// Probability of finding it if it is there.
        #[cfg_attr(feature = "openapi", schema(minimum = 0.5, maximum = 0.999))]
        power: f64,
        /// The effect; below 0 (a ratio: below 1) if the intervention makes it less.
        effect: f64,
    },
    /// The smallest effect that is found.
    Effect {
        /// Probability of finding it if it is there.
        #[cfg_attr(feature = "openapi", schema(minimum = 0.5, maximum = 0.999))]
        power: f64,
        /// Units to enrol in all arms together.
        #[cfg_attr(feature = "openapi", schema(minimum = 4, maximum = 10_000_000))]
        units: u32,
        /// Whether more or less is looked for.
        direction: Direction,
    },
    /// The probability of finding an effect.
    Power {
        /// The effect, as for [`Self::Units`].
        effect: f64,
        /// Units to enrol in all arms together.
        #[cfg_attr(feature = "openapi", schema(minimum = 4, maximum = 10_000_000))]
        units: u32,
    },
}

/// Which way an effect goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = PlanDirection))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More of the outcome, or sooner.
    #[default]
    More,
    /// Less of it, or later.
    Less,
}

impl Direction {
    /// Whether it is the one that need not be written.
    pub(crate) fn is_more(&self) -> bool {
        *self == Self::More
    }
}

/// A plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = TrialPlan))]
pub struct Plan {
    /// Units to enrol.
    pub units: Size,
    /// Clusters to draw, if those are drawn.
    pub clusters: Option<Size>,
    /// Events of both groups that are expected, if the outcome is the time to one.
    pub events: Option<u64>,
    /// The effect: given, or found.
    pub effect: f64,
    /// The power: given, or found.
    pub power: f64,
    /// The level of one comparison.
    pub alpha: f64,
    /// How many times more units clusters need.
    pub design_effect: f64,
    /// How power and the smallest effect change with the units, fewest first.
    pub curve: Vec<Point>,
}

/// Whole units or clusters of each group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = PlanSize))]
pub struct Size {
    /// With the intervention.
    pub treated: u64,
    /// Without.
    pub control: u64,
    /// In no group of this comparison.
    pub others: u64,
    /// All of them.
    pub all: u64,
}

/// A point of the curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = PlanPoint))]
pub struct Point {
    /// Units enrolled in all arms together.
    pub units: u64,
    /// The power to find the plan's effect.
    pub power: f64,
    /// The smallest effect that is found with the plan's power; `None`: none is large enough.
    pub effect: Option<f64>,
}

/// The most units that are planned for.
pub const MAX_UNITS: u32 = 10_000_000;
/// Points of the curve of a plan.
pub const POINTS: u32 = 41;

impl Question {
    /// Answers it.
    ///
    /// # Errors
    /// Every field that cannot be used, by JSON pointer; or, when all can, the one because of which
    /// there is no answer.
    pub fn plan(&self) -> Result<Plan, Vec<Problem>> {
        self.check()?;
        self.answer().map_err(|problem| vec![problem])
    }

    fn answer(&self) -> Result<Plan, Problem> {
        let model = Model::new(self).map_err(|_| Problem::new("/clusters", Reason::NoAnswer))?;
        let (power, effect, units, (size, clusters)) = match self.find {
            Find::Units { power, effect } => {
                let units = model
                    .units(effect, self.test(power)?)
                    .map_err(|_| Problem::new("/find/effect", Reason::TooSmall))?;
                (power, effect, units, model.sizes(units))
            }
            Find::Effect { power, units, direction } => {
                let effect = model
                    .effect(f64::from(units), direction, self.test(power)?)
                    .map_err(|_| Problem::new("/find/units", Reason::TooFew))?;
                (power, effect, f64::from(units), model.split(units))
            }
            Find::Power { effect, units } => {
                let power = model
                    .power(f64::from(units), effect)
                    .map_err(|_| Problem::new("/find/units", Reason::TooFew))?;
                (power, effect, f64::from(units), model.split(units))
            }
        };
        Ok(Plan {
            units: size,
            clusters,
            events: model.events(units, effect),
            effect,
            power,
            alpha: model.alpha(),
            design_effect: model.design_effect(),
            curve: model.curve(size.all, effect, power, self.direction(effect)),
        })
    }

    fn test(&self, power: f64) -> Result<Test, Problem> {
        let alpha = self.alpha / f64::from(self.comparisons);
        Test::new(alpha, power)
            .map_err(|_: StatError| Problem::new("/find/power", Reason::NoAnswer))
    }

    fn direction(&self, effect: f64) -> Direction {
        let none = self.outcome.no_effect();
        if effect < none { Direction::Less } else { Direction::More }
    }
}

impl Outcome {
    /// The effect that is none.
    pub const fn no_effect(self) -> f64 {
        match self {
            Self::Proportion { .. } | Self::Mean => 0.0,
            Self::TimeToEvent { .. } => 1.0,
        }
    }
}
