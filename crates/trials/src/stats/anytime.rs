//! Intervals that may be looked at after every unit: they hold at all times at once.
//!
//! Sources: Howard, Ramdas, McAuliffe and Sekhon, Ann. Stat. 49 (2021) 1055; Waudby-Smith et al.,
//! arXiv 2103.06476 (asymptotic); their package `confseq` for the parameters.

use statrs::function::beta::ln_beta;

use super::mean::{self, Sums};
use super::proportion::Share;
use super::{Interval, StatError, level, real, root};

/// The number by which the two-sided normal mixture is tuned to be tightest at intrinsic time
/// `best`.
///
/// # Errors
/// The time is not above zero, or the level is out of bounds.
pub fn mixture_parameter(best: f64, alpha: f64) -> Result<f64, StatError> {
    let log = 2.0 * (1.0 / level(alpha)?).ln();
    if best > 0.0 { Ok(best / (log + log.ln_1p())) } else { Err(StatError::OutOfBounds("best")) }
}

/// The two-sided normal-mixture boundary: a sum of intrinsic time `time` stays within it at all
/// times with probability 1 − α.
///
/// # Errors
/// The time is negative, the parameter is not above zero, or the level is out of bounds.
pub fn normal_mixture(time: f64, parameter: f64, alpha: f64) -> Result<f64, StatError> {
    if time < 0.0 || parameter <= 0.0 {
        return Err(StatError::OutOfBounds("time"));
    }
    let log = (time / parameter).ln_1p() + 2.0 * (1.0 / level(alpha)?).ln();
    Ok(((time + parameter) * log).sqrt())
}

/// An asymptotic confidence sequence of a difference or lift of means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sequence {
    /// The estimate.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
    /// The parameter of the mixture.
    pub parameter: f64,
    /// The interval, at all times.
    pub interval: Interval,
    /// The p-value, at all times.
    pub p: f64,
}

/// The asymptotic confidence sequence (their equation 9), tightest when `best` units are in. First
/// less second; as a share of the second if `is_lift`.
///
/// # Errors
/// As [`mean::welch_of_sums`], or `best` is not above zero.
pub fn asymptotic(
    first: Sums,
    second: Sums,
    is_lift: bool,
    best: f64,
    alpha: f64,
) -> Result<Sequence, StatError> {
    let alpha = level(alpha)?;
    if best <= 0.0 {
        return Err(StatError::OutOfBounds("best"));
    }
    let (value, error) = mean::of_sums(first, second, is_lift)?;
    if error <= 0.0 {
        return Err(StatError::NoVariation);
    }
    let log = -2.0 * alpha.ln();
    let parameter = ((log + log.ln_1p()) / best).sqrt();
    let n = real(first.count + second.count);
    let scaled = n * parameter * parameter + 1.0;
    let width = 2.0 * scaled / (n * parameter).powi(2) * (scaled.sqrt() / alpha).ln();
    let half = error * n.sqrt() * width.sqrt();
    let sum = value * value * n / (error * error);
    let log_e = parameter * parameter * sum / (2.0 * scaled) - scaled.ln() / 2.0;
    let p = (-log_e).exp().min(1.0);
    Ok(Sequence { value, error, parameter, interval: Interval::around(value, half), p })
}

/// A confidence sequence of one share, by the two-sided beta-binomial mixture (Howard et al.,
/// proposition 7), tightest after `best` units at a level of `best_alpha`.
///
/// # Errors
/// Nobody, more with than of, a level or `best` out of bounds.
pub fn share(share: Share, alpha: f64, best: f64, best_alpha: f64) -> Result<Interval, StatError> {
    let threshold = -level(alpha)?.ln();
    mixture_parameter(best, best_alpha)?;
    let beyond =
        |p: f64| log_mixture(share, p, best, best_alpha).map_or(f64::NAN, |log| log - threshold);
    let (seen, edge) = (share.value(), 1e-12);
    let lower = if share.with == 0 {
        0.0
    } else {
        root(edge, seen.min(1.0 - edge), "the lower end", beyond)?
    };
    let upper = if share.with == share.of {
        1.0
    } else {
        root(seen.max(edge), 1.0 - edge, "the upper end", beyond)?
    };
    Ok(Interval { lower, upper })
}

/// The mixture's logarithm against a true share of `p`.
fn log_mixture(share: Share, p: f64, best: f64, best_alpha: f64) -> Result<f64, StatError> {
    let (with, without) = (real(share.with), real(share.of - share.with));
    let spread = p * (1.0 - p);
    let concentration = (mixture_parameter(best * spread, best_alpha)? - spread).max(1e-3 * spread);
    let (a, b) = (concentration / p, concentration / (1.0 - p));
    Ok(ln_beta(a + without, b + with) - ln_beta(a, b) - with * p.ln() - without * (1.0 - p).ln())
}
