//! What a trial measures, how it is analysed, and the sample size with its assumptions.

use serde::{Deserialize, Serialize};

use super::check::{Findings, Problem};
use super::{Key, Unit};
use crate::planning::Direction;

/// A step after enrolment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// Days after she was enrolled.
    pub after_days: u16,
    /// What is done or measured.
    pub what: String,
}

/// Something measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = TrialOutcome))]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// Its name in results.
    pub key: Key,
    /// What it is for.
    pub role: OutcomeRole,
    /// How it is measured on one unit.
    pub variable: String,
    /// How units are put together.
    pub measure: Measure,
    /// Days after enrolment when it is measured.
    pub after_days: u16,
}

/// What an outcome is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OutcomeRole {
    /// The one the trial is sized for.
    Primary,
    /// Beside it.
    Secondary,
    /// A harm that is looked for.
    Harm,
}

/// How an outcome is put together over units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// The share of units.
    Proportion,
    /// The mean.
    Mean,
    /// The time until it happens.
    TimeToEvent,
}

/// The planned analysis: always of everyone, in the arm that was drawn (intention to treat).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Analysis {
    /// The model of the primary outcome, in words (item 21a).
    pub primary: String,
    /// Facts it is adjusted for, settled before the start.
    #[serde(default)]
    pub covariates: Vec<String>,
    /// Level of the two-sided tests.
    pub alpha_per_mille: u16,
    /// How several comparisons are accounted for.
    pub multiplicity: Multiplicity,
}

/// How several comparisons are accounted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Multiplicity {
    /// There is one comparison.
    None,
    /// Holm (1979).
    Holm,
}

/// The sample size and what it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Power {
    /// Units to enrol in all.
    #[cfg_attr(feature = "openapi", schema(format = Int64, minimum = 0, maximum = 4_294_967_295_u32))]
    pub units: u32,
    /// Probability of finding the effect if it is there.
    pub power_per_mille: u16,
    /// The primary outcome without the intervention, if it is a share; if it is a time, the share to
    /// whom it happens before it is measured last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline_per_mille: Option<u16>,
    /// The smallest effect worth finding: a difference of shares, or of means in standard
    /// deviations, or of a ratio of hazards from 1, in per mille.
    pub effect_per_mille: u16,
    /// Which way the effect is to go.
    #[serde(default, skip_serializing_if = "Direction::is_more")]
    pub direction: Direction,
    /// Likeness within clusters, if clusters are drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icc_per_mille: Option<u16>,
    /// Units of a cluster, as a mean, if clusters are drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster_size: Option<u16>,
    /// Coefficient of variation of the sizes of clusters; none: they are equal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster_variation_per_mille: Option<u16>,
    /// Units that are expected to be lost.
    #[serde(default)]
    pub attrition_per_mille: u16,
}

impl Power {
    /// What it lacks for a trial of such units, whose primary outcome needs a baseline or not.
    pub(super) fn check(&self, unit: Unit, needs_baseline: bool, findings: &mut Findings) {
        let mut must = |holds, field: &str, problem| {
            findings.unless(holds, format!("power.{field}"), problem);
        };
        must(self.units > 0, "units", Problem::Missing);
        let power = (500..1000).contains(&self.power_per_mille);
        must(power, "power_per_mille", Problem::OutOfBounds);
        must(self.effect_per_mille > 0, "effect_per_mille", Problem::Missing);
        let baseline = self.baseline_per_mille.is_some_and(|share| (1..1000).contains(&share));
        must(baseline || !needs_baseline, "baseline_per_mille", Problem::Missing);
        must(self.attrition_per_mille < 1000, "attrition_per_mille", Problem::OutOfBounds);
        let is_drawn = unit != Unit::Citizen;
        must(self.icc_per_mille.is_some() || !is_drawn, "icc_per_mille", Problem::Missing);
        must(self.cluster_size.is_some() || !is_drawn, "cluster_size", Problem::Missing);
        let icc = self.icc_per_mille.is_none_or(|icc| icc <= 1000);
        must(icc, "icc_per_mille", Problem::OutOfBounds);
        must(self.cluster_size != Some(0), "cluster_size", Problem::OutOfBounds);
        let variation = self.cluster_variation_per_mille.is_none_or(|spread| spread <= 5000);
        must(variation, "cluster_variation_per_mille", Problem::OutOfBounds);
    }
}

/// Looks at outcomes by arm before the trial is closed. This version makes none, and registers no
/// protocol that asks for one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "type", deny_unknown_fields)]
pub enum Interim {
    /// Nobody looks.
    None {},
    /// A registered rule looks at one harm at any time, by an e-process.
    Anytime {
        /// The harm.
        outcome: Key,
        /// Its level.
        alpha_per_mille: u16,
    },
}

impl Default for Interim {
    fn default() -> Self {
        Self::None {}
    }
}
