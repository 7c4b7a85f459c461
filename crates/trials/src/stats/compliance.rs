//! The effect on those who saw what their arm decided because they were in it (complier average
//! causal effect). It stands beside the intention to treat, never instead of it, and holds only if
//! the arm acts through being seen alone.

use super::{StatError, size};

/// The effect of having seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Compliers {
    /// Difference of the outcome between the arms.
    pub intention_to_treat: f64,
    /// Difference of the share that saw it.
    pub first_stage: f64,
    /// Their ratio.
    pub effect: f64,
    /// Its robust standard error (two-stage least squares, HC0).
    pub error: f64,
    /// The same times √(n/(n − 2)) (HC1).
    pub error_hc1: f64,
}

/// Wald's ratio: `assigned` and `seen` are 0 or 1.
///
/// # Errors
/// An arm is empty, or being in the arm did not change what was seen.
pub fn compliers(assigned: &[f64], seen: &[f64], outcome: &[f64]) -> Result<Compliers, StatError> {
    super::same_length(seen.len(), assigned.len(), "seen")?;
    super::same_length(outcome.len(), assigned.len(), "outcome")?;
    super::finite(outcome, "outcome")?;
    let mean = |values: &[f64], arm: bool| {
        let own: Vec<f64> = values
            .iter()
            .zip(assigned)
            .filter(|(_, one)| (**one > 0.5) == arm)
            .map(|(value, _)| *value)
            .collect();
        if own.is_empty() {
            Err(StatError::TooFew("units in an arm"))
        } else {
            Ok(own.iter().sum::<f64>() / size(own.len()))
        }
    };
    let intention_to_treat = mean(outcome, true)? - mean(outcome, false)?;
    let first_stage = mean(seen, true)? - mean(seen, false)?;
    if first_stage == 0.0 {
        return Err(StatError::NoVariation);
    }
    let effect = intention_to_treat / first_stage;
    let n = size(outcome.len());
    let average = |values: &[f64]| values.iter().sum::<f64>() / n;
    let (seen_mean, outcome_mean, arm_mean) = (average(seen), average(outcome), average(assigned));
    let (mut squares, mut cross) = (0.0, 0.0);
    for ((arm, saw), value) in assigned.iter().zip(seen).zip(outcome) {
        let residual = value - outcome_mean - effect * (saw - seen_mean);
        squares += ((arm - arm_mean) * residual).powi(2);
        cross += (arm - arm_mean) * saw;
    }
    let error = squares.sqrt() / cross.abs();
    let error_hc1 = error * (n / (n - 2.0)).sqrt();
    Ok(Compliers { intention_to_treat, first_stage, effect, error, error_hc1 })
}
