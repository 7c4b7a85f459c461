//! Shares of two groups: their intervals, difference, ratios and tests.
//!
//! Sources: Wilson (1927); Newcombe, Stat. Med. 17 (1998) 857 and 873; Miettinen and Nurminen,
//! Stat. Med. 4 (1985) 213; Katz et al. (1978); Woolf (1955); Fisher's exact test as R and SciPy
//! define its two sides.

use statrs::function::factorial::ln_binomial;

use super::distribution::normal_quantile;
use super::{Interval, StatError, level, normal_two_sided, real, root};

/// How many of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Those with the outcome.
    pub with: u64,
    /// All.
    pub of: u64,
}

impl Share {
    /// Checked.
    ///
    /// # Errors
    /// There is nobody, or there are more with the outcome than there are.
    pub const fn new(with: u64, of: u64) -> Result<Self, StatError> {
        if of == 0 {
            Err(StatError::TooFew("units"))
        } else if with > of {
            Err(StatError::OutOfBounds("units with the outcome"))
        } else {
            Ok(Self { with, of })
        }
    }

    /// As a number between 0 and 1.
    pub fn value(self) -> f64 {
        real(self.with) / real(self.of)
    }

    fn without(self) -> u64 {
        self.of - self.with
    }
}

/// Wilson's score interval of one share.
///
/// # Errors
/// The level is out of bounds.
pub fn wilson(share: Share, alpha: f64) -> Result<Interval, StatError> {
    let z = quantile(alpha)?;
    let (n, p) = (real(share.of), share.value());
    let below = 1.0 + z * z / n;
    let middle = (p + z * z / (2.0 * n)) / below;
    let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt() / below;
    // At none and at all the ends are exactly 0 and 1; rounding must not pass them.
    let lower = if share.with == 0 { 0.0 } else { (middle - half).max(0.0) };
    let upper = if share.with == share.of { 1.0 } else { (middle + half).min(1.0) };
    Ok(Interval { lower, upper })
}

/// First share less second.
pub fn difference(first: Share, second: Share) -> f64 {
    first.value() - second.value()
}

/// Newcombe's hybrid score interval (method 10) of the difference.
///
/// # Errors
/// As [`wilson`].
pub fn newcombe(first: Share, second: Share, alpha: f64) -> Result<Interval, StatError> {
    let (one, other) = (wilson(first, alpha)?, wilson(second, alpha)?);
    let (p, q) = (first.value(), second.value());
    Ok(Interval {
        lower: p - q - ((p - one.lower).powi(2) + (other.upper - q).powi(2)).sqrt(),
        upper: p - q + ((one.upper - p).powi(2) + (q - other.lower).powi(2)).sqrt(),
    })
}

/// Miettinen and Nurminen's score interval of the difference.
///
/// # Errors
/// The level is out of bounds, or an end is not found.
pub fn miettinen_nurminen(first: Share, second: Share, alpha: f64) -> Result<Interval, StatError> {
    let z = quantile(alpha)?;
    let seen = difference(first, second);
    let beyond = |difference: f64| {
        let variance = restricted_variance(first, second, difference);
        (seen - difference) - z * variance.sqrt()
    };
    let below = |difference: f64| {
        let variance = restricted_variance(first, second, difference);
        (seen - difference) + z * variance.sqrt()
    };
    let lower =
        if seen <= -1.0 { -1.0 } else { root(-1.0 + 1e-12, seen, "the lower end", beyond)? };
    let upper = if seen >= 1.0 { 1.0 } else { root(seen, 1.0 - 1e-12, "the upper end", below)? };
    Ok(Interval { lower, upper })
}

/// Variance of the difference if it were `difference`, both shares estimated under that (their
/// equation 9: the closed form of the cubic), times n/(n − 1).
fn restricted_variance(first: Share, second: Share, difference: f64) -> f64 {
    let (n1, n2) = (real(first.of), real(second.of));
    let (x1, x2) = (real(first.with), real(second.with));
    let n = n1 + n2;
    let (l3, l2) = (n, (n1 + 2.0 * n2) * difference - n - x1 - x2);
    let l1 = (n2 * difference - n - 2.0 * x2) * difference + x1 + x2;
    let l0 = x2 * difference * (1.0 - difference);
    let q = l2.powi(3) / (3.0 * l3).powi(3) - l1 * l2 / (6.0 * l3 * l3) + l0 / (2.0 * l3);
    let p = q.signum() * (l2 * l2 / (3.0 * l3).powi(2) - l1 / (3.0 * l3)).max(0.0).sqrt();
    let angle = if p == 0.0 { 0.0 } else { (q / p.powi(3)).clamp(-1.0, 1.0) };
    let a = (std::f64::consts::PI + angle.acos()) / 3.0;
    let second_share = (2.0 * p * a.cos() - l2 / (3.0 * l3)).clamp(0.0, 1.0);
    let first_share = (second_share + difference).clamp(0.0, 1.0);
    let variance =
        first_share * (1.0 - first_share) / n1 + second_share * (1.0 - second_share) / n2;
    variance * n / (n - 1.0)
}

/// A z-test of the difference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ZTest {
    /// The difference in standard errors.
    pub z: f64,
    /// Its two-sided p-value.
    pub p: f64,
}

/// With the standard error of one share for both: z² is Pearson's chi-square.
///
/// # Errors
/// Nobody or everybody has the outcome.
pub fn pooled(first: Share, second: Share) -> Result<ZTest, StatError> {
    let all = Share { with: first.with + second.with, of: first.of + second.of }.value();
    z_test(first, second, all * (1.0 - all) * (1.0 / real(first.of) + 1.0 / real(second.of)))
}

/// With each share's own standard error.
///
/// # Errors
/// In both groups nobody or everybody has the outcome.
pub fn wald(first: Share, second: Share) -> Result<ZTest, StatError> {
    z_test(first, second, own_variance(first) + own_variance(second))
}

fn own_variance(share: Share) -> f64 {
    share.value() * (1.0 - share.value()) / real(share.of)
}

fn z_test(first: Share, second: Share, variance: f64) -> Result<ZTest, StatError> {
    if variance <= 0.0 {
        return Err(StatError::NoVariation);
    }
    let z = difference(first, second) / variance.sqrt();
    Ok(ZTest { z, p: normal_two_sided(z) })
}

/// A ratio and its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    /// The ratio.
    pub value: f64,
    /// Its interval.
    pub interval: Interval,
}

/// The risk ratio, first to second, with Katz's interval.
///
/// # Errors
/// In a group nobody has the outcome.
pub fn risk_ratio(first: Share, second: Share, alpha: f64) -> Result<Ratio, StatError> {
    if first.with == 0 || second.with == 0 {
        return Err(StatError::TooFew("units with the outcome"));
    }
    let part = |share: Share| 1.0 / real(share.with) - 1.0 / real(share.of);
    ratio(first.value() / second.value(), part(first) + part(second), alpha)
}

/// The odds ratio, first to second, with Woolf's interval.
///
/// # Errors
/// In a group nobody or everybody has the outcome.
pub fn odds_ratio(first: Share, second: Share, alpha: f64) -> Result<Ratio, StatError> {
    let cells = [first.with, first.without(), second.with, second.without()];
    if cells.contains(&0) {
        return Err(StatError::TooFew("units with or without the outcome"));
    }
    let odds = |share: Share| real(share.with) / real(share.without());
    ratio(odds(first) / odds(second), cells.iter().map(|cell| 1.0 / real(*cell)).sum(), alpha)
}

fn ratio(value: f64, variance: f64, alpha: f64) -> Result<Ratio, StatError> {
    let half = quantile(alpha)? * variance.sqrt();
    let interval = Interval { lower: value * (-half).exp(), upper: value * half.exp() };
    Ok(Ratio { value, interval })
}

/// Units to treat for one more with the outcome.
///
/// # Errors
/// The shares are equal.
pub fn number_needed_to_treat(first: Share, second: Share) -> Result<f64, StatError> {
    let difference = difference(first, second);
    if difference == 0.0 { Err(StatError::OutOfBounds("difference")) } else { Ok(1.0 / difference) }
}

/// Fisher's exact test, two-sided: the probability of all tables with these margins that are at
/// most as probable as this one.
pub fn fisher(first: Share, second: Share) -> f64 {
    let with = first.with + second.with;
    let of_all = ln_binomial(first.of + second.of, with);
    let log =
        |count: u64| ln_binomial(first.of, count) + ln_binomial(second.of, with - count) - of_all;
    // SciPy's allowance for tables that are equally probable but for rounding.
    let limit = log(first.with) + 1e-7;
    let range = with.saturating_sub(second.of)..=with.min(first.of);
    let p: f64 = range.map(log).filter(|probability| *probability <= limit).map(f64::exp).sum();
    p.min(1.0)
}

/// The two-sided exact binomial test of one share.
///
/// # Errors
/// `expected` is not between 0 and 1.
pub fn binomial(share: Share, expected: f64) -> Result<f64, StatError> {
    if !(expected > 0.0 && expected < 1.0) {
        return Err(StatError::OutOfBounds("expected share"));
    }
    let observed = [share.with, share.without()];
    super::sample_ratio::exact(&observed, &[expected, 1.0 - expected])
}

fn quantile(alpha: f64) -> Result<f64, StatError> {
    Ok(normal_quantile(1.0 - level(alpha)? / 2.0))
}
