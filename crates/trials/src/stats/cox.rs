//! The proportional-hazards model of Cox (1972) with one covariate, such as the arm.

use super::survival::Spell;
use super::{StatError, size};

/// How events at the same time are treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ties {
    /// Efron (1977): the planned one.
    Efron,
    /// Breslow (1974).
    Breslow,
}

/// A fitted model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hazard {
    /// Logarithm of the hazard ratio for one more of the covariate.
    pub log_ratio: f64,
    /// Its standard error.
    pub error: f64,
}

/// Maximum partial likelihood by Newton's method with halved steps.
///
/// # Errors
/// Lists of different lengths, or a likelihood without a maximum (all events on one side).
pub fn fit(spells: &[Spell], covariate: &[f64], ties: Ties) -> Result<Hazard, StatError> {
    super::same_length(covariate.len(), spells.len(), "covariate")?;
    super::finite(covariate, "covariate")?;
    if spells.iter().any(|spell| !spell.time.is_finite()) {
        return Err(StatError::OutOfBounds("time"));
    }
    let mut times: Vec<f64> =
        spells.iter().filter(|spell| spell.cause == 1).map(|spell| spell.time).collect();
    times.sort_by(f64::total_cmp);
    times.dedup();
    let mut beta = 0.0_f64;
    let (mut likelihood, mut score, mut information) =
        derivatives(spells, covariate, &times, ties, beta);
    for _ in 0..50 {
        if information.is_nan() || information <= 1e-10 || beta.abs() > 30.0 {
            return Err(StatError::NotFound("a maximum of the likelihood"));
        }
        let mut step = score / information;
        if step.abs() <= 1e-12 * beta.abs().max(1.0) {
            return Ok(Hazard { log_ratio: beta, error: information.sqrt().recip() });
        }
        loop {
            let next = derivatives(spells, covariate, &times, ties, beta + step);
            if next.0 >= likelihood || step.abs() < 1e-12 {
                beta += step;
                (likelihood, score, information) = next;
                break;
            }
            step /= 2.0;
        }
    }
    Err(StatError::NotFound("a maximum of the likelihood"))
}

/// Log partial likelihood, its derivative, and less its second derivative.
fn derivatives(
    spells: &[Spell],
    covariate: &[f64],
    times: &[f64],
    ties: Ties,
    beta: f64,
) -> (f64, f64, f64) {
    let (mut likelihood, mut score, mut information) = (0.0, 0.0, 0.0);
    for time in times {
        // Sums over those at risk and over those with an event now: count, Σx of events, and of
        // weights w = exp(βx): Σw, Σwx, Σwx².
        let (mut events, mut sum) = (0_usize, 0.0);
        let (mut risk, mut tied) = ([0.0; 3], [0.0; 3]);
        for (spell, x) in spells.iter().zip(covariate) {
            let weight = (beta * x).exp();
            let parts = [weight, weight * x, weight * x * x];
            if spell.time >= *time {
                add(&mut risk, parts);
            }
            if spell.time == *time && spell.cause == 1 {
                events += 1;
                sum += x;
                add(&mut tied, parts);
            }
        }
        likelihood += beta * sum;
        score += sum;
        for index in 0..events {
            let taken = match ties {
                Ties::Efron => size(index) / size(events),
                Ties::Breslow => 0.0,
            };
            let part = |place: usize| risk[place] - taken * tied[place];
            let mean = part(1) / part(0);
            likelihood -= part(0).ln();
            score -= mean;
            information += part(2) / part(0) - mean * mean;
        }
    }
    (likelihood, score, information)
}

fn add(sums: &mut [f64; 3], parts: [f64; 3]) {
    for (sum, part) in sums.iter_mut().zip(parts) {
        *sum += part;
    }
}
