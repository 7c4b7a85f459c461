//! How many units a trial needs, and the smallest effect that so many can show.
//!
//! Sources: Fleiss, Levin and Paik (2003) (two shares); Cohen (1988) (arcsine); the noncentral t
//! (two means); Eldridge, Ashby and Kerry, Int. J. Epidemiol. 35 (2006) 1292 (clusters of unequal
//! size); Schoenfeld, Biometrics 39 (1983) 499 (time to event).

use super::distribution::{normal_below, normal_quantile, student_quantile};
use super::{StatError, level, root};

/// Two-sided level and power of a test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Test {
    alpha: f64,
    power: f64,
}

impl Test {
    /// Checked.
    ///
    /// # Errors
    /// The level is not between 0 and 1, or the power not between the level and 1.
    pub fn new(alpha: f64, power: f64) -> Result<Self, StatError> {
        let alpha = level(alpha)?;
        if power > alpha && power < 1.0 {
            Ok(Self { alpha, power })
        } else {
            Err(StatError::OutOfBounds("power"))
        }
    }

    /// The power.
    pub const fn power(self) -> f64 {
        self.power
    }

    fn z_alpha(self) -> f64 {
        normal_quantile(1.0 - self.alpha / 2.0)
    }

    fn z_power(self) -> f64 {
        normal_quantile(self.power)
    }

    fn z(self) -> f64 {
        self.z_alpha() + self.z_power()
    }
}

fn share(value: f64, what: &'static str) -> Result<f64, StatError> {
    if value > 0.0 && value < 1.0 { Ok(value) } else { Err(StatError::OutOfBounds(what)) }
}

fn shares(first: f64, second: f64) -> Result<(f64, f64), StatError> {
    let pair = (share(first, "p1")?, share(second, "p2")?);
    if first == second { Err(StatError::OutOfBounds("p2")) } else { Ok(pair) }
}

fn above_zero(value: f64, what: &'static str) -> Result<f64, StatError> {
    if value > 0.0 && value.is_finite() { Ok(value) } else { Err(StatError::OutOfBounds(what)) }
}

/// Units an arm to tell two shares apart, each with its own variance.
///
/// # Errors
/// A share is not between 0 and 1, or they are equal.
pub fn shares_unpooled(first: f64, second: f64, test: Test) -> Result<f64, StatError> {
    let (p, q) = shares(first, second)?;
    Ok(test.z().powi(2) * (p * (1.0 - p) + q * (1.0 - q)) / (p - q).powi(2))
}

/// Units an arm with one variance under “no difference”, without continuity correction: the
/// formula of R's `power.prop.test`.
///
/// # Errors
/// As [`shares_unpooled`].
pub fn shares_pooled(first: f64, second: f64, test: Test) -> Result<f64, StatError> {
    let (p, q) = shares(first, second)?;
    let both = f64::midpoint(p, q);
    let sum = test.z_alpha() * (2.0 * both * (1.0 - both)).sqrt()
        + test.z_power() * (p * (1.0 - p) + q * (1.0 - q)).sqrt();
    Ok((sum / (p - q)).powi(2))
}

/// Units an arm by Cohen's arcsine difference, counting both tails of the test.
///
/// # Errors
/// As [`shares_unpooled`].
pub fn shares_arcsine(first: f64, second: f64, test: Test) -> Result<f64, StatError> {
    let (p, q) = shares(first, second)?;
    let h = 2.0 * p.sqrt().asin() - 2.0 * q.sqrt().asin();
    let lacking = |n: f64| {
        let shift = h.abs() * (n / 2.0).sqrt();
        let limit = test.z_alpha();
        normal_below(shift - limit) + normal_below(-shift - limit) - test.power
    };
    // With one tail alone it would be this, which is a little more.
    let most = 2.0 * (test.z() / h).powi(2);
    root(0.0, most * (1.0 + 1e-9), "a number of units", lacking)
}

/// Units an arm to tell two means apart that differ by `effect` standard deviations.
///
/// # Errors
/// The effect is zero, or so small or large that no number is found.
pub fn means(effect: f64, test: Test) -> Result<f64, StatError> {
    let effect = above_zero(effect.abs(), "d")?;
    let lacking =
        |n: f64| power_of_means(effect, n, test.alpha).map_or(f64::NAN, |p| p - test.power);
    // The normal approximation lies just below.
    let close = 2.0 * (test.z() / effect).powi(2);
    root(
        1.5_f64.max(close * 0.5).min(close + 1.0),
        close * 2.0 + 10.0,
        "a number of units",
        lacking,
    )
    .or_else(|_| root(1.000_001, close * 2.0 + 10.0, "a number of units", lacking))
}

/// Power of the t-test of two arms of `n` units each.
///
/// # Errors
/// Fewer than two units, or the level is out of bounds.
pub fn power_of_means(effect: f64, n: f64, alpha: f64) -> Result<f64, StatError> {
    if n <= 1.0 {
        return Err(StatError::TooFew("units"));
    }
    power_of_shift(effect.abs() * (n / 2.0).sqrt(), Some(2.0 * n - 2.0), alpha)
}

/// Power of a two-sided test of an estimate that lies `shift` standard errors from zero: of a
/// t-test with so many degrees of freedom, or of a z-test.
///
/// # Errors
/// The level or the degrees of freedom are out of bounds.
pub fn power_of_shift(shift: f64, freedom: Option<f64>, alpha: f64) -> Result<f64, StatError> {
    Ok(beyond(limit(freedom, alpha)?, freedom, shift.abs()))
}

/// How many standard errors from zero an estimate must lie for the test to find it.
///
/// # Errors
/// The degrees of freedom are out of bounds.
pub fn shift_needed(test: Test, freedom: Option<f64>) -> Result<f64, StatError> {
    let limit = limit(freedom, test.alpha)?;
    // On the scale of normal quantiles power is almost a straight line: the secant of two shifts
    // leads close to the one sought.
    let lacking = |shift: f64| normal_quantile(beyond(limit, freedom, shift)) - test.z_power();
    let (mut last, mut shift) = (limit, limit + test.z_power());
    let mut at_last = lacking(last);
    for _ in 0..50 {
        let now = lacking(shift);
        if now.abs() < 1e-12 || now == at_last {
            break;
        }
        let next = shift - now * (shift - last) / (now - at_last);
        (last, at_last, shift) = (shift, now, next);
    }
    if lacking(shift).abs() < 1e-9 { Ok(shift) } else { Err(StatError::NotFound("a shift")) }
}

/// The number of standard errors from which on a test rejects.
fn limit(freedom: Option<f64>, alpha: f64) -> Result<f64, StatError> {
    let upper = 1.0 - level(alpha)? / 2.0;
    freedom.map_or(Ok(normal_quantile(upper)), |freedom| student_quantile(upper, freedom))
}

/// Probability of a noncentral t, or normal, number beyond `limit` on either side: the mean of a
/// normal probability over the distribution of s = χ/√ν, the estimated deviation as a share of the
/// true one; by Simpson's rule on a range that holds all but 1e-15 of it. Dividing by the sum of
/// the densities spares their constant.
fn beyond(limit: f64, freedom: Option<f64>, shift: f64) -> f64 {
    let beyond = |limit: f64| normal_below(shift - limit) + normal_below(-shift - limit);
    let Some(freedom) = freedom else { return beyond(limit) };
    // The density of s is highest near 1, where this is 1.
    let density = |s: f64| {
        if s > 0.0 {
            ((freedom - 1.0) * s.ln() - freedom * (s * s - 1.0) / 2.0).exp()
        } else if freedom > 1.0 {
            0.0
        } else {
            (freedom / 2.0).exp()
        }
    };
    let spread = 9.0 / (2.0 * freedom).sqrt();
    let (from, to) = ((1.0 - spread).max(0.0), 1.0 + spread.max(9.0 / freedom));
    // Few degrees of freedom leave a corner at zero.
    let steps = if freedom < 10.0 { 1_000_u32 } else { 300 };
    let width = (to - from) / f64::from(steps);
    let (mut sum, mut all) = (0.0, 0.0);
    for step in 0..=steps {
        let s = from + width * f64::from(step);
        let weight = match step {
            0 => 1.0,
            _ if step == steps => 1.0,
            _ if step % 2 == 1 => 4.0,
            _ => 2.0,
        } * density(s);
        sum += weight * beyond(limit * s);
        all += weight;
    }
    (sum / all).clamp(0.0, 1.0)
}

/// The smallest difference above `baseline` that `treated` against `control` units can show.
///
/// # Errors
/// The baseline is no share, an arm is empty, or no difference is large enough.
pub fn detectable_share(
    baseline: f64,
    treated: f64,
    control: f64,
    test: Test,
) -> Result<f64, StatError> {
    let p = share(baseline, "p0")?;
    let (treated, control) = (above_zero(treated, "units")?, above_zero(control, "units")?);
    root(0.0, 1.0 - p, "a difference", |difference| {
        let q = p + difference;
        let variance = q * (1.0 - q) / treated + p * (1.0 - p) / control;
        difference - test.z() * variance.sqrt()
    })
}

/// The smallest difference of means, in standard deviations, by the normal approximation.
///
/// # Errors
/// An arm is empty.
pub fn detectable_mean(treated: f64, control: f64, test: Test) -> Result<f64, StatError> {
    let (treated, control) = (above_zero(treated, "units")?, above_zero(control, "units")?);
    Ok(test.z() * (1.0 / treated + 1.0 / control).sqrt())
}

/// How many times more units clusters need: of `size` units on average whose sizes have the
/// coefficient of variation `variation`, with an intra-cluster correlation of `icc`.
///
/// # Errors
/// The size is below one, the correlation is not between 0 and 1, or the variation is negative.
pub fn design_effect(size: f64, icc: f64, variation: f64) -> Result<f64, StatError> {
    if size < 1.0 || !size.is_finite() {
        return Err(StatError::OutOfBounds("m"));
    }
    if !(0.0..=1.0).contains(&icc) {
        return Err(StatError::OutOfBounds("icc"));
    }
    if variation < 0.0 || !variation.is_finite() {
        return Err(StatError::OutOfBounds("cv"));
    }
    Ok(1.0 + ((variation * variation + 1.0) * size - 1.0) * icc)
}

/// Clusters an arm, from the units an arm that would do without clusters.
///
/// # Errors
/// As [`design_effect`].
pub fn clusters(units: f64, size: f64, icc: f64, variation: f64) -> Result<f64, StatError> {
    Ok((above_zero(units, "units")? * design_effect(size, icc, variation)? / size).ceil())
}

/// Events in all that a log-rank test needs to show a hazard ratio, if `treated` of all units are
/// treated.
///
/// # Errors
/// The ratio is 1 or not above zero, or the share is out of bounds.
pub fn events(hazard_ratio: f64, treated: f64, test: Test) -> Result<f64, StatError> {
    let log = above_zero(hazard_ratio, "hr")?.ln();
    let treated = share(treated, "alloc")?;
    if log == 0.0 {
        return Err(StatError::OutOfBounds("hr"));
    }
    Ok(test.z().powi(2) / (treated * (1.0 - treated) * log * log))
}

/// The hazard ratio below 1 that so many events can show.
///
/// # Errors
/// There are no events, or the share is out of bounds.
pub fn detectable_ratio(events: f64, treated: f64, test: Test) -> Result<f64, StatError> {
    let events = above_zero(events, "events")?;
    let treated = share(treated, "alloc")?;
    Ok((-test.z() / (events * treated * (1.0 - treated)).sqrt()).exp())
}
