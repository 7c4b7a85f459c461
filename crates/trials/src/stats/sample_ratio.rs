//! Whether arms have the sizes that their weights say. If not, something is wrong with how units
//! were enrolled or counted, and no comparison can be trusted.

use statrs::function::gamma::ln_gamma;

use super::{StatError, chi_square_above, real};

/// Pearson's chi-square test of the sizes of arms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pearson {
    /// The statistic.
    pub chi_square: f64,
    /// Arms that can have units at all, less one.
    pub freedom: u32,
    /// Its p-value.
    pub p: f64,
}

/// Pearson's test. An arm whose weight is zero expects nobody and gives no degree of freedom.
///
/// # Errors
/// Fewer than two arms have a weight, nobody is in them, or someone is in an arm without weight.
pub fn pearson(observed: &[u64], weights: &[f64]) -> Result<Pearson, StatError> {
    let (total, sum) = totals(observed, weights)?;
    let mut arms = 0_u32;
    let mut chi_square = 0.0;
    for (count, weight) in observed.iter().zip(weights) {
        if *weight > 0.0 {
            let expected = total * weight / sum;
            chi_square += (real(*count) - expected).powi(2) / expected;
            arms += 1;
        }
    }
    let p = chi_square_above(chi_square, f64::from(arms - 1))?;
    Ok(Pearson { chi_square, freedom: arms - 1, p })
}

/// Everyone, and the sum of the weights.
fn totals(observed: &[u64], weights: &[f64]) -> Result<(f64, f64), StatError> {
    super::same_length(observed.len(), weights.len(), "weights")?;
    if weights.iter().any(|weight| !weight.is_finite() || *weight < 0.0) {
        return Err(StatError::OutOfBounds("weights"));
    }
    if weights.iter().filter(|weight| **weight > 0.0).count() < 2 {
        return Err(StatError::TooFew("arms with a weight"));
    }
    if observed.iter().zip(weights).any(|(count, weight)| *count > 0 && *weight == 0.0) {
        return Err(StatError::OutOfBounds("observed"));
    }
    let total = observed.iter().copied().map(real).sum::<f64>();
    if total == 0.0 { Err(StatError::TooFew("units")) } else { Ok((total, weights.iter().sum())) }
}

/// The exact multinomial test: the probability of all sizes that are at most as probable as these.
/// With two arms that is the two-sided exact binomial test.
///
/// # Errors
/// As [`pearson`], or there would be more than [`MAX_TABLES`] possible sizes.
pub fn exact(observed: &[u64], weights: &[f64]) -> Result<f64, StatError> {
    let (_, sum) = totals(observed, weights)?;
    let arms: Vec<(u64, f64)> = observed
        .iter()
        .zip(weights)
        .filter(|(_, weight)| **weight > 0.0)
        .map(|(count, weight)| (*count, (weight / sum).ln()))
        .collect();
    let total: u64 = arms.iter().map(|(count, _)| count).sum();
    if tables(total, arms.len()) > MAX_TABLES {
        return Err(StatError::OutOfBounds("observed"));
    }
    let of_all = ln_gamma(real(total) + 1.0);
    let term = |count: u64, share: f64| real(count) * share - ln_gamma(real(count) + 1.0);
    let seen = of_all + arms.iter().map(|(count, share)| term(*count, *share)).sum::<f64>();
    // Equally probable sizes may differ in their last bits.
    let limit = seen + 1e-7;
    let mut p = 0.0;
    let shares: Vec<f64> = arms.iter().map(|(_, share)| *share).collect();
    every_size(total, &shares, of_all, &term, &mut |probability| {
        if probability <= limit {
            p += probability.exp();
        }
    });
    Ok(p.min(1.0))
}

/// The most sizes the exact test goes through.
pub const MAX_TABLES: f64 = 2e6;

/// How many ways there are to share `total` among `arms`: the binomial coefficient.
pub fn tables(total: u64, arms: usize) -> f64 {
    let mut tables = 1.0;
    for place in 1..arms {
        tables *= (real(total) + real(place as u64)) / real(place as u64);
    }
    tables
}

fn every_size(
    left: u64,
    shares: &[f64],
    so_far: f64,
    term: &impl Fn(u64, f64) -> f64,
    each: &mut impl FnMut(f64),
) {
    match shares {
        [] => {}
        [last] => each(so_far + term(left, *last)),
        [first, rest @ ..] => {
            for count in 0..=left {
                every_size(left - count, rest, so_far + term(count, *first), term, each);
            }
        }
    }
}

/// The largest that [`log_e_value`] has been after any of these units, and before the first: `order` is
/// the place of the arm of each, in the order in which they came. The p-value that holds at any
/// time, 1 / max E, follows from it: it falls or stays, whatever comes later.
///
/// # Errors
/// As [`log_e_value`], or a place that is no arm.
pub fn largest_log_e_value(
    order: &[usize],
    weights: &[f64],
    prior: &[f64],
) -> Result<f64, StatError> {
    super::same_length(weights.len(), prior.len(), "prior")?;
    let mut arms: Vec<(u64, f64, f64)> =
        weights.iter().zip(prior).map(|(weight, prior)| (0, *weight, *prior)).collect();
    let weighted = || weights.iter().zip(prior).filter(|(weight, _)| **weight > 0.0);
    let sum: f64 = weighted().map(|(weight, _)| weight).sum();
    let concentration: f64 = weighted().map(|(_, prior)| prior).sum();
    let (mut log, mut largest) = (0.0_f64, 0.0_f64);
    for (before, arm) in (0_u64..).zip(order) {
        let (count, weight, prior) = arms.get_mut(*arm).ok_or(StatError::OutOfBounds("order"))?;
        // What the mixture says of the next unit against what the weights say.
        let expected = (*prior + real(*count)) / (concentration + real(before));
        log += expected.ln() - (*weight / sum).ln();
        largest = largest.max(log);
        *count += 1;
    }
    // The same things are wrong as at the end.
    let observed: Vec<u64> = arms.iter().map(|(count, ..)| *count).collect();
    log_e_value(&observed, weights, prior)?;
    Ok(largest)
}

/// The anytime-valid test of Lindon and Malek (2022): the Bayes factor of a Dirichlet-multinomial
/// against the planned shares, as its logarithm. It may be looked at after every unit; it exceeds
/// `1/α` at any time with probability at most `α` if all is well. `prior` are the Dirichlet's
/// parameters, larger ones for smaller deviations.
///
/// # Errors
/// As [`pearson`], or a prior that is not above zero.
pub fn log_e_value(observed: &[u64], weights: &[f64], prior: &[f64]) -> Result<f64, StatError> {
    super::same_length(observed.len(), prior.len(), "prior")?;
    let (_, sum) = totals(observed, weights)?;
    if prior.iter().any(|one| !one.is_finite() || *one <= 0.0) {
        return Err(StatError::OutOfBounds("prior"));
    }
    let arms = || observed.iter().zip(weights).zip(prior).filter(|((_, weight), _)| **weight > 0.0);
    let total: f64 = arms().map(|((count, _), _)| real(*count)).sum();
    let concentration: f64 = arms().map(|(_, prior)| prior).sum();
    let mut log = ln_gamma(concentration) - ln_gamma(concentration + total);
    for ((count, weight), prior) in arms() {
        let count = real(*count);
        log += ln_gamma(prior + count) - ln_gamma(*prior) - count * (weight / sum).ln();
    }
    Ok(log)
}
